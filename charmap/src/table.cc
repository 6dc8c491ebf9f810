#include "hyojun/charmap/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "hyojun/base/number.h"
#include "hyojun/base/platform.h"
#include "image.h"

// The image linked into the library (embedded_table.S).
extern "C" const std::uint8_t hyojun_standard_table[];
extern "C" const std::uint8_t hyojun_standard_table_end[];

namespace hyojun::charmap {

using image::CharacterRow;
using image::Sections;
using List = CharacterId::List;

struct StandardTable::State {
  std::optional<base::MappedFile> file;
  std::string name;
  Sections sections;
};

namespace {

CharacterId id_of(List list, std::size_t row) { return {list, 0, static_cast<std::uint32_t>(row)}; }

template <typename Test>
std::vector<CharacterId> characters_where(const Sections& s, Test test) {
  std::vector<CharacterId> result;
  for (std::size_t i = 0; i < s.characters.size(); ++i) {
    if (test(s.characters[i])) result.push_back(id_of(List::mj, i));
  }
  return result;
}

// A number exactly as the list prints it: `digits` of the given radix, all of them.
std::optional<std::uint32_t> list_number(std::string_view text, std::size_t digits, int radix) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, radix);
  if (text.size() != digits || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The rows of a sorted list whose key is `cp`. Not equal_range: clang 14 cannot compile it with libstdc++ 12.
template <typename Row>
std::span<const Row> rows_with(std::span<const Row> rows, std::uint32_t cp, std::uint32_t Row::*key) {
  return {std::ranges::lower_bound(rows, cp, {}, key), std::ranges::upper_bound(rows, cp, {}, key)};
}

template <typename Row>
std::optional<std::size_t> row_of_number(std::span<const Row> rows, std::uint32_t number) {
  const auto it = std::ranges::lower_bound(rows, number, {}, &Row::number);
  if (it == rows.end() || it->number != number) return std::nullopt;
  return static_cast<std::size_t>(it - rows.begin());
}

bool has_entry(std::string_view list, std::string_view entry) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    if (list.substr(at, end - at) == entry) return true;
    at = end + 1;
  }
  return false;
}

// Code points that are the 対応するUCS of two characters or more.
std::size_t count_shared(const Sections& s) {
  std::vector<std::uint32_t> ucs;
  for (const CharacterRow& r : s.characters) {
    if (r.ucs != 0) ucs.push_back(r.ucs);
  }
  std::ranges::sort(ucs);
  std::size_t shared = 0;
  for (std::size_t i = 1; i < ucs.size(); ++i) shared += ucs[i] == ucs[i - 1] && (i == 1 || ucs[i - 1] != ucs[i - 2]);
  return shared;
}

void read_meta(std::string_view meta, TableInfo& info) {
  while (!meta.empty()) {
    const std::size_t end = std::min(meta.find('\n'), meta.size());
    const std::string_view line = meta.substr(0, end);
    meta.remove_prefix(std::min(end + 1, meta.size()));
    const std::size_t tab = std::min(line.find('\t'), line.size());
    const std::string_view key = line.substr(0, tab);
    std::string value(line.substr(std::min(tab + 1, line.size())));
    if (key == "unicode") info.unicode_version = value;
    if (key != "source") continue;
    const std::size_t last = std::min(value.rfind('\t'), value.size());  // no tab: no licence
    std::string licence = value.substr(std::min(last + 1, value.size()));
    value.resize(last);
    std::ranges::replace(value, '\t', ' ');
    info.sources.emplace_back(std::move(value), std::move(licence));
  }
}

}  // namespace

StandardTable::StandardTable() : state_(std::make_unique<State>()) {}
StandardTable::~StandardTable() = default;

const Sections& StandardTable::sections() const noexcept { return state_->sections; }

std::shared_ptr<const StandardTable> StandardTable::bundled() {
  static const std::shared_ptr<const StandardTable> table = [] {
    std::shared_ptr<StandardTable> result(new StandardTable);
    result->state_->name = "bundled";
    const std::span bytes(hyojun_standard_table, hyojun_standard_table_end);
    result->state_->sections = image::open(bytes, image::Kind::table, "bundled").value();
    return result;
  }();
  return table;
}

base::Result<std::shared_ptr<const StandardTable>> StandardTable::from_bytes(std::span<const std::uint8_t> bytes,
                                                                             const std::string& name) {
  auto sections = image::open(bytes, image::Kind::table, name);
  if (!sections) return tl::unexpected(sections.error());
  if (auto ok = image::verify(*sections, image::Kind::table, name); !ok) return tl::unexpected(ok.error());
  std::shared_ptr<StandardTable> result(new StandardTable);
  result->state_->name = name;
  result->state_->sections = *sections;
  return result;
}

base::Result<std::shared_ptr<const StandardTable>> StandardTable::open(const std::string& path) {
  auto file = base::MappedFile::open(path);
  if (!file) return tl::unexpected(file.error());
  auto table = from_bytes(file->bytes(), path);
  if (table) (*table)->state_->file = std::move(*file);
  return table;
}

