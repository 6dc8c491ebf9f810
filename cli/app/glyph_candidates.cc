#include "glyph_candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "character_query.h"
#include "hyojun/base/number.h"
#include "hyojun/base/platform.h"
#include "hyojun/base/read_file.h"

namespace hyojun::app {

namespace {

using base::ErrorCode;
using charmap::GlyphIndex;
using charmap::GlyphSource;

bool is_private_use(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) || (c >= 0x100000 && c <= 0x10FFFD);
}

using Names = std::set<std::string>;

base::Error no_glyph() {
  return {ErrorCode::input_rejected,
          {"フォントにこの文字のグリフがありません", "the font has no glyph for it"},
          {},
          {"", ""}};
}

// "12画": the number of strokes.
std::optional<unsigned> strokes_hint(const std::string& hint) {
  constexpr std::string_view kSuffix = "画";
  if (!hint.ends_with(kSuffix)) return std::nullopt;
  const auto number = base::parse_unsigned(std::string_view(hint).substr(0, hint.size() - kSuffix.size()), 1, 99);
  if (!number) return std::nullopt;
  return static_cast<unsigned>(*number);
}

base::Result<Names> names_of_hint(const std::string& hint, const charmap::Repertoire& repertoire) {
  Names names;
  if (const auto strokes = strokes_hint(hint)) {
    for (const auto id : repertoire.all()) {
      const auto record = repertoire.record(id);
      if (record.strokes == *strokes) names.insert(record.name);
    }
    return names;
  }
  const auto answer = look_up(repertoire, hint);
  if (!answer) return tl::unexpected(answer.error());
  for (const auto& match : answer->matches) names.insert(match.record.name);
  return names;
}

// The names that fit each of the hints.
base::Result<std::vector<Names>> names_of_hints(const std::vector<std::string>& hints, std::string_view option,
                                                const charmap::Repertoire& repertoire) {
  std::vector<Names> all;
  for (const std::string& hint : hints) {
    auto names = names_of_hint(hint, repertoire);
    if (!names) return tl::unexpected(names.error());
    if (names->empty()) {
      return base::fail(ErrorCode::usage,
                        {fmt::format("{} {} に合う標準文字がありません", option, hint),
                         fmt::format("no standard character fits the {} {}", option, hint)},
                        {}, {"hyojun char で確かめてください", "check it with hyojun char"});
    }
    all.push_back(std::move(*names));
  }
  return all;
}

std::vector<bool> excluded_rows(const std::vector<Names>& hints, const GlyphIndex& index) {
  std::vector<bool> excluded(hints.empty() ? 0 : index.size());
  for (const Names& names : hints) {
    for (std::uint32_t row = 0; row < index.size(); ++row)
      excluded[row] = excluded[row] || !names.contains(std::string(index.name(row)));
  }
  return excluded;
}

// What was found, those first of which more hints hold; the nearest `top` of them. Scores are as they were.
void prefer(const std::vector<Names>& hints, std::size_t top, charmap::GlyphSearchResult& result) {
  const auto fits = [&](const charmap::GlyphCandidate& candidate) {
    return std::ranges::count_if(hints, [&](const Names& names) { return names.contains(candidate.name); });
  };
  std::ranges::stable_sort(result.candidates, std::ranges::greater(), fits);
  if (result.candidates.size() > top) result.candidates.resize(top);
  if (!hints.empty() && !result.candidates.empty()) result.confidence = result.candidates.front().score;
}

// Draws everything asked for; `drawings` are those that could be drawn, in order.
base::Result<void> draw(const CandidatesOptions& options, std::vector<GlyphSourceCandidates>& sources,
                        std::vector<charmap::GlyphBitmap>& drawings) {
  const auto take = [&](std::string name, base::Result<charmap::GlyphBitmap> drawing) {
    auto& source = sources.emplace_back();
    source.source = std::move(name);
    if (drawing) {
      drawings.push_back(std::move(*drawing));
    } else {
      source.error = std::move(drawing.error());
    }
  };
  if (!options.font.empty()) {
    const auto font = GlyphSource::open(options.font, options.face);
    if (!font) return tl::unexpected(font.error());
    std::vector<std::u32string> wanted = options.wanted;
    if (wanted.empty()) {
      for (const char32_t c : font->code_points()) {
        if (is_private_use(c)) wanted.emplace_back(1, c);
      }
    }
    for (const std::u32string& text : wanted) {
      const auto glyph = font->find(text[0], text.size() > 1 ? text[1] : 0);
      take(base::format_code_points(text), glyph ? font->render(*glyph, options.size) : tl::unexpected(no_glyph()));
    }
  }
  for (const std::string& path : options.pictures) {
    const auto picture = GlyphSource::open(path);
    if (!picture) {
      take(path, tl::unexpected(picture.error()));
    } else if (picture->kind() != GlyphSource::Kind::picture) {
      take(path, base::fail(ErrorCode::input_rejected, {"PNG ではありません", "it is no PNG"}, {.file = path},
                            {"フォントは --font で指定してください", "give a font with --font"}));
    } else {
      take(path, picture->render(GlyphSource::kPicture));
    }
  }
  return {};
}

}  // namespace

