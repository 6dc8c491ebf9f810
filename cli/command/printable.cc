#include "printable.h"

#include <hyojun/base/text.h>

#include <algorithm>

namespace hyojun::cli {
namespace {

// Bytes of the character at the start of `text`; 1 if it is ill-formed.
std::size_t first_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t length = 1;
  if (lead >= 0xF0) {
    length = 4;
  } else if (lead >= 0xE0) {
    length = 3;
  } else if (lead >= 0xC2) {
    length = 2;
  }
  return base::is_utf8(text.substr(0, length)) ? std::min(length, text.size()) : 1;
}

bool is_control(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first < 0x20 || first >= 0x7F;  // above: an ill-formed byte
  return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

std::string printable(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string shown;
  while (!text.empty()) {
    const std::string_view character = text.substr(0, first_length(text));
    text.remove_prefix(character.size());
    if (!is_control(character)) {
      shown += character;
      continue;
    }
    for (const char byte : character) {
      const auto value = static_cast<unsigned char>(byte);
      shown += {'\\', 'x', kHex[value >> 4], kHex[value & 15]};
    }
  }
  return shown;
}

std::vector<std::string_view> split_characters(std::string_view text) {
  std::vector<std::string_view> characters;
  bool can_carry = false;  // whether the last one may take a mark
  while (!text.empty()) {
    const std::string_view character = text.substr(0, first_length(text));
    text.remove_prefix(character.size());
    const bool control = is_control(character);
    if (can_carry && !control && base::display_width(character) == 0) {
      characters.back() = {characters.back().data(), characters.back().size() + character.size()};
      continue;
    }
    characters.push_back(character);
    can_carry = !control;
  }
  return characters;
}

}  // namespace hyojun::cli
