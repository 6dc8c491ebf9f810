// SourceWriter: text back into any encoding that sources have, to take a conversion back.
//
// Unlike an Encoder, which writes what others shall read, it restores what a system wrote: shift codes are put where
// the next character needs another set, before a line end and at the end of the text the initial set is chosen. Of
// several codes of one character the shortest, then lowest of the set is taken; Encoder's choice for CP932.
//
// Hosts differ in the shift code and the line end that they write (JEF: 28, 38, 30E2; ISO-2022-JP: ESC $ B, ESC $ @;
// EBCDIC: 15, 25). A variant is one way of writing; the caller tries them all against a digest.
//
// Thread-safety: a writer is one text, used by one thread. Copy a fresh one for each text.
#ifndef HYOJUN_CHARMAP_SOURCE_WRITER_H_
#define HYOJUN_CHARMAP_SOURCE_WRITER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/code_table.h"
#include "hyojun/charmap/encoder.h"

namespace hyojun::charmap {

class SourceWriter {
 public:
  // `codes`: of an encoding that has_code_table() names; null: CodeTable::bundled(). Errors: as Encoder::make().
  static base::Result<SourceWriter> make(Encoding encoding, std::shared_ptr<const CodeTable> codes,
                                         const StandardTable& table);

  // How many ways of writing there are, from 0. The first is taken until another is chosen.
  std::size_t variants() const noexcept { return shifts_of_doubles_.empty() ? line_ends() : shifts() * line_ends(); }
  void choose(std::size_t variant);

  // Writes the character at the front of `text`, which is not empty. Returns how many code points were taken: two where
  // one code holds both, 0 where the encoding has none for the first.
  std::size_t put(std::u32string_view text, std::string& out);
  // Writes bytes as the source had them: a code, several of the same length, or malformed bytes.
  void put_code(std::span<const std::uint8_t> code, std::string& out);
  // Ends the text: back to the initial set.
  void end(std::string& out);

  // Has the encoding several codes for this character, so that it may have been written otherwise?
  bool has_several_codes(std::u32string_view character) const;

 private:
  struct Spelling {
    char32_t first, second;
    std::uint32_t code;
    std::uint8_t bytes;
    std::uint8_t set;
    bool several;  // the set has more codes for it
  };

  SourceWriter(Encoder encoder) : encoder_(std::move(encoder)) {}
  SourceWriter(std::shared_ptr<const CodeTable> codes);
  void add_spellings();
  std::size_t shifts() const noexcept { return shifts_of_doubles_.size(); }
  std::size_t line_ends() const noexcept { return ebcdic_ ? 2 : 1; }
  const Spelling* find(std::u32string_view text, std::uint8_t set) const;
  const Spelling* choose_spelling(std::u32string_view text) const;
  void shift_to(std::uint8_t set, std::string& out);
  bool reads_as_code(std::uint8_t set, std::span<const std::uint8_t> code) const;

  std::optional<Encoder> encoder_{};  // of Unicode and CP932
  std::shared_ptr<const CodeTable> codes_{};
  std::shared_ptr<const std::vector<Spelling>> spellings_{};  // sorted by characters and set
  std::vector<std::size_t> shifts_of_doubles_{};              // numbers of shift codes that lead to double bytes
  bool ebcdic_ = false;
  std::uint8_t set_ = 0;       // where the text stands
  std::size_t shift_ = 0;      // of shifts_of_doubles_
  std::uint8_t line_end_ = 0;  // of EBCDIC
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SOURCE_WRITER_H_
