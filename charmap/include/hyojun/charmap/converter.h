// The converter: bytes in any source encoding in, UTF-8 out, and a Replacement for every character that was not simply
// carried over. Every character written is one that the target encoding holds (Encoder of encoder.h, which the caller
// applies to the UTF-8 where the target is another).
//
//   convert(converter, state, bytes, end, counts, replacements, out) → {read, written, replacements, …, reason}
//
// Conversion is a copy with splices at the scanner's events. A plain character, structure, and the header record are
// carried over with the same code points, whatever the options say; policies look at events only. No allocation, no
// exception, no lock; a Converter may be shared by threads, a state may not. Counts are the scanner's.
//
// What is written for a character of the selected columns, in this order:
//   named folding          where the options ask for it (Fold): the folded character
//   the user's shrink map  outside the shrink limit: what the map gives for the code points, else for the character
//   plain code point       itself, under every form; but a default_glyph whose shape the profile states is written as
//                          its IVS, tag or name (ivs, tag, name) if it has one
//   listed sequence        ivs: its Moji_Joho IVS (a duplicate registration and an SVS become it; kana sequences stay)
//                          base: 対応するUCS, without the selector. tag, name: its tag, its name
//   gaiji_mapped           ivs: the code points of the decision where it gave some; else the IVS of the target, else
//                          its code point if no other glyph shares it, else it is unidentified. base: 対応するUCS.
//                          tag, name: its tag, its name (a non-kanji's name is its code point, and is written so)
//   character of a layer   ivs: itself. base: its 代替; without one itself, or unidentified if it is private use.
//                          tag, name: its tag, its name
//   with a shrink rule     inside the limit (JIS X 0213: kOutsideX0213 of table.h and the 25 sequences) as above; else
//                          what the rule picks for the MJ character that it names (a default_glyph: the assumed one),
//                          else ＿ U+FF3F if the options say so, else it is unidentified. か + U+3099 is written as が.
//                          A layer's character: its 代替 under base only. tag and name exclude shrinking
//   a substitute           a gaiji whose table gives a substitute text, where none of the above can be written
//   all else               unidentified
// What is unidentified, and every character that the target encoding cannot hold, is governed by Unidentified. A target
// that holds a quote or the delimiter is unidentified too: it would change the records.
//
// Columns that are not selected, and the header: same code points, no form, no shrink, no policy; a gaiji there is
// carried over as its private-use code point and reported (Action::unselected). Malformed bytes, which have no code
// point, and what the target cannot hold come under Unidentified everywhere.
//
// Structure survives: nothing written holds a delimiter, quote or line end that the source did not have there.
// Splits: as in scanner.h; any way of cutting the input, and any sizes of output, give the same bytes and replacements.
// (Structure::Kind::field: each call is a whole field; what waits for its next character gets none.)
#ifndef HYOJUN_CHARMAP_CONVERTER_H_
#define HYOJUN_CHARMAP_CONVERTER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "hyojun/charmap/encoder.h"
#include "hyojun/charmap/plan.h"
#include "hyojun/charmap/profile.h"
#include "hyojun/charmap/scanner.h"
#include "hyojun/charmap/shrink.h"
#include "hyojun/charmap/shrink_map.h"

