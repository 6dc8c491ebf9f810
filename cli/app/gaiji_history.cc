#include "gaiji_history.h"

#include <algorithm>
#include <map>

#include "hyojun/base/number.h"
#include "hyojun/charmap/gaiji_code.h"

namespace hyojun::app {
namespace {

// The code as decisions of this encoding spell it; empty if the encoding has no such gaiji.
std::string spelt(charmap::Encoding encoding, const charmap::Repertoire& repertoire, const std::string& code) {
  if (const auto parsed = charmap::parse_gaiji_code(encoding, repertoire, code)) return parsed->text;
  if (!code.starts_with("U+") && !code.starts_with("u+")) return "";
  const auto points = base::parse_code_points(code);
  if (!points || points->size() != 1) return "";
  const auto bytes = charmap::encode(encoding, points->front());
  return bytes ? charmap::gaiji_code_text(encoding, *bytes, points->front()) : "";
}

class Chooser {
 public:
  Chooser(const GaijiChoice& choice, const charmap::Repertoire& repertoire)
      : choice_(choice), repertoire_(repertoire), found_(choice.codes.size(), false) {}

  bool takes(const core::GaijiKey& key) {
    if (!choice_.system.empty() && key.system != choice_.system) return false;
    if (!choice_.encoding.empty() && key.encoding != choice_.encoding) return false;
    if (choice_.codes.empty()) return true;
    const std::vector<std::string>& codes = codes_in(key.encoding);
    bool is_wanted = false;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (codes[i] != key.code) continue;
      found_[i] = true;
      is_wanted = true;
    }
    return is_wanted;
  }

  // The first code of which nothing is recorded; null if there is none.
  const std::string* missing() const {
    const auto at = std::ranges::find(found_, false);
    return at == found_.end() ? nullptr : &choice_.codes[static_cast<std::size_t>(at - found_.begin())];
  }

 private:
  const std::vector<std::string>& codes_in(const std::string& name) {
    const auto [place, is_new] = codes_.try_emplace(name);
    const auto encoding = charmap::parse_encoding(name);
    if (is_new && encoding) {
      for (const std::string& code : choice_.codes) place->second.push_back(spelt(*encoding, repertoire_, code));
    }
    return place->second;
  }

  const GaijiChoice& choice_;
  const charmap::Repertoire& repertoire_;
  std::vector<bool> found_;                                // by code
  std::map<std::string, std::vector<std::string>> codes_;  // by encoding
};

}  // namespace

base::Result<std::vector<core::DecisionEntry>> choose_decisions(std::vector<core::DecisionEntry> all,
                                                                const GaijiChoice& choice,
                                                                const charmap::Repertoire& repertoire) {
  Chooser chooser(choice, repertoire);
  std::erase_if(all, [&](const core::DecisionEntry& entry) { return !chooser.takes(entry.recorded.decision.gaiji); });
  const std::string* const code = chooser.missing();
  if (code == nullptr && !all.empty()) return all;
  const std::string shown = code == nullptr ? "" : *code + ": ";
  return base::fail(base::ErrorCode::usage,
                    {shown + "その外字の決定はありません", shown + "there is no decision on this gaiji"}, {},
                    {"コード、--system、--encoding、--known-at を確かめてください",
                     "check the code, --system, --encoding and --known-at"});
}

}  // namespace hyojun::app
