// The shape of a drawing, independent of where in its picture it stands and how large it is. Internal to charmap.
//
//   drawing ─▶ Normal (64 × 64, 16 greys) ─▶ direction maps (32 × 32 × 8) ─▶ coarse vector (256 numbers of 8 bits)
//                                         └▶ detail maps (64 × 64 × 8), where two candidates are close
//
// All arithmetic is on integers or on single IEEE operations in a fixed order (no contraction, no library function but
// sqrt), so that every processor gives the same bytes.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_SHAPE_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_SHAPE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "hyojun/charmap/glyph_source.h"

namespace hyojun::charmap::shape {

inline constexpr std::size_t kSide = 64;       // of a normal, in pixels
inline constexpr std::size_t kMapSide = 32;    // of a direction map
inline constexpr std::size_t kDirections = 8;  // of the gradient
inline constexpr std::size_t kGrid = 8;        // coarse cells a side
inline constexpr std::size_t kRaw = kGrid * kGrid * kDirections;
inline constexpr std::size_t kCoarse = 256;  // numbers of a coarse vector
inline constexpr std::size_t kPacked = kSide * kSide / 2;

// 16 greys, 0 paper, two pixels a byte, the left one in the low half.
using Normal = std::array<std::uint8_t, kPacked>;

// Ink cut out, scaled so that its longer side is 56 of 64 pixels and centred; narrow shapes are widened a little.
// Nothing where there is no ink (no pixel of 64 or more).
std::optional<Normal> normalise(const GlyphBitmap& drawing);

// How strongly the grey rises towards each of 8 directions, smoothed, per place: planes of kWidth × kWidth with a
// border on every side, a row every kStride. Values 0…63. What they are compared with (glyph_match.h): windows of 2
// kHalf + 1 places a side move by up to kReach places each way, which costs kMoveCost for a squared place.
template <std::size_t kPlaces, int kWindowHalf, int kWindowReach, int kCost, std::size_t kRowStride>
struct DirectionMaps {
  static constexpr std::size_t kSide = kPlaces;
  static constexpr int kHalf = kWindowHalf;
  static constexpr int kReach = kWindowReach;
  static constexpr int kMoveCost = kCost;
  static constexpr std::size_t kBorder = kHalf + 2 * kReach;
  static constexpr std::size_t kWidth = kSide + 2 * kBorder;
  static constexpr std::size_t kStride = kRowStride;  // for the vector units
  alignas(64) std::array<std::int16_t, kDirections * kWidth * kStride> values;
};
using Maps = DirectionMaps<kMapSide, 2, 2, 102, 48>;
using Details = DirectionMaps<kSide, 3, 4, 40, 96>;

// A coarse vector: cosine of two = their dot product × both inverse norms.
struct Coarse {
  std::array<std::int8_t, kCoarse> values;
  float inverse_norm;
};

// 512 numbers before projection, unit length: what glyph_projection was learned from.
using Raw = std::array<float, kRaw>;

Coarse project(const Raw& raw);

}  // namespace hyojun::charmap::shape

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_SHAPE_H_
