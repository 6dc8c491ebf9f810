#include "glyph_runs.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "random.h"

namespace hyojun::bench {

namespace {

using charmap::CharacterId;
using charmap::GlyphSource;
using charmap::StandardTable;

const std::string kTrueType = "/usr/share/fonts/truetype/";
const std::string kOpenType = "/usr/share/fonts/opentype/";

struct Label {
  std::uint32_t row;
  char32_t code_point;
  char32_t selector;
};

std::optional<Label> label_of(std::uint32_t row, CharacterId id, Work work, const StandardTable& table) {
  const auto codes = table.codes(id);
  switch (work) {
    case Work::sequences_even:
    case Work::sequences_odd:
      if ((codes.number % 2 == 0) != (work == Work::sequences_even)) return std::nullopt;
      [[fallthrough]];
    case Work::sequences:
      if (codes.ivs == 0) return std::nullopt;
      return Label{row, codes.ivs_base, codes.ivs};
    case Work::outside_x0213:
      if (codes.plain < 0x3400 || (table.class_of(codes.plain) & charmap::kOutsideX0213) == 0) return std::nullopt;
      return Label{row, codes.plain, 0};
    default:
      if (codes.plain < 0x3400 || table.with_ucs(codes.ucs).size() != 1) return std::nullopt;
      return Label{row, codes.plain, 0};
  }
}

}  // namespace

const std::vector<Run>& runs() {
  const std::string hana = kTrueType + "hanazono/HanaMinA.ttf";
  const std::string serif = kOpenType + "noto/NotoSerifCJK-Regular.ttc";
  const std::string sans = kOpenType + "noto/NotoSansCJK-Regular.ttc";
  const std::string biz = kTrueType + "bizud-mincho/BIZUDMincho-Regular.ttf";
  const std::string gothic = kTrueType + "vlgothic/VL-Gothic-Regular.ttf";
  const std::string bab = kTrueType + "babelstone/BabelStoneHan.ttf";
  static const std::vector<Run> all = {
      {"HanaMinA IVS 64 grey", hana, "fonts-hanazono", {64, false}, Work::sequences, Use::issue},
      {"HanaMinA IVS 32 dots", hana, "fonts-hanazono", {32, true}, Work::sequences, Use::issue},
      {"HanaMinA IVS 24 dots", hana, "fonts-hanazono", {24, true}, Work::sequences, Use::issue},
      {"Noto Serif CJK 64 grey", serif, "fonts-noto-cjk", {64, false}, Work::outside_x0213, Use::issue},
      {"Noto Sans CJK 64 grey", sans, "fonts-noto-cjk", {64, false}, Work::outside_x0213, Use::issue},
      {"HanaMinB 64 grey",
       kTrueType + "hanazono/HanaMinB.ttf",
       "fonts-hanazono",
       {64, false},
       Work::outside_x0213,
       Use::issue},
      {"HanaMinA even 64 grey", hana, "fonts-hanazono", {64, false}, Work::sequences_even, Use::calibration},
      {"HanaMinA even 32 dots", hana, "fonts-hanazono", {32, true}, Work::sequences_even, Use::calibration},
      {"HanaMinA even 24 dots", hana, "fonts-hanazono", {24, true}, Work::sequences_even, Use::calibration},
      {"BIZ UD Mincho 64 grey", biz, "fonts-morisawa-bizud-mincho", {64, false}, Work::single, Use::calibration},
      {"BIZ UD Mincho 32 dots", biz, "fonts-morisawa-bizud-mincho", {32, true}, Work::single, Use::calibration},
      {"VL Gothic 64 grey", gothic, "fonts-vlgothic", {64, false}, Work::single, Use::calibration},
      {"VL Gothic 24 dots", gothic, "fonts-vlgothic", {24, true}, Work::single, Use::calibration},
      {"BabelStone Han 64 grey", bab, "fonts-babelstone-han", {64, false}, Work::single, Use::calibration},
      {"Sawarabi Gothic 64 grey",
       kTrueType + "sawarabi-gothic/sawarabi-gothic-medium.ttf",
       "fonts-sawarabi-gothic",
       {64, false},
       Work::single,
       Use::calibration},
      {"Ume Mincho 32 dots",
       kTrueType + "horai-umefont/ume-tmo3.ttf",
       "fonts-horai-umefont",
       {32, true},
       Work::single,
       Use::calibration},
      {"HanaMinA odd 64 grey", hana, "fonts-hanazono", {64, false}, Work::sequences_odd, Use::held_out},
      {"HanaMinA odd 24 dots", hana, "fonts-hanazono", {24, true}, Work::sequences_odd, Use::held_out},
      {"Noto Serif CJK single 32 dots", serif, "fonts-noto-cjk", {32, true}, Work::single, Use::held_out},
      {"Noto Sans CJK single 64 grey", sans, "fonts-noto-cjk", {64, false}, Work::single, Use::held_out},
      {"HanaMinB single 48 dots",
       kTrueType + "hanazono/HanaMinB.ttf",
       "fonts-hanazono",
       {48, true},
       Work::single,
       Use::held_out},
      {"IPAex Gothic 64 grey",
       kOpenType + "ipaexfont-gothic/ipaexg.ttf",
       "fonts-ipaexfont-gothic",
       {64, false},
       Work::single,
       Use::held_out},
      {"Motoya Maruberi 64 grey",
       kTrueType + "motoya-l-maruberi/MTLmr3m.ttf",
       "fonts-motoya-l-maruberi",
       {64, false},
       Work::single,
       Use::held_out},
      {"Konatu 64 grey", kTrueType + "konatu/Konatu.ttf", "fonts-konatu", {64, false}, Work::single, Use::held_out},
      {"Oradano Mincho 64 grey",
       kTrueType + "oradano-mincho/OradanoGSRR.ttf",
       "fonts-oradano-mincho-gsrr",
       {64, false},
       Work::single,
       Use::held_out},
  };
  return all;
}

std::vector<char32_t> code_points(const charmap::GlyphIndex& index, const StandardTable& table) {
  std::vector<char32_t> all(index.size());
  for (std::uint32_t row = 0; row < index.size(); ++row) {
    const auto id = table.find_name(index.name(row));
    if (id) all[row] = table.codes(*id).ucs;
  }
  return all;
}

std::vector<Query> queries_of(const Run& run, const charmap::GlyphIndex& index, const StandardTable& table,
                              std::size_t sample, std::uint64_t seed) {
  std::vector<Query> queries;
  const auto source = GlyphSource::open(run.font);
  if (!source) return queries;
  std::vector<std::pair<std::uint32_t, charmap::GlyphNumber>> all;
  for (std::uint32_t row = 0; row < index.size(); ++row) {
    const auto id = table.find_name(index.name(row));
    const auto label = id ? label_of(row, *id, run.work, table) : std::nullopt;
    const auto glyph = label ? source->find(label->code_point, label->selector) : std::nullopt;
    if (glyph) all.emplace_back(row, *glyph);
  }
  Random random(seed);
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    std::swap(all[i], all[i + static_cast<std::size_t>(random.below(all.size() - i))]);
  }
  all.resize(std::min(all.size(), sample));
  std::ranges::sort(all);
  for (const auto& [row, glyph] : all) {
    auto drawing = source->render(glyph, run.size);
    if (drawing) queries.push_back({row, glyph, std::move(*drawing)});
  }
  return queries;
}

}  // namespace hyojun::bench
