#include "correspondence_sheet.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <set>

#include "decision_columns.h"
#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "hyojun/base/xlsx_writer.h"
#include "hyojun/charmap/gaiji_code.h"
#include "hyojun/charmap/glyph_index.h"
#include "reference_glyphs.h"

namespace hyojun::app {
namespace {

using charmap::GlyphBitmap;

constexpr charmap::GlyphSize kDrawn{.pixels = 160};  // sharp in print at the size below
constexpr double kShownPixels = 52;                  // in the sheet, at 96 dots an inch
constexpr double kRowHeight = 48;                    // points
constexpr double kRowPixels = 64;                    // the same at 96 dots an inch
constexpr double kPictureWidth = 9;                  // of the columns of pictures, in digits
constexpr double kPicturePixels = 68;                // the same: 7 pixels a digit and 5
constexpr std::uint32_t kSourceColumn = 1;
constexpr std::uint32_t kTargetColumn = 2;

// A PNG file of a drawing, ink black; empty if libpng refuses it.
std::string png_of(const GlyphBitmap& drawing) {
  std::vector<std::uint8_t> grey(drawing.grey.size());
  std::ranges::transform(drawing.grey, grey.begin(),
                         [](std::uint8_t ink) { return static_cast<std::uint8_t>(255 - ink); });
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = drawing.width;
  image.height = drawing.height;
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, grey.data(), 0, nullptr) == 0) return "";
  std::string png(size, '\0');
  if (png_image_write_to_memory(&image, png.data(), &size, 0, grey.data(), 0, nullptr) == 0) return "";
  png.resize(size);
  return png;
}

bool is_provisional(const core::Decision& d) {
  return d.category == core::GaijiCategory::no_match && !d.added_searched;
}

// With which tables and fonts it was decided, and what was not searched.
std::string basis_of(const GaijiTableContent& content) {
  std::set<std::string> tables, fonts;
  std::size_t provisional = 0;
  for (const core::RecordedDecision* row : content.rows) {
    tables.insert(row->decision.table_version);
    if (!row->decision.font.empty()) fonts.insert(row->decision.font);
    provisional += is_provisional(row->decision);
  }
  std::string text = fmt::format("文字表 {}", fmt::join(tables, "、"));
  if (!fonts.empty()) text += fmt::format("。参照フォント {}", fmt::join(fonts, "、"));
  if (provisional > 0) text += fmt::format("。該当なしのうち{} {} 字（暫定）", charmap::kAddedNotSearched, provisional);
  return text;
}

base::XlsxSheet sheet_of(const GaijiTableContent& content, const std::string& day) {
  const std::string title = fmt::format("外字対応表 {}（{}） {}現在", content.system, content.encoding, day);
  base::XlsxSheet sheet{.name = "外字対応表",
                        .columns = {{"外字コード", 11},
                                    {"外字", kPictureWidth},
                                    {"同定先", kPictureWidth},
                                    {"文字図形名", 12},
                                    {"文字", 6},
                                    {"符号位置", 17},
                                    {"区分", 11},
                                    {"代替文字", 9},
                                    {"代替の理由", 16},
                                    {"基準", 10},
                                    {"コメント", 20},
                                    {"決定者", 11},
                                    {"決定日", 11},
                                    {"確認者", 11},
                                    {"確認日", 11},
                                    {"状態", 9}},
                        .note = title + "　" + basis_of(content)};
  sheet.print =
      base::XlsxPrint{.approvals = {"課長", "課長補佐", "係長", "係"}, .row_height = kRowHeight, .foot = title};
  return sheet;
}

class Sheet {
 public:
  Sheet(const charmap::Repertoire& repertoire, const ReferenceGlyphs& references,
        const std::optional<charmap::GlyphSource>& font)
      : repertoire_(repertoire), references_(references), font_(font) {}

  base::Result<void> write_row(base::XlsxWriter& writer, const core::Decision& d) const {
    const std::string text = text_of_name(repertoire_, d.target);
    const auto points = base::decode_utf8(text);
    const std::vector<std::string> cells = {
        d.gaiji.code,
        "",
        "",
        d.target,
        text,
        points ? base::format_code_points(*points) : "",
        std::string(core::name_of(*d.category)) + (is_provisional(d) ? "（暫定: 追加文字は未検索）" : ""),
        d.substitute,
        d.reason,
        d.criterion,
        d.comment,
        d.decided_by,
        d.decided_on,
        d.checked_by,
        d.checked_on,
        std::string(core::name_of(d.state))};
    std::vector<std::string> files;  // the images below are views of these
    std::vector<base::XlsxImage> images;
    files.reserve(2);
    const auto add = [&](std::uint32_t column, const std::optional<GlyphBitmap>& drawing, double em,
                         std::string_view meaning) {
      if (!drawing) return;
      files.push_back(png_of(*drawing));
      if (files.back().empty()) return;
      const double scale = kShownPixels / em;
      const auto middle = [&](double room, std::uint32_t pixels) {
        return static_cast<std::int32_t>(std::max(1.0, (room - pixels * scale) / 2));
      };
      images.push_back({column, files.back(), scale, meaning, middle(kPicturePixels, drawing->width),
                        middle(kRowPixels, drawing->height)});
    };
    const auto source = draw_source(d);
    // Dots and pictures come in a size of their own.
    const bool has_em = font_ && font_->kind() == charmap::GlyphSource::Kind::outlines;
    add(kSourceColumn, source, has_em || !source ? kDrawn.pixels : std::max(source->width, source->height),
        d.gaiji.code);
    add(kTargetColumn, references_.draw(d.target, kDrawn), kDrawn.pixels, d.target);
    return writer.write_row(std::vector<std::string_view>(cells.begin(), cells.end()), images);
  }

 private:
  std::optional<GlyphBitmap> draw_source(const core::Decision& d) const {
    const auto encoding = charmap::parse_encoding(d.gaiji.encoding);
    if (!font_ || !encoding) return std::nullopt;
    const auto code = charmap::parse_gaiji_code(*encoding, repertoire_, d.gaiji.code);
    const auto glyph = code ? font_->find(code->code_point) : std::nullopt;
    if (!glyph) return std::nullopt;
    auto drawing = font_->render(*glyph, kDrawn);
    if (!drawing) return std::nullopt;
    return std::move(*drawing);
  }

  const charmap::Repertoire& repertoire_;
  const ReferenceGlyphs& references_;
  const std::optional<charmap::GlyphSource>& font_;
};

}  // namespace

base::Result<void> write_correspondence(const GaijiTableContent& content, const charmap::Repertoire& repertoire,
                                        const CorrespondenceFonts& fonts, const std::string& day,
                                        const std::string& path) {
  const auto references = ReferenceGlyphs::open(fonts.references);
  if (!references) return tl::unexpected(references.error());
  std::optional<charmap::GlyphSource> font;
  if (!fonts.gaiji.empty()) {
    auto opened = charmap::GlyphSource::open(fonts.gaiji);
    if (!opened) return tl::unexpected(opened.error());
    font.emplace(std::move(*opened));
  }
  auto writer = base::XlsxWriter::open(path);
  if (!writer) return tl::unexpected(writer.error());
  if (auto ok = writer->begin_sheet(sheet_of(content, day)); !ok) return ok;
  const Sheet sheet(repertoire, *references, font);
  for (const core::RecordedDecision* row : content.rows) {
    if (auto ok = sheet.write_row(*writer, row->decision); !ok) return ok;
  }
  return writer->close();
}

}  // namespace hyojun::app
