#include "hyojun/charmap/encoder.h"

#include <unicode/ucnv.h>

#include <vector>

#include "decode.h"
#include "splice.h"

namespace hyojun::charmap {

namespace {

constexpr std::size_t kCodes = 0x10000;
constexpr std::array<std::uint8_t, 3> kBomUtf8 = {0xEF, 0xBB, 0xBF};
constexpr std::array<std::uint8_t, 2> kBomLe = {0xFF, 0xFE};
constexpr std::array<std::uint8_t, 2> kBomBe = {0xFE, 0xFF};

// Microsoft's order of preference among the codes of one character; the smallest is written.
unsigned preference(unsigned code) {
  const unsigned lead = code >> 8;
  if (lead == 0x87) return 1;                  // NEC row 13
  if (lead == 0xED || lead == 0xEE) return 3;  // NEC selection of IBM extensions
  return lead >= 0xFA ? 2 : 0;
}

// Row and cell of the 94 × 94 grid, from 0, as two bytes of EUC.
unsigned euc_of(unsigned lead, unsigned trail) {
  const unsigned pair = lead < 0xA0 ? lead - 0x81 : lead - 0xE0 + 31;
  const unsigned at = trail - 0x40 - (trail > 0x7F ? 1 : 0);
  return (0xA1 + 2 * pair + at / 94) << 8 | (0xA1 + at % 94);
}

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// JIS X 0212 at 8FA2A1–8FF2FE of IBM's EUC.
base::Result<void> read_x0212(char16_t* set3) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, Close> icu(ucnv_open("ibm-954_P101-2007", &error));
  if (U_FAILURE(error)) {
    return base::fail(base::ErrorCode::environment,
                      {"ICU に ibm-954 の変換表がありません", "ICU's data have no converter for ibm-954"}, {},
                      {"ICU のデータを入れなおしてください", "install ICU's data again"});
  }
  for (unsigned code = 0xA2A1; code < 0xF3A1; ++code) {
    if ((code & 0xFF) < 0xA1 || (code & 0xFF) > 0xFE) continue;
    const char bytes[3] = {'\x8F', static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    UChar units[4] = {};
    error = U_ZERO_ERROR;
    const auto n = ucnv_toUChars(icu.get(), units, 4, bytes, 3, &error);
    if (U_SUCCESS(error) && n == 1 && units[0] != 0xFFFD && units[0] != 0x1A) set3[code] = units[0];
  }
  set3[0xA2C3] = 0xFFE4;  // Microsoft's mapping of the broken bar, as in CP932
  return {};
}

}  // namespace

base::Result<Encoder> Encoder::make(TargetEncoding target, const StandardTable& table) {
  Encoder encoder(target, table.cp932());
  if (target == TargetEncoding::cp932) encoder.fill_cp932();
  if (target == TargetEncoding::euc_jp_ms) {
    if (auto ok = encoder.fill_euc(); !ok) return tl::unexpected(ok.error());
  }
  encoder.order_bytes();
  return encoder;
}

// From code numbers to bytes in the order in which they are written.
void Encoder::order_bytes() {
  if (holds_all()) return;
  for (std::uint32_t b = 0; b < 0x80; ++b) codes_[b] = b | 1U << 24U;
  for (std::size_t cp = 0x80; cp < kCodes; ++cp) {
    const std::uint32_t code = codes_[cp];
    if (code == 0) continue;
    const std::uint32_t length = code > 0xFFFF ? 3 : code > 0xFF ? 2 : 1;
    std::uint32_t bytes = length << 24U;
    for (std::uint32_t i = 0; i < length; ++i) bytes |= (code >> 8U * (length - 1 - i) & 0xFFU) << 8U * i;
    codes_[cp] = bytes;
  }
}

void Encoder::fill_cp932() {
  codes_ = std::shared_ptr<std::uint32_t[]>(new std::uint32_t[kCodes]());
  for (unsigned code = 0x8140; code < kCodes; ++code) {
    const char16_t cp = cp932_[code];
    if (cp == 0) continue;
    std::uint32_t& best = codes_[cp];
    if (best == 0 || preference(code) < preference(best)) best = code;
  }
  for (unsigned b = 0xA1; b <= 0xDF; ++b) codes_[0xFF61 + b - 0xA1] = b;
}

base::Result<void> Encoder::fill_euc() {
  for (auto& set : euc_) set = std::shared_ptr<char16_t[]>(new char16_t[kCodes]());
  std::vector<bool> named(kCodes);  // held by JIS X 0208 or JIS X 0212
  for (unsigned code = 0x8140; code < 0xF040; ++code) {
    const unsigned lead = code >> 8;
    if (cp932_[code] == 0 || lead == 0xED || lead == 0xEE) continue;
    euc_[0][euc_of(lead, code & 0xFF)] = cp932_[code];
    if (lead != 0x87) named[cp932_[code]] = true;
  }
  if (auto ok = read_x0212(euc_[1].get()); !ok) return ok;
  for (unsigned code = 0xA2A1; code < 0xF3A1; ++code) named[euc_[1][code]] = true;
  named[0x2116] = false;  // № stands among the IBM extensions, too
  unsigned next = 0xF3F3;
  for (unsigned code = 0xFA40; code <= 0xFC4B; ++code) {
    const char16_t cp = cp932_[code];
    if (cp == 0 || named[cp]) continue;
    euc_[1][next] = cp;
    next = (next & 0xFF) == 0xFE ? (next & 0xFF00) + 0x1A1 : next + 1;
  }
  for (unsigned i = 0; i < 940; ++i) {
    const unsigned code = (0xF5 + i / 94) << 8 | (0xA1 + i % 94);
    euc_[0][code] = static_cast<char16_t>(0xE000 + i);
    euc_[1][code] = static_cast<char16_t>(0xE3AC + i);
  }
  codes_ = std::shared_ptr<std::uint32_t[]>(new std::uint32_t[kCodes]());
  for (unsigned set : {1U, 0U}) {
    // Backwards, so that the first code of a set and the first set stay.
    for (unsigned code = kCodes; code-- > 0;) {
      if (euc_[set][code] != 0) codes_[euc_[set][code]] = set == 1 ? 0x8F0000 | code : code;
    }
  }
  for (unsigned b = 0xA1; b <= 0xDF; ++b) codes_[0xFF61 + b - 0xA1] = 0x8E00 | b;
  return {};
}

std::span<const std::uint8_t> Encoder::bom() const noexcept {
  switch (target_) {
    case TargetEncoding::utf8:
      return kBomUtf8;
    case TargetEncoding::utf16le:
      return kBomLe;
    case TargetEncoding::utf16be:
      return kBomBe;
    default:
      return {};
  }
}

std::size_t Encoder::put(char32_t cp, std::uint8_t* out) const noexcept {
  if (target_ == TargetEncoding::utf8) return put_utf8(cp, out);
  const auto byte = [](char32_t value) { return static_cast<std::uint8_t>(value & 0xFF); };
  if (!holds_all()) {
    const std::uint32_t code = codes_[cp & 0xFFFF];
    const std::size_t length = code >> 24;
    for (std::size_t i = 0; i < length; ++i) out[i] = byte(code >> 8 * i);
    return length;
  }
  const bool big = target_ == TargetEncoding::utf16be;
  const auto unit = [&](char32_t value, std::uint8_t* to) {
    to[0] = byte(big ? value >> 8 : value);
    to[1] = byte(big ? value : value >> 8);
  };
  if (cp < 0x10000) {
    unit(cp, out);
    return 2;
  }
  unit(0xD7C0 + (cp >> 10), out);
  unit(0xDC00 + (cp & 0x3FF), out + 2);
  return 4;
}

std::optional<Encoder::Read> Encoder::read_euc(std::span<const std::uint8_t> b) const noexcept {
  const auto point = [](char16_t cp, std::uint8_t length) {
    return cp == 0 ? std::nullopt : std::optional(Read{cp, length});
  };
  if (b[0] < 0x80) return Read{b[0], 1};
  if (b[0] == 0x8E && b.size() > 1 && b[1] >= 0xA1 && b[1] <= 0xDF) return Read{0xFF61U + b[1] - 0xA1U, 2};
  if (b[0] == 0x8F) return b.size() < 3 ? std::nullopt : point(euc_[1][b[1] << 8 | b[2]], 3);
  return b.size() < 2 ? std::nullopt : point(euc_[0][b[0] << 8 | b[1]], 2);
}

std::optional<Encoder::Read> Encoder::read(std::span<const std::uint8_t> bytes) const noexcept {
  if (target_ == TargetEncoding::euc_jp_ms) return read_euc(bytes);
  const auto with = [&](const auto& decoder) -> std::optional<Read> {
    const Decoded d = decoder.decode(bytes.data(), bytes.size(), true);
    if (d.malformed) return std::nullopt;
    return Read{d.code_point, d.length};
  };
  switch (target_) {
    case TargetEncoding::utf16le:
      return with(Utf16Decoder<false>{});
    case TargetEncoding::utf16be:
      return with(Utf16Decoder<true>{});
    case TargetEncoding::cp932:
      return with(Cp932Decoder{cp932_});
    default:
      return with(Utf8Decoder{});
  }
}

}  // namespace hyojun::charmap
