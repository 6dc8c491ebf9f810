// ShrinkMap: the user's own map (a published 代替マップ or 縮退マップ), which stands before all relations of shrink.h.
//
// One-to-many: a character may become up to four. XLSX or CSV (UTF-8), one of two forms, told by the headings:
//
//   国税庁 JIS縮退マップ, as published: two rows of headings, 変換元の文字（…）/ コード変換（1対1変換）/
//   文字列変換（…）/ 備考
//     over 面区点コード, Unicode, …. A row maps its first Unicode to the Unicode of コード変換, else to Unicode①–④ of
//     文字列変換; a row with neither maps nothing. A note 類似字形U+XXXXは本文字に変換する names one more source: it
//     becomes what the row's character becomes, or the row's character itself.
//
//   any other, as the JIS X 0213 代替マップ may be saved: one row of headings with
//     a source   文字図形名, MJ文字図形名, name, 変換元, 変換元の文字, source
//     a target   変換先, 代替文字, 代替, target; or up to four of 変換先1–変換先4, Unicode①–④
//     a note     備考, note (as above; optional)
//     A source is a character name, code points "U+9089 U+E010F", or the character itself; a target code points or the
//     characters. Empty targets map nothing.
//
// Thread-safety: immutable after reading.
#ifndef HYOJUN_CHARMAP_SHRINK_MAP_H_
#define HYOJUN_CHARMAP_SHRINK_MAP_H_

#include <string>
#include <utility>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::charmap {

class ShrinkMap {
 public:
  static constexpr std::size_t kLongestTarget = 4;

  // Errors: environment; input_rejected with row and column: no known headings, a source that is no character, a
  // target of more than four or of control characters, one source with two targets.
  static base::Result<ShrinkMap> open(const std::string& path, const Repertoire& repertoire);
  static base::Result<ShrinkMap> from_bytes(std::string bytes, const std::string& name, const Repertoire& repertoire);

  // What the map gives for these code points, or for this character; null if nothing.
  const std::u32string* find(char32_t first, char32_t second) const noexcept;
  const std::u32string* find(CharacterId id) const noexcept;

  std::size_t size() const noexcept { return by_text_.size() + by_id_.size(); }
  const std::string& name() const noexcept { return name_; }      // the file, as given
  const std::string& digest() const noexcept { return digest_; }  // SHA-256 of the file, hex

 private:
  friend class ShrinkMapReader;
  ShrinkMap() = default;
  using Text = std::pair<char32_t, char32_t>;
  using Id = std::pair<CharacterId::List, std::uint32_t>;  // of the table's lists and layers: with the layer's number
  static Id key_of(CharacterId id) { return {id.list, id.index | static_cast<std::uint32_t>(id.layer) << 24U}; }
  std::vector<std::pair<Text, std::u32string>> by_text_;  // sorted
  std::vector<std::pair<Id, std::u32string>> by_id_;      // sorted
  std::string name_;
  std::string digest_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SHRINK_MAP_H_
