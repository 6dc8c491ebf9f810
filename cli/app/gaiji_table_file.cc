#include "gaiji_table_file.h"

#include <fmt/format.h>

#include <set>

#include "hyojun/charmap/gaiji_table.h"

namespace hyojun::app {
namespace {

using base::ErrorCode;
using core::DecisionState;
using core::RecordedDecision;

base::Result<std::pair<std::string, std::string>> choose(const core::DecisionBook& book,
                                                         const GaijiTableChoice& choice) {
  std::set<std::pair<std::string, std::string>> found;
  for (const auto& [key, standing] : book.standings()) {
    const bool fits = (choice.system.empty() || key.system == choice.system) &&
                      (choice.encoding.empty() || key.encoding == choice.encoding);
    if (fits) found.emplace(key.system, key.encoding);
  }
  if (found.size() == 1) return *found.begin();
  std::string list;
  for (const auto& [system, encoding] : found)
    list += fmt::format("{}{} {}", list.empty() ? "" : "、", system, encoding);
  if (found.empty()) {
    return base::fail(ErrorCode::usage, {"その外字の決定はありません", "there is no such decision"}, {},
                      {"hyojun gaiji decide で記録するか、--system、--encoding を確かめてください",
                       "record some with hyojun gaiji decide, or check --system and --encoding"});
  }
  return base::fail(ErrorCode::usage,
                    {"二つ以上のシステムの決定があります: " + list, "there are decisions of several systems: " + list},
                    {}, {"--system と --encoding で一つを選んでください", "choose one with --system and --encoding"});
}

std::string decision_text(const RecordedDecision& recorded) {
  const core::Decision& d = recorded.decision;
  if (d.state == DecisionState::checked) return fmt::format("確認済 {} #{}", d.checked_on, recorded.id);
  return fmt::format("決定（{}） {} #{}", charmap::kUncheckedMark, d.decided_on, recorded.id);
}

}  // namespace

base::Result<GaijiTableContent> gaiji_table_of(const core::DecisionBook& book, const GaijiTableChoice& choice) {
  const auto chosen = choose(book, choice);
  if (!chosen) return tl::unexpected(chosen.error());
  GaijiTableContent content{.system = chosen->first, .encoding = chosen->second};
  for (const auto& [key, standing] : book.standings()) {
    if (key.system != content.system || key.encoding != content.encoding) continue;
    const RecordedDecision* last = book.last(key);
    const RecordedDecision* row = book.in_force(key);
    if (choice.include_unchecked && last->decision.state == DecisionState::decided) row = last;
    content.pending += row != last;
    if (row == nullptr) continue;
    content.unchecked += row->decision.state != DecisionState::checked;
    content.rows.push_back(row);
  }
  return content;
}

base::Result<void> write_gaiji_table(const GaijiTableContent& content, const base::Sink& sink) {
  base::CsvWriter writer(sink);
  if (auto ok =
          writer.write_row({"system", "encoding", "code", "target", "category", "decision", "substitute", "reason"});
      !ok)
    return ok;
  for (const RecordedDecision* row : content.rows) {
    const core::Decision& d = row->decision;
    const std::string decision = decision_text(*row);
    if (auto ok = writer.write_row({d.gaiji.system, d.gaiji.encoding, d.gaiji.code, d.target, core::key_of(*d.category),
                                    decision, d.substitute, d.reason});
        !ok)
      return ok;
  }
  return {};
}

}  // namespace hyojun::app
