#include "gaiji_share.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "hyojun/base/read_file.h"
#include "hyojun/base/sha256.h"

namespace hyojun::app {
namespace {

using base::ErrorCode;
using nlohmann::ordered_json;

constexpr std::size_t kMostBytes = 512U << 20U;
constexpr std::string_view kSchema = "hyojun.gaiji_share/1";

tl::unexpected<base::Error> refused(const std::string& path, base::Text what) {
  return base::fail(
      ErrorCode::input_rejected, std::move(what), {.file = path},
      {"hyojun gaiji share が書いたファイルを指定してください", "give a file that hyojun gaiji share wrote"});
}

std::string text_of(const ordered_json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

SharedContent shared_of(const core::DecisionBook& book, const std::map<std::string, std::string>& paths) {
  SharedContent content;
  std::map<std::string, SharedGlyph> glyphs;
  std::set<std::string> contradicted;
  for (const auto& [key, standing] : book.standings()) {
    const core::RecordedDecision* recorded = book.in_force(key);
    if (recorded == nullptr) continue;
    const core::Decision& d = recorded->decision;
    const auto path = paths.find(d.glyph);
    if (d.glyph.empty() || path == paths.end()) {
      ++content.without_glyph;
      continue;
    }
    const SharedGlyph shared{d.glyph, path->second, d.target, std::string(core::key_of(*d.category)), d.criterion};
    const auto [place, is_new] = glyphs.emplace(d.glyph, shared);
    if (!is_new && place->second.target != d.target) contradicted.insert(d.glyph);
  }
  for (auto& [digest, glyph] : glyphs) {
    if (!contradicted.contains(digest)) content.glyphs.push_back(std::move(glyph));
  }
  content.contradictions = contradicted.size();
  return content;
}

std::string share_text(const SharedContent& content, const std::string& table) {
  ordered_json glyphs = ordered_json::array();
  for (const SharedGlyph& glyph : content.glyphs)
    glyphs.push_back({{"glyph", glyph.glyph},
                      {"path", glyph.path},
                      {"target", glyph.target.empty() ? ordered_json(nullptr) : ordered_json(glyph.target)},
                      {"category", glyph.category},
                      {"criterion", glyph.criterion.empty() ? ordered_json(nullptr) : ordered_json(glyph.criterion)}});
  const ordered_json all = {{"schema", kSchema}, {"table", table}, {"glyphs", glyphs}};
  return all.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

base::Result<std::vector<SharedGlyph>> read_share(const std::string& path) {
  const auto bytes = base::read_file(path, kMostBytes);
  if (!bytes) return tl::unexpected(bytes.error());
  const ordered_json all = ordered_json::parse(*bytes, nullptr, false);
  if (!all.is_object() || text_of(all, "schema") != kSchema || !all.contains("glyphs") || !all["glyphs"].is_array())
    return refused(path, {"共有した決定のファイルではありません", "this is no file of shared decisions"});
  std::vector<SharedGlyph> glyphs;
  for (const ordered_json& entry : all["glyphs"]) {
    if (!entry.is_object()) return refused(path, {"共有した決定の形が違います", "an entry has the wrong shape"});
    SharedGlyph glyph{text_of(entry, "glyph"), text_of(entry, "path"), text_of(entry, "target"),
                      text_of(entry, "category"), text_of(entry, "criterion")};
    const auto category = core::find_category(glyph.category);
    if (!category || core::has_target(*category) == glyph.target.empty() || base::sha256_hex(glyph.path) != glyph.glyph)
      return refused(path, {fmt::format("{} 番目の字形が壊れています", glyphs.size() + 1),
                            fmt::format("glyph {} is damaged", glyphs.size() + 1)});
    glyphs.push_back(std::move(glyph));
  }
  return glyphs;
}

}  // namespace hyojun::app
