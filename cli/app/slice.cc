#include "slice.h"

#include <array>
#include <map>

#include "exchange.h"

namespace hyojun::app {
namespace {

constexpr std::array kIndicatorList = {core::Indicator::steps, core::Indicator::finished, core::Indicator::late};

// What a municipality does not get to see, or has no use for.
bool is_kept_back(const std::string& kind) { return kind == "judgement"; }

using Drafts = std::map<std::int64_t, core::ImportDraft>;

// The imports that stand, by id, still empty. Withdrawals have nothing to say.
Drafts standing_drafts(const core::Reading& reading) {
  Drafts drafts;
  for (const core::ImportInfo& import : core::standing_imports(reading.imports(), std::nullopt)) {
    const auto as_of = base::parse_iso_date(import.as_of);
    if (!as_of || import.withdraws != 0) continue;
    drafts.emplace(import.id, core::ImportDraft{.as_of = *as_of,
                                                .form = import.form,
                                                .source = import.source,
                                                .file = import.file,
                                                .sheet = import.sheet,
                                                .sha256 = import.sha256,
                                                .actor = import.actor,
                                                .tool = import.tool,
                                                .uid = import.uid,
                                                .origin = import.recorded_at + " " + import.actor});
  }
  return drafts;
}

base::Result<void> add_lines(const core::Reading& reading, const BodyFilter& wanted, std::int64_t id,
                             core::ImportDraft& draft) {
  for (const core::Indicator indicator : kIndicatorList) {
    const auto visit = [&](std::string_view body, std::string_view cells) {
      if (!wanted(body)) return;
      draft.lines.push_back({indicator, std::string(body), std::string(cells)});
      draft.coverage.push_back(
          {std::string(core::key_of(indicator)), std::string(body), false, std::string(core::kAllBusinesses, '1')});
    };
    if (auto ok = reading.lines(id, indicator, visit); !ok) return ok;
  }
  return {};
}

base::Result<void> add_facts(const core::Reading& reading, const BodyFilter& wanted, const SliceOptions& options,
                             Drafts& drafts) {
  return reading.facts("", [&](std::int64_t id, const core::Fact& said) {
    const auto found = drafts.find(id);
    if (found == drafts.end() || !wanted(said.body)) return;
    if (options.with_judgement || !is_kept_back(said.kind)) found->second.facts.push_back(said);
  });
}

base::Result<void> add_notes(const core::Reading& reading, const BodyFilter& wanted, Drafts& drafts) {
  return reading.notes([&](std::int64_t id, const core::Note& said) {
    const auto found = drafts.find(id);
    if (found != drafts.end() && wanted(said.body)) found->second.notes.push_back(said);
  });
}

}  // namespace

base::Result<std::vector<core::ImportDraft>> standing_content(const core::Store& store, const BodyFilter& wanted,
                                                              const SliceOptions& options) {
  const auto reading = store.read();
  if (!reading) return tl::unexpected(reading.error());
  Drafts drafts = standing_drafts(**reading);
  for (auto& [id, draft] : drafts) {
    if (auto ok = add_lines(**reading, wanted, id, draft); !ok) return tl::unexpected(ok.error());
  }
  if (auto ok = add_facts(**reading, wanted, options, drafts); !ok) return tl::unexpected(ok.error());
  if (options.with_notes) {
    if (auto ok = add_notes(**reading, wanted, drafts); !ok) return tl::unexpected(ok.error());
  }
  std::vector<core::ImportDraft> content;
  for (auto& [id, draft] : drafts) {
    if (!is_empty(draft)) content.push_back(std::move(draft));
  }
  return content;
}

base::Result<ExportContent> slice_of(const core::Store& store, std::size_t body, bool with_notes) {
  const std::string& code = store.catalog().bodies()[body].code;
  auto drafts = standing_content(store, [&code](std::string_view said) { return said == code; },
                                 {.with_notes = with_notes, .with_judgement = false});
  if (!drafts) return tl::unexpected(drafts.error());
  ExportContent content{std::move(*drafts)};
  for (const core::ImportDraft& draft : content.drafts) content.notes += draft.notes.size();
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
