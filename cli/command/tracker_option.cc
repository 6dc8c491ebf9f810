#include "tracker_option.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "hyojun/base/platform.h"
#include "hyojun/base/text.h"
#include "report.h"
#include "version.h"

namespace hyojun::cli {

using base::ErrorCode;

Option db_option() {
  return {.name = "db",
          .value = "FILE",
          .summary = {"データベース。なければ HYOJUN_DB、hyojun.db", "The database; else HYOJUN_DB, else hyojun.db"},
          .group = OptionGroup::source};
}

Option wait_option() {
  return {.name = "wait",
          .value = "SECONDS",
          .summary = {"ほかの書き込みを待つ秒数 (なければ 120)", "Wait so long for another writer, default 120"},
          .group = OptionGroup::run};
}

std::vector<Option> view_options() {
  return {{.name = "as-of",
           .value = "DATE",
           .summary = {"いつの時点か。なければ今日", "The day that is asked for; default today"},
           .details = {"2026-01-31、令和8年1月31日、R8.1.31 など。", "2026-01-31, 令和8年1月31日, R8.1.31, …"},
           .group = OptionGroup::source},
          {.name = "known-at",
           .value = "DATE",
           .summary = {"その日の終わりまでに記録されたことだけを使う",
                       "Use only what was recorded until the end of that day"},
           .group = OptionGroup::source}};
}

std::vector<Option> tracker_report_options(std::vector<Option> own) {
  std::vector<Option> all = {db_option()};
  for (Option& option : view_options()) all.push_back(std::move(option));
  for (Option& option : own) all.push_back(std::move(option));
  for (Option& option : report_options()) all.push_back(std::move(option));
  return all;
}

std::string db_path(const ParsedArguments& arguments) {
  if (const auto path = arguments.value("db")) return *path;
  return base::environment_variable("HYOJUN_DB").value_or("hyojun.db");
}

namespace {

base::Result<core::Store> check_content(core::Store store, Content content) {
  if (content == Content::tracker && !store.scope().tracker) {
    return base::fail(ErrorCode::usage,
                      {"外字の決定だけのデータベースです", "this database is for decisions on gaiji only"},
                      {.file = store.path()},
                      {"移行進捗のデータベースを --db で指定してください (hyojun init --prefecture 28)",
                       "name the tracker's database with --db (hyojun init --prefecture 28)"});
  }
  if (content == Content::decisions && !store.scope().decisions) {
    return base::fail(ErrorCode::usage,
                      {"外字の決定を入れないデータベースです", "this database holds no decisions on gaiji"},
                      {.file = store.path()},
                      {"決定のデータベースを作ってください (hyojun init --db gaiji.db)",
                       "make a database for decisions (hyojun init --db gaiji.db)"});
  }
  return store;
}

}  // namespace

base::Result<core::Store> open_store(const ParsedArguments& arguments, core::Store::Access access, Context& context,
                                     Content content) {
  core::StoreOptions options;
  if (access == core::Store::Access::write) {
    constexpr std::uint64_t kDay = 86'400;
    const auto wait = arguments.number("wait", 0, kDay);
    if (!wait) return tl::unexpected(wait.error());
    if (*wait) options.patience = std::chrono::seconds(**wait);
  }
  options.waiting = [&context] {
    print_message(context, {"ほかの hyojun が書き込み中です。終わるのを待っています",
                            "another hyojun is writing; waiting until it has ended"});
  };
  options.shared = [&context] {
    print_message(context, {"データベースがネットワーク共有にあります。同時に使う人がいると待ちが長くなります。"
                            "できれば1台のパソコンのディスクに置き、写しは hyojun db backup で作ってください",
                            "the database is on a network share: others may have to wait for long; better keep it on "
                            "the disk of one computer and copy it with hyojun db backup"});
  };
  options.migrated = [&context](const std::string& copy) {
    print_message(context, {"データベースを新しいスキーマに改めました。前の写し: " + copy,
                            "the database has been brought to the new schema; a copy of before: " + copy});
  };
  auto store = core::Store::open(db_path(arguments), access, options);
  if (!store) return store;
  return check_content(std::move(*store), content);
}

base::Result<std::optional<base::Date>> date_option(const ParsedArguments& arguments, const std::string& name) {
  const auto text = arguments.value(name);
  if (!text) return std::optional<base::Date>();
  const auto date = base::parse_date(*text);
  if (date) return std::optional(date->date);
  return base::fail(ErrorCode::usage,
                    {fmt::format("--{} の日付が読めません: {}", name, date.error().what.ja),
                     fmt::format("--{} is no date: {}", name, date.error().what.en)},
                    {}, {"例: 2026-01-31、令和8年1月31日", "for example 2026-01-31"});
}

base::Result<core::View> view_of(const ParsedArguments& arguments) {
  const auto as_of = date_option(arguments, "as-of");
  if (!as_of) return tl::unexpected(as_of.error());
  const auto known_at = date_option(arguments, "known-at");
  if (!known_at) return tl::unexpected(known_at.error());
  const base::Date today = base::date_in_japan(std::chrono::system_clock::now());
  return core::View{as_of->value_or(today), *known_at};
}

base::Result<OpenedState> open_state(const ParsedArguments& arguments, const core::Needs& needs, Context& context) {
  const auto view = view_of(arguments);
  if (!view) return tl::unexpected(view.error());
  auto store = open_store(arguments, core::Store::Access::read, context);
  if (!store) return tl::unexpected(store.error());
  auto state = core::State::read(*store, *view, needs);
  if (!state) return tl::unexpected(state.error());
  return OpenedState{std::move(*store), std::move(*state)};
}

nlohmann::ordered_json known_at_json(const core::View& view) {
  return view.known_at ? nlohmann::ordered_json(view.known_at->iso()) : nlohmann::ordered_json(nullptr);
}

base::Text day_line(const core::View& view) {
  base::Text line{fmt::format("{}時点（{}）", view.as_of.wareki(), view.as_of.iso()),
                  fmt::format("as of {} ({})", view.as_of.iso(), view.as_of.wareki())};
  if (view.known_at) {
    line.ja += fmt::format("、{}までに記録された内容による", view.known_at->iso());
    line.en += fmt::format(", by what was recorded until {}", view.known_at->iso());
  }
  return line;
}

std::vector<ReportText> survey_lines(const core::State& state, std::initializer_list<core::Indicator> indicators) {
  constexpr std::array<std::string_view, core::kIndicators> kEnglish = {"status by step", "finished steps",
                                                                        "late systems"};
  std::vector<ReportText> lines;
  for (const core::Indicator indicator : indicators) {
    for (const core::SurveyUse& use : state.surveys(indicator)) {
      const core::ImportInfo& import = *use.import;
      lines.emplace_back(
          fmt::format("{}: {}、{} 時点（取込 {}{}）。うち {} 市区町村 {} 業務", name_of(indicator), import.source,
                      import.as_of, import.id, import.file.empty() ? "" : "、" + import.file, use.municipalities,
                      use.businesses),
          fmt::format("{}: {}, as of {} (import {}{}); {} municipalities, {} businesses of it",
                      kEnglish[static_cast<std::size_t>(indicator)], import.source, import.as_of, import.id,
                      import.file.empty() ? "" : ", " + import.file, use.municipalities, use.businesses));
    }
  }
  if (lines.empty()) lines.emplace_back("この時点の調査は取り込まれていません", "no survey of that time was imported");
  return lines;
}

std::string sources_text(const core::State& state, std::initializer_list<core::Indicator> indicators) {
  std::vector<std::string> sources;
  for (const core::Indicator indicator : indicators) {
    for (const core::SurveyUse& use : state.surveys(indicator)) {
      if (std::ranges::find(sources, use.import->source) == sources.end()) sources.push_back(use.import->source);
    }
  }
  std::string text;
  for (const std::string& source : sources) text += (text.empty() ? "" : "・") + source;
  return text.empty() ? "報告なし" : text + "による";
}

Option actor_option() {
  return {.name = "actor",
          .value = "NAME",
          .summary = {"記録する担当者の名前", "Who records this"},
          .details = {"なければ HYOJUN_ACTOR、USER。", "Default: HYOJUN_ACTOR, then USER."},
          .group = OptionGroup::run};
}

std::string actor_of(const ParsedArguments& arguments) {
  if (const auto actor = arguments.value("actor"); actor && !actor->empty()) return *actor;
  for (const char* name : {"HYOJUN_ACTOR", "USER", "LOGNAME"}) {
    if (const auto value = base::environment_variable(name); value && !value->empty() && base::is_utf8(*value))
      return *value;
  }
  return "不明";
}

std::string tool_name() { return "hyojun " + std::string(program_version()); }

base::Result<std::size_t> body_of(const core::Store& store, const std::string& text) {
  const core::Catalog& catalog = store.catalog();
  if (const auto body = catalog.find_code(text)) return *body;
  std::vector<std::size_t> found;
  const std::string label = core::body_label(text);
  for (std::size_t i = 0; i < catalog.bodies().size(); ++i) {
    const core::Body& body = catalog.bodies()[i];
    if (!store.scope().contains(body)) continue;
    if (core::body_label(body.name) == label || core::body_label(catalog.full_name(i)) == label) found.push_back(i);
  }
  if (found.size() == 1) return found.front();
  return base::fail(ErrorCode::usage,
                    {found.empty() ? "その団体はありません: " + text : "その名称の団体が二つ以上あります: " + text,
                     found.empty() ? "there is no such body: " + text : "several bodies have this name: " + text},
                    {}, {"6 桁の団体コードを指定してください", "give the code of six digits"});
}

base::Result<std::size_t> business_number(const std::string& text) {
  if (const core::Business* business = core::Catalog::find_business(text)) return business->no;
  return base::fail(ErrorCode::usage, {"その業務はありません: " + text, "there is no such business: " + text}, {},
                    {"例: 住民記録、juki、共通機能", "for example 住民記録, juki, 共通機能"});
}

}  // namespace hyojun::cli
