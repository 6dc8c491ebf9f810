#include "gaiji_reference_option.h"

#include "glyph_candidates.h"
#include "hyojun/base/platform.h"

namespace hyojun::cli {

Option reference_option() {
  return {
      .name = "reference",
      .value = "FONT",
      .summary = {"参照フォント (なければ IPAmj明朝)", "A reference font (default: IPAmj明朝)"},
      .details = {"グリフ名が mjNNNNNN か gjNNNNNN のフォント。追加文字のフォントだけなら IPAmj明朝も使う。",
                  "A font with glyph names mjNNNNNN or gjNNNNNN. With added characters only, IPAmj明朝 is used too."},
      .repeatable = true,
      .group = OptionGroup::table};
}

base::Result<std::vector<std::string>> reference_fonts_of(const ParsedArguments& arguments) {
  const std::vector<std::string> named = arguments.values("reference");
  if (!named.empty()) return app::reference_fonts(named);
  const std::string installed(charmap::kReferenceFontPath);
  const auto kind = base::file_kind(installed);
  if (!kind || *kind == base::FileKind::none) return std::vector<std::string>();
  return std::vector<std::string>{installed};
}

base::Result<std::optional<ReferenceIndex>> reference_index_of(const ParsedArguments& arguments, Context& context) {
  auto fonts = reference_fonts_of(arguments);
  if (!fonts) return tl::unexpected(fonts.error());
  if (fonts->empty()) {
    print_message(context, {"参照フォント IPAmj明朝がないので、字形では探しません (--reference で指定できます)",
                            "the reference font IPAmj明朝 is missing: no search by shape (see --reference)"});
    return std::optional<ReferenceIndex>();
  }
  auto opened = charmap::GlyphIndex::open_or_build(*fonts, charmap::default_cache_folder());
  if (!opened) return tl::unexpected(opened.error());
  if (opened->was_built) print_message(context, {"字形の索引を作りました", "made the index of the reference glyphs"});
  for (const base::Error& error : opened->cache_errors) print_error(context, error);
  if (!opened->index.has_added_characters()) {
    const std::string text(charmap::kAddedNotSearched);
    print_message(context, {text, text});
  }
  return std::optional(ReferenceIndex{std::move(opened->index), std::move(*fonts)});
}

}  // namespace hyojun::cli
