#include "template_sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/csv.h"
#include "hyojun/base/text.h"
#include "hyojun/base/xlsx_writer.h"

namespace hyojun::app {
namespace {

using Role = OwnColumn::Role;

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    words.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return words;
}

std::vector<std::string> choices_of(const std::string& heading) {
  const auto column = find_own_column(heading);
  if (!column) return {};
  switch (column->role) {
    case Role::step:
      return {"完了済み", "作業中", "未着手", "対象外"};
    case Role::late:
      return {"はい", "いいえ"};
    case Role::note_state:
      return {"継続", "完了"};
    case Role::kind:
      return split(core::kinds()[column->index].choices);
    default:
      return {};
  }
}

// The last value of one cell as the sheet writes it; empty: nothing is known.
std::string value_of(const core::State& state, std::size_t body, std::size_t business, const OwnColumn& column) {
  switch (column.role) {
    case Role::step: {
      const core::StepStatus status = state.step(body, business - 1, column.index - 1);
      return status == core::StepStatus::unreported ? "" : std::string(core::name_of(status));
    }
    case Role::finished: {
      const core::Progress progress = state.progress(body, business - 1);
      return progress.import ? std::to_string(progress.finished) : "";
    }
    case Role::late: {
      const auto late = state.late(body, business - 1);
      return late ? (*late ? "はい" : "いいえ") : "";
    }
    case Role::kind: {
      const core::Kind& kind = core::kinds()[column.index];
      const core::FactValue* fact = state.fact(body, kind.of_business ? business : 0, kind.key);
      if (fact == nullptr) return "";
      return kind.type == core::KindType::reason ? fact->value : core::show_value(kind, fact->value);
    }
    default:
      return "";
  }
}

void add_notes(TemplateContent& content, const core::State& state, std::size_t body) {
  for (const core::NoteValue& note : state.notes()) {
    if (note.body != body) continue;
    const core::Body& entry = state.catalog().bodies()[body];
    const std::string business =
        note.note.business == 0 ? "" : core::Catalog::businesses()[note.note.business - 1].name;
    content.rows.push_back({entry.code, entry.name, business, note.note.key, note.note.theme, note.note.text,
                            note.note.next_action, note.note.person, note.note.open ? "継続" : "完了"});
  }
}

void add_row(TemplateContent& content, const TemplateKind& kind, const core::State& state, std::size_t body,
             std::size_t business) {
  const core::Body& entry = state.catalog().bodies()[body];
  std::vector<std::string> row = {entry.code, entry.name};
  if (kind.of_business) row.push_back(core::Catalog::businesses()[business - 1].name);
  for (const std::string& heading : kind.headings) {
    const auto column = find_own_column(heading);
    row.push_back(column ? value_of(state, body, business, *column) : "");
  }
  content.rows.push_back(std::move(row));
}

// 共通機能 has neither steps nor rates.
std::size_t businesses_of(const TemplateKind& kind) {
  return kind.key == "steps" || kind.key == "rates" ? core::kBusinesses : core::kAllBusinesses;
}

base::Result<void> write_xlsx(const TemplateContent& content, const TemplateKind& kind, const std::string& path) {
  constexpr double kWidth = 14;
  auto writer = base::XlsxWriter::open(path);
  if (!writer) return tl::unexpected(writer.error());
  base::XlsxSheet sheet{.name = std::string(kind.title), .columns = {}, .note = content.note};
  for (std::size_t i = 0; i < content.headings.size(); ++i) {
    base::XlsxColumn column{.heading = content.headings[i], .width = kWidth, .choices = content.choices[i]};
    if (const auto own = find_own_column(content.headings[i]); own && own->role == Role::kind)
      column.comment = core::kinds()[own->index].meaning;
    sheet.columns.push_back(std::move(column));
  }
  if (auto ok = writer->begin_sheet(sheet); !ok) return ok;
  for (const auto& row : content.rows) {
    if (auto ok = writer->write_row(std::vector<std::string_view>(row.begin(), row.end())); !ok) return ok;
  }
  return writer->close();
}

}  // namespace

TemplateContent empty_template(const TemplateKind& kind, const std::optional<base::Date>& as_of) {
  TemplateContent content{
      .note = std::string(kind.title), .headings = {"団体コード", "団体名"}, .choices = {}, .rows = {}};
  if (as_of) content.note += fmt::format("（{}時点）", as_of->wareki());
  if (kind.of_business) content.headings.emplace_back("業務");
  content.choices.assign(content.headings.size(), {});
  for (const std::string& heading : kind.headings) {
    content.headings.push_back(heading);
    content.choices.push_back(choices_of(heading));
  }
  return content;
}

TemplateContent filled_template(const TemplateKind& kind, const std::optional<base::Date>& as_of,
                                const core::State& state, const std::vector<std::size_t>& bodies) {
  TemplateContent content = empty_template(kind, as_of);
  for (const std::size_t body : bodies) {
    if (kind.key == "notes") {
      add_notes(content, state, body);
    } else if (!kind.of_business) {
      add_row(content, kind, state, body, 0);
    } else {
      for (std::size_t business = 1; business <= businesses_of(kind); ++business)
        add_row(content, kind, state, body, business);
    }
  }
  return content;
}

base::Result<void> write_template(const TemplateContent& content, const TemplateKind& kind, base::AtomicFile& out,
                                  bool as_xlsx) {
  if (as_xlsx) return write_xlsx(content, kind, out.temp_path());
  base::CsvWriter writer([&out](std::string_view bytes) { return out.write(bytes); }, {.bom = true, .crlf = true});
  if (content.note != kind.title) {
    std::vector<std::string_view> note(content.headings.size());
    note.front() = content.note;
    if (auto ok = writer.write_row(note); !ok) return ok;
  }
  if (auto ok = writer.write_row(std::vector<std::string_view>(content.headings.begin(), content.headings.end())); !ok)
    return ok;
  for (const auto& row : content.rows) {
    if (auto ok = writer.write_row(std::vector<std::string_view>(row.begin(), row.end())); !ok) return ok;
  }
  return {};
}

}  // namespace hyojun::app
