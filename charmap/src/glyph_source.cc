#include "hyojun/charmap/glyph_source.h"

#include <algorithm>

#include "glyph_picture.h"
#include "glyph_state.h"
#include "hyojun/base/sha256.h"
#include FT_SFNT_NAMES_H
#include FT_TRUETYPE_IDS_H

namespace hyojun::charmap {

namespace {

using base::ErrorCode;

tl::unexpected<base::Error> rejected(const std::string& path, const std::string& ja, const std::string& en) {
  return base::fail(ErrorCode::input_rejected, {ja, en}, {.file = path},
                    {"TrueType・OpenType・TTC・BDF・PCF のフォントか PNG を指定してください",
                     "give a TrueType, OpenType, TTC, BDF or PCF font, or a PNG"});
}

// The version string of the name table, ASCII only.
std::string version_of(FT_Face face) {
  for (FT_UInt i = 0; i < FT_Get_Sfnt_Name_Count(face); ++i) {
    FT_SfntName name;
    if (FT_Get_Sfnt_Name(face, i, &name) != 0 || name.name_id != TT_NAME_ID_VERSION_STRING) continue;
    std::string text;
    for (FT_UInt k = 0; k < std::min<FT_UInt>(name.string_len, 200); ++k) {
      const unsigned char c = name.string[k];
      if (c >= 0x20 && c < 0x7F) text += static_cast<char>(c);  // UTF-16's zero bytes fall out
    }
    if (!text.empty()) return text;
  }
  return {};
}

base::Result<void> open_face(FT_Library library, std::span<const std::uint8_t> bytes, const std::string& path,
                             std::uint32_t number, FT_Face* face) {
  const auto size = static_cast<FT_Long>(bytes.size());
  const FT_Error error = FT_New_Memory_Face(library, bytes.data(), size, static_cast<FT_Long>(number), face);
  if (error == 0) return {};
  if (number != 0) {
    FT_Face first = nullptr;
    if (FT_New_Memory_Face(library, bytes.data(), size, 0, &first) == 0) {
      const std::string count = std::to_string(first->num_faces);
      FT_Done_Face(first);
      return base::fail(ErrorCode::input_rejected,
                        {"--face の番号のフォントがありません", "the font has no face of that number"}, {.file = path},
                        {"0 から数えて " + count + " 個あります", "it has " + count + ", counted from 0"});
    }
  }
  return rejected(path, "フォントとして読めません", "it cannot be read as a font");
}

}  // namespace

namespace glyph {

tl::unexpected<base::Error> broken(const std::string& path, const base::Text& cause) {
  return base::fail(
      ErrorCode::input_rejected, cause, {.file = path},
      {"フォントを作り直すか、PNG の絵で指定してください", "repair the font, or give a PNG of the glyph"});
}

tl::unexpected<base::Error> empty(const std::string& path) {
  return broken(path, {"グリフが空です（線がありません）", "the glyph is empty: it has no ink"});
}

}  // namespace glyph

GlyphSource::GlyphSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
GlyphSource::~GlyphSource() = default;
GlyphSource::GlyphSource(GlyphSource&&) noexcept = default;
GlyphSource& GlyphSource::operator=(GlyphSource&&) noexcept = default;

base::Result<GlyphSource> GlyphSource::from_state(std::unique_ptr<State> state, std::uint32_t number) {
  State& s = *state;
  if (s.bytes.size() > kMostBytes) return rejected(s.path, "ファイルが大きすぎます", "the file is too large");
  if (is_png(s.bytes)) {
    auto picture = read_png(s.bytes, s.path);
    if (!picture) return tl::unexpected(picture.error());
    s.picture = std::move(*picture);
    return GlyphSource(std::move(state));
  }
  if (FT_Init_FreeType(&s.library) != 0)
    return base::fail(ErrorCode::bug, {"FreeType を使えません", "FreeType cannot be used"});
  if (auto ok = open_face(s.library, s.bytes, s.path, number, &s.face); !ok) return tl::unexpected(ok.error());
  s.faces = static_cast<std::uint32_t>(std::max<FT_Long>(s.face->num_faces, 1));
  s.kind = FT_IS_SCALABLE(s.face) ? Kind::outlines : Kind::dots;
  if (s.kind == Kind::outlines && s.face->units_per_EM == 0)
    return rejected(s.path, "フォントの単位が 0 です", "the units of the font are 0");
  if (s.kind == Kind::dots && (s.face->num_fixed_sizes == 0 || FT_Select_Size(s.face, 0) != 0))
    return rejected(s.path, "ドットの大きさがありません", "it has no size of dots");
  if (s.face->family_name != nullptr) s.family = s.face->family_name;
  if (s.face->style_name != nullptr) s.family += " " + std::string(s.face->style_name);
  s.version = version_of(s.face);
  FT_Select_Charmap(s.face, FT_ENCODING_UNICODE);  // without one, find() finds nothing
  return GlyphSource(std::move(state));
}

base::Result<GlyphSource> GlyphSource::open(const std::string& path, std::uint32_t face) {
  auto file = base::MappedFile::open(path);
  if (!file) return tl::unexpected(file.error());
  auto state = std::make_unique<State>();
  state->path = path;
  state->file = std::move(*file);
  state->bytes = state->file->bytes();
  return from_state(std::move(state), face);
}

base::Result<GlyphSource> GlyphSource::from_bytes(std::string_view bytes, const std::string& name, std::uint32_t face) {
  auto state = std::make_unique<State>();
  state->path = name;
  state->copy = bytes;
  state->bytes = {reinterpret_cast<const std::uint8_t*>(state->copy.data()), state->copy.size()};
  return from_state(std::move(state), face);
}

GlyphSource::Kind GlyphSource::kind() const noexcept { return state_->kind; }
const std::string& GlyphSource::path() const noexcept { return state_->path; }
const std::string& GlyphSource::family() const noexcept { return state_->family; }
const std::string& GlyphSource::version() const noexcept { return state_->version; }
std::uint32_t GlyphSource::face_count() const noexcept { return state_->faces; }

const std::string& GlyphSource::digest() const {
  if (state_->digest.empty()) {
    base::Sha256 hash;
    hash.update(state_->bytes);
    state_->digest = hash.digest();
  }
  return state_->digest;
}

std::vector<char32_t> GlyphSource::code_points() const {
  std::vector<char32_t> all;
  if (state_->face == nullptr || state_->face->charmap == nullptr) return all;
  FT_UInt glyph = 0;
  for (FT_ULong cp = FT_Get_First_Char(state_->face, &glyph); glyph != 0;
       cp = FT_Get_Next_Char(state_->face, cp, &glyph)) {
    if (!all.empty() && cp <= all.back()) break;  // a broken table must not run in a circle
    all.push_back(static_cast<char32_t>(cp));
  }
  return all;
}

std::optional<GlyphNumber> GlyphSource::find(char32_t code_point, char32_t selector) const {
  if (state_->face == nullptr || state_->face->charmap == nullptr) return std::nullopt;
  const FT_UInt glyph = selector == 0 ? FT_Get_Char_Index(state_->face, code_point)
                                      : FT_Face_GetCharVariantIndex(state_->face, code_point, selector);
  if (glyph == 0) return std::nullopt;
  return glyph;
}

std::vector<GlyphSource::Named> GlyphSource::named_glyphs() const {
  std::vector<Named> all;
  if (state_->face == nullptr || !FT_HAS_GLYPH_NAMES(state_->face)) return all;
  for (FT_Long i = 1; i < state_->face->num_glyphs; ++i) {
    char buffer[64] = {};
    if (FT_Get_Glyph_Name(state_->face, static_cast<FT_UInt>(i), buffer, sizeof buffer) != 0) continue;
    std::string name(buffer);
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    if (name.size() != 8 || !(name.starts_with("MJ") || name.starts_with("GJ")) ||
        name.find_first_not_of("0123456789", 2) != std::string::npos)
      continue;
    all.push_back({std::move(name), static_cast<GlyphNumber>(i)});
  }
  std::ranges::stable_sort(all, {}, &Named::name);
  // Clang 14, which builds the fuzz targets, cannot compile std::ranges::unique of GCC 12.
  const auto same = [](const Named& a, const Named& b) { return a.name == b.name; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

}  // namespace hyojun::charmap
