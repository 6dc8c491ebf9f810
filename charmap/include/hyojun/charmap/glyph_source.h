// GlyphSource: a font or a picture whose glyphs are looked at: a municipality's gaiji, or the reference font.
//
// Reads through FreeType: TrueType (EUDC.TTE too), OpenType, collections (TTC), BDF and PCF dots; through libpng: one
// picture, dark on light, which is one glyph. Every file is hostile until read: sizes are bounded before anything is
// allocated, and a glyph that cannot be drawn is an error of that glyph, not of the file.
//
// Coordinates: bitmaps have row 0 at the top and 0 for paper, 255 for ink. Outlines are SVG path data in a square of
// 1000 units, y downwards, the em box of the font (the whole picture for PNG and dots).
// Ownership: a source holds its file mapped. Thread-safety: one thread at a time; open the file once a thread.
#ifndef HYOJUN_CHARMAP_GLYPH_SOURCE_H_
#define HYOJUN_CHARMAP_GLYPH_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::charmap {

// A picture in grey: 0 paper, 255 ink, row by row from the top.
struct GlyphBitmap {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> grey;  // width × height
  bool operator==(const GlyphBitmap&) const = default;
};

// One glyph of a font; 0 is the font's .notdef, which no function here returns.
using GlyphNumber = std::uint32_t;

// The size of a drawing and whether it is drawn as an office's dot font would be.
struct GlyphSize {
  std::uint32_t pixels = 64;  // of the em box; kLeastPixels … kMostPixels; dot fonts and pictures keep their own size
  bool bilevel = false;       // 1 bit a pixel: 0 or 255
};
inline constexpr std::uint32_t kLeastPixels = 12;
inline constexpr std::uint32_t kMostPixels = 512;

class GlyphSource {
 public:
  // The largest file, and the largest picture or dot glyph by its longer side, that are read.
  static constexpr std::size_t kMostBytes = std::size_t{1} << 28;
  static constexpr std::uint32_t kMostSide = 4096;

  // Opens a font (face `face` of a collection) or, by its first bytes, a PNG picture.
  // Errors: environment (missing, not readable), input_rejected (neither font nor PNG, too large, damaged, no such
  // face).
  static base::Result<GlyphSource> open(const std::string& path, std::uint32_t face = 0);
  // The same from memory, which is copied; `name` stands in messages.
  static base::Result<GlyphSource> from_bytes(std::string_view bytes, const std::string& name, std::uint32_t face = 0);

  ~GlyphSource();
  GlyphSource(GlyphSource&&) noexcept;
  GlyphSource& operator=(GlyphSource&&) noexcept;

  enum class Kind : std::uint8_t { outlines, dots, picture };
  Kind kind() const noexcept;
  const std::string& path() const noexcept;     // as given
  const std::string& family() const noexcept;   // family and style, as the font says; empty for a picture
  const std::string& version() const noexcept;  // as the font says ("Version 005.01"); empty where it says nothing
  const std::string& digest() const;            // SHA-256 of the file, 64 hex digits; read at the first call
  std::uint32_t face_count() const noexcept;

  // The code points that have a glyph, ascending. A picture has none: its one glyph is kPicture.
  std::vector<char32_t> code_points() const;
  static constexpr GlyphNumber kPicture = 1;

  // The glyph of a code point, or of a variation sequence (`selector` not 0). A sequence that the font does not list
  // has no glyph, even where its base has.
  std::optional<GlyphNumber> find(char32_t code_point, char32_t selector = 0) const;

  // A glyph whose name says which character it is: "MJ026190" for mj026190, "GJ000139" for gj000139.
  struct Named {
    std::string name;  // upper case
    GlyphNumber glyph;
  };
  // Every such glyph, sorted by name, each name once; empty where the font has no such names.
  std::vector<Named> named_glyphs() const;

  // Draws a glyph without hinting, outlines so that the em box has `size.pixels`, and returns the box of its ink; dots
  // and pictures as they are. Errors: input_rejected (broken outline, larger than kMostSide, empty: no ink).
  base::Result<GlyphBitmap> render(GlyphNumber glyph, GlyphSize size = {}) const;

  // SVG path data ("M…Z", whole and tenth units, fill rule nonzero) in the view box 0 0 1000 1000; dots and pictures as
  // rectangles, one a run. Not empty. Errors as render().
  base::Result<std::string> outline(GlyphNumber glyph) const;

  // SHA-256 of outline(): the same drawing gives the same digest in every font of that em size.
  base::Result<std::string> glyph_digest(GlyphNumber glyph) const;

 private:
  struct State;
  explicit GlyphSource(std::unique_ptr<State> state);
  static base::Result<GlyphSource> from_state(std::unique_ptr<State> state, std::uint32_t face);
  std::unique_ptr<State> state_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_GLYPH_SOURCE_H_
