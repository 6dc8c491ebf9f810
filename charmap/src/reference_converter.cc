#include "hyojun/charmap/reference_converter.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <vector>

namespace hyojun::charmap {

namespace {

constexpr std::size_t kBlock = 64U << 10U;  // bytes

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

}  // namespace

// Microsoft's mapping where we read Microsoft's encoding.
const char* ReferenceConverter::icu_name(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::utf16le:
      return "UTF-16LE";
    case Encoding::utf16be:
      return "UTF-16BE";
    case Encoding::cp932:
      return "windows-932";
    case Encoding::euc_jp_ms:  // ICU has no EUC-JP-MS: its general EUC-JP
      return "euc-jp-2007";
    case Encoding::ibm33722:
      return "ibm-33722";
    case Encoding::ibm954:
      return "ibm-954_P101-2007";
    case Encoding::iso_2022_jp:
      return "ISO-2022-JP";
    case Encoding::ibm930:
      return "ibm-930_P120-1999";
    case Encoding::ibm939:
      return "ibm-939_P120-1999";
    case Encoding::ibm1390:
      return "ibm-1390_P110-2003";
    case Encoding::ibm1399:
      return "ibm-1399_P110-2003";
    default:
      return nullptr;
  }
}

struct ReferenceConverter::State {
  std::unique_ptr<UConverter, Close> converter;
  std::vector<UChar> target = std::vector<UChar>(2 * kBlock);  // no byte becomes more than one unit
};

ReferenceConverter::ReferenceConverter(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
ReferenceConverter::ReferenceConverter(ReferenceConverter&& other) noexcept = default;
ReferenceConverter& ReferenceConverter::operator=(ReferenceConverter&& other) noexcept = default;
ReferenceConverter::~ReferenceConverter() = default;

base::Result<ReferenceConverter> ReferenceConverter::open(Encoding encoding) {
  auto state = std::make_unique<State>();
  const std::string name(encoding_name(encoding));
  if (icu_name(encoding) == nullptr) {
    return base::fail(base::ErrorCode::usage,
                      {"ICU に " + name + " の変換器はありません", "ICU has no converter for " + name}, {},
                      {"ICU と比べられるのは ICU が読む文字コードだけです",
                       "only encodings that ICU reads can be measured beside it"});
  }
  UErrorCode error = U_ZERO_ERROR;
  state->converter.reset(ucnv_open(icu_name(encoding), &error));
  if (U_SUCCESS(error)) return ReferenceConverter(std::move(state));
  return base::fail(base::ErrorCode::environment,
                    {"ICU に " + name + " の変換表がありません", "ICU's data have no converter for " + name}, {},
                    {"ICU のデータを入れなおしてください", "install ICU's data again"});
}

std::uint64_t ReferenceConverter::convert(std::span<const std::uint8_t> bytes) {
  ucnv_resetToUnicode(state_->converter.get());
  std::uint64_t units = 0;
  const auto* source = reinterpret_cast<const char*>(bytes.data());
  const char* const end = source + bytes.size();
  UChar* const begin = state_->target.data();
  while (source != end) {
    const char* const stop = source + std::min(kBlock, static_cast<std::size_t>(end - source));
    UErrorCode error = U_ZERO_ERROR;
    do {
      UChar* target = begin;
      error = U_ZERO_ERROR;
      ucnv_toUnicode(state_->converter.get(), &target, begin + state_->target.size(), &source, stop, nullptr,
                     static_cast<UBool>(stop == end), &error);
      units += static_cast<std::uint64_t>(target - begin);
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(error)) source = stop;  // it substitutes what it cannot read; nothing else is left to fail
  }
  return units;
}

}  // namespace hyojun::charmap
