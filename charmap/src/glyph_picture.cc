#include "glyph_picture.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <cstring>

namespace hyojun::charmap {

namespace {

tl::unexpected<base::Error> rejected(const std::string& name, const std::string& ja, const std::string& en) {
  return base::fail(base::ErrorCode::input_rejected, {ja, en}, {.file = name},
                    {"1字を白地に黒で描いた PNG を指定してください", "give a PNG of one character, dark on light"});
}

}  // namespace

bool is_png(std::span<const std::uint8_t> bytes) noexcept {
  constexpr std::uint8_t kSignature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  return bytes.size() >= sizeof kSignature && std::memcmp(bytes.data(), kSignature, sizeof kSignature) == 0;
}

base::Result<GlyphBitmap> read_png(std::span<const std::uint8_t> bytes, const std::string& name) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0)
    return rejected(name, "PNG として読めません", "it cannot be read as a PNG");
  if (image.width == 0 || image.height == 0 || std::max(image.width, image.height) > GlyphSource::kMostSide) {
    png_image_free(&image);
    return rejected(name, fmt::format("絵が大きすぎます（長辺 {} 画素まで）", GlyphSource::kMostSide),
                    fmt::format("the picture is too large (longer side at most {} pixels)", GlyphSource::kMostSide));
  }
  GlyphBitmap drawing{image.width, image.height, {}};
  drawing.grey.resize(std::size_t{image.width} * image.height);
  image.format = PNG_FORMAT_GRAY;
  const png_color white{255, 255, 255};
  if (png_image_finish_read(&image, &white, drawing.grey.data(), 0, nullptr) == 0)
    return rejected(name, "PNG が壊れています", "the PNG is damaged");
  for (std::uint8_t& value : drawing.grey) value = static_cast<std::uint8_t>(255 - value);
  return drawing;
}

}  // namespace hyojun::charmap
