#include "block_scan.h"

namespace hyojun::app {

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

}  // namespace hyojun::app
