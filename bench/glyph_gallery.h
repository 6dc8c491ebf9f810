// A page of the searches that were wrong: what was asked, what was answered, what is right, and both laid over each
// other. For looking at: bench/README.md says what the failures have in common.
#ifndef HYOJUN_BENCH_GLYPH_GALLERY_H_
#define HYOJUN_BENCH_GLYPH_GALLERY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "glyph_runs.h"

namespace hyojun::bench {

struct Failure {
  charmap::GlyphNumber asked;  // of the run's font
  std::uint32_t answer;        // rank 1; rows of the index
  std::uint32_t right;
  std::size_t place;  // of the right answer among the candidates, from 1; 0: not among them
};

class GlyphGallery {
 public:
  // Shapes of the index are drawn from the reference font, by their names.
  GlyphGallery(const charmap::GlyphIndex& index, const charmap::GlyphSource& reference);

  // At most `most` failures of a run, in the order given.
  void add(const Run& run, const std::vector<Failure>& failures, std::size_t most);

  // One self-contained page. False: it could not be written.
  bool write(const std::string& path) const;

 private:
  std::string shape_of(std::uint32_t row) const;

  const charmap::GlyphIndex& index_;
  const charmap::GlyphSource& reference_;
  std::vector<charmap::GlyphSource::Named> named_;  // sorted by name
  std::string body_;
};

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_GLYPH_GALLERY_H_
