// Measures glyphs of a font for bench/glyph_projection.py, which learns the projection of the glyph index.
//
//   glyph_features FONT FACE PIXELS grey|bilevel LABELS OUT
//
// LABELS: lines "name hexadecimal-code-point", or "-" for the glyphs whose names say the character. Writes OUT.f32
// (512 numbers a glyph) and OUT.names.
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "glyph_kernel.h"
#include "hyojun/charmap/glyph_source.h"

using namespace hyojun::charmap;

namespace {

std::vector<GlyphSource::Named> labelled(const GlyphSource& source, const std::string& labels) {
  if (labels == "-") return source.named_glyphs();
  std::vector<GlyphSource::Named> all;
  std::ifstream file(labels);
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    GlyphSource::Named named;
    unsigned long code = 0;
    if (!(fields >> named.name >> std::hex >> code)) continue;
    const auto glyph = source.find(static_cast<char32_t>(code));
    if (!glyph) continue;
    named.glyph = *glyph;
    all.push_back(std::move(named));
  }
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::fprintf(stderr, "usage: glyph_features FONT FACE PIXELS grey|bilevel LABELS|- OUT\n");
    return 2;
  }
  const auto source = GlyphSource::open(argv[1], static_cast<std::uint32_t>(std::stoul(argv[2])));
  if (!source) {
    std::fprintf(stderr, "glyph_features: %s: %s\n", argv[1], source.error().what.en.c_str());
    return 3;
  }
  const GlyphSize size{static_cast<std::uint32_t>(std::stoul(argv[3])), std::string(argv[4]) == "bilevel"};
  std::ofstream features(argv[6] + std::string(".f32"), std::ios::binary);
  std::ofstream names(argv[6] + std::string(".names"));
  const auto scratch = std::make_unique<shape::Scratch>();
  const auto maps = std::make_unique<shape::Maps>();
  shape::Raw raw{};
  const auto& kernel = shape::glyph_kernel(best_kernel());
  for (const auto& [name, glyph] : labelled(*source, argv[5])) {
    const auto drawing = source->render(glyph, size);
    if (!drawing) continue;
    const auto normal = shape::normalise(*drawing);
    if (!normal) continue;
    kernel.measure(*normal, *maps, &raw, *scratch);
    features.write(reinterpret_cast<const char*>(raw.data()), sizeof raw);
    names << name << '\n';
  }
  return features && names ? 0 : 4;
}
