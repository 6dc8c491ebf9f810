// Writes generated text in an encoding as a legacy system would have: what CP932 lacks becomes a gaiji, what an
// encoding that is read by table lacks becomes 〓.
#ifndef HYOJUN_BENCH_TEXT_ENCODER_H_
#define HYOJUN_BENCH_TEXT_ENCODER_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/table.h"

namespace hyojun::bench {

class TextEncoder {
 public:
  TextEncoder(charmap::Encoding encoding, const charmap::StandardTable& table);

  // Appends the bytes of well-formed text. In CP932 a character without a code (a sequence is one character) gets the
  // next code from F040 on, the same one each time; when they are used up, characters share codes.
  void append(std::u32string_view text, std::string& out);

  // CP932: which character has which gaiji code, sorted by character.
  const std::map<std::u32string, std::uint16_t>& gaiji() const noexcept { return gaiji_; }

 private:
  void append_cp932(std::u32string_view text, std::string& out);
  void append_by_table(std::u32string_view text, std::string& out);
  std::uint16_t gaiji_code(std::u32string_view character);

  charmap::Encoding encoding_;
  std::vector<std::uint16_t> codes_;  // CP932: code of each BMP code point, 0 without one
  std::map<std::u32string, std::uint16_t> gaiji_;
  std::vector<std::uint32_t> table_codes_;  // of encodings that are read by table: code of each BMP code point
  bool shifted_ = false;                    // the last code was a double-byte one
};

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_TEXT_ENCODER_H_
