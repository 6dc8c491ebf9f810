// From the shapes' distances to how often rank 1 is right. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_EVIDENCE_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_EVIDENCE_H_

namespace hyojun::charmap::glyph {

// What a search saw. Distances as in glyph_match.h, per window and in the unit of a map's mean square.
struct Evidence {
  double cosine = 0;    // of the coarse vectors, rank 1
  double leftover = 0;  // of rank 1: 0 is the same drawing; 3…8 is usual between two fonts
  double largest = 0;   // the worst window of rank 1: a stroke too many or too few
  double detail = 0;    // the same two in detail
  double largest_detail = 0;
  double gap = 0;  // between ranks 1 and 2, in the rank's own measure; kNoRival where there is no rank 2
};
inline constexpr double kNoRival = 1;

// How often rank 1 is right, and how often the right character is in the index at all: calibrated on the mix that
// bench/README.md states.
double confidence(const Evidence& evidence);
double presence(const Evidence& evidence);
// Below this presence nothing fits: 該当字形なしの可能性.
inline constexpr double kPresent = 0.5;
// Above this leftover of rank 1 both are 0: the calibration has seen no such drawing, and says anything of it. Right
// answers stay below 13, even for 16 dots of a bold font.
inline constexpr double kUnlike = 13.5;

}  // namespace hyojun::charmap::glyph

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_EVIDENCE_H_
