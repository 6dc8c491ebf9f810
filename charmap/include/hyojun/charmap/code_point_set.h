// A set of code points: one bit each, 136 KiB, so that asking costs one load in any plane.
//
// Thread-safety: immutable once it is shared.
#ifndef HYOJUN_CHARMAP_CODE_POINT_SET_H_
#define HYOJUN_CHARMAP_CODE_POINT_SET_H_

#include <cstdint>
#include <vector>

namespace hyojun::charmap {

class CodePointSet {
 public:
  CodePointSet() : bits_(kCodePoints / 64) {}
  // Above U+10FFFF: never in the set.
  void add(char32_t code_point) {
    if (code_point < kCodePoints) bits_[code_point / 64] |= bit(code_point);
  }
  // Everything from `first`, a multiple of 64.
  void add_from(char32_t first) {
    for (std::size_t i = first / 64; i < bits_.size(); ++i) bits_[i] = ~std::uint64_t{0};
  }
  bool contains(char32_t code_point) const noexcept {
    return code_point < kCodePoints && (bits_[code_point / 64] & bit(code_point)) != 0;
  }

 private:
  static constexpr std::size_t kCodePoints = 0x110000;
  static std::uint64_t bit(char32_t code_point) { return std::uint64_t{1} << (code_point % 64); }
  std::vector<std::uint64_t> bits_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_CODE_POINT_SET_H_
