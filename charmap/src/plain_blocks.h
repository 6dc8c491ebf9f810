// Blocks of plain characters and structure: the vector path of the scanner. Internal to charmap.
//
// The scanner calls a block function where nothing but counts is wanted: outside quotes and the header, all columns,
// no field events. It takes as many bytes as it can prove to be plain characters (`standard`, `default_glyph`),
// delimiters and line ends, and stops before the character that precedes the first thing it cannot: an exception, a
// selector or mark, a quote, a control, malformed bytes. The general path reads that, and the block function is called
// again behind it. So it never sees a sequence and never emits an event, and it may stop early but must never take
// what is not plain.
#ifndef HYOJUN_CHARMAP_SRC_PLAIN_BLOCKS_H_
#define HYOJUN_CHARMAP_SRC_PLAIN_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "hyojun/charmap/kernel.h"

namespace hyojun::charmap {

// A byte that occurs in no UTF-8 text: stands for "no delimiter" and "no quote" in plain text.
inline constexpr std::uint8_t kNoByte = 0xFF;

struct BlockInput {
  const std::uint8_t* classes;  // class bytes of U+0000–FFFF
  std::uint8_t not_plain;       // bits of a class byte that no plain character has
  std::uint8_t delimiter;       // ASCII; kNoByte
  std::uint8_t quote;           // '"'; kNoByte
};

struct BlockRun {
  std::size_t length = 0;        // bytes taken, whole characters
  std::uint64_t characters = 0;  // plain ones, structure not counted
  std::uint64_t default_glyph = 0;
  std::uint64_t records = 0;  // line ends (LF, CRLF)
  std::uint32_t field = 0;    // of what follows: in and out
};

// `field` is the number of the field in which `bytes` begins.
using BlockFunction = BlockRun (*)(const BlockInput& input, std::span<const std::uint8_t> bytes,
                                   std::uint32_t field) noexcept;

// Null for the portable kernel.
BlockFunction utf8_blocks(Kernel kernel) noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_PLAIN_BLOCKS_H_
