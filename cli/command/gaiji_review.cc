// hyojun gaiji review: the page on which gaiji are matched.
#include "gaiji_review.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands.h"
#include "context.h"
#include "decision_book_option.h"
#include "exit_code.h"
#include "gaiji_font_option.h"
#include "gaiji_list_option.h"
#include "gaiji_reference_option.h"
#include "hyojun/base/atomic_file.h"
#include "hyojun/base/number.h"
#include "kernel_option.h"
#include "output_path.h"
#include "progress.h"
#include "source_options.h"
#include "table_option.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

constexpr std::uint64_t kMostShown = 9;  // keys 1 to 9
constexpr std::uint64_t kDefaultShown = 5;

struct Part {
  std::size_t part = 1;
  std::size_t parts = 1;
};

base::Result<Part> part_option(const ParsedArguments& arguments) {
  const auto text = arguments.value("part");
  if (!text) return Part{};
  constexpr std::uint64_t kMostParts = 1000;
  const std::size_t slash = std::min(text->find('/'), text->size());
  const auto part = base::parse_unsigned(text->substr(0, slash), 1, kMostParts);
  const auto parts = base::parse_unsigned(text->substr(std::min(slash + 1, text->size())), 1, kMostParts);
  if (part && parts && *part <= *parts) return Part{*part, *parts};
  return base::fail(ErrorCode::usage, {"--part が読めません", "--part is no part"}, {},
                    {"例: --part 2/4 は4分の2番目", "for example --part 2/4, the second of four"});
}

base::Result<void> check_call(const ParsedArguments& arguments) {
  if (!arguments.has("output"))
    return base::fail(ErrorCode::usage, {"-o で出力先を指定してください", "say with -o where to write the page"}, {},
                      {"例: -o review.html", "for example -o review.html"});
  if (arguments.positionals().empty() && !arguments.has("list") && !arguments.has("font"))
    return base::fail(
        ErrorCode::usage, {"データ、--list、--font のどれかが要ります", "give data, --list or --font"}, {},
        {"例: hyojun gaiji review --font EUDC.TTE --encoding cp932 --system juki -o review.html",
         "for example hyojun gaiji review --font EUDC.TTE --encoding cp932 --system juki -o review.html"});
  return {};
}

// The decisions that are recorded, where a database is named or lies in the usual place.
base::Result<std::optional<core::DecisionBook>> book_of(const ParsedArguments& arguments, Context& context) {
  const auto kind = base::file_kind(db_path(arguments));
  const bool is_named = arguments.has("db") || base::environment_variable("HYOJUN_DB");
  if (!is_named && (!kind || *kind == base::FileKind::none)) return std::optional<core::DecisionBook>();
  auto book = open_book(arguments, context);
  if (!book) return tl::unexpected(book.error());
  return std::optional(std::move(*book));
}

base::Result<std::vector<app::SharedGlyph>> shared_option(const ParsedArguments& arguments) {
  std::vector<app::SharedGlyph> all;
  for (const std::string& path : arguments.values("shared")) {
    auto shared = app::read_share(path);
    if (!shared) return tl::unexpected(shared.error());
    std::ranges::move(*shared, std::back_inserter(all));
  }
  return all;
}

base::Result<app::GaijiScan> scan(const ParsedArguments& arguments,
                                  std::shared_ptr<const charmap::Repertoire> repertoire, Context& context) {
  auto options = read_source_options(arguments);
  if (!options) return tl::unexpected(options.error());
  const auto threads = threads_of(arguments);
  if (!threads) return tl::unexpected(threads.error());
  options->threads = *threads;
  if (options->system.empty())
    return base::fail(ErrorCode::usage,
                      {"--system でシステムの名前を指定してください", "name the system with --system"}, {},
                      {"例: --system juki。決定はシステムごとに記録します",
                       "for example --system juki: decisions are recorded for each system"});
  const auto font = font_glyphs_of(arguments);
  if (!font) return tl::unexpected(font.error());
  std::vector<std::string> inputs = inputs_of(arguments, *options);
  for (const char* name : {"list", "font"}) inputs.push_back(arguments.value(name).value_or(""));
  if (auto ok = check_output(*arguments.value("output"), inputs); !ok) return tl::unexpected(ok.error());
  app::GaijiScanRequest request{.data = *options, .font = *font ? &**font : nullptr};
  if (auto ok = read_list_options(arguments, request); !ok) return tl::unexpected(ok.error());
  Progress progress(context, options->files);
  auto found = app::scan_gaiji(request, std::move(repertoire), [&](std::uint64_t bytes) { progress.show(bytes); });
  progress.end();
  return found;
}

