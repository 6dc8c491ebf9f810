// Converts one block to its end: bytes into a buffer, replacements into a tally. Used by workers and the joining
// thread.
#ifndef HYOJUN_CLI_APP_BLOCK_CONVERT_H_
#define HYOJUN_CLI_APP_BLOCK_CONVERT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "hyojun/charmap/converter.h"
#include "hyojun/charmap/replacement_tally.h"

namespace hyojun::app {

// Bytes that grow without being cleared first. Its memory is kept for the next block.
class OutputBuffer {
 public:
  std::span<const std::uint8_t> bytes() const noexcept { return {data_.get(), size_}; }
  void clear() noexcept { size_ = 0; }
  // Room for at least `least` more bytes.
  std::span<std::uint8_t> room(std::size_t least);
  void add(std::size_t written) noexcept { size_ += written; }

 private:
  std::unique_ptr<std::uint8_t[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

// What one part of a file adds up to. Positions are relative to the part's first byte and record.
struct PartConversion {
  charmap::ScanCounts counts;
  charmap::ReplacementTally tally;
  std::uint64_t outside = 0;            // replacements where nothing is counted (ConvertResult::outside)
  std::optional<charmap::Event> doubt;  // the first malformed byte or ESC, where the input must be UTF-8
};

// Appends to `out`. Stops at a doubt, and when more than `most_distinct` replacements differ. Returns the bytes read.
std::size_t convert_block(const charmap::Converter& converter, charmap::ConvertState& state,
                          std::span<const std::uint8_t> bytes, charmap::End end, std::uint32_t file,
                          std::size_t most_distinct, PartConversion& part, OutputBuffer& out);

// Puts converted UTF-8 into the converter's target encoding, by way of `spare`.
void encode_block(const charmap::Encoder& encoder, charmap::Newline newline, OutputBuffer& out, OutputBuffer& spare);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_BLOCK_CONVERT_H_
