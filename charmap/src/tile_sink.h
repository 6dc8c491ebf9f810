// Lets the converter write what the fast paths read while it is in the cache. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_TILE_SINK_H_
#define HYOJUN_CHARMAP_SRC_TILE_SINK_H_

#include "hyojun/charmap/scanner.h"
#include "tile.h"

namespace hyojun::charmap {

class TileSink {
 public:
  // TileInput::texts of the tiles.
  virtual const CodeTexts* texts() const noexcept = 0;
  // A tile of the bytes of the call of scan() from `begin` on. `events` are all of this call so far, the tile's last.
  virtual void take(Tile& tile, std::size_t begin, std::span<const Event> events) noexcept = 0;

  // Around each table_run(), which begins at `begin`, with `events` before it. Gives the place for its UTF-8; null
  // where none is to be written, and end_run() is not called. `end`: where it ended; `shift`: ScanState::shift there.
  virtual std::uint8_t* begin_run(std::size_t begin, std::span<const Event> events) noexcept = 0;
  virtual void end_run(std::size_t end, std::size_t written, std::uint8_t shift) noexcept = 0;

 protected:
  ~TileSink() = default;
};

// As scan() of scanner.h. What the general path reads is in no tile.
ScanResult scan(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, End end, ScanCounts& counts,
                std::span<Event> events, TileSink* sink) noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_TILE_SINK_H_
