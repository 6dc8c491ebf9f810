#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "exchange.h"

namespace hyojun::app {
namespace {

constexpr std::array kIndicatorList = {core::Indicator::steps, core::Indicator::finished, core::Indicator::late};

// What a municipality does not get to see, or has no use for.
bool is_kept_back(const std::string& kind) { return kind == "judgement"; }

// Imports that stand, by id.
std::map<std::int64_t, core::ImportDraft> standing_imports(const core::Reading& reading) {
  std::set<std::int64_t> withdrawn;
  std::map<std::int64_t, core::ImportDraft> drafts;
  const auto& imports = reading.imports();
  for (auto import = imports.rbegin(); import != imports.rend(); ++import) {
    if (withdrawn.contains(import->id)) continue;
    if (import->withdraws != 0) {
      withdrawn.insert(import->withdraws);
      continue;
    }
    const auto as_of = base::parse_iso_date(import->as_of);
    if (!as_of) continue;
    drafts.emplace(import->id, core::ImportDraft{.as_of = *as_of,
                                                 .form = import->form,
                                                 .source = import->source,
                                                 .file = import->file,
                                                 .sha256 = import->sha256,
                                                 .actor = import->actor,
                                                 .tool = import->tool,
                                                 .uid = import->uid,
                                                 .origin = import->recorded_at + " " + import->actor});
  }
  return drafts;
}

base::Result<void> add_lines(const core::Reading& reading, const std::string& code, std::int64_t id,
                             core::ImportDraft& draft) {
  for (const core::Indicator indicator : kIndicatorList) {
    const auto visit = [&](std::string_view body, std::string_view cells) {
      if (body != code) return;
      draft.lines.push_back({indicator, std::string(body), std::string(cells)});
      draft.coverage.push_back(
          {std::string(core::key_of(indicator)), code, false, std::string(core::kAllBusinesses, '1')});
    };
    if (auto ok = reading.lines(id, indicator, visit); !ok) return ok;
  }
  return {};
}

}  // namespace

base::Result<ExportContent> slice_of(const core::Store& store, std::size_t body, bool with_notes) {
  const auto reading = store.read();
  if (!reading) return tl::unexpected(reading.error());
  const std::string code = store.catalog().bodies()[body].code;
  std::map<std::int64_t, core::ImportDraft> drafts = standing_imports(**reading);
  for (auto& [id, draft] : drafts) {
    if (auto ok = add_lines(**reading, code, id, draft); !ok) return tl::unexpected(ok.error());
  }
  ExportContent content;
  const auto fact = [&](std::int64_t id, const core::Fact& said) {
    const auto found = drafts.find(id);
    if (found != drafts.end() && said.body == code && !is_kept_back(said.kind)) found->second.facts.push_back(said);
  };
  if (auto ok = (*reading)->facts("", fact); !ok) return tl::unexpected(ok.error());
  const auto note = [&](std::int64_t id, const core::Note& said) {
    const auto found = drafts.find(id);
    if (found == drafts.end() || said.body != code) return;
    found->second.notes.push_back(said);
    ++content.notes;
  };
  if (with_notes) {
    if (auto ok = (*reading)->notes(note); !ok) return tl::unexpected(ok.error());
  }
  for (auto& [id, draft] : drafts) {
    if (!draft.lines.empty() || !draft.facts.empty() || !draft.notes.empty())
      content.drafts.push_back(std::move(draft));
  }
  return content;
}

base::Result<void> write_slice(const core::Store& store, std::size_t body, const ExportContent& content,
                               const std::string& path) {
  auto slice = core::Store::create(path, {.body = store.catalog().bodies()[body].code});
  if (!slice) return tl::unexpected(slice.error());
  if (auto recorded = slice->record_all(content.drafts); !recorded) return tl::unexpected(recorded.error());
  return {};
}

}  // namespace hyojun::app
