#include "hyojun/charmap/shrink_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "hyojun/base/number.h"
#include "hyojun/base/table_reader.h"
#include "hyojun/base/text.h"

namespace hyojun::charmap {

namespace {

using base::ErrorCode;
using base::Row;
using base::Text;

constexpr std::string_view kNames[] = {"文字図形名", "MJ文字図形名", "name", "変換元", "変換元の文字", "source"};
constexpr std::string_view kTargets[] = {"変換先", "代替文字", "代替", "target"};
constexpr std::string_view kParts[][4] = {{"変換先1", "変換先2", "変換先3", "変換先4"},
                                          {"Unicode①", "Unicode②", "Unicode③", "Unicode④"}};
constexpr std::string_view kNotes[] = {"備考", "note"};
constexpr std::string_view kNtaSource = "変換元の文字（JISX0213";
constexpr std::string_view kHiddenBegin = "類似字形";
constexpr std::string_view kHiddenEnd = "は本文字に変換する";

// Columns from 1; 0 where there is none.
struct Layout {
  std::uint32_t source = 0;
  std::uint32_t one = 0;  // a target of any length in one cell
  std::array<std::uint32_t, 4> parts{};
  std::uint32_t note = 0;
};

std::string_view text_in(const Row& row, std::uint32_t column) {
  const base::Cell* const cell = column == 0 ? nullptr : row.find(column);
  return cell == nullptr ? std::string_view() : cell->text;
}

std::uint32_t column_of(const Row& row, std::span<const std::string_view> headings) {
  for (const std::string_view heading : headings) {
    for (const base::Cell& cell : row.cells) {
      if (cell.text == heading) return cell.column;
    }
  }
  return 0;
}

// Code points, or the characters themselves; none if it is neither.
std::optional<std::u32string> parse_text(std::string_view cell) {
  if (cell.starts_with("U+") || cell.starts_with("u+")) {
    const auto text = base::parse_code_points(cell);
    return text ? std::optional(*text) : std::nullopt;
  }
  const auto text = base::decode_utf8(cell);
  return text ? std::optional(*text) : std::nullopt;
}

}  // namespace

class ShrinkMapReader {
 public:
  explicit ShrinkMapReader(const Repertoire& repertoire) : repertoire_(repertoire) {}

  base::Result<ShrinkMap> read(base::TableReader& file) {
    for (std::size_t sheet = 0; sheet < file.sheets().size() && !layout_; ++sheet) {
      const auto end = file.read(sheet, [&](const Row& row) { return take(file, sheet, row); });
      if (!end) return tl::unexpected(end.error());
    }
    if (!layout_) {
      return base::fail(
          ErrorCode::input_rejected, {"縮退マップの見出しがありません", "these are no headings of a shrink map"},
          {.file = file.name()},
          {"文字図形名（または 変換元）と 変換先 の列を用意するか、国税庁のマップをそのまま指定してください",
           "give columns 文字図形名 (or 変換元) and 変換先, or the map of 国税庁 as published"});
    }
    ShrinkMap map;
    map.by_text_.assign(by_text_.begin(), by_text_.end());
    map.by_id_.assign(by_id_.begin(), by_id_.end());
    map.name_ = file.name();
    map.digest_ = file.digest();
    return map;
  }

 private:
  tl::unexpected<base::Error> reject(const base::TableReader& file, std::size_t sheet, const Row& row,
                                     std::uint32_t column, Text what) const {
    return base::fail(ErrorCode::input_rejected, std::move(what), file.where(sheet, row.number, column),
                      {"符号位置（U+9AD9）か文字そのもので、変換先は4文字までで書きます",
                       "write code points (U+9AD9) or characters; a target has at most four"});
  }

  base::Result<void> take(const base::TableReader& file, std::size_t sheet, const Row& row) {
    if (!layout_) {
      find_headings(row);
      return {};
    }
    return take_row(file, sheet, row);
  }

  // The published map has its groups in one row and the columns in the next.
  void find_headings(const Row& row) {
    if (nta_) {
      const std::uint32_t source = column_of(row, std::array{std::string_view("Unicode")});
      if (source == 0) return;
      Layout layout{.source = source, .one = second_unicode(row, source), .note = note_};
      for (std::size_t i = 0; i < 4; ++i) layout.parts[i] = column_of(row, std::span(&kParts[1][i], 1));
      layout_ = layout;
      return;
    }
    for (const base::Cell& cell : row.cells) nta_ = nta_ || cell.text.starts_with(kNtaSource);
    if (nta_) {
      note_ = column_of(row, kNotes);
      return;
    }
    Layout layout{.source = column_of(row, kNames), .one = column_of(row, kTargets), .note = column_of(row, kNotes)};
    for (std::size_t i = 0; i < 4; ++i) {
      const std::string_view names[] = {kParts[0][i], kParts[1][i]};
      layout.parts[i] = column_of(row, names);
    }
    if (layout.source != 0 && (layout.one != 0 || layout.parts[0] != 0)) layout_ = layout;
  }

  static std::uint32_t second_unicode(const Row& row, std::uint32_t first) {
    for (const base::Cell& cell : row.cells) {
      if (cell.text == "Unicode" && cell.column > first) return cell.column;
    }
    return 0;
  }

