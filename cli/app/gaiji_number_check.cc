#include "gaiji_number_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace hyojun::app {

void check_numbers(NumberAnswer& answer, const charmap::GlyphSearchResult& found) {
  if (found.candidates.empty()) return;
  const std::size_t near = std::min(found.candidates.size(), kNearShapes);
  const auto end = found.candidates.begin() + static_cast<std::ptrdiff_t>(near);
  for (NumberCandidate& candidate : answer.candidates) {
    const auto at =
        std::find_if(found.candidates.begin(), end, [&](const auto& shape) { return shape.name == candidate.name; });
    candidate.agrees = at != end;
    if (at != end) {
      candidate.basis += fmt::format("、字形検索 {} 位", at - found.candidates.begin() + 1);
      continue;
    }
    const std::string& nearest = found.candidates.front().name;
    answer.problems.push_back({fmt::format("番号の文字 {} は字形の近い候補の中にありません（字形では {}）。番号か字形を"
                                           "確かめてください",
                                           candidate.name, nearest),
                               fmt::format("{}, by number, is not among the nearest shapes (by shape {}): check both",
                                           candidate.name, nearest)});
  }
}

void check_numbers(GaijiScan& scan, const charmap::GlyphSource& font, const charmap::GlyphIndex& index,
                   unsigned threads) {
  std::vector<FoundGaiji*> drawn;
  std::vector<charmap::GlyphBitmap> drawings;
  for (FoundGaiji& gaiji : scan.gaiji) {
    if (gaiji.numbers.candidates.empty()) continue;
    const auto glyph = font.find(gaiji.code_point);
    if (!glyph) continue;
    auto drawing = font.render(*glyph);
    if (!drawing) continue;
    drawn.push_back(&gaiji);
    drawings.push_back(std::move(*drawing));
  }
  const auto results = index.search(drawings, {.top = kNearShapes}, threads);
  for (std::size_t i = 0; i < drawn.size(); ++i) check_numbers(drawn[i]->numbers, results[i]);
}

}  // namespace hyojun::app
