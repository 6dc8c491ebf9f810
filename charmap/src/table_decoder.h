// The decoder of every encoding that is read by table. Internal to charmap. Plain characters: table_run.h.
//
// Beside code points it gives two kinds of codes beyond U+10FFFF: kPairBase + index, a code that is two code points,
// and kShiftBase + set, a shift code, which is no character. The set is the decoder's state.
#ifndef HYOJUN_CHARMAP_SRC_TABLE_DECODER_H_
#define HYOJUN_CHARMAP_SRC_TABLE_DECODER_H_

#include <array>

#include "codes.h"
#include "decode.h"

namespace hyojun::charmap {

inline constexpr char32_t kPairBase = 0x110000;
inline constexpr char32_t kShiftBase = 0x8000000;

template <std::size_t kUnitBytes>
class TableDecoder {
 public:
  static constexpr std::size_t kUnit = kUnitBytes;
  explicit TableDecoder(const Codes& codes, std::uint8_t set = 0) noexcept : codes_(&codes), set_(set) {}

  const Codes& codes() const noexcept { return *codes_; }
  std::uint8_t set() const noexcept { return set_; }
  void set_to(std::uint8_t set) noexcept { set_ = set < codes_->sets.size() ? set : std::uint8_t{0}; }
  void end_line() noexcept { set_ = codes_->sets[set_].after_line_end; }

  static bool is_shift(const Decoded& d) noexcept { return d.code_point >= kShiftBase; }
  void shift(const Decoded& d) noexcept { set_ = static_cast<std::uint8_t>(d.code_point - kShiftBase); }
  static bool is_pair(char32_t code_point) noexcept { return code_point >= kPairBase && code_point < kShiftBase; }
  const std::array<char32_t, 2>& pair(char32_t code_point) const noexcept {
    return codes_->pairs[code_point - kPairBase];
  }

  Decoded decode(const std::uint8_t* b, std::size_t size, bool last) const noexcept {
    const Codes::Set& set = codes_->sets[set_];
    Codes::Entry e = set.first[b[0]];
    if ((e & Codes::kKind) == Codes::kShift) {
      const Decoded d = shift_at(b, size, last);
      if (!d.malformed) return d;
      e = set.otherwise[b[0]];
    }
    if (e != Codes::kLead) return one(e, 1);
    const std::size_t length = set.lead_length[b[0]];
    for (std::size_t i = 1; i < length; ++i) {
      if (i == size) return cut_off(1, last);
      if (codes_->trail[b[i]] == 0) return malformed(1);
    }
    return one(codes_->planes[set.plane[b[0]]].entries[b[length - 2] << 8 | b[length - 1]], length);
  }

  // True where the next code must be looked at: it may be the second of a sequence.
  static bool may_be_second(const std::uint8_t*) noexcept { return true; }

 private:
  static constexpr Decoded kNoShift{0, 0, true};  // the bytes begin no shift code

  Decoded shift_at(const std::uint8_t* b, std::size_t size, bool last) const noexcept {
    for (const Codes::Shift& s : codes_->shifts) {
      std::size_t same = 0;
      while (same < s.length && same < size && b[same] == s.bytes[same]) ++same;
      if (same == s.length) return {kShiftBase + s.to, s.length, false};
      if (same == size && !last) return kIncomplete;
    }
    return kNoShift;
  }

  static Decoded one(Codes::Entry e, std::size_t length) noexcept {
    if (e == Codes::kNone) return malformed(length);
    const char32_t cp = (e & Codes::kKind) == Codes::kPair ? kPairBase + (e & ~Codes::kKind) : e;
    return {cp, static_cast<std::uint8_t>(length), false};
  }

  const Codes* codes_;
  std::uint8_t set_;
};

template <typename Decoder>
inline constexpr bool kIsTableDecoder = false;
template <std::size_t kUnit>
inline constexpr bool kIsTableDecoder<TableDecoder<kUnit>> = true;

// The shift state of a decoder, for code that is written for all of them: those without have none and give no pair.
template <typename Decoder>
void set_of(Decoder& decoder, std::uint8_t shift) noexcept {
  if constexpr (kIsTableDecoder<Decoder>) decoder.set_to(shift);
}
// A shift code is no character: it only chooses the set. True if this was one, and `at` is behind it.
template <typename Decoder>
bool take_shift(Decoder& decoder, const Decoded& d, std::uint8_t& shift, std::size_t& at) noexcept {
  if constexpr (kIsTableDecoder<Decoder>) {
    if (!Decoder::is_shift(d)) return false;
    decoder.shift(d);
    shift = decoder.set();
    at += d.length;
    return true;
  }
  return false;
}
template <typename Decoder>
void end_line(Decoder& decoder, std::uint8_t& shift) noexcept {
  if constexpr (kIsTableDecoder<Decoder>) {
    decoder.end_line();
    shift = decoder.set();
  }
}
template <typename Decoder>
std::array<char32_t, 2> pair_of(const Decoder& decoder, char32_t code_point) noexcept {
  if constexpr (kIsTableDecoder<Decoder>) return decoder.pair(code_point);
  return {code_point, 0};
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_TABLE_DECODER_H_
