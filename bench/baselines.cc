#include "baselines.h"

#include <gnu/libc-version.h>
#include <iconv.h>
#include <unicode/ucnv.h>
#include <unicode/ucptrie.h>
#include <unicode/umutablecptrie.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "hyojun/charmap/reference_converter.h"
#include "hyojun/charmap/table.h"

namespace hyojun::bench {

namespace {

constexpr std::size_t kOutput = 256U << 10U;  // bytes; a block is 64 KiB and becomes at most 1.5 times as long

void check(UErrorCode error, const char* what) {
  if (U_FAILURE(error)) throw std::runtime_error(std::string(what) + ": " + u_errorName(error));
}

class Memcpy final : public Baseline {
 public:
  explicit Memcpy(std::size_t bytes) : target_(bytes, '\1') {}
  std::uint64_t run(const TestData& data) override {
    std::memcpy(target_.data(), data.bytes.data(), std::min(target_.size(), data.bytes.size()));
    return static_cast<std::uint64_t>(target_[target_.size() / 2]);
  }

 private:
  std::vector<char> target_;
};

class IcuConverter final : public Baseline {
 public:
  explicit IcuConverter(charmap::Encoding encoding) : converter_(charmap::ReferenceConverter::open(encoding).value()) {}
  std::uint64_t run(const TestData& data) override { return converter_.convert(data.span()); }

 private:
  charmap::ReferenceConverter converter_;
};

// Straight from one encoding to another, by way of a small buffer of UTF-16 inside.
class IcuConvert final : public Baseline {
 public:
  IcuConvert(const char* from, const char* to) : from_(open(from)), to_(open(to)) {}
  std::uint64_t run(const TestData& data) override {
    std::uint64_t bytes = 0;
    UBool reset = 1;
    for (const std::string_view block : data.blocks) {
      const bool last = &block == &data.blocks.back();
      const char* source = block.data();
      char* target = target_.data();
      UErrorCode error = U_ZERO_ERROR;
      ucnv_convertEx(to_.get(), from_.get(), &target, target_.data() + target_.size(), &source,
                     block.data() + block.size(), pivot_.data(), &pivot_source_, &pivot_target_,
                     pivot_.data() + pivot_.size(), reset, static_cast<UBool>(last), &error);
      check(error, "ucnv_convertEx");
      reset = 0;
      bytes += static_cast<std::uint64_t>(target - target_.data());
    }
    return bytes;
  }

 private:
  struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  using Handle = std::unique_ptr<UConverter, Close>;
  static Handle open(const char* name) {
    UErrorCode error = U_ZERO_ERROR;
    Handle converter(ucnv_open(name, &error));
    check(error, name);
    return converter;
  }

  Handle from_, to_;
  std::vector<UChar> pivot_ = std::vector<UChar>(2048);  // L1, beside the tables
  UChar* pivot_source_ = pivot_.data();
  UChar* pivot_target_ = pivot_.data();
  std::vector<char> target_ = std::vector<char>(kOutput);
};

// What our targets are called there.
const char* icu_target(charmap::TargetEncoding to) {
  switch (to) {
    case charmap::TargetEncoding::cp932:
      return charmap::ReferenceConverter::icu_name(charmap::Encoding::cp932);
    case charmap::TargetEncoding::euc_jp_ms:
      return charmap::ReferenceConverter::icu_name(charmap::Encoding::euc_jp_ms);
    case charmap::TargetEncoding::utf16le:
      return charmap::ReferenceConverter::icu_name(charmap::Encoding::utf16le);
    default:
      return "UTF-8";
  }
}

class IcuStrFromUtf8 final : public Baseline {
 public:
  std::uint64_t run(const TestData& data) override {
    std::uint64_t units = 0;
    for (const std::string_view block : data.blocks) {
      UErrorCode error = U_ZERO_ERROR;
      std::int32_t length = 0;
      u_strFromUTF8(target_.data(), static_cast<std::int32_t>(target_.size()), &length, block.data(),
                    static_cast<std::int32_t>(block.size()), &error);
      check(error, "u_strFromUTF8");
      units += static_cast<std::uint64_t>(length);
    }
    return units;
  }

 private:
  std::vector<UChar> target_ = std::vector<UChar>(kOutput / 2);
};

class IcuNfc final : public Baseline {
 public:
  IcuNfc() {
    UErrorCode error = U_ZERO_ERROR;
    normalizer_ = unorm2_getNFCInstance(&error);
    check(error, "unorm2_getNFCInstance");
  }

  std::uint64_t run(const TestData& data) override {
    std::uint64_t units = 0;
    for (const std::string_view block : data.blocks) {
      UErrorCode error = U_ZERO_ERROR;
      const auto* const source = reinterpret_cast<const UChar*>(block.data());  // strings are aligned, blocks even
      units += static_cast<std::uint64_t>(unorm2_normalize(normalizer_, source,
                                                           static_cast<std::int32_t>(block.size() / 2), target_.data(),
                                                           static_cast<std::int32_t>(target_.size()), &error));
      check(error, "unorm2_normalize");
    }
    return units;
  }

