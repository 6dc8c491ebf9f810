// Columns that hold numbers of characters in place of the characters: 住基ネット統一文字コード (J+9089, 9089) or
// 戸籍統一文字番号 (445000; leading zeros may have been lost in a spreadsheet).
//
// A number is a character and is identified by the list, never by way of Unicode: J+ as in the encoding juki-net-be
// (code_table.h), a 戸籍 number as the one character that has it. Its outcome is `standard` where it names one,
// `default_glyph` for the few J+ that no text tells from the default of their code point, `gaiji_unmapped` for
// J+E000–F8FF, and `malformed` where the list has no such number or it is none. Several numbers are separated by
// spaces, which are characters of their own. What is too long to be a number is malformed in pieces of at most eight
// bytes.
//
// Source bytes are those of the number as the file has it. Thread-safety: NumberColumns remembers what it looked up and
// belongs to one thread.
#ifndef HYOJUN_CHARMAP_NUMBER_COLUMN_H_
#define HYOJUN_CHARMAP_NUMBER_COLUMN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hyojun/charmap/converter.h"
#include "hyojun/charmap/plan.h"

namespace hyojun::charmap {

enum class NumberKind : std::uint8_t { juki, koseki };

// One number, or one space between numbers.
struct NumberedCharacter {
  std::uint32_t offset;  // in the raw field
  std::uint8_t length;   // bytes, at most 8
  Outcome outcome = Outcome::malformed;
  std::optional<CharacterId> id{};
  char32_t first = 0;  // the text that names this character; 0: no text does
  char32_t second = 0;
  bool space = false;
};

class NumberColumns {
 public:
  explicit NumberColumns(const Repertoire& repertoire) : repertoire_(repertoire) {}  // which must outlive this

  // The characters of one raw field of a source that is read by `plan`; enclosing quotes are left out.
  std::vector<NumberedCharacter> read(const Plan& plan, NumberKind kind, std::span<const std::uint8_t> raw);

 private:
  NumberedCharacter look_up(NumberKind kind, const std::string& number);
  NumberedCharacter look_up_juki(std::string number) const;
  NumberedCharacter look_up_koseki(const std::string& number) const;

  const Repertoire& repertoire_;
  std::unordered_map<std::string, NumberedCharacter> known_[2];  // by kind
};

// Appends to `out`, as UTF-8, what the converter writes for such a character of this column, and says why: always as
// another writing of it (Action::form) where no policy is needed. Nothing is appended where it is refused. None for a
// space, which stays.
std::optional<Replacement> write_numbered(const Converter& converter, const NumberedCharacter& character,
                                          std::span<const std::uint8_t> source, std::uint64_t record,
                                          std::uint32_t field, std::string& out);

// The event of such a character; its offset is that in the field.
Event event_of(const NumberedCharacter& character, std::uint64_t record, std::uint32_t field) noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_NUMBER_COLUMN_H_
