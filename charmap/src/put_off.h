// Tiles whose special characters are read together. Internal to charmap.
//
// A tile holds one or two special characters, and a kernel reads eight at once; one or two in eight lanes would cost as
// much, and every loop over so few is guessed wrong. So the tiles are counted, and their special characters read when
// there are enough. Should one of these turn out to be malformed, or more than the kernel knows, all that the tiles
// changed is taken back.
#ifndef HYOJUN_CHARMAP_SRC_PUT_OFF_H_
#define HYOJUN_CHARMAP_SRC_PUT_OFF_H_

#include <algorithm>
#include <array>
#include <span>

#include "hyojun/charmap/scanner.h"
#include "tile.h"

namespace hyojun::charmap {

// What tiles change before their special characters are read: where the scan stands, and what it has counted.
struct ScanPoint {
  std::size_t at;
  ScanState state;
  std::array<std::uint64_t, kOutcomeCount> outcomes;
  std::uint64_t records;
  std::size_t shapes;  // that wait to be counted
};

class PutOff {
 public:
  bool is_empty() const noexcept { return places_.next_unit == 0; }
  // Enough to fill the lanes most of the time, or as many tiles as may be read in vain.
  bool is_full() const noexcept { return places_.count >= kMany || places_.next_unit >= most_units_; }
  std::size_t count() const noexcept { return places_.count; }
  SpecialPlaces& places() noexcept { return places_; }

  // Before the first tile.
  void begin(const ScanPoint& point) noexcept { begin_ = point; }
  const ScanPoint& point() const noexcept { return begin_; }

  // A tile whose special characters stand in places() behind count(), and which follows those before.
  void add(const Tile& tile) noexcept {
    const unsigned field = tile.end.record == 0 ? places_.next_field : 0U;
    places_.count += tile.special_count;
    places_.next_unit = static_cast<std::uint16_t>(places_.next_unit + tile.length);
    places_.next_record = static_cast<std::uint16_t>(places_.next_record + tile.end.record);
    places_.next_field = static_cast<std::uint16_t>(field + tile.end.field);
    behind_ = tile.end.behind;
  }
  // What stands behind the last tile, counted as of the first.
  TileCharacter end() const noexcept { return {places_.next_unit, places_.next_record, places_.next_field, behind_}; }

  // `bytes`: of the first tile.
  bool read(ReadPutOffFunction function, const std::uint8_t* bytes) noexcept {
    return function(places_, bytes, read_.data());
  }
  std::span<const ReadCharacter> characters() const noexcept { return std::span(read_).first(places_.count); }

  // For the next tiles. Twice as many, as these could be read: text of which the kernel does not know everything shows
  // that early.
  void clear() noexcept {
    places_.count = places_.next_unit = places_.next_record = places_.next_field = 0;
    most_units_ = std::min(most_units_ * 2, kMostUnits);
  }

 private:
  static constexpr std::size_t kMany = 32;
  static constexpr std::size_t kMostUnits = 0xFFFF - 2 * kTileBytes;  // 16 bits count one tile more, and beyond
  static_assert(kMany + kMostPutOff + kBlockUnits < kMostRead);

  SpecialPlaces places_;
  std::size_t most_units_ = 2 * kTileBytes;
  ScanPoint begin_;
  TileCharacter::Behind behind_;
  alignas(32) std::array<ReadCharacter, kMostRead + 8> read_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_PUT_OFF_H_
