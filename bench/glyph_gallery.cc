#include "glyph_gallery.h"

#include <algorithm>
#include <fstream>

namespace hyojun::bench {

namespace {

constexpr const char* kHead = R"(<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><title>Glyph search: failures</title>
<style>
body { font: 12px sans-serif; margin: 12px; width: 1240px }
h2 { font-size: 15px; margin: 10px 0 4px; clear: both }
figure { float: left; margin: 3px; padding: 3px; border: 1px solid #ccc; width: 296px }
svg { width: 72px; height: 72px; margin-right: 2px }
.a { fill: #d40000; fill-opacity: .55 } .r { fill: #0050d0; fill-opacity: .55 }
</style>
<h1 style="font-size:17px">Asked · answered · right · both laid over each other (answered red, right blue)</h1>
)";

std::string svg(const std::string& shapes) { return "<svg viewBox=\"-20 -20 1040 1040\">" + shapes + "</svg>"; }

std::string path(const std::string& outline, const char* kind) {
  return std::string("<path class=\"") + kind + "\" d=\"" + outline + "\"/>";
}

}  // namespace

GlyphGallery::GlyphGallery(const charmap::GlyphIndex& index, const charmap::GlyphSource& reference)
    : index_(index), reference_(reference), named_(reference.named_glyphs()) {}

std::string GlyphGallery::shape_of(std::uint32_t row) const {
  const auto found = std::ranges::lower_bound(named_, index_.name(row), {}, &charmap::GlyphSource::Named::name);
  return found == named_.end() ? std::string() : reference_.outline(found->glyph).value_or("");
}

void GlyphGallery::add(const Run& run, const std::vector<Failure>& failures, std::size_t most) {
  const auto source = charmap::GlyphSource::open(run.font);
  if (!source || failures.empty()) return;
  body_ += "<h2>" + run.name + ": " + std::to_string(failures.size()) + " failures</h2>\n";
  for (std::size_t i = 0; i < std::min(most, failures.size()); ++i) {
    const Failure& f = failures[i];
    const std::string answer = shape_of(f.answer);
    const std::string right = shape_of(f.right);
    body_ += "<figure>" + svg(path(source->outline(f.asked).value_or(""), "q")) + svg(path(answer, "q")) +
             svg(path(right, "q")) + svg(path(answer, "a") + path(right, "r")) + "<figcaption>" +
             std::string(index_.name(f.answer)) + " for " + std::string(index_.name(f.right)) +
             (f.place == 0 ? ", which is not among five" : ", which is rank " + std::to_string(f.place)) +
             "</figcaption></figure>\n";
  }
}

bool GlyphGallery::write(const std::string& path) const {
  std::ofstream out(path, std::ios::binary);
  out << kHead << body_ << "</html>\n";
  return static_cast<bool>(out);
}

}  // namespace hyojun::bench
