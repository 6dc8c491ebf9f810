// The fonts and drawings that bench/glyph_accuracy measures the glyph search with.
#ifndef HYOJUN_BENCH_GLYPH_RUNS_H_
#define HYOJUN_BENCH_GLYPH_RUNS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "hyojun/charmap/glyph_index.h"
#include "hyojun/charmap/glyph_source.h"
#include "hyojun/charmap/table.h"

namespace hyojun::bench {

// Which glyphs of a font are drawn, and what counts as right.
enum class Work : std::uint8_t {
  sequences,       // every Moji_Joho sequence; the exact MJ name is right
  sequences_even,  // … of the MJ names with even numbers: for the calibration
  sequences_odd,   // … odd: to verify it
  outside_x0213,   // code points outside JIS X 0213; every MJ name of the code point is right
  single,          // code points with one MJ glyph; that one is right
};

// What a font was used for before this run looks at it.
enum class Use : std::uint8_t {
  issue,        // the figures to reach; its kind of work was looked at when the weight of the fine measure was chosen
  calibration,  // the calibration was made from it
  held_out,     // for nothing
};

struct Run {
  std::string name;
  std::string font;
  std::string package;
  charmap::GlyphSize size;
  Work work;
  Use use;
};

const std::vector<Run>& runs();

struct Query {
  std::uint32_t row;           // of the index: the right answer
  charmap::GlyphNumber glyph;  // of the font
  charmap::GlyphBitmap drawing;
};

// At most `sample` glyphs of the font, drawn at random with `seed`, in the order of the index; empty where the font is
// not installed.
std::vector<Query> queries_of(const Run& run, const charmap::GlyphIndex& index, const charmap::StandardTable& table,
                              std::size_t sample, std::uint64_t seed);

// The code point (対応するUCS) of every row; 0 where it has none.
std::vector<char32_t> code_points(const charmap::GlyphIndex& index, const charmap::StandardTable& table);

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_GLYPH_RUNS_H_
