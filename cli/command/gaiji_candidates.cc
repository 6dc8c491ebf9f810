// hyojun gaiji candidates: the standard characters nearest in shape to gaiji.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "gaiji_reference_option.h"
#include "glyph_candidates.h"
#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "json_text.h"
#include "parse.h"
#include "report.h"
#include "source_options.h"
#include "table_option.h"

namespace hyojun::cli {
namespace {

using charmap::Repertoire;
using nlohmann::ordered_json;

// Four digits: more would say more than is known.
double rounded(double share) { return std::round(share * 10000) / 10000; }

ordered_json to_json(const app::GlyphSourceCandidates& source, const app::Candidates& all,
                     const Repertoire& repertoire) {
  ordered_json out = {{"schema", "hyojun.gaiji-candidates/1"}, {"source", source.source}};
  out["candidates"] = ordered_json::array();
  for (const auto& c : source.result.candidates) {
    out["candidates"].push_back({{"name", c.name},
                                 {"text", text_or_null(app::candidate_text(repertoire, c.name))},
                                 {"score", rounded(c.score)},
                                 {"similarity", rounded(c.similarity)}});
  }
  if (source.error) {
    out["error"] = source.error->what.ja;
    return out;
  }
  out["confidence"] = rounded(source.result.confidence);
  out["absent_likely"] = source.result.is_absent_likely;
  out["added_characters_searched"] = all.has_added_characters;
  return out;
}

ReportText remark_of(const app::GlyphSourceCandidates& source) {
  if (source.error) return source.error->what;
  if (!source.result.is_absent_likely) return "";
  return {std::string(charmap::kAbsentLikely),
          std::string(charmap::kAbsentLikely) + " (perhaps no character of the standard)"};
}

std::string glyph_of(const Repertoire& repertoire, const std::string& name) {
  const auto id = repertoire.find_name(name);
  if (!id) return {};
  const auto text = repertoire.record(*id).text;
  return text.empty() ? std::string() : base::to_utf8(text.front());
}

std::vector<std::vector<ReportText>> rows_of(const app::GlyphSourceCandidates& source, const Repertoire& repertoire) {
  const ReportText remark = remark_of(source);
  if (source.result.candidates.empty()) return {{source.source, "", "", "", "", "", "", "", "", remark}};
  std::vector<std::vector<ReportText>> rows;
  for (const auto& c : source.result.candidates) {
    const auto id = repertoire.find_name(c.name);
    const auto record = id ? repertoire.record(*id) : charmap::CharacterRecord{};
    std::string readings;
    for (const std::string& reading : record.readings) readings += (readings.empty() ? "" : " ") + reading;
    rows.push_back({source.source, std::to_string(rows.size() + 1), glyph_of(repertoire, c.name),
                    app::candidate_text(repertoire, c.name), c.name, fmt::format("{:.3f}", c.score),
                    fmt::format("{:.3f}", c.similarity), record.strokes == 0 ? "" : std::to_string(record.strokes),
                    readings, rows.empty() ? remark : ReportText("")});
  }
  return rows;
}

ReportText reference_line(const charmap::ReferenceFont& font) {
  const std::string digest = font.digest.substr(0, 16);
  return {fmt::format("参照フォント {} {}（{} 字形、SHA-256 {}）", font.family, font.version, font.glyphs, digest),
          fmt::format("reference font {} {} ({} glyphs, SHA-256 {})", font.family, font.version, font.glyphs, digest)};
}

Report report_of(const app::Candidates& candidates, const Repertoire& repertoire) {
  Report report{.title = {"外字の候補", "Candidates for gaiji"}, .tables = {}, .json_lines = true};
  ReportTable table{{"候補", "candidates"},
                    {{{"外字", "gaiji"}},
                     {{"順位", "rank"}, Align::right},
                     {{"候補", "candidate"}},
                     {{"符号", "code"}},
                     {{"文字図形名", "name"}},
                     {{"確度", "score"}, Align::right},
                     {{"類似度", "similarity"}, Align::right},
                     {{"画数", "strokes"}, Align::right},
                     {{"読み", "readings"}, Align::left, Fit::truncate},
                     {{"備考", "remark"}, Align::left, Fit::wrap}},
                    {}};
  report.json = ordered_json::array();
  for (const auto& source : candidates.sources) {
    std::ranges::move(rows_of(source, repertoire), std::back_inserter(table.rows));
    report.json.push_back(to_json(source, candidates, repertoire));
  }
  report.tables.push_back(std::move(table));
  if (!candidates.has_added_characters) {
    report.basis.push_back({std::string(charmap::kAddedNotSearched),
                            std::string(charmap::kAddedNotSearched) + " (added characters were not searched)"});
  }
  for (const auto& font : candidates.references) report.basis.push_back(reference_line(font));
  report.basis.push_back({"候補は字形の比較によるもので、同定の決定ではありません",
                          "candidates come from comparing shapes; they are no decision"});
  return report;
}

base::Result<app::CandidatesOptions> read_options(const ParsedArguments& arguments) {
  app::CandidatesOptions options;
  options.font = arguments.value("font").value_or("");
  options.pictures = arguments.positionals();
  if (options.font.empty() && options.pictures.empty()) {
    return base::fail(base::ErrorCode::usage, {"--font か PNG の絵を指定してください", "give --font, or PNG pictures"},
                      {}, {"例: --font EUDC.TTE", "for example --font EUDC.TTE"});
  }
  const auto face = arguments.number("face", 0, 65535);
  const auto size = arguments.number("size", charmap::kLeastPixels, charmap::kMostPixels);
  const auto top = arguments.number("top", 1, charmap::kMostCandidates);
  const auto threads = threads_of(arguments);
  if (!face) return tl::unexpected(face.error());
  if (!size) return tl::unexpected(size.error());
  if (!top) return tl::unexpected(top.error());
  if (!threads) return tl::unexpected(threads.error());
  options.face = static_cast<std::uint32_t>(face->value_or(0));
  options.size = {static_cast<std::uint32_t>(size->value_or(64)), arguments.has("bilevel")};
  options.top = top->value_or(5);
  options.threads = *threads;
  options.hints = arguments.values("hint");
  options.preferred = arguments.values("prefer");
  options.references = arguments.values("reference");
  options.cache_folder = arguments.value("cache").value_or(charmap::default_cache_folder());
  for (const std::string& codes : arguments.values("codes")) {
    const auto more = app::parse_code_ranges(codes);
    if (!more) return tl::unexpected(more.error());
    options.wanted.insert(options.wanted.end(), more->begin(), more->end());
  }
  if (const auto path = arguments.value("sequences")) {
    const auto more = app::read_sequences(*path);
    if (!more) return tl::unexpected(more.error());
    options.wanted.insert(options.wanted.end(), more->begin(), more->end());
  }
  return options;
}

int run_gaiji_candidates(const ParsedArguments& arguments, Context& context) {
  const auto options = read_options(arguments);
  if (!options) return fail(context, options.error());
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  const auto candidates = app::find_candidates(*options, **repertoire);
  if (!candidates) return fail(context, candidates.error());
  for (const base::Error& warning : candidates->warnings) print_error(context, warning);
  if (candidates->was_index_built) {
    print_message(context, {fmt::format("字形索引を作りました（{} 字形）", candidates->indexed),
                            fmt::format("made the glyph index ({} glyphs)", candidates->indexed)});
  }
  const bool all_drawn = std::ranges::none_of(candidates->sources, [](const auto& s) { return s.error.has_value(); });
  return write_report(report_of(*candidates, **repertoire), arguments, context, all_drawn ? kExitDone : kExitFound);
}

std::vector<Option> candidates_options() {
  constexpr OptionGroup source = OptionGroup::source;
  std::vector<Option> options = {
      {.name = "font",
       .value = "FONT",
       .summary = {"外字のフォント (EUDC.TTE、TTF、OTF、TTC、BDF、PCF)", "The font: EUDC.TTE, TTF, OTF, TTC, BDF, PCF"},
       .group = source},
      {.name = "face",
       .value = "N",
       .summary = {"TTC の何番目か (0 から)", "Face of a collection, from 0"},
       .group = source},
      {.name = "codes",
       .value = "RANGE",
       .summary = {"符号 (U+E000-U+E757)。省くと私用領域のすべて", "Codes, U+E000-U+E757; else all private use"},
       .repeatable = true,
       .group = source},
      {.name = "sequences",
       .value = "FILE",
       .summary = {"1行に U+… U+… を1つ書いたファイル", "A file with one sequence U+… U+… a line"},
       .group = source},
      {.name = "size",
       .value = "PIXELS",
       .summary = {"描く大きさ (12 から 512、省くと 64)", "Size of the drawing: 12 to 512, else 64"},
       .group = source},
      {.name = "bilevel", .summary = {"白黒2値のドットで描く", "Draw dots of 1 bit"}, .group = source},
      {.name = "hint",
       .value = "QUERY",
       .summary = {"候補を絞る: 読み、部首.画数、字、12画", "Narrow: reading, radical.strokes, character, 12画"},
       .repeatable = true,
       .group = source},
      {.name = "prefer",
       .value = "QUERY",
       .summary = {"これに合う候補を先に並べる (書き方は --hint)", "What fits comes first (written as --hint)"},
       .details = {"字形の近い 50 字の中で、合う字を先に、それぞれ字形の近い順に並べます。絞りません。",
                   "Of the 50 nearest shapes those that fit come first, each group nearest first; none is left out."},
       .repeatable = true,
       .group = source},
      {.name = "top", .value = "N", .summary = {"候補の数 (50まで、省くと5)", "Candidates: at most 50, else 5"}},
      reference_option(),
      {.name = "cache",
       .value = "FOLDER",
       .summary = {"字形索引を置くフォルダ", "Folder of the glyph index"},
       .details = {"指定がなければ HYOJUN_CACHE、次に ~/.cache/hyojun。", "Else HYOJUN_CACHE, then ~/.cache/hyojun."},
       .group = OptionGroup::run},
      threads_option(),
      table_option()};
  for (Option& option : report_options()) options.push_back(std::move(option));
  return options;
}

}  // namespace

const Command& gaiji_candidates_command() {
  static const Command command{
      .path = "gaiji candidates",
      .summary = {"外字の字形に近い標準文字を挙げる", "List the standard characters nearest in shape to gaiji"},
      .description = {"外字を IPAmj明朝の全字形と比べ、近い順に挙げます。確度は、1位がどれだけの割合で正しいかです "
                      "(bench/README.md)。決めるのは人です。初回に字形索引を作ります。\n\n"
                      "終了コード 1: グリフのない外字がありました",
                      "Compares gaiji with every glyph of IPAmj明朝, nearest first. 確度 is how often rank 1 is right "
                      "(bench/README.md). A person decides. The first run makes the glyph index.\n\n"
                      "Exit code 1: a source had no glyph"},
      .positionals = {.usage = "[PICTURE...]",
                      .min = 0,
                      .max = kUnbounded,
                      .summary = {"1字の PNG", "PNG pictures of one character each"}},
      .examples = {{{"hyojun gaiji candidates --font EUDC.TTE", {"フォントの外字すべて", "every gaiji of the font"}},
                    {"hyojun gaiji candidates --font EUDC.TTE --codes U+E000-U+E757 --json",
                     {"1件1行の JSON で", "as JSON, one a line"}}}},
      .options = candidates_options(),
      .run = run_gaiji_candidates,
  };
  return command;
}

}  // namespace hyojun::cli
