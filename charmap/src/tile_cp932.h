// Which bytes of a block of CP932 begin characters. Internal to charmap; included as tile_fill.h is.

// Masks of one block, from the values of its bytes alone.
struct Cp932Bytes {
  std::uint64_t high;       // 80–FF
  std::uint64_t can_lead;   // 81–9F, E0–FC
  std::uint64_t kana;       // A1–DF
  std::uint64_t not_trail;  // below 40, 7F, above FC
};

class Cp932State {
 public:
  // A byte that can lead does so unless it is a trail byte itself: the parity of a run of such bytes, found for 64
  // bytes by one subtraction, as simdjson finds escaped characters in runs of backslashes (Langdale and Lemire,
  // "Parsing Gigabytes of JSON per Second", 2019). False: not well-formed.
  HYOJUN_TARGET bool take(const Cp932Bytes& bytes, std::uint64_t& lead, std::uint64_t& trail) noexcept {
    constexpr std::uint64_t kOddBits = 0xAAAAAAAAAAAAAAAA;
    const std::uint64_t may_lead = bytes.can_lead & ~first_is_trail_;
    const std::uint64_t ends = ((may_lead << 1 | kOddBits) - may_lead) ^ kOddBits;
    trail = ends ^ (bytes.can_lead | first_is_trail_);
    lead = ends & bytes.can_lead;
    const std::uint64_t bad = (trail & bytes.not_trail) | (bytes.high & ~bytes.kana & ~lead & ~trail);
    first_is_trail_ = lead >> 63;
    return bad == 0;
  }
  HYOJUN_TARGET bool pending() const noexcept { return first_is_trail_ != 0; }

 private:
  std::uint64_t first_is_trail_ = 0;  // bit 0: the block's first byte is
};
