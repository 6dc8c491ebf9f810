#include "block_convert.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace hyojun::app {

using charmap::ConvertResult;

namespace {

constexpr std::size_t kFirstRoom = 64 * 1024;  // beside the size of the input

}  // namespace

std::span<std::uint8_t> OutputBuffer::room(std::size_t least) {
  if (capacity_ - size_ < least) {
    const std::size_t capacity = std::max(size_ + least, capacity_ + capacity_ / 2);
    auto data = std::make_unique_for_overwrite<std::uint8_t[]>(capacity);
    if (size_ != 0) std::memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
  }
  return {data_.get() + size_, capacity_ - size_};
}

std::size_t convert_block(const charmap::Converter& converter, charmap::ConvertState& state,
                          std::span<const std::uint8_t> bytes, charmap::End end, std::uint32_t file,
                          std::size_t most_distinct, PartConversion& part, OutputBuffer& out) {
  std::array<charmap::Replacement, 1024> made;
  out.room(bytes.size() + kFirstRoom);
  for (std::size_t at = 0;;) {
    const auto result = convert(converter, state, bytes.subspan(at), end, part.counts, made, out.room(kFirstRoom));
    out.add(result.written);
    part.tally.add_brackets(result.tagged_brackets);
    part.outside += result.outside;
    for (std::size_t i = 0; i < result.replacements; ++i) {
      charmap::Event& event = made[i].event;
      event.offset += at;
      if (is_doubt(converter.plan(), event)) {
        part.doubt = event;
        return event.offset;
      }
      part.tally.add(made[i], bytes.subspan(event.offset), {file, event.field + 1, event.record + 1, event.offset});
    }
    at += result.read;
    const bool ended =
        result.reason == ConvertResult::Reason::done || result.reason == ConvertResult::Reason::need_more;
    if (ended || part.tally.distinct_at_least() > most_distinct) return at;
  }
}

void encode_block(const charmap::Encoder& encoder, charmap::Newline newline, OutputBuffer& out, OutputBuffer& spare) {
  if (encoder.target() == charmap::TargetEncoding::utf8 && newline == charmap::Newline::keep) return;
  spare.clear();
  const auto room = spare.room(encoder.room_for(out.bytes().size()));
  spare.add(encoder.encode(out.bytes(), newline, room.data()));
  std::swap(out, spare);
}

}  // namespace hyojun::app
