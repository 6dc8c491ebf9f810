// Outlines as SVG path data.
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "glyph_state.h"
#include FT_OUTLINE_H

namespace hyojun::charmap::glyph {

namespace {

struct Writer {
  long units_per_em;
  long top;
  std::string path{};
  bool is_open = false;

  // Tenths of a unit, rounded half away from zero: the same on every processor.
  static void number(std::string& out, std::int64_t numerator, std::int64_t units) {
    const std::int64_t doubled = numerator * 2;
    const std::int64_t tenths = (doubled + (doubled < 0 ? -units : units)) / (2 * units);
    const std::int64_t whole = tenths < 0 ? -tenths : tenths;
    fmt::format_to(std::back_inserter(out), "{}{}", tenths < 0 ? "-" : "", whole / 10);
    if (whole % 10 != 0) fmt::format_to(std::back_inserter(out), ".{}", whole % 10);
  }
  void point(const FT_Vector* at) {
    number(path, std::int64_t{at->x} * 10000, units_per_em);
    path += ' ';
    number(path, (std::int64_t{top} - at->y) * 10000, units_per_em);
  }
  void close() {
    if (is_open) path += 'Z';
    is_open = false;
  }
};

int move_to(const FT_Vector* to, void* user) {
  auto& writer = *static_cast<Writer*>(user);
  writer.close();
  writer.path += 'M';
  writer.point(to);
  writer.is_open = true;
  return 0;
}

int line_to(const FT_Vector* to, void* user) {
  auto& writer = *static_cast<Writer*>(user);
  writer.path += 'L';
  writer.point(to);
  return 0;
}

int conic_to(const FT_Vector* control, const FT_Vector* to, void* user) {
  auto& writer = *static_cast<Writer*>(user);
  writer.path += 'Q';
  writer.point(control);
  writer.path += ' ';
  writer.point(to);
  return 0;
}

int cubic_to(const FT_Vector* first, const FT_Vector* second, const FT_Vector* to, void* user) {
  auto& writer = *static_cast<Writer*>(user);
  writer.path += 'C';
  writer.point(first);
  writer.path += ' ';
  writer.point(second);
  writer.path += ' ';
  writer.point(to);
  return 0;
}

}  // namespace

std::string path_of(FT_Outline& outline, long units_per_em, long top) {
  Writer writer{units_per_em, top};
  const FT_Outline_Funcs functions{move_to, line_to, conic_to, cubic_to, 0, 0};
  if (FT_Outline_Decompose(&outline, &functions, &writer) != 0) return {};
  writer.close();
  return std::move(writer.path);
}

std::string path_of(const GlyphBitmap& drawing) {
  const std::int64_t side = std::max(drawing.width, drawing.height);
  Writer writer{static_cast<long>(side), 0};
  for (std::uint32_t y = 0; y < drawing.height; ++y) {
    const std::uint8_t* row = drawing.grey.data() + std::size_t{y} * drawing.width;
    for (std::uint32_t x = 0; x < drawing.width;) {
      std::uint32_t end = x;
      while (end < drawing.width && row[end] >= 128) ++end;
      if (end == x) {
        ++x;
        continue;
      }
      const FT_Vector corner{static_cast<FT_Pos>(x), -static_cast<FT_Pos>(y)};
      writer.path += 'M';
      writer.point(&corner);
      writer.path += 'h';
      Writer::number(writer.path, std::int64_t{end - x} * 10000, side);
      writer.path += 'v';
      Writer::number(writer.path, 10000, side);
      writer.path += 'h';
      Writer::number(writer.path, -std::int64_t{end - x} * 10000, side);
      writer.path += 'Z';
      x = end;
    }
  }
  return std::move(writer.path);
}

}  // namespace hyojun::charmap::glyph
