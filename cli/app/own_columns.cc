#include "own_columns.h"

#include <map>

#include "hyojun/base/text.h"

namespace hyojun::app {
namespace {

using Role = OwnColumn::Role;

std::string step_heading(const core::Step& step) { return std::to_string(step.no) + " " + step.name; }

const std::map<std::string, OwnColumn, std::less<>>& columns() {
  static const auto all = [] {
    std::map<std::string, OwnColumn, std::less<>> found;
    const auto add = [&found](std::string_view heading, OwnColumn column) {
      found.emplace(base::nfkc_label(heading), column);
    };
    for (const std::string_view heading : {"団体コード", "code", "code6", "市区町村コード", "自治体コード"})
      add(heading, {Role::code});
    for (const std::string_view heading : {"都道府県", "都道府県名"}) add(heading, {Role::prefecture});
    for (const std::string_view heading : {"市区町村", "市区町村名"}) add(heading, {Role::municipality});
    for (const std::string_view heading : {"団体名", "自治体名", "name"}) add(heading, {Role::name});
    for (const std::string_view heading : {"業務", "業務名", "business"}) add(heading, {Role::business});
    for (const std::string_view heading : {"完了手順数", "finished"}) add(heading, {Role::finished});
    for (const std::string_view heading : {"特定移行支援", "特定移行支援システム", "late"}) add(heading, {Role::late});
    for (const std::string_view heading : {"理由", "reason", "備考"}) add(heading, {Role::reason});
    for (const std::string_view heading : {"報告者", "person"}) add(heading, {Role::person});
    for (const std::string_view heading : {"覚書番号", "note"}) add(heading, {Role::note_key});
    for (const std::string_view heading : {"主題", "theme"}) add(heading, {Role::note_theme});
    for (const std::string_view heading : {"内容", "text"}) add(heading, {Role::note_text});
    for (const std::string_view heading : {"次の対応", "next"}) add(heading, {Role::note_next});
    for (const std::string_view heading : {"担当", "owner"}) add(heading, {Role::note_person});
    for (const std::string_view heading : {"状態", "state"}) add(heading, {Role::note_state});
    for (const std::string_view heading : {"エラー", "提案"}) add(heading, {Role::ignored});
    for (std::size_t i = 0; i < core::kinds().size(); ++i) {
      add(core::kinds()[i].key, {Role::kind, i});
      add(core::kinds()[i].name, {Role::kind, i});
    }
    for (const core::Step& step : core::Catalog::steps()) {
      add(step_heading(step), {Role::step, step.no});
      add(step.name, {Role::step, step.no});
      add("step" + std::to_string(step.no), {Role::step, step.no});
    }
    return found;
  }();
  return all;
}

std::vector<std::string> names(std::initializer_list<std::string_view> keys) {
  std::vector<std::string> found;
  for (const std::string_view key : keys) {
    const core::Kind* kind = core::find_kind(key);
    found.emplace_back(kind ? kind->name : key);
  }
  return found;
}

std::vector<TemplateKind> make_kinds() {
  std::vector<std::string> steps;
  for (const core::Step& step : core::Catalog::steps()) steps.push_back(step_heading(step));
  return {
      {"steps", "手順ごとの状況", true, steps},
      {"rates", "完了手順数", true, {"完了手順数"}},
      {"late", "特定移行支援システム", true,
       names({"特定移行支援", "late_reason", "late_deadline", "undecided", "理由", "報告者"})},
      {"golive", "運用開始", true,
       names({"golive_planned", "golive_forecast", "golive_actual", "on_standard", "on_cloud", "system_completed",
              "理由", "報告者"})},
      {"attributes", "システムの属性", true, names({"vendor", "package", "csp", "usage", "connection"})},
      {"gaiji", "文字同定状況", true,
       names({"gaiji_total", "gaiji_identified", "gaiji_undecided", "gaiji_no_match", "notify_residents", "notify_on",
              "報告者"})},
      {"forecast", "期限内移行の見込み", false, names({"forecast_on_time", "理由", "報告者"})},
      {"judgement", "県の見立て", false, names({"judgement", "理由", "報告者"})},
      {"bodies", "団体の地域と人口", false, names({"region", "population", "理由"})},
      {"notes", "覚書", true, {"覚書番号", "主題", "内容", "次の対応", "担当", "状態"}},
  };
}

}  // namespace

std::optional<OwnColumn> find_own_column(std::string_view heading) {
  const std::string label = base::nfkc_label(heading);
  const auto found = columns().find(label);
  if (found != columns().end()) return found->second;
  for (const std::string_view population : {"population_", "人口_", "人口("}) {
    if (!label.starts_with(population)) continue;
    OwnColumn column = columns().find("population")->second;
    column.note = label;
    return column;
  }
  return std::nullopt;
}

const std::vector<TemplateKind>& template_kinds() {
  static const std::vector<TemplateKind> kinds = make_kinds();
  return kinds;
}

const TemplateKind* find_template_kind(std::string_view key) {
  for (const TemplateKind& kind : template_kinds()) {
    if (kind.key == key) return &kind;
  }
  return nullptr;
}

}  // namespace hyojun::app
