// hyojun status --theme: what belongs to one theme on one page.
#include "status_theme.h"

#include <fmt/format.h>

#include <array>

#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using nlohmann::ordered_json;

struct Theme {
  std::string_view name;
  std::vector<std::size_t> steps;       // 1–40
  std::vector<std::string_view> kinds;  // facts shown beside them
};

const std::vector<Theme>& themes() {
  static const std::vector<Theme> all = {
      {"文字同定",
       {32, 33},
       {"gaiji_total", "gaiji_identified", "gaiji_undecided", "gaiji_no_match", "notify_residents", "notify_on",
        "identify_digest"}},
      {"連携", {5}, {}},
  };
  return all;
}

Theme theme_of(const std::string& name) {
  for (const Theme& theme : themes()) {
    if (theme.name == name) return theme;
  }
  return {.name = name, .steps = {}, .kinds = {}};
}

// One business of one body; false if nothing of the theme is known of it.
bool add_row(const core::State& state, const Theme& theme, std::size_t body, std::size_t business, ReportTable& table,
             ordered_json& rows) {
  const core::Body& entry = state.catalog().bodies()[body];
  const core::Business& named = core::Catalog::businesses()[business];
  std::vector<ReportText> cells = {entry.code, entry.name, named.name};
  ordered_json row = {{"code", entry.code}, {"name", entry.name}, {"business", named.key}};
  bool known = false;
  for (const std::size_t step : theme.steps) {
    const bool has_steps = business < core::kBusinesses;
    const core::StepStatus status = has_steps ? state.step(body, business, step - 1) : core::StepStatus::unreported;
    known = known || status != core::StepStatus::unreported;
    cells.emplace_back(std::string(has_steps ? core::name_of(status) : "-"));
    row[fmt::format("step{}", step)] = has_steps ? ordered_json(core::name_of(status)) : ordered_json(nullptr);
  }
  for (const std::string_view key : theme.kinds) {
    const core::Kind& kind = *core::find_kind(key);
    const core::FactValue* fact = state.fact(body, business + 1, key);
    known = known || fact != nullptr;
    cells.emplace_back(fact ? core::show_value(kind, fact->value) : "");
    row[std::string(key)] = !fact                                ? ordered_json(nullptr)
                            : kind.type == core::KindType::count ? ordered_json(std::stoull(fact->value))
                            : kind.type == core::KindType::flag  ? ordered_json(fact->value == "1")
                                                                 : ordered_json(fact->value);
  }
  if (!known) return false;
  table.rows.push_back(std::move(cells));
  rows.push_back(std::move(row));
  return true;
}

ReportTable figures_table(const Theme& theme) {
  ReportTable table{
      .title = {"状況", "status"},
      .columns = {{{"コード", "code"}}, {{"団体", "name"}}, {{"業務", "business"}, Align::left, Fit::wrap}}};
  for (const std::size_t step : theme.steps)
    table.columns.push_back({{fmt::format("手順{}", step), fmt::format("step {}", step)}});
  for (const std::string_view key : theme.kinds) {
    const core::Kind& kind = *core::find_kind(key);
    table.columns.push_back(
        {std::string(kind.name), kind.type == core::KindType::count ? Align::right : Align::left, Fit::wrap});
  }
  return table;
}

}  // namespace

Report theme_report(const core::State& state, const std::string& name) {
  const Theme theme = theme_of(name);
  const base::Text day = day_line(state.view());
  Report report{.title = {fmt::format("主題「{}」{}", name, day.ja), fmt::format("Theme {}, {}", name, day.en)},
                .tables = {}};
  ReportTable figures = figures_table(theme);
  ordered_json rows = ordered_json::array();
  for (const std::size_t body : state.municipalities()) {
    for (std::size_t i = 0; i < core::kAllBusinesses; ++i) add_row(state, theme, body, i, figures, rows);
  }
  ReportTable notes{.title = {"継続中の覚書", "open notes"},
                    .columns = {{{"番号", "note"}},
                                {{"コード", "code"}},
                                {{"団体", "name"}},
                                {{"業務", "business"}, Align::left, Fit::wrap},
                                {{"内容", "text"}, Align::left, Fit::wrap},
                                {{"次の対応", "next"}, Align::left, Fit::wrap},
                                {{"担当", "person"}},
                                {{"基準日", "as of"}}}};
  ordered_json open = ordered_json::array();
  for (const core::NoteValue& value : state.notes()) {
    const core::Note& note = value.note;
    if (!note.open || note.theme != name) continue;
    const core::Body& body = state.catalog().bodies()[value.body];
    const std::string business = note.business == 0 ? "" : core::Catalog::businesses()[note.business - 1].name;
    notes.rows.push_back(
        {note.key, body.code, body.name, business, note.text, note.next_action, note.person, value.import->as_of});
    open.push_back({{"key", note.key},
                    {"code", body.code},
                    {"name", body.name},
                    {"business", note.business == 0 ? ordered_json(nullptr)
                                                    : ordered_json(core::Catalog::businesses()[note.business - 1].key)},
                    {"text", note.text},
                    {"next", note.next_action},
                    {"person", note.person},
                    {"as_of", value.import->as_of}});
  }
  report.summary.emplace_back(fmt::format("{} 業務、継続中の覚書 {}", rows.size(), open.size()),
                              fmt::format("{} businesses, {} open notes", rows.size(), open.size()));
  report.basis = survey_lines(state, {core::Indicator::steps});
  report.basis.emplace_back(
      "件数は団体の報告か hyojun identify --record による参考で、手順の状況を変えない。状況は団体だけが報告する",
      "figures are the body's own or of hyojun identify --record, and change no status: only the body reports one");
  report.json = {{"schema", "hyojun.theme/1"},
                 {"as_of", state.view().as_of.iso()},
                 {"known_at", known_at_json(state.view())},
                 {"theme", name},
                 {"rows", rows},
                 {"notes", open},
                 {"basis", basis_json(report)}};
  report.tables.push_back(std::move(figures));
  report.tables.push_back(std::move(notes));
  return report;
}

}  // namespace hyojun::cli
