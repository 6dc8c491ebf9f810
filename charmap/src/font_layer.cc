// Layer::from_font: name and code point of a font's glyphs, nothing of its shapes.
#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <memory>
#include <string>

#include "hyojun/base/platform.h"
#include "hyojun/charmap/layer.h"

namespace hyojun::charmap {

namespace {

using base::ErrorCode;

struct FreeType {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  FreeType() = default;
  FreeType(const FreeType&) = delete;
  FreeType& operator=(const FreeType&) = delete;
  ~FreeType() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

tl::unexpected<base::Error> rejected(const std::string& path, const std::string& ja, const std::string& en) {
  return base::fail(ErrorCode::input_rejected, {ja, en}, {.file = path},
                    {"グリフ名が gjNNNNNN のフォントか、CSV を指定してください",
                     "give a font whose glyph names are gjNNNNNN, or a CSV"});
}

// "gj000139" → "GJ000139"; empty for a glyph that is no added character.
std::string character_name(const char* glyph) {
  std::string name(glyph);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const bool family = name.starts_with("GJ") || name.starts_with("MH");
  return family && name.find_first_of("0123456789") != std::string::npos ? name : std::string();
}

std::vector<LayerCharacter> characters_of(FT_Face face) {
  std::vector<LayerCharacter> characters;
  FT_UInt glyph = 0;
  for (FT_ULong cp = FT_Get_First_Char(face, &glyph); glyph != 0; cp = FT_Get_Next_Char(face, cp, &glyph)) {
    char buffer[64] = {};
    if (FT_Get_Glyph_Name(face, glyph, buffer, sizeof buffer) != 0) continue;
    std::string name = character_name(buffer);
    if (!name.empty()) characters.push_back({std::move(name), static_cast<char32_t>(cp), 0, 0});
  }
  return characters;
}

}  // namespace

base::Result<Layer> Layer::from_font(const std::string& path, std::string version, const StandardTable& table) {
  // Mapped here so that what the system says of the file (missing, not readable) is said as everywhere.
  const auto file = base::MappedFile::open(path);
  if (!file) return tl::unexpected(file.error());
  const auto bytes = file->bytes();
  FreeType ft;
  if (FT_Init_FreeType(&ft.library) != 0)
    return base::fail(ErrorCode::bug, {"FreeType を使えません", "FreeType cannot be used"});
  if (FT_New_Memory_Face(ft.library, bytes.data(), static_cast<FT_Long>(bytes.size()), 0, &ft.face) != 0) {
    return rejected(path, "フォントとして読めません", "it cannot be read as a font");
  }
  if (!FT_HAS_GLYPH_NAMES(ft.face) || FT_Select_Charmap(ft.face, FT_ENCODING_UNICODE) != 0) {
    return rejected(path, "グリフ名か Unicode の文字表がありません",
                    "it has no glyph names or no Unicode character map");
  }
  auto characters = characters_of(ft.face);
  if (characters.empty()) {
    return rejected(path, "追加文字の名前（gjNNNNNN）のグリフがありません",
                    "no glyph has the name of an added character");
  }
  auto layer = make(std::move(characters), path.substr(path.find_last_of('/') + 1), std::move(version), table);
  if (!layer) layer.error().where.file = path;
  return layer;
}

}  // namespace hyojun::charmap
