// Layer: standard characters that the bundled table does not hold and the user supplies: the added characters
// (追加文字 GJnnnnnn), the official non-kanji (GJHnnnnn) and voiced hentaigana (MHnnnnnn).
//
// A layer is made once from a CSV or from the user's own font, and kept as a checked binary file of the same container
// as the table (charmap/IMAGE_FORMAT.md). Thread-safety: immutable after construction.
#ifndef HYOJUN_CHARMAP_LAYER_H_
#define HYOJUN_CHARMAP_LAYER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

// One character of a layer. `second` is 0 for a plain code point; U+3099/309A or a variation selector otherwise.
struct LayerCharacter {
  std::string name;  // GJ000139, GJH00874, MH000001
  char32_t first = 0;
  char32_t second = 0;
  char32_t base = 0;  // 代替: the character written where the layer's own cannot be; 0 where none is given
  bool operator==(const LayerCharacter&) const = default;
};

class Layer {
 public:
  // Checks and orders the characters: names of a known family, each name and each code once, no code of an MJ
  // character. `title` and `version` are free text that reports show. Errors: input_rejected.
  static base::Result<Layer> make(std::vector<LayerCharacter> characters, std::string title, std::string version,
                                  const StandardTable& table);

  // Reads a CSV with the columns name, code point and (optional) base 代替; headings in English or Japanese
  // (name/文字図形名, code/コードポイント/符号位置, base/代替). Errors: environment, input_rejected with record and
  // field.
  static base::Result<Layer> from_csv(const std::string& path, std::string version, const StandardTable& table);

  // Takes name and code point from a font's glyph names (gjNNNNNN and the like). The font stays the user's: nothing
  // but the two columns is stored. Errors: environment, input_rejected (not a font, no such glyph names).
  static base::Result<Layer> from_font(const std::string& path, std::string version, const StandardTable& table);

  // Opens a layer file and checks it completely. Errors: environment, damaged.
  static base::Result<Layer> open(const std::string& path, const StandardTable& table);
  static base::Result<Layer> from_bytes(std::span<const std::uint8_t> bytes, const std::string& name,
                                        const StandardTable& table);

  // The bytes of the layer file; deterministic.
  std::vector<std::uint8_t> serialize() const;

  std::span<const LayerCharacter> characters() const noexcept { return characters_; }  // sorted by (first, second)
  const std::string& title() const noexcept { return title_; }
  const std::string& version() const noexcept { return version_; }
  std::string digest() const;  // of the layer file, as its header holds it (IMAGE_FORMAT.md); hex

  // Row of a code point (second = 0) or of a sequence.
  std::optional<std::uint32_t> find(char32_t first, char32_t second) const noexcept;
  std::optional<std::uint32_t> find_name(std::string_view name) const;

 private:
  Layer() = default;
  std::string title_;
  std::string version_;
  std::vector<LayerCharacter> characters_;
  std::vector<std::uint32_t> by_name_;
};

// What a file of the container holds, by its header. Errors: environment, damaged (neither).
enum class TableFileKind : std::uint8_t { table, layer };
base::Result<TableFileKind> table_file_kind(const std::string& path);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_LAYER_H_
