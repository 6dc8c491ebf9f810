#include "block_convert.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace hyojun::app {

using charmap::ConvertResult;

namespace {

constexpr std::size_t kFirstRoom = 64 * 1024;  // beside the size of the input

// How many stand before the first that casts doubt on the encoding.
std::size_t before_doubt(const charmap::Plan& plan, std::span<const charmap::Replacement> replacements) {
  if (!plan.options().check_whole_input) return replacements.size();
  const auto doubt = std::ranges::find_if(replacements, [&](const auto& r) { return is_doubt(plan, r.event); });
  return static_cast<std::size_t>(doubt - replacements.begin());
}

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
    const auto replacements = std::span<const charmap::Replacement>(made).first(result.replacements);
    const std::size_t taken = before_doubt(converter.plan(), replacements);
    part.tally.add(replacements.first(taken), bytes.subspan(at), {file, 1, 1, at});
    if (taken < replacements.size()) {
      part.doubt = replacements[taken].event;
      part.doubt->offset += at;
      return part.doubt->offset;
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
