// Source profile: what is known of one legacy system, in one small JSON file that --profile loads.
//
//   {"schema":"hyojun.profile/1","system":"juki-A","encoding":"cp932","gaiji":"gaiji.csv","shapes":"jis2004",
//    "shape_exceptions":["U+8FBB"]}
//   {"schema":"hyojun.profile/1","system":"zei-B","encoding":"jef","code_maps":["jef.tsv","ebcdik.tsv"],
//    "gaiji_first":"U+E92E","layout":"zei.json","fold":["halfwidth-kana"]}
//
// `system` and `encoding` are required. `gaiji`, `layout` (layout.h) and `code_maps` (code_map.h) are paths, relative
// to the profile's own folder; `gaiji_first` as in CodeTable::Options; `fold` names the normalisations that a
// conversion of this system shall do (kFoldKeys of converter.h). A key that is not known is refused: a misspelt
// key would be a silent guess.
#ifndef HYOJUN_CHARMAP_PROFILE_H_
#define HYOJUN_CHARMAP_PROFILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/encoding.h"

namespace hyojun::charmap {

// Which shapes the fonts of the source have: what a default_glyph looked like.
enum class Shapes : std::uint8_t { unknown, jis90, jis2004 };
std::string_view shapes_key(Shapes shapes) noexcept;

struct Profile {
  std::string system;
  Encoding encoding = Encoding::utf8;
  std::string gaiji;                     // path as it can be opened; empty: none
  std::string layout{};                  // path as it can be opened; empty: none
  std::vector<std::string> code_maps{};  // paths as they can be opened
  std::optional<char32_t> gaiji_first{};
  std::vector<std::string> folds{};  // each one of kFoldKeys
  Shapes shapes = Shapes::unknown;
  std::vector<char32_t> shape_exceptions;  // code points that do not follow `shapes`
};

// Errors: environment (cannot open), input_rejected (not JSON, missing or unknown key, wrong value).
base::Result<Profile> open_profile(const std::string& path);
base::Result<Profile> parse_profile(std::string_view json, const std::string& path);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_PROFILE_H_
