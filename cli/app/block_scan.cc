#include "block_scan.h"

namespace hyojun::app {

using charmap::Outcome;

void PartTally::append(const PartTally& next, std::uint64_t records, std::uint64_t bytes) {
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) counts.outcomes[i] += next.counts.outcomes[i];
  counts.records += next.counts.records;
  tally.append(next.tally, records, bytes);
  for (std::size_t i = 0; i < charmap::kMostShapes; ++i) counts.shapes[i] += next.counts.shapes[i];
}

void add_font_dependent(const charmap::StandardTable& table, const charmap::ScanCounts& counts,
                        std::map<char32_t, std::uint64_t>& sum) {
  const auto shapes = table.shapes();
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (counts.shapes[i] != 0) sum[shapes[i]] += counts.shapes[i];
  }
}

bool take_character(const charmap::Plan& plan, const charmap::Event& event, std::span<const std::uint8_t> source,
                    const charmap::Position& position, PartTally& out) {
  if (is_doubt(plan, event)) {
    out.doubt = event;
    return false;
  }
  if (event.outcome == Outcome::default_glyph ? !plan.options().default_glyph_events : !is_exception(event.outcome)) {
    return true;
  }
  out.tally.add(event, source, position);
  return true;
}

}  // namespace hyojun::app
