#include "hyojun/charmap/layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "hyojun/base/csv.h"
#include "hyojun/base/number.h"
#include "hyojun/base/platform.h"
#include "image.h"

namespace hyojun::charmap {

namespace {

using base::ErrorCode;

struct Family {
  std::string_view prefix;
  std::size_t digits;
};
// GJH before GJ: the longer prefix decides.
constexpr Family kFamilies[] = {{"GJH", 5}, {"GJ", 6}, {"MH", 6}};

bool is_layer_name(std::string_view name) {
  return std::ranges::any_of(kFamilies, [&](const Family& f) {
    return name.size() == f.prefix.size() + f.digits && name.starts_with(f.prefix) &&
           name.substr(f.prefix.size()).find_first_not_of("0123456789") == std::string_view::npos;
  });
}

tl::unexpected<base::Error> rejected(const std::string& name, const std::string& ja, const std::string& en) {
  return base::fail(ErrorCode::input_rejected, {name + ": " + ja, name + ": " + en}, {},
                    {"その行を直して、もう一度読み込んでください", "correct the row and import the list again"});
}

base::Result<void> check(const LayerCharacter& c, const StandardTable& table) {
  if (!is_layer_name(c.name)) {
    return rejected("name", "文字図形名は GJnnnnnn、GJHnnnnn、MHnnnnnn のいずれかです",
                    "a name is GJnnnnnn, GJHnnnnn or MHnnnnnn");
  }
  const auto kind = static_cast<CodeClass>(table.class_of(c.first) & kClassMask);
  if (c.first == 0 || kind == CodeClass::control || kind == CodeClass::selector || kind == CodeClass::voiced_mark) {
    return rejected(c.name, "この符号位置は文字になりません", "this code point cannot be a character");
  }
  if (c.second != 0) {
    const auto second = static_cast<CodeClass>(table.class_of(c.second) & kClassMask);
    if (second != CodeClass::selector && second != CodeClass::voiced_mark) {
      return rejected(c.name, "2つ目の符号位置は異体字セレクタか濁点・半濁点に限ります",
                      "the second code point must be a variation selector or U+3099/309A");
    }
    // What the scanner never joins (Repertoire::forms_sequence) would be a character that is never found.
    const bool takes_mark = (table.class_of(c.first) & kTakesVoicedMark) != 0;
    if (second == CodeClass::voiced_mark ? !takes_mark : kind == CodeClass::unassigned) {
      return rejected(c.name, "この2つの符号位置は1文字になりません", "these two code points make no one character");
    }
  }
  const auto known = c.second == 0 ? table.find(c.first) : table.find(c.first, c.second);
  if (known && known->list != CharacterId::List::nonkanji) {
    return rejected(c.name, "この符号は標準文字表の漢字・変体仮名のものです",
                    "this code belongs to a character of the standard table");
  }
  return {};
}

auto code_of(const LayerCharacter& c) { return std::pair(c.first, c.second); }

// What a CSV's columns are called in the lists people have.
constexpr std::string_view kNameColumn[] = {"name", "文字図形名", "名称"};
constexpr std::string_view kCodeColumn[] = {"code", "code_point", "コードポイント", "符号位置", "UCS"};
constexpr std::string_view kBaseColumn[] = {"base", "代替", "代替文字", "対応するUCS"};

base::Result<LayerCharacter> character_of(const base::CsvTable& csv, std::size_t row, std::size_t name,
                                          std::size_t code, std::optional<std::size_t> base_column) {
  const auto at = [&](base::Error error, std::size_t column) {
    error.where = csv.where(row, column);
    return tl::unexpected(std::move(error));
  };
  LayerCharacter c;
  c.name = csv.cell(row, name);
  const auto text = base::parse_code_points(csv.cell(row, code));
  if (!text) return at(text.error(), code);
  if (text->size() > 2) {
    return at(rejected("code", "符号位置は2つまでです", "at most two code points").value(), code);
  }
  c.first = (*text)[0];
  c.second = text->size() == 2 ? (*text)[1] : U'\0';
  if (base_column && !csv.cell(row, *base_column).empty()) {
    const auto base = base::parse_code_points(csv.cell(row, *base_column));
    if (!base) return at(base.error(), *base_column);
    if (base->size() > 1)
      return at(rejected("base", "代替は1文字です", "the base is one code point").value(), *base_column);
    c.base = (*base)[0];
  }
  return c;
}

}  // namespace

base::Result<Layer> Layer::make(std::vector<LayerCharacter> characters, std::string title, std::string version,
                                const StandardTable& table) {
  for (const LayerCharacter& c : characters) {
    if (auto ok = check(c, table); !ok) return tl::unexpected(ok.error());
  }
  // Both stand on a line of META; a title is a file's name, which may hold anything.
  for (std::string* text : {&title, &version}) {
    std::ranges::replace_if(
        *text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  }
  if (characters.empty()) return rejected(title, "文字が1つもありません", "it holds no character");
  Layer layer;
  layer.title_ = std::move(title);
  layer.version_ = std::move(version);
  layer.characters_ = std::move(characters);
  auto& all = layer.characters_;
  std::ranges::sort(all, {}, code_of);
  const auto twin = std::ranges::adjacent_find(all, {}, code_of);
  if (twin != all.end()) {
    return rejected(twin->name, "同じ符号が2度あります", "the same code stands twice");
  }
  layer.by_name_.resize(all.size());
  std::iota(layer.by_name_.begin(), layer.by_name_.end(), 0U);
  const auto name_of = [&](std::uint32_t row) -> std::string_view { return all[row].name; };
  std::ranges::sort(layer.by_name_, {}, name_of);
  const auto same = std::ranges::adjacent_find(layer.by_name_, {}, name_of);
  if (same != layer.by_name_.end()) {
    return rejected(all[*same].name, "同じ文字図形名が2度あります", "the same name stands twice");
  }
  return layer;
}

base::Result<Layer> Layer::from_csv(const std::string& path, std::string version, const StandardTable& table) {
  const auto csv = base::read_csv(path);
  if (!csv) return tl::unexpected(csv.error());
  const auto name = csv->require_column(kNameColumn);
  if (!name) return tl::unexpected(name.error());
  const auto code = csv->require_column(kCodeColumn);
  if (!code) return tl::unexpected(code.error());
  const auto base_column = csv->find_column(kBaseColumn);
  std::vector<LayerCharacter> characters;
  for (std::size_t row = 0; row < csv->row_count(); ++row) {
    auto c = character_of(*csv, row, *name, *code, base_column);
    if (!c) return tl::unexpected(c.error());
    if (auto ok = check(*c, table); !ok) {
      ok.error().where = csv->where(row, *name);
      return tl::unexpected(ok.error());
    }
    characters.push_back(std::move(*c));
  }
  auto layer = make(std::move(characters), path.substr(path.find_last_of('/') + 1), std::move(version), table);
  if (!layer) layer.error().where.file = path;
  return layer;
}

std::vector<std::uint8_t> Layer::serialize() const {
  image::StringPool pool;
  std::vector<image::LayerRow> rows;
  for (const LayerCharacter& c : characters_) rows.push_back({pool.add(c.name), c.first, c.second, c.base});
  image::Writer writer;
  writer.add_text("META", fmt::format("title\t{}\nversion\t{}\n", title_, version_));
  writer.add_text("POOL", pool.bytes());
  writer.add("LAYR", std::span<const image::LayerRow>(rows));
  return writer.finish(image::Kind::layer);
}

base::Result<Layer> Layer::from_bytes(std::span<const std::uint8_t> bytes, const std::string& name,
                                      const StandardTable& table) {
  const auto sections = image::open(bytes, image::Kind::layer, name);
  if (!sections) return tl::unexpected(sections.error());
  if (auto ok = image::verify(*sections, image::Kind::layer, name); !ok) return tl::unexpected(ok.error());
  std::vector<LayerCharacter> characters;
  for (const image::LayerRow& r : sections->layer) {
    characters.push_back({std::string(sections->string(r.name)), r.first, r.second, r.base});
  }
  const auto value = [&](std::string_view key) {
    const std::size_t at = sections->meta.find(key);
    if (at == std::string_view::npos) return std::string();
    const std::string_view rest = sections->meta.substr(at + key.size());
    return std::string(rest.substr(0, rest.find('\n')));
  };
  auto layer = make(std::move(characters), value("title\t"), value("\nversion\t"), table);
  // A file that passed its digest but not this check was not made for this table.
  if (!layer) return image::damaged(name, layer.error().what.ja, layer.error().what.en);
  return layer;
}

base::Result<Layer> Layer::open(const std::string& path, const StandardTable& table) {
  const auto file = base::MappedFile::open(path);
  if (!file) return tl::unexpected(file.error());
  return from_bytes(file->bytes(), path, table);
}

base::Result<TableFileKind> table_file_kind(const std::string& path) {
  const auto file = base::MappedFile::open(path);
  if (!file) return tl::unexpected(file.error());
  if (image::open(file->bytes(), image::Kind::layer, path)) return TableFileKind::layer;
  // Whatever is wrong with the file as a table is what there is to say of it.
  if (auto table = image::open(file->bytes(), image::Kind::table, path); !table) return tl::unexpected(table.error());
  return TableFileKind::table;
}

std::string Layer::digest() const {
  const auto bytes = serialize();
  image::Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return image::hex_digest(header);
}

std::optional<std::uint32_t> Layer::find(char32_t first, char32_t second) const noexcept {
  const auto it = std::ranges::lower_bound(characters_, std::pair(first, second), {}, code_of);
  if (it == characters_.end() || code_of(*it) != std::pair(first, second)) return std::nullopt;
  return static_cast<std::uint32_t>(it - characters_.begin());
}

std::optional<std::uint32_t> Layer::find_name(std::string_view name) const {
  const auto name_of = [&](std::uint32_t row) -> std::string_view { return characters_[row].name; };
  const auto it = std::ranges::lower_bound(by_name_, name, {}, name_of);
  if (it == by_name_.end() || name_of(*it) != name) return std::nullopt;
  return *it;
}

}  // namespace hyojun::charmap
