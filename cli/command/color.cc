#include "color.h"

namespace hyojun::cli {

bool choose_color(const std::optional<std::string>& flag, const EnvironmentLookup& environment, bool is_terminal) {
  if (flag == "always") return true;
  if (flag == "never") return false;
  const std::optional<std::string> no_color = environment("NO_COLOR");
  if (no_color && !no_color->empty()) return false;
  return is_terminal && environment("TERM") != "dumb";
}

std::string paint(std::string_view text, Emphasis emphasis, bool color) {
  const char* code = "";
  switch (emphasis) {
    case Emphasis::none:
      break;
    case Emphasis::strong:
      code = "1";
      break;
    case Emphasis::good:
      code = "32";
      break;
    case Emphasis::warning:
      code = "33";
      break;
    case Emphasis::bad:
      code = "31";
      break;
    case Emphasis::faint:
      code = "2";
      break;
  }
  if (!color || emphasis == Emphasis::none || text.empty()) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace hyojun::cli
