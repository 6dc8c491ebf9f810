#include "language.h"

namespace hyojun::cli {
namespace {

std::optional<Language> named(const std::optional<std::string>& name) {
  if (name == "ja") return Language::japanese;
  if (name == "en") return Language::english;
  return std::nullopt;
}

// "ja", "ja_JP.UTF-8", "ja.utf8", but not "jam".
bool is_japanese_locale(const std::string& locale) {
  return locale.starts_with("ja") && (locale.size() == 2 || locale.find_first_of("_.@", 2) == 2);
}

}  // namespace

Language choose_language(const std::optional<std::string>& flag, const EnvironmentLookup& environment) {
  if (const auto language = named(flag)) return *language;
  if (const auto language = named(environment("HYOJUN_LANG"))) return *language;
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::optional<std::string> locale = environment(variable);
    if (!locale || locale->empty()) continue;
    return is_japanese_locale(*locale) ? Language::japanese : Language::english;
  }
  return Language::english;
}

}  // namespace hyojun::cli
