// Cutting a dump into records.
#include <fmt/format.h>

#include <algorithm>

#include "hyojun/charmap/layout.h"

namespace hyojun::charmap {

namespace {

using base::ErrorCode;
using base::Text;

constexpr std::size_t kDescriptor = 4;  // bytes of a record or block descriptor word

tl::unexpected<base::Error> rejected(std::uint64_t byte, Text what) {
  return base::fail(ErrorCode::input_rejected, std::move(what), {.byte = byte},
                    {"レイアウト (--layout) がこのファイルのものか確かめてください",
                     "make sure that the layout (--layout) is that of this file"});
}

std::uint64_t big_endian(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8U | byte;
  return value;
}

Text partial(std::size_t have, std::uint64_t want) {
  return {fmt::format("最後のレコードが途中で終わっています（{} バイトのうち {} バイト）", want, have),
          fmt::format("the last record is cut off ({} of {} bytes)", have, want)};
}

}  // namespace

const RecordType* Layout::type_of(std::span<const std::uint8_t> record) const noexcept {
  if (!selector_) return &types_.front();
  if (record.size() < selector_->offset + std::size_t{selector_->length}) return nullptr;
  const auto value = record.subspan(selector_->offset, selector_->length);
  const auto type =
      std::ranges::find_if(types_, [&](const RecordType& t) { return std::ranges::equal(t.selector, value); });
  return type == types_.end() ? nullptr : &*type;
}

base::Result<std::optional<Layout::Cut>> Layout::cut(std::span<const std::uint8_t> bytes, bool last,
                                                     std::uint64_t& block_left) const {
  // `want` bytes from the front are needed: absent if they may still come.
  const auto missing = [&](std::uint64_t want) -> base::Result<std::optional<Cut>> {
    if (!last) return std::optional<Cut>();
    return rejected(0, partial(bytes.size(), want));
  };
  std::size_t begin = 0;
  if (records_ == Records::bdw && block_left == 0) {
    if (bytes.size() < kDescriptor) return missing(kDescriptor);
    block_left = big_endian(bytes.first(2));
    if (block_left <= kDescriptor || bytes[2] != 0 || bytes[3] != 0) {
      return rejected(0, {"ブロック記述語 (BDW) が正しくありません", "this is no block descriptor word (BDW)"});
    }
    block_left -= kDescriptor;
    begin = kDescriptor;
  }
  std::uint64_t length = 0;  // from `begin`, descriptors included
  std::size_t head = 0;
  if (records_ == Records::rdw || records_ == Records::bdw) {
    head = kDescriptor;
    if (bytes.size() < begin + head) {
      if (begin != 0) block_left = 0;  // the block descriptor is read again
      return missing(begin + head);
    }
    length = big_endian(bytes.subspan(begin, 2));
    if (length < head || bytes[begin + 2] != 0 || bytes[begin + 3] != 0 ||
        (records_ == Records::bdw && length > block_left)) {
      return rejected(begin, {"レコード記述語 (RDW) が正しくありません", "this is no record descriptor word (RDW)"});
    }
  } else if (records_ == Records::length_field) {
    const std::size_t end = length_field_.offset + std::size_t{length_field_.length};
    if (bytes.size() < end) return missing(end);
    length = big_endian(bytes.subspan(length_field_.offset, length_field_.length)) + (counts_rest_ ? end : 0);
    if (length < end)
      return rejected(length_field_.offset, {"レコード長が短すぎます", "the record's length is too small"});
  } else {
    const std::size_t known = record_length_ != 0 ? record_length_
                              : selector_         ? selector_->offset + selector_->length
                                                  : types_.front().length;
    if (bytes.size() < known) return missing(known);
    const RecordType* const type = type_of(bytes);
    length = record_length_ != 0 || type == nullptr ? known : type->length;
  }
  if (length > kLongestRecord) {
    return rejected(begin, {"レコードが 512 KiB を超えます", "the record is longer than 512 KiB"});
  }
  if (bytes.size() < begin + length) {
    if (begin != 0) block_left = 0;
    return missing(begin + length);
  }
  const std::size_t fields = static_cast<std::size_t>(length) - head;
  const RecordType* const type = type_of(bytes.subspan(begin + head, fields));
  if (type == nullptr) {
    const std::size_t place = selector_ ? selector_->offset : std::size_t{0};
    if (selector_ && place + selector_->length > fields) {
      return rejected(begin, {"レコードが種別の欄より前で終わっています", "the record ends before its type"});
    }
    return rejected(begin + head + place,
                    {"レイアウトにない種別のレコードです", "the layout has no record type for this one"});
  }
  if (records_ == Records::bdw) block_left -= length;
  return std::optional(Cut{begin + head, fields, begin + static_cast<std::size_t>(length), type});
}

}  // namespace hyojun::charmap