base::Result<void> StandardTable::verify() const {
  return image::verify(state_->sections, image::Kind::table, state_->name);
}

std::span<const std::uint8_t> StandardTable::bytes() const noexcept { return state_->sections.bytes; }

std::string StandardTable::version() const {
  constexpr std::string_view kKey = "version\t";  // the first line of META
  const std::string_view meta = state_->sections.meta;
  return meta.starts_with(kKey) ? std::string(meta.substr(kKey.size(), meta.find('\n') - kKey.size())) : std::string();
}

std::string StandardTable::digest() const { return image::hex_digest(state_->sections.header()); }

TableInfo StandardTable::info() const {
  const Sections& s = state_->sections;
  TableInfo info{};
  info.version = version();
  info.digest = digest();
  info.format_version = s.header().format;
  info.schema_version = s.header().schema;
  info.bytes = s.bytes.size();
  info.mj = s.characters.size();
  info.hentaigana = s.hentaigana.size();
  info.nonkanji = s.nonkanji.size();
  info.sequences = s.sequences.size();
  info.other_sequences = s.collections.size();
  for (const CharacterRow& r : s.characters) {
    info.plain += r.implemented != 0;
    info.ivs += r.ivs[0] != 0;
    info.ivs_only += r.ivs[0] != 0 && r.implemented == 0;
    info.svs += r.svs[0] != 0;
  }
  info.shared = count_shared(s);
  read_meta(s.meta, info);
  return info;
}

std::uint8_t StandardTable::class_of(char32_t cp) const noexcept {
  const Sections& s = state_->sections;
  if (cp < 0x10000) return s.bmp_classes[cp];
  return s.class_blocks[s.class_index[(cp - 0x10000) >> 8] * 256U + (cp & 0xFF)];
}

std::optional<CharacterId> StandardTable::find(char32_t cp) const noexcept {
  const Sections& s = state_->sections;
  if (cp > 0x10FFFF) return std::nullopt;
  const std::uint32_t first = s.plain_starts[image::plain_key(cp)];
  const auto rows = s.plain.subspan(first, s.plain_starts[image::plain_key(cp) + 1] - first);
  const auto it = std::ranges::lower_bound(rows, cp, {}, &image::PlainRow::code_point);
  if (it == rows.end() || it->code_point != cp) return std::nullopt;
  return image::unpack(it->id);
}

std::optional<CharacterId> StandardTable::find(char32_t first, char32_t second) const noexcept {
  if (first > 0x10FFFF || !image::is_second_of_sequence(second)) return std::nullopt;
  const auto* const id = image::find_sequence(state_->sections.sequence_lines, image::sequence_key(first, second));
  return id == nullptr ? std::nullopt : std::optional(image::unpack(*id));
}

std::optional<CharacterId> StandardTable::find_name(std::string_view name) const {
  const Sections& s = state_->sections;
  if (name.starts_with("MJ")) {
    const auto number = list_number(name.substr(2), 6, 10);
    if (!number) return std::nullopt;
    if (const auto row = row_of_number(s.characters, *number)) return id_of(List::mj, *row);
    if (const auto row = row_of_number(s.hentaigana, *number)) return id_of(List::hentaigana, *row);
    return std::nullopt;
  }
  if (!name.starts_with("U+")) return std::nullopt;
  const auto text = base::parse_code_points(name);
  if (!text || text->size() > 2) return std::nullopt;
  const auto id = text->size() == 1 ? find((*text)[0]) : find((*text)[0], (*text)[1]);
  return id && id->list == List::nonkanji ? id : std::nullopt;
}

std::string StandardTable::name(CharacterId id) const {
  const Sections& s = state_->sections;
  if (id.list == List::mj) return fmt::format("MJ{:06}", s.characters[id.index].number);
  if (id.list == List::hentaigana) return fmt::format("MJ{:06}", s.hentaigana[id.index].number);
  const auto& row = s.nonkanji[id.index];
  const char32_t text[2] = {row.first, row.second};
  return base::format_code_points({text, row.second == 0 ? 1U : 2U});
}

std::vector<CharacterId> StandardTable::all() const {
  const Sections& s = state_->sections;
  std::vector<CharacterId> result;
  for (std::size_t i = 0; i < s.characters.size(); ++i) result.push_back(id_of(List::mj, i));
  for (std::size_t i = 0; i < s.hentaigana.size(); ++i) result.push_back(id_of(List::hentaigana, i));
  for (std::size_t i = 0; i < s.nonkanji.size(); ++i) result.push_back(id_of(List::nonkanji, i));
  return result;
}

std::uint8_t StandardTable::collections(char32_t base, char32_t selector) const noexcept {
  const auto& rows = state_->sections.collections;
  const std::pair<std::uint32_t, std::uint32_t> key(base, selector);
  const auto it = std::ranges::lower_bound(rows, key, {}, [](const auto& r) { return std::pair(r.first, r.second); });
  if (it == rows.end() || std::pair(it->first, it->second) != key) return 0;
  return static_cast<std::uint8_t>(it->value);
}

