#include <array>

#include "hyojun/charmap/converter.h"
#include "hyojun/charmap/replacement_tally.h"
#include "rows.h"

namespace hyojun::bench {

namespace {

using charmap::Encoding;

constexpr std::size_t kOutput = 256U << 10U;  // bytes; stays in L2, as the output of the other converters does

charmap::ConverterOptions options_for(Encoding encoding) {
  if (encoding != Encoding::utf8) return {.unidentified = charmap::Unidentified::keep};
  return {charmap::Form::base, charmap::ShrinkRule::strict, charmap::Unidentified::geta};
}

charmap::Converter make_converter(Encoding encoding, charmap::Kernel kernel, charmap::ConverterOptions options) {
  charmap::PlanOptions plan;
  plan.encoding = encoding;
  plan.kernel = kernel;
  return charmap::Converter::make(options, plan, bundled_repertoire()).value();
}

class Conversion {
 public:
  explicit Conversion(charmap::Converter converter) : converter_(std::move(converter)) {}

  std::uint64_t run(std::span<const std::uint8_t> bytes) {
    charmap::ConvertState state = start_of_file(converter_);
    charmap::ScanCounts counts;
    charmap::ReplacementTally tally;
    std::uint64_t written = 0;
    for (std::size_t at = 0;;) {
      const auto result =
          convert(converter_, state, bytes.subspan(at), charmap::End::file, counts, replacements_, output_);
      tally.add(std::span(replacements_).first(result.replacements), bytes.subspan(at), {0, 1, 1, at});
      at += result.read;
      written += encode(result.written);
      if (result.reason == charmap::ConvertResult::Reason::done) break;
    }
    return written + counts.characters() + tally.distinct();
  }

 private:
  // As `hyojun convert` does: each block of UTF-8 while it is in the cache.
  std::uint64_t encode(std::size_t written) {
    const charmap::Encoder& encoder = converter_.encoder();
    if (encoder.target() == charmap::TargetEncoding::utf8) return written;
    return encoder.encode(std::span(output_).first(written), charmap::Newline::keep, encoded_.data());
  }

  const charmap::Converter converter_;
  std::array<charmap::Replacement, 1024> replacements_;
  std::vector<std::uint8_t> output_ = std::vector<std::uint8_t>(kOutput);
  std::vector<std::uint8_t> encoded_ = std::vector<std::uint8_t>(converter_.encoder().room_for(kOutput));
};

void add_conversion(const std::string& what, const TestData& data, charmap::Converter converter) {
  auto conversion = std::make_shared<Conversion>(std::move(converter));
  add_row(what, data, [&data, conversion] { return conversion->run(data.span()); });
}

}  // namespace

void add_convert_rows(const TestData& data) {
  if (data.encoding == Encoding::utf16le) return;
  for (const charmap::Kernel kernel : kernels_of(data.encoding)) {
    add_conversion("convert_" + std::string(kernel_name(kernel)), data,
                   make_converter(data.encoding, kernel, options_for(data.encoding)));
  }
  if (data.encoding != Encoding::utf8 || data.corpus != CorpusKind::standard) return;
  for (const charmap::TargetEncoding to : kTargets) {
    for (const charmap::Kernel kernel : charmap::available_kernels()) {
      charmap::ConverterOptions options{.form = charmap::Form::base, .unidentified = charmap::Unidentified::geta};
      options.to = to;
      add_conversion("convert_to_" + std::string(target_key(to)) + "_" + std::string(kernel_name(kernel)), data,
                     make_converter(data.encoding, kernel, options));
    }
  }
}

}  // namespace hyojun::bench