  base::Result<std::u32string> target_of(const base::TableReader& file, std::size_t sheet, const Row& row) const {
    std::u32string target;
    const auto add = [&](std::uint32_t column) -> base::Result<void> {
      const auto text = parse_text(text_in(row, column));
      const auto bad = [](char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); };
      if (!text || std::ranges::any_of(*text, bad)) {
        return reject(file, sheet, row, column, {"変換先の文字ではありません", "this is no character to shrink to"});
      }
      target += *text;
      return {};
    };
    if (layout_->one != 0 && row.find(layout_->one) != nullptr) {
      if (auto ok = add(layout_->one); !ok) return tl::unexpected(ok.error());
    } else {
      for (const std::uint32_t column : layout_->parts) {
        if (text_in(row, column).empty()) break;
        if (auto ok = add(column); !ok) return tl::unexpected(ok.error());
      }
    }
    if (target.size() <= ShrinkMap::kLongestTarget) return target;
    return reject(file, sheet, row, std::max(layout_->one, layout_->parts[0]),
                  {"変換先が4文字を超えます", "a target of more than four characters"});
  }

  base::Result<void> take_row(const base::TableReader& file, std::size_t sheet, const Row& row) {
    const std::string_view source = text_in(row, layout_->source);
    if (source.empty()) return {};
    auto target = target_of(file, sheet, row);
    if (!target) return tl::unexpected(target.error());
    const bool is_code = source.starts_with("U+");  // also the name of a non-kanji
    const auto id = is_code ? std::nullopt : repertoire_.find_name(source);
    const auto text = id ? std::nullopt : parse_text(source);
    const bool sequence = text && text->size() == 2;
    if (!id && (!text || text->empty() || text->size() > 2 ||
                (sequence && !repertoire_.forms_sequence((*text)[0], (*text)[1])))) {
      return reject(file, sheet, row, layout_->source,
                    {"変換元が1つの文字ではありません", "this is not one character"});
    }
    if (!target->empty()) {
      const bool fresh = id ? put(by_id_, ShrinkMap::key_of(*id), *target)
                            : put(by_text_, {(*text)[0], sequence ? (*text)[1] : U'\0'}, *target);
      if (!fresh) return twice(file, sheet, row);
    }
    return take_note(file, sheet, row, !target->empty() ? *target : text.value_or(std::u32string()));
  }

  tl::unexpected<base::Error> twice(const base::TableReader& file, std::size_t sheet, const Row& row) const {
    return reject(file, sheet, row, layout_->source, {"同じ変換元に変換先が2つあります", "one source has two targets"});
  }

  // 類似字形U+XXXXは本文字に変換する
  base::Result<void> take_note(const base::TableReader& file, std::size_t sheet, const Row& row,
                               const std::u32string& target) {
    std::string_view note = text_in(row, layout_->note);
    for (std::size_t at = note.find(kHiddenBegin); at != note.npos; at = note.find(kHiddenBegin)) {
      note.remove_prefix(at + kHiddenBegin.size());
      const std::size_t end = note.find(kHiddenEnd);
      if (end == note.npos) return {};
      const auto source = parse_text(note.substr(0, end));
      if (!source || source->size() != 1 || target.empty()) {
        return reject(file, sheet, row, layout_->note,
                      {"備考の類似字形を読めません", "the 類似字形 of this note cannot be read"});
      }
      if (!put(by_text_, {(*source)[0], U'\0'}, target)) return twice(file, sheet, row);
    }
    return {};
  }

  // False: the source is there already, with another target.
  template <typename Map>
  static bool put(Map& map, const typename Map::key_type& source, const std::u32string& target) {
    return map.emplace(source, target).first->second == target;
  }

  const Repertoire& repertoire_;
  std::optional<Layout> layout_;
  bool nta_ = false;
  std::uint32_t note_ = 0;
  std::map<ShrinkMap::Text, std::u32string> by_text_;
  std::map<ShrinkMap::Id, std::u32string> by_id_;
};

base::Result<ShrinkMap> ShrinkMap::open(const std::string& path, const Repertoire& repertoire) {
  auto file = base::TableReader::open(path);
  if (!file) return tl::unexpected(file.error());
  return ShrinkMapReader(repertoire).read(*file);
}

base::Result<ShrinkMap> ShrinkMap::from_bytes(std::string bytes, const std::string& name,
                                              const Repertoire& repertoire) {
  auto file = base::TableReader::from_bytes(std::move(bytes), name);
  if (!file) return tl::unexpected(file.error());
  return ShrinkMapReader(repertoire).read(*file);
}

namespace {

template <typename Rows, typename Key>
const std::u32string* find_in(const Rows& rows, const Key& key) noexcept {
  const auto it = std::ranges::lower_bound(rows, key, {}, [](const auto& row) { return row.first; });
  return it != rows.end() && it->first == key ? &it->second : nullptr;
}

}  // namespace

const std::u32string* ShrinkMap::find(char32_t first, char32_t second) const noexcept {
  return find_in(by_text_, Text{first, second});
}

const std::u32string* ShrinkMap::find(CharacterId id) const noexcept { return find_in(by_id_, key_of(id)); }

}  // namespace hyojun::charmap
