// What a converter decides once: which characters become events, and the tables behind that.
#include <algorithm>

#include "code_texts.h"
#include "decision_memo.h"
#include "fold_table.h"
#include "hyojun/charmap/converter.h"
#include "splice.h"
#include "tile.h"

namespace hyojun::charmap {

namespace {

constexpr std::string_view kTagCharacters = "0123456789ABCDEFGHJMU+:-";
constexpr char32_t kLastCodePoint = 0x10FFFF;

bool is_plain(std::uint8_t byte) {
  const auto kind = static_cast<CodeClass>(byte & kClassMask);
  return kind == CodeClass::standard || kind == CodeClass::default_glyph || kind == CodeClass::second_of_x0213;
}

// JIS X 0213 has characters of planes 0 and 2 alone: the others need not be gone through.
std::shared_ptr<const CodePointSet> make_jisx0213_set(const StandardTable& table) {
  auto set = std::make_shared<CodePointSet>();
  for (const char32_t plane : {U'\0', U'\U00020000'}) {
    for (char32_t cp = plane; cp < plane + 0x10000; ++cp) {
      const std::uint8_t byte = table.class_of(cp);
      if (is_plain(byte) && (byte & kOutsideX0213) == 0) set->add(cp);
    }
  }
  return set;
}

// Once for the table that is linked in.
std::shared_ptr<const CodePointSet> jisx0213_set(const StandardTable& table) {
  const auto bundled = StandardTable::bundled();
  if (&table != bundled.get()) return make_jisx0213_set(table);
  static const auto set = make_jisx0213_set(table);
  return set;
}

// Rows 1–8 and 16–84 as CP932 has them, and the six characters that JIS itself maps elsewhere.
std::shared_ptr<const CodePointSet> jisx0208_set(const StandardTable& table) {
  auto set = std::make_shared<CodePointSet>();
  for (char32_t cp = 0x20; cp < 0x7F; ++cp) set->add(cp);
  for (char32_t cp = 0xFF61; cp <= 0xFF9F; ++cp) set->add(cp);
  for (unsigned code = 0x8140; code < 0xEB40; ++code) {
    if (code >> 8 < 0x85 || code >> 8 > 0x87) set->add(table.cp932()[code]);
  }
  for (const char32_t cp : {U'\u2014', U'\u301C', U'\u2016', U'\u2212', U'\u00A2', U'\u00A3', U'\u00AC'}) set->add(cp);
  return set;
}

// The encoding of the source as a target: double codes are told where it is one. UTF-8 and UTF-16 have none.
std::optional<TargetEncoding> target_with_double_codes(Encoding encoding) {
  if (encoding == Encoding::cp932) return TargetEncoding::cp932;
  if (encoding == Encoding::euc_jp_ms) return TargetEncoding::euc_jp_ms;
  return std::nullopt;
}

bool is_written_otherwise(const Encoder& encoder, char32_t cp, std::span<const std::uint8_t> code) {
  if (!encoder.holds(cp)) return false;
  std::array<std::uint8_t, Encoder::kLongest> bytes;
  const std::size_t length = encoder.put(cp, bytes.data());
  return !std::ranges::equal(std::span(bytes).first(length), code);
}

// Code points that the source has two codes for.
void watch_double_codes(const PlanOptions& plan, const StandardTable& table, const Encoder& source,
                        CodePointSet& watched) {
  const auto look_at = [&](char32_t cp, std::span<const std::uint8_t> code) {
    if (cp != 0 && is_written_otherwise(source, cp, code)) watched.add(cp);
  };
  const bool euc = plan.encoding == Encoding::euc_jp_ms;
  const auto codes = !euc ? nullptr : plan.codes != nullptr ? plan.codes : CodeTable::bundled(plan.encoding);
  for (unsigned code = 0x8140; code < 0x10000; ++code) {
    const std::array<std::uint8_t, 3> bytes = {0x8F, static_cast<std::uint8_t>(code >> 8),
                                               static_cast<std::uint8_t>(code & 0xFF)};
    if (!euc) {
      look_at(table.cp932()[code], std::span(bytes).last(2));
      continue;
    }
    for (const std::span<const std::uint8_t> of : {std::span(bytes).last(2), std::span<const std::uint8_t>(bytes)}) {
      const std::u32string text = codes->decode(of);
      if (text.size() == 1) look_at(text[0], of);
    }
  }
}

template <typename Holds>
bool any_treatment(const ConverterOptions& options, Holds holds) {
  return holds(options.treatment()) ||
         std::ranges::any_of(options.columns, [&](const ColumnTreatment& c) { return holds(c.treatment); });
}

bool writes_tags(const Treatment& t) { return t.form == Form::tag || t.unidentified == Unidentified::tag; }
bool names(const Treatment& t) { return t.form == Form::tag || t.form == Form::name; }

base::Result<void> check(const ConverterOptions& options, const PlanOptions& plan) {
  const bool delimited = plan.structure.kind == Structure::Kind::delimited;
  const bool marks = any_treatment(options, [](const Treatment& t) { return writes_tags(t) || names(t); });
  if (marks && delimited && plan.structure.delimiter < 0x80 &&
      kTagCharacters.find(static_cast<char>(plan.structure.delimiter)) != std::string_view::npos) {
    return base::fail(
        base::ErrorCode::usage,
        {"区切り文字がタグや名前の中の文字と同じです", "the delimiter is a character that tags or names hold"}, {},
        {"--unidentified を geta か keep に、--form を ivs か base にしてください",
         "use --unidentified geta or keep, and --form ivs or base"});
  }
  if (any_treatment(options, [](const Treatment& t) { return names(t) && t.shrink; })) {
    return base::fail(
        base::ErrorCode::usage, {"縮退するときの書き方は ivs か base です", "with shrinking, the form is ivs or base"},
        {},
        {"--shrink を外すか、--form を ivs か base にしてください", "leave out --shrink, or use --form ivs or base"});
  }
  return {};
}

// UTF-8 and scan byte of every code of CP932.
std::shared_ptr<const std::uint32_t[]> make_utf8_of_codes(const Plan& plan) {
  constexpr std::size_t kCodes = 0x10000;
  const std::shared_ptr<std::uint32_t[]> entries(new std::uint32_t[kCodes]);
  for (std::size_t code = 0; code < kCodes; ++code) {
    std::array<std::uint8_t, 4> bytes{};
    put_utf8(plan.cp932()[code], bytes.data());
    entries[code] = static_cast<std::uint32_t>(bytes[0] | bytes[1] << 8 | bytes[2] << 16) |
                    static_cast<std::uint32_t>(plan.kernel_scan()[code]) << 24;
  }
  return entries;
}

// Does a kernel write what it reads? Not U+0000, should that be the delimiter.
bool writes_tiles(const PlanOptions& options) noexcept {
  const Structure& structure = options.structure;
  return options.encoding == Encoding::cp932 && cp932_emit(options.kernel) != nullptr &&
         tile_functions(options).bare != nullptr &&
         (structure.kind != Structure::Kind::delimited || structure.delimiter != 0);
}

}  // namespace

std::shared_ptr<const CodePointSet> shrink_set(const StandardTable& table, ShrinkTo to) {
  return to == ShrinkTo::jisx0208 ? jisx0208_set(table) : jisx0213_set(table);
}

struct Converter::Parts {
  Encoder encoder;
  std::optional<Encoder> source{};
  std::shared_ptr<const CodePointSet> within{};
  std::shared_ptr<const FoldTable> folds{};