 private:
  const UNormalizer2* normalizer_;  // ICU's own
  std::vector<UChar> target_ = std::vector<UChar>(kOutput / 2);
};

class IcuClassHistogram final : public Baseline {
 public:
  IcuClassHistogram() {
    UErrorCode error = U_ZERO_ERROR;
    UMutableCPTrie* const builder = umutablecptrie_open(0, 0, &error);
    const auto table = charmap::StandardTable::bundled();
    for (UChar32 cp = 0; cp <= 0x10FFFF; ++cp) {
      const auto value = table->class_of(static_cast<char32_t>(cp)) & charmap::kClassMask;
      umutablecptrie_set(builder, cp, static_cast<std::uint32_t>(value), &error);
    }
    trie_.reset(umutablecptrie_buildImmutable(builder, UCPTRIE_TYPE_FAST, UCPTRIE_VALUE_BITS_16, &error));
    umutablecptrie_close(builder);
    check(error, "umutablecptrie_buildImmutable");
  }

  std::uint64_t run(const TestData& data) override {
    std::array<std::uint64_t, 16> histogram{};
    const UCPTrie* const trie = trie_.get();
    for (const std::string_view block : data.blocks) {
      const auto* at = reinterpret_cast<const std::uint8_t*>(block.data());
      const auto* const end = at + block.size();
      while (at != end) ++histogram[next_class(trie, at, end)];
    }
    return histogram[0] ^ histogram[1];
  }

 private:
// ICU's macro is C: old-style casts and sign changes are its own.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
  static std::uint32_t next_class(const UCPTrie* trie, const std::uint8_t*& at, const std::uint8_t* end) {
    std::uint32_t value = 0;
    UCPTRIE_FAST_U8_NEXT(trie, UCPTRIE_16, at, end, value);
    return value & 15U;
  }
#pragma GCC diagnostic pop

  struct Close {
    void operator()(UCPTrie* t) const { ucptrie_close(t); }
  };
  std::unique_ptr<UCPTrie, Close> trie_;
};

class Iconv final : public Baseline {
 public:
  Iconv(const char* from, const char* to) : converter_(iconv_open(to, from)), target_(kOutput) {
    if (converter_ == kFailed) throw std::runtime_error(std::string("iconv_open: no ") + from);
  }
  ~Iconv() override { iconv_close(converter_); }
  Iconv(const Iconv&) = delete;
  Iconv& operator=(const Iconv&) = delete;

  std::uint64_t run(const TestData& data) override {
    std::uint64_t bytes = 0;
    iconv(converter_, nullptr, nullptr, nullptr, nullptr);
    for (const std::string_view block : data.blocks) {
      char* source = const_cast<char*>(block.data());  // iconv's signature; it does not write there
      std::size_t left = block.size();
      char* target = target_.data();
      std::size_t room = target_.size();
      if (iconv(converter_, &source, &left, &target, &room) == static_cast<std::size_t>(-1)) {
        throw std::runtime_error("iconv: the corpus is no text for it");
      }
      bytes += target_.size() - room;
    }
    return bytes;
  }

 private:
  static inline const iconv_t kFailed = reinterpret_cast<iconv_t>(-1);
  iconv_t converter_;
  std::vector<char> target_;
};

}  // namespace

std::unique_ptr<Baseline> make_memcpy(std::size_t bytes) { return std::make_unique<Memcpy>(bytes); }
std::unique_ptr<Baseline> make_icu_converter(charmap::Encoding encoding) {
  return std::make_unique<IcuConverter>(encoding);
}
std::unique_ptr<Baseline> make_icu_to_utf8(charmap::Encoding encoding) {
  return std::make_unique<IcuConvert>(charmap::ReferenceConverter::icu_name(encoding), "UTF-8");
}
std::unique_ptr<Baseline> make_icu_from_utf8(charmap::TargetEncoding to) {
  return std::make_unique<IcuConvert>("UTF-8", icu_target(to));
}
std::unique_ptr<Baseline> make_icu_str_from_utf8() { return std::make_unique<IcuStrFromUtf8>(); }
std::unique_ptr<Baseline> make_icu_nfc() { return std::make_unique<IcuNfc>(); }
std::unique_ptr<Baseline> make_icu_class_histogram() { return std::make_unique<IcuClassHistogram>(); }
std::unique_ptr<Baseline> make_iconv(const char* from, const char* to) { return std::make_unique<Iconv>(from, to); }

std::string icu_version() {
  UVersionInfo version;
  u_getVersion(version);
  std::array<char, U_MAX_VERSION_STRING_LENGTH> text{};
  u_versionToString(version, text.data());
  return text.data();
}

std::string c_library_version() { return std::string("glibc ") + gnu_get_libc_version(); }

}  // namespace hyojun::bench