base::Result<std::vector<std::u32string>> parse_code_ranges(const std::string& text) {
  constexpr std::size_t kMost = 100'000;
  const auto wrong = [] {
    return base::fail(ErrorCode::usage, {"--codes が読めません", "--codes cannot be read"}, {},
                      {"U+E000-U+E757 か U+E000,U+E001 の形で、10万字まで指定してください",
                       "give U+E000-U+E757 or U+E000,U+E001, at most 100,000"});
  };
  std::vector<std::u32string> all;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string part = text.substr(begin, end - begin);
    const std::size_t dash = std::min(part.find('-'), part.size());
    const auto first = base::parse_code_points(part.substr(0, dash));
    const auto last = dash < part.size() ? base::parse_code_points(part.substr(dash + 1)) : first;
    if (!first || !last || first->size() != 1 || last->size() != 1 || (*last)[0] < (*first)[0]) return wrong();
    if ((*last)[0] - (*first)[0] >= kMost - all.size()) return wrong();
    for (char32_t c = (*first)[0]; c <= (*last)[0]; ++c) all.emplace_back(1, c);
    begin = end + 1;
  }
  return all;
}

base::Result<std::vector<std::u32string>> read_sequences(const std::string& path) {
  const auto text = base::read_file(path, std::size_t{1} << 24);
  if (!text) return tl::unexpected(text.error());
  std::vector<std::u32string> all;
  std::uint64_t record = 0;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    std::string line = text->substr(begin, end - begin);
    if (begin == 0 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    if (line.ends_with('\r')) line.pop_back();
    begin = end + 1;
    ++record;
    if (line.empty()) continue;
    auto sequence = base::parse_code_points(line);
    if (!sequence || sequence->size() > 2) {
      return base::fail(ErrorCode::input_rejected,
                        {"1行に U+… か U+… U+… を1つ書いてください", "a line must be U+… or U+… U+…"},
                        {.file = path, .record = record}, {"例: U+9089 U+E0102", "for example U+9089 U+E0102"});
    }
    all.push_back(std::move(*sequence));
  }
  return all;
}

base::Result<std::vector<std::string>> reference_fonts(const std::vector<std::string>& named) {
  std::vector<std::string> fonts = named;
  for (const std::string& path : named) {
    const auto source = GlyphSource::open(path);
    if (!source) return tl::unexpected(source.error());
    const auto glyphs = source->named_glyphs();
    if (std::ranges::any_of(glyphs, [](const auto& glyph) { return glyph.name.starts_with("MJ"); })) return fonts;
  }
  fonts.insert(fonts.begin(), std::string(charmap::kReferenceFontPath));
  const auto kind = base::file_kind(fonts.front());
  if (!kind || *kind == base::FileKind::none) {
    return base::fail(ErrorCode::environment,
                      {"参照フォント IPAmj明朝 がありません", "the reference font IPAmj明朝 is not installed"},
                      {.file = fonts.front()},
                      {"apt-get install fonts-ipamj-mincho を実行するか、--reference で指定してください",
                       "run apt-get install fonts-ipamj-mincho, or name it with --reference"});
  }
  return fonts;
}

base::Result<Candidates> find_candidates(const CandidatesOptions& options, const charmap::Repertoire& repertoire) {
  const auto hints = names_of_hints(options.hints, "--hint", repertoire);
  if (!hints) return tl::unexpected(hints.error());
  const auto preferred = names_of_hints(options.preferred, "--prefer", repertoire);
  if (!preferred) return tl::unexpected(preferred.error());
  Candidates candidates;
  std::vector<charmap::GlyphBitmap> drawings;
  if (auto ok = draw(options, candidates.sources, drawings); !ok) return tl::unexpected(ok.error());
  const auto fonts = reference_fonts(options.references);
  if (!fonts) return tl::unexpected(fonts.error());
  auto opened = GlyphIndex::open_or_build(*fonts, options.cache_folder, options.threads);
  if (!opened) return tl::unexpected(opened.error());
  candidates.references = opened->index.references();
  candidates.indexed = opened->index.size();
  candidates.has_added_characters = opened->index.has_added_characters();
  candidates.was_index_built = opened->was_built;
  candidates.warnings = std::move(opened->cache_errors);
  const std::size_t searched = options.preferred.empty() ? options.top : charmap::kMostCandidates;
  auto results = opened->index.search(drawings, {searched, excluded_rows(*hints, opened->index)}, options.threads);
  std::size_t next = 0;
  for (auto& source : candidates.sources) {
    if (source.error) continue;
    source.result = std::move(results[next++]);
    prefer(*preferred, options.top, source.result);
  }
  return candidates;
}

std::string candidate_text(const charmap::Repertoire& repertoire, const std::string& name) {
  const auto id = repertoire.find_name(name);
  if (!id) return {};
  const auto text = repertoire.record(*id).text;
  return text.empty() ? std::string() : base::format_code_points(text.front());
}

}  // namespace hyojun::app