  // Every character that a policy may have to look at.
  std::shared_ptr<const CodePointSet> watched(const PlanOptions& plan, const StandardTable& table) const {
    auto set = std::make_shared<CodePointSet>();
    // Encodings that do not hold everything hold nothing outside the BMP.
    const char32_t end = encoder.holds_all() ? kLastCodePoint + 1 : 0x10000;
    set->add_from(end);
    for (char32_t cp = 0x80; cp < end; ++cp) {
      if (!encoder.holds(cp) || (within && is_plain(table.class_of(cp)) && !within->contains(cp))) set->add(cp);
    }
    if (folds) {
      for (const FoldTable::Entry& e : folds->entries()) set->add(e.from);
    }
    if (source) watch_double_codes(plan, table, *source, *set);
    return set;
  }
};

base::Result<Converter> Converter::make(ConverterOptions options, PlanOptions plan,
                                        std::shared_ptr<const Repertoire> repertoire,
                                        std::shared_ptr<const GaijiTable> gaiji) {
  if (auto ok = check(options, plan); !ok) return tl::unexpected(ok.error());
  const StandardTable& table = repertoire->table();
  auto encoder = Encoder::make(options.to, table);
  if (!encoder) return tl::unexpected(encoder.error());
  Parts parts{.encoder = std::move(*encoder)};
  if (const auto same = target_with_double_codes(plan.encoding); options.double_codes && same) {
    auto source = Encoder::make(*same, table);
    if (!source) return tl::unexpected(source.error());
    parts.source = std::move(*source);
  }
  const bool shrinks = any_treatment(options, [](const Treatment& t) { return t.shrink.has_value(); });
  const bool folds = any_treatment(options, [](const Treatment& t) { return t.folds != 0; });
  if (folds) parts.folds = std::make_shared<const FoldTable>(table);
  const bool jisx0208 = options.shrink_to == ShrinkTo::jisx0208;
  if (shrinks) parts.within = shrink_set(table, options.shrink_to);
  const bool watches = !parts.encoder.holds_all() || folds || parts.source || (shrinks && jisx0208);
  plan.limit = watches ? Limit::watched : shrinks ? Limit::jisx0213 : Limit::none;
  if (watches) plan.watched = parts.watched(plan, table);
  plan.conversion_events = true;
  plan.default_glyph_events = options.shapes != Shapes::unknown && any_treatment(options, [](const Treatment& t) {
                                return t.form != Form::base && !t.shrink;
                              });
  // The kernels of CP932 take half-width kana without a look at the table; where fields are events, none runs.
  plan.field_events = plan.encoding == Encoding::cp932 && any_treatment(options, [](const Treatment& t) {
                        return (t.folds & fold_bit(Fold::halfwidth_kana)) != 0;
                      });
  return Converter(std::move(options), Plan(std::move(plan), std::move(repertoire), std::move(gaiji)),
                   std::move(parts));
}

Converter::Converter(ConverterOptions options, Plan plan, Parts parts)
    : options_(std::move(options)),
      plan_(std::move(plan)),
      encoder_(std::move(parts.encoder)),
      default_(options_.treatment()),
      within_(std::move(parts.within)),
      folds_(std::move(parts.folds)),
      source_(std::move(parts.source)),
      utf8_of_codes_(plan_.options().encoding == Encoding::cp932 ? make_utf8_of_codes(plan_) : nullptr),
      memo_(source_ ? nullptr : std::make_shared<DecisionMemo>()) {
  for (const ColumnTreatment& c : options_.columns) {
    if (by_field_.size() <= c.field) by_field_.resize(c.field + 1, default_);
    by_field_[c.field] = c.treatment;
  }
  tags_ = any_treatment(options_, writes_tags);
  if (!tags_ && writes_tiles(plan_.options())) code_texts_ = std::make_shared<const CodeTexts>(utf8_of_codes_.get());
  std::ranges::sort(options_.shape_exceptions);
  if (options_.shapes == Shapes::jis90) learn_shapes();
}

// JIS90 shapes are those of J+ of the same number (StandardTable::shape_depends_on_font).
void Converter::learn_shapes() {
  const StandardTable& table = plan_.repertoire().table();
  for (const char32_t cp : table.shapes()) {
    std::string hex;
    for (int shift = 12; shift >= 0; shift -= 4) hex += "0123456789ABCDEF"[cp >> shift & 0xF];
    const auto ids = table.with_juki("J+" + hex);
    if (ids.size() == 1) jis90_.emplace_back(cp, ids.front());
  }
}

std::optional<ShrinkPick> Converter::pick(CharacterId id, ShrinkRule rule) const noexcept {
  const bool narrower = options_.shrink_to != ShrinkTo::jisx0213;
  return plan_.repertoire().table().pick(id, rule, narrower ? within_.get() : nullptr);
}

bool Converter::is_second_code(char32_t code_point, std::span<const std::uint8_t> source) const noexcept {
  return source_ && is_written_otherwise(*source_, code_point, source);
}

char32_t Converter::folded(char32_t code_point, Folds folds) const noexcept {
  return folds_ == nullptr ? 0 : folds_->find(code_point, folds);
}

std::optional<CharacterId> Converter::stated_shape(char32_t code_point, CharacterId assumed) const noexcept {
  if (options_.shapes == Shapes::unknown || std::ranges::binary_search(options_.shape_exceptions, code_point)) {
    return std::nullopt;
  }
  const auto it = std::ranges::lower_bound(jis90_, code_point, {}, [](const auto& entry) { return entry.first; });
  return it != jis90_.end() && it->first == code_point ? it->second : assumed;
}

}  // namespace hyojun::charmap
