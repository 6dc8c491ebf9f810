// Layout: how a host wrote its records. Loaded with --layout; made from a COBOL copybook by copybook.h.
//
// One JSON file:
//
//   {"schema":"hyojun.layout/1","records":"fixed","types":[{"fields":[
//     {"name":"宛名番号","kind":"zoned","length":8},
//     {"name":"氏名","kind":"double","length":40},
//     {"name":"住所","kind":"mixed","length":60},
//     {"name":"税額","kind":"packed","length":5,"scale":2,"signed":true},
//     {"kind":"filler","length":3},
//     {"name":"世帯員","occurs":4,"fields":[{"name":"カナ","kind":"single","length":20}]}]}]}
//
// records   fixed         every record is as long as its type; "length": N, all of N bytes (the rest is not read)
//           rdw           each begins with a record descriptor word: 2 bytes of length, big-endian, itself
//                         included, and 2 of zero; offsets count behind it
//           bdw           the same inside blocks, each of which begins with a block descriptor word (the same form)
//           length-field  "length_field": {"offset":0,"length":2,"counts":"all"|"rest"}: binary, big-endian, 1 to 4
//                         bytes; it counts the whole record, or what follows the field
// selector  {"offset":0,"length":2}: the bytes by which record types are told; each type then has "selector": "F0F1"
//           (hex) and a "name". Without it there is one type.
// fields    in order, each behind the one before, or at "offset". kind:
//           single, double, mixed   text: single bytes; double bytes without shift codes; both, with shift codes
//           zoned                   decimal digits, the sign in the zone of the last one, or with "sign": "leading" of
//                                   the first
//           packed                  COMP-3; binary: COMP, 1 to 8 bytes, big-endian. "scale": digits behind the point,
//                                   or, below zero, zeros that stand in front of it and are not stored
//           hex                     written as it is; filler: not read
//           "signed": true where a sign may stand. "occurs": N repeats a field or a group of "fields"; the columns are
//           then 氏名(1), 氏名(2), …. Numbers and hex are written as text and are not identified.
//
// A variable record may end early: the fields that it does not reach are empty, one that it cuts is an error. Spaces at
// the end of text are padding: neither counted nor written. Columns are the names of all fields in the order of the
// types; fields of one name in several types share a column. With several types the first column is the type's name.
// Thread-safety: immutable.
#ifndef HYOJUN_CHARMAP_LAYOUT_H_
#define HYOJUN_CHARMAP_LAYOUT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/plan.h"

namespace hyojun::charmap {

enum class FieldKind : std::uint8_t { single_byte, double_byte, mixed, zoned, packed, binary, hex, filler };
constexpr bool is_text(FieldKind kind) noexcept { return kind <= FieldKind::mixed; }

struct LayoutField {
  std::string name;
  FieldKind kind = FieldKind::filler;
  std::uint32_t offset = 0;  // bytes
  std::uint32_t length = 0;  // bytes
  std::int8_t scale = 0;
  bool is_signed = false;
  bool sign_leads = false;  // of zoned
  std::uint32_t column = 0;
};

struct RecordType {
  std::string name;
  std::vector<std::uint8_t> selector;
  std::vector<LayoutField> fields;  // without fillers, OCCURS written out, ascending offsets are not required
  std::uint32_t length = 0;         // up to the end of the last field, fillers included
};

class Layout {
 public:
  enum class Records : std::uint8_t { fixed, rdw, bdw, length_field };
  static constexpr std::uint32_t kLongestRecord = 512U << 10U;  // bytes; a longer one is refused

  // Errors: environment; input_rejected (not JSON, unknown key, kind or value, a field outside its record, a name twice
  // in a type, too many columns).
  static base::Result<Layout> open(const std::string& path);
  static base::Result<Layout> from_json(std::string_view json, const std::string& path);

  Records records() const noexcept { return records_; }
  std::uint32_t record_length() const noexcept { return record_length_; }  // of fixed records; 0: by type
  const std::vector<RecordType>& types() const noexcept { return types_; }
  const std::vector<std::string>& columns() const noexcept { return columns_; }
  const std::string& digest() const noexcept { return digest_; }  // SHA-256 of the file, hex

  // The first record of `bytes`. Errors: input_rejected with the byte in `bytes` (no such type, a length that cannot
  // be, a partial record). Absent without error: more bytes are needed (not with `last`); empty `bytes` are no record.
  struct Cut {
    std::size_t begin;  // of the fields
    std::size_t length;
    std::size_t read;  // bytes up to the next record
    const RecordType* type;
  };
  base::Result<std::optional<Cut>> cut(std::span<const std::uint8_t> bytes, bool last, std::uint64_t& block_left) const;

 private:
  friend class LayoutReader;
  Layout() = default;
  const RecordType* type_of(std::span<const std::uint8_t> record) const noexcept;

  Records records_ = Records::fixed;
  std::uint32_t record_length_ = 0;
  struct Part {
    std::uint32_t offset = 0, length = 0;
  };
  Part length_field_;
  bool counts_rest_ = false;
  std::optional<Part> selector_;
  std::vector<RecordType> types_;
  std::vector<std::string> columns_;
  std::string digest_;
};

// Text of a field: where its padding begins, and whether it ends in the set that it began in.
struct FieldText {
  std::size_t length;  // bytes without the spaces (and shift codes) at its end
  std::uint8_t set;    // ScanState::shift to begin with
  bool shifts_back;
};
FieldText measure_text(const Plan& plan, FieldKind kind, std::span<const std::uint8_t> bytes) noexcept;

// The value of a field that is no text. Empty where it is all spaces (zoned). Errors: a two-language Text without a
// place (bad digit, bad sign); `bad` is the first wrong byte.
struct FieldError {
  base::Text what;
  std::size_t bad;
};
tl::expected<std::string, FieldError> read_number(const LayoutField& field, std::span<const std::uint8_t> bytes);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_LAYOUT_H_
