// CodeTable: what every code of one encoding means, for the encodings that are read by table.
//
//   encoding           double-byte codes                                   gaiji                     single bytes
//   euc-jp-ms          glibc's EUC-JP-MS (data/eucjpms.tsv)                F5A1–, 8FF5A1–FEFE        ASCII, C1; 8E kana
//   ibm-33722, 954     ICU's converters                                    the same                  ICU's
//   euc-jis-2004       glibc's EUC-JISX0213 (data/jisx0213.tsv)            none                      ASCII; 8E kana
//   shift-jis-2004     the same characters                                 none                      5C ¥, 7E ‾; kana
//   iso-2022-jp        JIS X 0208:1983 and C 6226-1978 (ESC $ B, ESC $ @), none                      ASCII, ESC ( J,
//                      JIS X 0212 (ESC $ ( D)                                                        ESC ( I kana
//   ibm-930 … 1399     ICU's converters; shift 0E, 0F                      6941–                     ICU's; 15 is LF
//   jef                JIS78 + 8080, space 4040; shift 28, 38, 30E2; 29    80A1–A0FE                 by a code map
//   keis78, keis83     JIS78, JIS83 + 8080, space 4040; shift 0A42; 0A41   81A1–A0FE                 by a code map
//   jips-j             JIS78; shift 1A70; 1A71                             7421–7E7E, E0A1–FEFE      ASCII, kana
//   jips-e             JIPS(J), each byte as the single-byte map has it    as JIPS(J)                by a code map
//                      (E0–FE in order on the bytes that it leaves);
//                      shift 3F75; 3F76
//   juki-net-be, -le   住基ネット統一文字コード J+XXXX of the MJ list, two bytes each; what the list does not have: the
//                      non-kanji of the bundled standard by their code points; E000–F8FF gaiji
//
// Gaiji become private-use code points from U+E000 in the order of their codes (Options::gaiji_first). Code maps stand
// before everything else. J+ goes to the MJ name that the list gives, never by way of Unicode: where several glyphs
// share the code point the code is read as the IVS of the one named (three names have none: 夢 麦 黒, whose plain code
// point is then a default_glyph).
//
// Malformed, as design.md has it for CP932: a lead followed by a byte that is no trail is one malformed byte and the
// next is read anew (8F of EUC as well); an unassigned code is one malformed of all its bytes. In a double-byte state a
// control byte is malformed, except LF, CR and NL: a record that does not shift back ends all the same, in the
// single-byte state. Characters of JIS X 0208 are JIS's own (〜 U+301C), except in EUC-JP-MS (～ U+FF5E).
//
// Sources: JIS X 0208, 0212, 0213; ICU 72; domain figures of 外字 areas as in the design; JIS78 by the 26 pairs of
// kanji that changed places or shapes in 1983 (JIS X 0208:1997 附属書). Thread-safety: immutable.
#ifndef HYOJUN_CHARMAP_CODE_TABLE_H_
#define HYOJUN_CHARMAP_CODE_TABLE_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/code_map.h"
#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

struct Codes;

class CodeTable {
 public:
  struct Options {
    std::vector<CodeMap> maps{};            // the first that has a code decides
    std::optional<char32_t> gaiji_first{};  // code point of the first gaiji; default U+E000
  };

  // Errors: usage (an encoding that is read without table; gaiji that would leave the private-use area; no single-byte
  // map where one is needed), input_rejected (a code of a map that the encoding does not have, or a sequence that makes
  // no character), environment (ICU's data).
  static base::Result<std::shared_ptr<const CodeTable>> make(Encoding encoding, const Options& options,
                                                             std::shared_ptr<const StandardTable> standard);
  // Without maps, single-byte halves left out where they need one. Made once a process. Aborts where ICU has no data.
  static std::shared_ptr<const CodeTable> bundled(Encoding encoding);

  ~CodeTable();
  Encoding encoding() const noexcept { return encoding_; }
  const std::vector<std::string>& map_digests() const noexcept { return map_digests_; }
  const Codes& codes() const noexcept { return *codes_; }

  // The characters of one code: one or two code points; empty where it has none. `code` without shift codes.
  std::u32string decode(std::span<const std::uint8_t> code) const;
  // As long as kinds of fields need it: has it a set of double bytes that stands without shift codes?
  bool has_double_set() const noexcept;

 private:
  CodeTable(Encoding encoding, std::unique_ptr<const Codes> codes);
  Encoding encoding_;
  std::unique_ptr<const Codes> codes_;
  std::vector<std::string> map_digests_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_CODE_TABLE_H_
