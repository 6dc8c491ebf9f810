// The language of the program's texts.
#ifndef HYOJUN_CLI_COMMAND_LANGUAGE_H_
#define HYOJUN_CLI_COMMAND_LANGUAGE_H_

#include <hyojun/base/error.h>

#include <functional>
#include <optional>
#include <string>

namespace hyojun::cli {

enum class Language { japanese, english };

// Looks up an environment variable; a function so that tests need not change the process.
using EnvironmentLookup = std::function<std::optional<std::string>(const std::string& name)>;

// `flag` (the value of --lang) decides, then HYOJUN_LANG, then the locale: the first of LC_ALL, LC_MESSAGES, LANG that
// is not empty (POSIX). A value that is neither ja nor en decides nothing; the parser refuses it for --lang.
Language choose_language(const std::optional<std::string>& flag, const EnvironmentLookup& environment);

inline const std::string& in(Language language, const base::Text& text) {
  return language == Language::japanese ? text.ja : text.en;
}

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_LANGUAGE_H_
