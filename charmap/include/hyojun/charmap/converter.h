// The converter: bytes in any source encoding in, UTF-8 out, and a Replacement for every character that was not simply
// carried over.
//
//   convert(converter, state, bytes, end, counts, replacements, out) → {read, written, replacements, …, reason}
//
// Conversion is a copy with splices at the scanner's events. A plain character, structure, and the header record are
// carried over with the same code points, whatever the options say; policies look at events only. No allocation, no
// exception, no lock; a Converter may be shared by threads, a state may not. Counts are the scanner's.
//
// What is written for a character of the selected columns:
//   plain code point       itself, under both forms. An IVS or a name is never made up for a default_glyph.
//   listed sequence        ivs: its Moji_Joho IVS (a duplicate registration and an SVS become it; kana sequences stay)
//                          base: 対応するUCS, without the selector
//   gaiji_mapped           ivs: the code points of the decision where it gave some; else the IVS of the target, else
//   its
//                          code point if no other glyph shares it, else it is unidentified. base: 対応するUCS
//   character of a layer   ivs: itself. base: its 代替; without one itself, or unidentified if it is private use
//   with a shrink rule     inside JIS X 0213 (kOutsideX0213 of table.h, the 25 sequences) as above; else what the rule
//                          picks for the MJ character that it names (a default_glyph: the assumed one), else it is
//                          unidentified. か + U+3099 is written as が. A layer's character: its 代替 under base only.
//   all else               unidentified
// What is unidentified is governed by Unidentified. A target that holds a quote or the delimiter is unidentified too:
// it would change the records.
//
// Columns that are not selected, and the header: same code points, no form, no shrink, no policy; a gaiji there is
// carried over as its private-use code point and reported (Action::unselected). Malformed bytes have no code point and
// come under Unidentified everywhere.
//
// Structure survives: nothing written holds a delimiter, quote or line end that the source did not have there.
// Splits: as in scanner.h; any way of cutting the input, and any sizes of output, give the same bytes and replacements.
#ifndef HYOJUN_CHARMAP_CONVERTER_H_
#define HYOJUN_CHARMAP_CONVERTER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "hyojun/charmap/plan.h"
#include "hyojun/charmap/scanner.h"
#include "hyojun/charmap/shrink.h"

namespace hyojun::charmap {

enum class Form : std::uint8_t { ivs, base };
inline constexpr std::array<std::string_view, 2> kFormKeys = {"ivs", "base"};
constexpr std::string_view form_key(Form f) { return kFormKeys[static_cast<std::size_t>(f)]; }

// What is done with a character that is not identified, or that the form or the limit cannot hold.
enum class Unidentified : std::uint8_t {
  fail,  // refused: nothing is written for it, and the output is worth nothing
  keep,  // the same code points, private use included. Refused: malformed bytes, which have none, and a lone selector
         // or mark behind a rewritten character, which it would change
  geta,  // 〓 U+3013
  tag,  // 〔name:base:source〕 in hex, "-" for what is not known: 〔-:-:F040〕. So that tags can be told from text,
        // every 〔 U+3014 of the source is tagged, too: 〔-:3014:816B〕
};
inline constexpr std::array<std::string_view, 4> kUnidentifiedKeys = {"fail", "keep", "geta", "tag"};
constexpr std::string_view unidentified_key(Unidentified u) { return kUnidentifiedKeys[static_cast<std::size_t>(u)]; }

struct ConverterOptions {
  Form form = Form::ivs;
  std::optional<ShrinkRule> shrink{};  // to JIS X 0213; absent: no limit
  Unidentified unidentified = Unidentified::fail;
};

// Why something else was written than what was read. Order and keys may only grow.
enum class Action : std::uint8_t {
  form,        // another writing of the same character: without selector, its IVS, 代替
  decision,    // a gaiji by its table
  shrink,      // by a relation, or by an exception of the ipa rule
  keep,        // Unidentified::keep
  geta,        // Unidentified::geta
  tag,         // Unidentified::tag
  unselected,  // a gaiji outside the selected columns: carried over as a private-use code point
  refused,     // not written
};
inline constexpr std::size_t kActions = 8;
inline constexpr std::array<std::string_view, kActions> kActionKeys = {"form", "decision", "shrink",     "keep",
                                                                       "geta", "tag",      "unselected", "refused"};
inline constexpr std::array<std::string_view, kActions> kActionNamesJa = {
    "表記", "同定の決定", "縮退", "そのまま", "〓", "タグ", "対象外の列", "変換できない"};
constexpr std::string_view action_key(Action a) { return kActionKeys[static_cast<std::size_t>(a)]; }

// One character that was not simply carried over.
struct Replacement {
  Event event;  // offset from the first byte of the call's `bytes`
  Action action;
  std::optional<ShrinkRelation> relation;  // of shrink
  std::array<char32_t, 2> target;          // code points written; 0 where none, and for tags
};

class Converter {
 public:
  // Makes the plan for these sources: `plan` as for identification; limit and events are set here. Errors: usage (tags
  // would hold the delimiter).
  static base::Result<Converter> make(ConverterOptions options, PlanOptions plan,
                                      std::shared_ptr<const Repertoire> repertoire,
                                      std::shared_ptr<const GaijiTable> gaiji = nullptr);

  const ConverterOptions& options() const noexcept { return options_; }
  const Plan& plan() const noexcept { return plan_; }
  // Of CP932: the UTF-8 of each code's character with its scan byte (TileInput::utf8 of tile.h), 65,536 entries, 256
  // KiB of which a real file touches some 30. Made with the converter, because the scan bytes depend on the limit. Else
  // null.
  const std::uint32_t* utf8_of_codes() const noexcept { return utf8_of_codes_.get(); }

 private:
  Converter(ConverterOptions options, Plan plan);
  ConverterOptions options_;
  Plan plan_;
  std::shared_ptr<const std::uint32_t[]> utf8_of_codes_;
};

// Where a conversion stands between two calls.
struct ConvertState {
  ScanState scan{};
  bool rewritten = false;  // the character just before was replaced by another
  bool operator==(const ConvertState&) const = default;
};
ConvertState start_of_file(const Converter& converter) noexcept;

struct ConvertResult {
  enum class Reason : std::uint8_t { done, need_more, output_full, replacements_full };
  std::size_t read;               // bytes
  std::size_t written;            // bytes, to the front of `out`
  std::size_t replacements;       // to the front of `replacements`
  std::uint64_t tagged_brackets;  // 〔 written as tags: no Replacement each, they are all alike
  Reason reason;
};

// `replacements` needs room for kReplacementRoom, `out` for kConvertRoom bytes. done and need_more are the scanner's;
// output_full, replacements_full: take what is there and call again with the rest.
inline constexpr std::size_t kReplacementRoom = kEventRoom;
inline constexpr std::size_t kConvertRoom = 1024;

ConvertResult convert(const Converter& converter, ConvertState& state, std::span<const std::uint8_t> bytes, End end,
                      ScanCounts& counts, std::span<Replacement> replacements, std::span<std::uint8_t> out) noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_CONVERTER_H_
