// Where cache files are, and GlyphIndex::open_or_build.
#include <filesystem>

#include "glyph_index_state.h"
#include "hyojun/base/sha256.h"

namespace hyojun::charmap {

namespace {

// One file for each list of reference fonts.
std::string cache_name(const std::vector<std::string>& fonts) {
  std::string list;
  for (const std::string& font : fonts) {
    std::error_code failed;
    const auto absolute = std::filesystem::absolute(font, failed);
    list += (failed ? font : absolute.string()) + '\n';
  }
  return "glyphs-" + base::sha256_hex(list).substr(0, 16) + ".hjg";
}

}  // namespace

std::string default_cache_folder() {
  if (const auto own = base::environment_variable("HYOJUN_CACHE"); own && !own->empty()) return *own;
  if (const auto xdg = base::environment_variable("XDG_CACHE_HOME"); xdg && !xdg->empty()) return *xdg + "/hyojun";
  if (const auto home = base::environment_variable("HOME"); home && !home->empty()) return *home + "/.cache/hyojun";
  return {};
}

bool GlyphIndex::is_of(const std::vector<std::string>& fonts) const {
  const State& s = *state_;
  if (s.references.size() != fonts.size()) return false;
  for (std::size_t i = 0; i < fonts.size(); ++i) {
    const auto stamp = glyph::stamp_of(fonts[i]);
    if (!stamp || stamp->size != s.stamps[i].size) return false;
    if (*stamp == s.stamps[i]) continue;
    const auto source = GlyphSource::open(fonts[i]);
    if (!source || source->digest() != s.references[i].digest) return false;
  }
  return true;
}

base::Result<GlyphIndex::Opened> GlyphIndex::open_or_build(const std::vector<std::string>& fonts,
                                                           const std::string& cache_folder, unsigned threads) {
  std::vector<base::Error> errors;
  const std::string path = cache_folder.empty() ? std::string() : cache_folder + "/" + cache_name(fonts);
  if (!path.empty()) {
    auto cached = open(path);
    if (cached && cached->is_of(fonts)) return Opened{std::move(*cached), path, false, {}};
    if (!cached && cached.error().code == base::ErrorCode::damaged) errors.push_back(cached.error());
  }
  auto built = build(fonts, threads);
  if (!built) return tl::unexpected(built.error());
  if (!path.empty()) {
    std::error_code failed;  // a folder that cannot be made is said by save()
    std::filesystem::create_directories(cache_folder, failed);
    if (auto saved = built->save(path); !saved) errors.push_back(saved.error());
  }
  return Opened{std::move(*built), path, true, std::move(errors)};
}

}  // namespace hyojun::charmap
