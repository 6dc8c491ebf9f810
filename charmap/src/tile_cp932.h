// Which bytes of a block of CP932 begin characters. Internal to charmap; included as tile_fill.h is.

class Cp932State {
 public:
  // A byte that can lead (81–9F, E0–FC) does so unless it is a trail byte itself: the parity of a run of such bytes,
  // found for 64 bytes by one subtraction, as simdjson finds escaped characters in runs of backslashes (Langdale and
  // Lemire, "Parsing Gigabytes of JSON per Second", 2019). Whether a trail byte may be one is not asked here.
  HYOJUN_TARGET void take(std::uint64_t can_lead, std::uint64_t& lead, std::uint64_t& trail) noexcept {
    constexpr std::uint64_t kOddBits = 0xAAAAAAAAAAAAAAAA;
    const std::uint64_t may_lead = can_lead & ~first_is_trail_;
    const std::uint64_t ends = ((may_lead << 1 | kOddBits) - may_lead) ^ kOddBits;
    trail = ends ^ (can_lead | first_is_trail_);
    lead = ends & can_lead;
    first_is_trail_ = lead >> 63;
  }
  HYOJUN_TARGET bool pending() const noexcept { return first_is_trail_ != 0; }

 private:
  std::uint64_t first_is_trail_ = 0;  // bit 0: the block's first byte is
};