std::string StandardTable::collection_names(std::uint8_t set) {
  std::string names;
  for (std::size_t i = 0; i < image::kCollections.size(); ++i) {
    if ((set >> i & 1) == 0) continue;
    if (!names.empty()) names += '/';
    names += image::kCollections[i];
  }
  return names;
}

std::uint16_t StandardTable::juki_number(CharacterId id) const noexcept {
  return id.list == List::mj ? state_->sections.characters[id.index].juki : std::uint16_t{0};
}

StandardTable::Codes StandardTable::codes(CharacterId id) const noexcept {
  const Sections& s = state_->sections;
  switch (id.list) {
    case List::mj: {
      const CharacterRow& r = s.characters[id.index];
      return {r.ucs, r.implemented, 0, r.ivs[0], r.ivs[1], r.number};
    }
    case List::nonkanji:
      return {s.nonkanji[id.index].first, s.nonkanji[id.index].first, s.nonkanji[id.index].second, 0, 0, 0};
    case List::hentaigana:
      return {s.hentaigana[id.index].code_point, s.hentaigana[id.index].code_point, 0, 0, 0,
              s.hentaigana[id.index].number};
    default:
      return {};
  }
}

bool StandardTable::shape_depends_on_font(char32_t cp) const noexcept {
  return std::ranges::binary_search(state_->sections.shapes, static_cast<std::uint32_t>(cp));
}

std::vector<Reference> StandardTable::references(char32_t cp) const {
  std::vector<Reference> result;
  const auto range = rows_with(state_->sections.references, cp, &image::ReferenceRow::source);
  for (const auto& r : range) result.push_back({r.target, static_cast<Reference::Kind>(r.kind), r.rank});
  return result;
}

bool StandardTable::is_placeholder(char32_t cp) const noexcept {
  return std::ranges::binary_search(state_->sections.placeholders, static_cast<std::uint32_t>(cp));
}

std::vector<StandardTable::LookAlike> StandardTable::look_alikes(char32_t cp) const {
  std::vector<LookAlike> result;
  const auto range = rows_with(state_->sections.look_alikes, cp, &image::LookAlikeRow::character);
  for (const auto& r : range) {
    result.push_back({r.other, static_cast<Script>(r.script), static_cast<Script>(r.other_script)});
  }
  return result;
}

std::vector<CharacterId> StandardTable::with_ucs(char32_t cp) const {
  return characters_where(state_->sections, [&](const CharacterRow& r) { return r.ucs == cp || r.compat == cp; });
}

std::vector<CharacterId> StandardTable::with_koseki(std::string_view number) const {
  const auto value = list_number(number, 6, 10);
  if (!value) return {};
  auto result = characters_where(state_->sections, [&](const CharacterRow& r) { return r.koseki == *value; });
  for (std::size_t i = 0; i < state_->sections.hentaigana.size(); ++i) {
    if (state_->sections.hentaigana[i].koseki == *value) result.push_back(id_of(List::hentaigana, i));
  }
  return result;
}

std::vector<CharacterId> StandardTable::with_juki(std::string_view code) const {
  const auto value = code.starts_with("J+") ? list_number(code.substr(2), 4, 16) : std::nullopt;
  if (!value || *value == 0) return {};
  return characters_where(state_->sections, [&](const CharacterRow& r) { return r.juki == *value; });
}

std::vector<CharacterId> StandardTable::with_toki(std::string_view number) const {
  const auto value = list_number(number, 8, 10);
  if (!value) return {};
  return characters_where(state_->sections, [&](const CharacterRow& r) { return r.toki == *value; });
}

std::vector<CharacterId> StandardTable::with_reading(std::string_view kana) const {
  const Sections& s = state_->sections;
  if (kana.empty()) return {};
  return characters_where(s, [&](const CharacterRow& r) { return has_entry(s.string(r.readings), kana); });
}

std::vector<CharacterId> StandardTable::with_radical(unsigned radical, int strokes) const {
  const Sections& s = state_->sections;
  const std::string entry = fmt::format("{}.{}", radical, strokes);
  return characters_where(s, [&](const CharacterRow& r) { return has_entry(s.string(r.radicals), entry); });
}

const char16_t* StandardTable::cp932() const noexcept {
  return reinterpret_cast<const char16_t*>(state_->sections.cp932.data());
}

const std::uint8_t* StandardTable::bmp_classes() const noexcept { return state_->sections.bmp_classes.data(); }
const std::uint8_t* StandardTable::bmp_scan() const noexcept { return state_->sections.bmp_scan.data(); }
const std::uint8_t* StandardTable::cp932_scan() const noexcept { return state_->sections.cp932_scan.data(); }
const std::uint8_t* StandardTable::bmp_scan_x0213() const noexcept { return state_->sections.bmp_scan_x0213.data(); }
const std::uint8_t* StandardTable::cp932_scan_x0213() const noexcept {
  return state_->sections.cp932_scan_x0213.data();
}
std::span<const std::uint32_t> StandardTable::shapes() const noexcept { return state_->sections.shapes; }

}  // namespace hyojun::charmap