namespace hyojun::charmap {

enum class Form : std::uint8_t { ivs, base, tag, name };
inline constexpr std::array<std::string_view, 4> kFormKeys = {"ivs", "base", "tag", "name"};
constexpr std::string_view form_key(Form f) { return kFormKeys[static_cast<std::size_t>(f)]; }

// What is done with a character that is not identified, or that the form or the limit cannot hold.
enum class Unidentified : std::uint8_t {
  fail,  // refused: nothing is written for it, and the output is worth nothing
  keep,  // the same code points, private use included. Refused: malformed bytes, which have none, and a lone selector
         // or mark behind a rewritten character, which it would change
  geta,  // 〓 U+3013
  tag,  // 〔name:base:source〕 in hex, "-" for what is not known: 〔-:-:F040〕. So that tags can be told from text, a
        // 〔 U+3014 of the source that begins what reads as a tag is tagged, too: 〔-:3014:816B〕MJ026190:9089:F040〕
};
inline constexpr std::array<std::string_view, 4> kUnidentifiedKeys = {"fail", "keep", "geta", "tag"};
constexpr std::string_view unidentified_key(Unidentified u) { return kUnidentifiedKeys[static_cast<std::size_t>(u)]; }

// Named foldings of look-alikes; none is ever implied.
enum class Fold : std::uint8_t {
  compatibility_ideographs,  // U+F900–FAD9, U+2F800–2FA1D that have a canonical unified ideograph: that
  radicals,                  // Kangxi and CJK radicals: Unicode's EquivalentUnifiedIdeograph
  halfwidth_kana,            // U+FF61–FF9F: full width, ｶ + ﾞ as one ガ
  combining_kana,            // か + U+3099: が
};
inline constexpr std::array<std::string_view, 4> kFoldKeys = {"compatibility-ideographs", "radicals", "halfwidth-kana",
                                                              "combining-kana"};
using Folds = std::uint8_t;  // a set of Fold
constexpr Folds fold_bit(Fold f) { return static_cast<Folds>(1U << static_cast<unsigned>(f)); }

// How the characters of one column are written.
struct Treatment {
  Form form = Form::ivs;
  std::optional<ShrinkRule> shrink{};
  Unidentified unidentified = Unidentified::fail;
  Folds folds = 0;
  bool operator==(const Treatment&) const = default;
};

struct ColumnTreatment {
  std::uint32_t field;  // from 0
  Treatment treatment;
};

struct ConverterOptions {
  Form form = Form::ivs;
  std::optional<ShrinkRule> shrink{};  // absent: no limit
  Unidentified unidentified = Unidentified::fail;
  Folds folds = 0;
  ShrinkTo shrink_to = ShrinkTo::jisx0213;
  bool low_line = false;                          // what a shrink rule cannot pick becomes ＿ U+FF3F
  std::shared_ptr<const ShrinkMap> shrink_map{};  // may be null
  TargetEncoding to = TargetEncoding::utf8;       // what must be able to hold the characters
  Shapes shapes = Shapes::unknown;                // of the source's fonts
  std::vector<char32_t> shape_exceptions{};       // code points whose shape is not stated after all
  bool double_codes = false;               // CP932, EUC-JP-MS: a Replacement for each code that is not the one written
  std::vector<ColumnTreatment> columns{};  // instead of form, shrink, unidentified, folds; each field once
  Treatment treatment() const { return {form, shrink, unidentified, folds}; }
};

// Why something else was written than what was read. Order and keys may only grow.
enum class Action : std::uint8_t {
  form,         // another writing of the same character: without selector, its IVS, 代替
  decision,     // a gaiji by its table
  shrink,       // by a relation, or by an exception of the ipa rule
  keep,         // Unidentified::keep
  geta,         // Unidentified::geta
  tag,          // Unidentified::tag
  unselected,   // a gaiji outside the selected columns: carried over as a private-use code point
  refused,      // not written
  substitute,   // the substitute text of a gaiji
  fold,         // a named folding
  unfit,        // ＿ for what has no pick
  double_code,  // the same character, but the source had another code than the one that is written for it
};
inline constexpr std::size_t kActions = 12;
inline constexpr std::array<std::string_view, kActions> kActionKeys = {
    "form",       "decision", "shrink",     "keep", "geta",  "tag",
    "unselected", "refused",  "substitute", "fold", "unfit", "double_code"};
inline constexpr std::array<std::string_view, kActions> kActionNamesJa = {
    "表記",       "同定の決定",   "縮退",         "そのまま", "〓", "タグ",
    "対象外の列", "変換できない", "代わりの文字", "正規化",   "＿", "重複符号"};
constexpr std::string_view action_key(Action a) { return kActionKeys[static_cast<std::size_t>(a)]; }

// What was written: up to eight code points, then 0.
using ReplacementText = std::array<char32_t, 8>;

// One character that was not simply carried over.
struct Replacement {
  Event event;  // offset from the first byte of the call's `bytes`
  Action action;
  std::optional<ShrinkRelation> relation;  // of shrink; none for the user's map and IPA's exceptions
  ReplacementText target;                  // empty for tags, whatever the action, and where nothing is written
};

// The characters that shrinking may reach.
std::shared_ptr<const CodePointSet> shrink_set(const StandardTable& table, ShrinkTo to);

struct CodeTexts;
class FoldTable;
class DecisionMemo;

class Converter {
 public:
  // Makes the plan for these sources: `plan` as for identification; limit and events are set here. Errors: usage (tags
  // or names would hold the delimiter; tag or name together with shrinking), as Encoder::make().
  static base::Result<Converter> make(ConverterOptions options, PlanOptions plan,
                                      std::shared_ptr<const Repertoire> repertoire,
                                      std::shared_ptr<const GaijiTable> gaiji = nullptr);