base::Result<app::ReviewPage> page_of(const ParsedArguments& arguments, const app::GaijiScan& scan, Context& context) {
  const auto top = arguments.number("top", 1, kMostShown);
  if (!top) return tl::unexpected(top.error());
  const auto book = book_of(arguments, context);
  if (!book) return tl::unexpected(book.error());
  auto shared = shared_option(arguments);
  if (!shared) return tl::unexpected(shared.error());
  auto references = reference_index_of(arguments, context);
  if (!references) return tl::unexpected(references.error());
  app::ReviewRequest request{.font = arguments.value("font").value_or(""),
                             .top = static_cast<std::size_t>(top->value_or(kDefaultShown)),
                             .book = *book ? &**book : nullptr,
                             .shared = std::move(*shared)};
  if (*references) {
    request.references = (*references)->fonts;
    request.index = &(*references)->index;
  }
  auto page = app::make_review(scan, request);
  if (!page) return page;
  if (const auto path = arguments.value("criteria")) {
    auto criteria = app::read_criteria(*path);
    if (!criteria) return tl::unexpected(criteria.error());
    page->criteria = std::move(*criteria);
  }
  return page;
}

int run_review(const ParsedArguments& arguments, Context& context) {
  if (auto ok = check_call(arguments); !ok) return fail(context, ok.error());
  const auto part = part_option(arguments);
  if (!part) return fail(context, part.error());
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  auto found = scan(arguments, *repertoire, context);
  if (!found) return fail(context, found.error());
  if (tell_list_problems(found->list, context)) return kExitInputRejected;
  const std::size_t all = found->gaiji.size();
  found->gaiji = app::part_of(std::move(found->gaiji), part->part, part->parts);
  auto page = page_of(arguments, *found, context);
  if (!page) return fail(context, page.error());
  if (part->parts > 1) {
    page->title += fmt::format(" {}/{}", part->part, part->parts);
    page->file = fmt::format("decisions-{}of{}.csv", part->part, part->parts);
  }
  const std::string output = *arguments.value("output");
  auto file =
      base::AtomicFile::open(output, arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse);
  if (!file) return fail(context, file.error());
  report_leftovers(file->removed_leftovers(), context);
  if (auto ok = file->write(app::render_review(*page, **repertoire)); !ok) return fail(context, ok.error());
  if (auto ok = file->commit(); !ok) return fail(context, ok.error());
  context.out.line(context.say(
      {fmt::format("{}: 外字 {} 字（全体 {} 字）。ブラウザーで開いてください", output, page->gaiji.size(), all),
       fmt::format("{}: {} of {} gaiji; open it in a browser", output, page->gaiji.size(), all)}));
  return kExitDone;
}

std::vector<Option> review_options() {
  using enum OptionGroup;
  std::vector<Option> options = source_options();
  for (Option& option : gaiji_list_options()) options.push_back(std::move(option));
  const std::vector<Option> own = {
      font_option(),
      {.name = "shared",
       .value = "FILE",
       .summary = {"ほかで決定した同じ字形 (gaiji share)", "Glyphs decided elsewhere (gaiji share)"},
       .repeatable = true,
       .group = source},
      db_option(),
      {.name = "output",
       .short_name = 'o',
       .value = "FILE",
       .summary = {"書き込むページ (HTML)", "The page to write (HTML)"}},
      {.name = "part",
       .value = "N/M",
       .summary = {"M 人で分けた N 番目だけ", "Only the N-th of M parts, to share the work"}},
      {.name = "top",
       .value = "N",
       .summary = {"字形の候補の数 (1〜9、なければ 5)", "Candidates by shape, 1 to 9, default 5"}},
      {.name = "criteria",
       .value = "FILE",
       .summary = {"ページで選べる同定基準 (CSV: 番号,名称,出典,版)", "The criteria that the page offers (CSV)"},
       .group = source},
      {.name = "force", .summary = {"既存の出力ファイルを置き換える", "Replace an existing output file"}},
      reference_option(),
      table_option(),
      kernel_option(),
      threads_option()};
  options.insert(options.end(), own.begin(), own.end());
  return options;
}

}  // namespace

const Command& gaiji_review_command() {
  static const Command command{
      .path = "gaiji review",
      .summary = {"外字を目で同定するページを作る", "Make the page on which gaiji are matched"},
      .description =
          {"ファイルから開くだけで使える1つの HTML "
           "を作ります。外字の字形、候補、重ね合わせ、件数、読みを並べ、キー操作で"
           "選べます。結果は CSV で保存し、hyojun gaiji decide で記録します。ブラウザーには何も残りません。",
           "Makes one HTML file that works offline: the glyph, the candidates, both on each other, count and "
           "readings, chosen by keys. Answers are saved as a CSV for hyojun gaiji decide; the browser keeps nothing."},
      .positionals = {.usage = "[FILE...]",
                      .min = 0,
                      .max = kUnbounded,
                      .summary = {"データ (件数のため)", "data, for the counts"}},
      .examples = {{{"hyojun gaiji review juki.csv --encoding cp932 --system juki --font EUDC.TTE -o review.html",
                     {"データにある外字のページ", "the page of the gaiji of the data"}},
                    {"hyojun gaiji review --encoding cp932 --system juki --font EUDC.TTE --part 2/4 -o b.html",
                     {"4人で分けた2番目", "the second of four parts"}}}},
      .options = review_options(),
      .run = run_review,
  };
  return command;
}

}  // namespace hyojun::cli
