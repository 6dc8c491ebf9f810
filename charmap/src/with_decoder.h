// The one place where an encoding becomes a decoder. `codes`: of the encodings that are read by table. Internal to
// charmap.
#ifndef HYOJUN_CHARMAP_SRC_WITH_DECODER_H_
#define HYOJUN_CHARMAP_SRC_WITH_DECODER_H_

#include "decode.h"
#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/plan.h"
#include "table_decoder.h"

namespace hyojun::charmap {

template <typename Use>
auto with_decoder(Encoding encoding, const char16_t* cp932, const CodeTable* codes, Use use) {
  switch (encoding) {
    case Encoding::utf16le:
      return use(Utf16Decoder<false>{});
    case Encoding::utf16be:
      return use(Utf16Decoder<true>{});
    case Encoding::cp932:
      return use(Cp932Decoder{cp932});
    case Encoding::utf8:
      return use(Utf8Decoder{});
    default:
      return unit_of(encoding) == 2 ? use(TableDecoder<2>(codes->codes())) : use(TableDecoder<1>(codes->codes()));
  }
}

template <typename Use>
auto with_decoder(const Plan& plan, Use use) {
  return with_decoder(plan.options().encoding, plan.cp932(), plan.options().codes.get(), use);
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_WITH_DECODER_H_