  const ConverterOptions& options() const noexcept { return options_; }
  const Plan& plan() const noexcept { return plan_; }
  // Of CP932: the UTF-8 of each code's character with its scan byte (CodeTexts::utf8 of code_texts.h), 65,536 entries.
  // Made with the converter, because the scan bytes depend on the limit. Else null.
  const std::uint32_t* utf8_of_codes() const noexcept { return utf8_of_codes_.get(); }
  // The same in 128 KiB, of which a real file touches some 40, where a kernel uses it; else null.
  const CodeTexts* code_texts() const noexcept { return code_texts_.get(); }

  const Encoder& encoder() const noexcept { return encoder_; }
  const Treatment& treatment(std::uint32_t field) const noexcept {
    return field < by_field_.size() ? by_field_[field] : default_;
  }
  // Fields of the same number are treated alike.
  std::size_t treatment_number(std::uint32_t field) const noexcept { return field < by_field_.size() ? field + 1 : 0; }
  // What was decided before, for all threads; null with double_codes, where the source bytes matter, too.
  DecisionMemo* memo() const noexcept { return memo_.get(); }
  // Are tags written anywhere? Then literal text that reads as one is told apart.
  bool tags() const noexcept { return tags_; }
  // Is this code point in the set that shrinking reaches?
  bool inside_limit(char32_t code_point) const noexcept { return within_ == nullptr || within_->contains(code_point); }
  // What the rule picks for a character, inside that set.
  std::optional<ShrinkPick> pick(CharacterId id, ShrinkRule rule) const noexcept;
  // With double_codes: is the character's code in the source not the one that would be written for it?
  bool is_second_code(char32_t code_point, std::span<const std::uint8_t> source) const noexcept;
  // The single code point that one becomes by these foldings; 0 if none of them is for it.
  char32_t folded(char32_t code_point, Folds folds) const noexcept;
  // The character that a default_glyph stands for where its shape is stated; `assumed` is that of the table.
  std::optional<CharacterId> stated_shape(char32_t code_point, CharacterId assumed) const noexcept;

 private:
  struct Parts;
  Converter(ConverterOptions options, Plan plan, Parts parts);
  void learn_shapes();
  ConverterOptions options_;
  Plan plan_;
  Encoder encoder_;
  Treatment default_;
  std::vector<Treatment> by_field_;
  bool tags_ = false;
  std::shared_ptr<const CodePointSet> within_;           // null without shrinking
  std::vector<std::pair<char32_t, CharacterId>> jis90_;  // sorted; where it is not the table's
  std::shared_ptr<const FoldTable> folds_;               // null without folding
  std::optional<Encoder> source_;                        // with double_codes
  std::shared_ptr<const std::uint32_t[]> utf8_of_codes_;
  std::shared_ptr<const CodeTexts> code_texts_;
  std::shared_ptr<DecisionMemo> memo_;
};

// The source bytes that a tag holds, from what stands between 〔 and 〕; none if it is no tag.
std::optional<std::vector<std::uint8_t>> tag_source(std::string_view inside);

// Where a conversion stands between two calls.
struct ConvertState {
  ScanState scan{};
  bool rewritten = false;  // the character just before was replaced by another
  char32_t kana = 0;       // folded, not written yet: a ﾞ may follow
  // Text so far that may read as a tag: 〔 and ASCII behind it, not written yet, and the bytes of the 〔.
  std::array<char, 44> tag{};
  std::array<std::uint8_t, 8> bracket{};
  std::uint8_t tag_length = 0;  // of the ASCII; meaningful if bracket_length is not 0
  std::uint8_t bracket_length = 0;
  bool operator==(const ConvertState&) const = default;
};
ConvertState start_of_file(const Converter& converter) noexcept;

struct ConvertResult {
  enum class Reason : std::uint8_t { done, need_more, output_full, replacements_full };
  std::size_t read;               // bytes
  std::size_t written;            // bytes, to the front of `out`
  std::size_t replacements;       // to the front of `replacements`
  std::uint64_t tagged_brackets;  // 〔 written as tags: no Replacement each, they are all alike
  std::uint64_t outside;          // of the replacements: in the header or in a column that is not selected
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
