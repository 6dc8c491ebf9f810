// GlyphIndex (字形検索): the standard characters nearest in shape to a drawing.
//
// The index is made from reference fonts whose glyph names say the character (mjNNNNNN: IPAmj明朝; gjNNNNNN: the user's
// own font of the added characters), and is kept as a cache file: features only, no outline that could be drawn again
// as a font. Search compares with every glyph of the index (exact over the coarse features, no approximate
// neighbourhood), then compares the nearest finely.
//
// What a result means: `score` of a candidate and `confidence` of the result are shares of being right, measured on
// fonts that were not used to make them (bench/README.md): of the results that say 0.99, 98.5 % or more are right at
// rank 1, on a stated mix of drawings that are in the index and drawings that are not. The same drawing gives the same
// result on every run, with any number of threads and on every processor. Nothing here decides: a person does.
//
// Thread-safety: immutable after construction; any number of threads may search one index.
#ifndef HYOJUN_CHARMAP_GLYPH_INDEX_H_
#define HYOJUN_CHARMAP_GLYPH_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/glyph_source.h"

namespace hyojun::charmap {

namespace glyph {
struct Access;
}

// A font that the index was made from. All of it stands on pages and in decisions.
struct ReferenceFont {
  std::string path;  // as given when the index was made
  std::string family;
  std::string version;
  std::string digest;        // SHA-256 of the file
  std::uint32_t glyphs = 0;  // that name a character
};

struct GlyphCandidate {
  std::uint32_t row = 0;  // of the index
  std::string name;       // 文字図形名: MJ026190, GJ000139
  double score = 0;       // 0…1: how often this candidate is right; descending, the scores of a result add up to at
                          // most 1
  double similarity = 0;  // 0…1: how alike the shapes are; 1 is the same drawing. Comparable between results
};

struct GlyphSearchResult {
  std::vector<GlyphCandidate> candidates;  // best first; equal scores by name
  double confidence = 0;                   // 0…1: how often rank 1 is right in such a case
  bool is_absent_likely = false;           // 該当字形なしの可能性: nothing in the index fits well
};

struct GlyphSearchOptions {
  std::size_t top = 5;  // candidates, 1…kMostCandidates
  // Rows that may not answer (of tests, or what a hint rules out), or empty. size() entries, true: left out.
  std::vector<bool> excluded{};
};
inline constexpr std::size_t kMostCandidates = 50;

class GlyphIndex {
 public:
  // Draws and measures every named glyph of the fonts, with `threads` threads (0: as many as there are cores). A name
  // in several fonts is taken from the first. A glyph that cannot be drawn is left out and counted in skipped().
  // Errors: those of GlyphSource::open; input_rejected (no glyph of a font is named as a character).
  static base::Result<GlyphIndex> build(const std::vector<std::string>& fonts, unsigned threads = 0);

  // Writes the cache file, whole or not at all. Errors: environment.
  base::Result<void> save(const std::string& path) const;

  // Maps a cache file and checks it completely. Errors: environment, damaged (not as it was written, or of another
  // version of the program).
  static base::Result<GlyphIndex> open(const std::string& path);
  static base::Result<GlyphIndex> from_bytes(std::span<const std::uint8_t> bytes, const std::string& name);

  // The usual way: the cache file of these fonts if it is sound and was made from exactly these files (by size, time
  // and else by digest), otherwise a new index, saved there. `was_built` says which. A cache that cannot be written is
  // no error: `cache_error` holds it.
  struct Opened;
  static base::Result<Opened> open_or_build(const std::vector<std::string>& fonts, const std::string& cache_folder,
                                            unsigned threads = 0);

  ~GlyphIndex();
  GlyphIndex(GlyphIndex&&) noexcept;
  GlyphIndex& operator=(GlyphIndex&&) noexcept;

  const std::vector<ReferenceFont>& references() const noexcept;
  std::size_t size() const noexcept;               // rows
  std::string_view name(std::uint32_t row) const;  // rows are sorted by name
  std::size_t skipped() const noexcept;            // glyphs that could not be drawn
  bool has_added_characters() const noexcept;      // else every list says 追加文字（GJ）は未検索

  // The nearest glyphs to a drawing of any size; position and size of the drawing in it do not matter. A drawing
  // without ink has no candidates.
  GlyphSearchResult search(const GlyphBitmap& drawing, const GlyphSearchOptions& options = {}) const;
  // The same for many, faster; results in the order of the drawings. `threads` 0: as many as there are cores.
  std::vector<GlyphSearchResult> search(std::span<const GlyphBitmap> drawings, const GlyphSearchOptions& options = {},
                                        unsigned threads = 0) const;

 private:
  friend struct glyph::Access;  // of the calibration
  struct State;
  explicit GlyphIndex(std::unique_ptr<State> state);
  bool is_of(const std::vector<std::string>& fonts) const;
  std::unique_ptr<State> state_;
};

struct GlyphIndex::Opened {
  GlyphIndex index;
  std::string cache_path;
  bool was_built = false;
  std::vector<base::Error> cache_errors{};  // why the old cache was not used, or the new one not kept
};

// The folder of cache files: HYOJUN_CACHE, else XDG_CACHE_HOME/hyojun, else HOME/.cache/hyojun; empty where none is
// set.
std::string default_cache_folder();

// The reference font where Debian's fonts-ipamj-mincho puts it.
inline constexpr std::string_view kReferenceFontPath = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";

// What lists, pages and decisions say where no reference font of the added characters was given.
inline constexpr std::string_view kAddedNotSearched = "追加文字（GJ）は未検索";
// What they say of a result with is_absent_likely.
inline constexpr std::string_view kAbsentLikely = "該当字形なしの可能性";

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_GLYPH_INDEX_H_
