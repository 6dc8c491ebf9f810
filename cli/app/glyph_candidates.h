// The standard characters nearest in shape to a municipality's gaiji: for `gaiji candidates` and the review page.
#ifndef HYOJUN_CLI_APP_GLYPH_CANDIDATES_H_
#define HYOJUN_CLI_APP_GLYPH_CANDIDATES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/glyph_index.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::app {

struct CandidatesOptions {
  std::string font;  // empty: only pictures
  std::uint32_t face = 0;
  std::vector<std::string> pictures;   // PNG, each one character
  std::vector<std::u32string> wanted;  // of the font; empty: every private-use code point that has a glyph
  charmap::GlyphSize size{};
  std::size_t top = 5;
  std::vector<std::string> hints;      // as `hyojun char` reads them, or "12画"; all must hold of a candidate
  std::vector<std::string> preferred;  // the same; of the nearest, those of which more hold come first
  std::vector<std::string> references;
  std::string cache_folder;
  unsigned threads = 0;
};

// One thing that was looked at, in the order asked for.
struct GlyphSourceCandidates {
  std::string source;                   // "U+E000", "U+9089 U+E0102", or the path of a picture
  charmap::GlyphSearchResult result{};  // no candidates where there is an error
  std::optional<base::Error> error{};
};

struct Candidates {
  std::vector<GlyphSourceCandidates> sources;
  std::vector<charmap::ReferenceFont> references;
  std::size_t indexed = 0;            // glyphs compared with
  bool has_added_characters = false;  // else 追加文字（GJ）は未検索
  bool was_index_built = false;
  std::vector<base::Error> warnings{};  // of the cache
};

// The code points of `U+E000-U+E757,U+F000` in order. Errors: usage (not of this form, too many).
base::Result<std::vector<std::u32string>> parse_code_ranges(const std::string& text);
// The lines of a file of sequences: `U+…` or `U+… U+…` each; empty lines are skipped. Errors: environment,
// input_rejected with the record.
base::Result<std::vector<std::u32string>> read_sequences(const std::string& path);

// The reference fonts: those named, and IPAmj明朝 before them where none of them has MJ glyphs. Errors: environment
// (IPAmj明朝 is not installed), those of GlyphSource.
base::Result<std::vector<std::string>> reference_fonts(const std::vector<std::string>& named);

// Errors: environment, input_rejected (a font that cannot be read, a reference font without names), usage (a hint that
// says nothing). What is wrong with one source is its own error.
base::Result<Candidates> find_candidates(const CandidatesOptions& options, const charmap::Repertoire& repertoire);

// How a candidate is written: "U+9089 U+E010F"; empty where the standard table and the layers do not know the name.
std::string candidate_text(const charmap::Repertoire& repertoire, const std::string& name);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GLYPH_CANDIDATES_H_
