// Repertoire: the standard table and the layers above it, as one answer to "which standard character is this?".
//
// Thread-safety: immutable; shares ownership of its table and layers.
#ifndef HYOJUN_CHARMAP_REPERTOIRE_H_
#define HYOJUN_CHARMAP_REPERTOIRE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/layer.h"
#include "hyojun/charmap/outcome.h"
#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

// What identification says of one character. `id` is set where a standard character was named (for default_glyph the
// assumed one). `collections` is StandardTable::collections of an unregistered sequence.
struct Identity {
  Outcome outcome;
  std::optional<CharacterId> id;
  std::uint8_t collections = 0;
};

// Of a code point that stands alone and in no layer, by its class.
constexpr Outcome outcome_of(CodeClass c) noexcept {
  switch (c) {
    case CodeClass::standard:
    case CodeClass::second_of_x0213:
      return Outcome::standard;
    case CodeClass::default_glyph:
      return Outcome::default_glyph;
    case CodeClass::gaiji:
      return Outcome::gaiji_unmapped;
    case CodeClass::control:
      return Outcome::control;
    default:
      return Outcome::not_in_standard;
  }
}

class Repertoire {
 public:
  // Errors: input_rejected where two layers name one code differently or give one name two codes; usage past 255.
  static base::Result<Repertoire> make(std::shared_ptr<const StandardTable> table, std::vector<Layer> layers = {});

  const StandardTable& table() const noexcept { return *table_; }
  const std::vector<Layer>& layers() const noexcept { return layers_; }

  // Identity of a Unicode character: one code point, or a sequence of two as design.md defines (second != 0). A
  // private-use code is answered from the layers (gaiji tables stand in the plan, before this). Never malformed.
  Identity identify(char32_t first, char32_t second = 0) const noexcept;
  // Its outcome alone: what the scanner needs of every character that is no plain one.
  Outcome outcome(char32_t first, char32_t second = 0) const noexcept;

  // True if `second` after `first` makes one character: a selector after an assigned, non-control character, a voiced
  // mark after a kana, or one of the 25 sequences of JIS X 0213.
  bool forms_sequence(char32_t first, char32_t second) const noexcept;

  std::optional<CharacterId> find_name(std::string_view name) const;
  // The name of a character. A layer's name stands before the "U+…" of the bundled non-kanji.
  std::string name(CharacterId id) const;
  CharacterRecord record(CharacterId id) const;
  // Every character: the table's lists, then the layers.
  std::vector<CharacterId> all() const;

 private:
  Repertoire() = default;
  // Asked for every event; seldom is there a layer.
  std::optional<CharacterId> find_in_layers(char32_t first, char32_t second) const noexcept {
    return layers_.empty() ? std::nullopt : search_layers(first, second);
  }
  std::optional<CharacterId> search_layers(char32_t first, char32_t second) const noexcept;
  Identity identify_sequence(char32_t first, char32_t second) const noexcept;

  std::shared_ptr<const StandardTable> table_;
  std::vector<Layer> layers_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_REPERTOIRE_H_
