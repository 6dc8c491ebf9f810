// The numbers of an office's list against the shapes of its font: a number may have been written down wrongly, or the
// gaiji drawn otherwise since.
#ifndef HYOJUN_CLI_APP_GAIJI_NUMBER_CHECK_H_
#define HYOJUN_CLI_APP_GAIJI_NUMBER_CHECK_H_

#include "gaiji_scan.h"
#include "hyojun/charmap/glyph_index.h"
#include "hyojun/charmap/glyph_source.h"

namespace hyojun::app {

// A candidate by number agrees if its character is among so many nearest shapes.
inline constexpr std::size_t kNearShapes = 5;

// Sets NumberCandidate::agrees of every candidate whose gaiji the font draws; where one does not agree that is a
// problem of its gaiji. `threads` 0: as many as there are cores.
void check_numbers(GaijiScan& scan, const charmap::GlyphSource& font, const charmap::GlyphIndex& index,
                   unsigned threads = 0);

// The same for one gaiji, with what a search found of its glyph.
void check_numbers(NumberAnswer& answer, const charmap::GlyphSearchResult& found);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_NUMBER_CHECK_H_
