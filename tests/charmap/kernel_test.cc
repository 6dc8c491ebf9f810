// Every kernel this machine can run gives what the portable one gives, which the other tests hold against the oracle.
#include "hyojun/charmap/kernel.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "structured_text.h"

namespace hyojun::charmap {
namespace {

Plan plan_for(Kernel kernel, Structure structure) {
  return Plan({.structure = structure, .kernel = kernel}, bundled_repertoire());
}

constexpr Structure kFormats[] = {{.kind = Structure::Kind::text},
                                  {.header = false},
                                  {.delimiter = U'\t', .header = false},
                                  {.delimiter = U';', .header = true}};

// Compares all kernels on one text in all formats.
class Kernels {
 public:
  Kernels() {
    for (const Structure& structure : kFormats) {
      for (const Kernel kernel : available_kernels()) plans_.push_back(plan_for(kernel, structure));
    }
  }

  void expect_equal(const Bytes& bytes, const Feed& feed = {}) const {
    const std::size_t kernels = plans_.size() / std::size(kFormats);
    for (std::size_t format = 0; format < std::size(kFormats); ++format) {
      const Scanned portable = scan_all(plans_[(format + 1) * kernels - 1], bytes, feed);
      for (std::size_t k = 0; k + 1 < kernels; ++k) {
        const Scanned fast = scan_all(plans_[format * kernels + k], bytes, feed);
        ASSERT_EQ(fast.events, portable.events) << hex(bytes);
        ASSERT_EQ(fast.counts.outcomes, portable.counts.outcomes) << hex(bytes);
        ASSERT_EQ(fast.counts.records, portable.counts.records) << hex(bytes);
        ASSERT_EQ(fast.unclosed_quote, portable.unclosed_quote) << hex(bytes);
      }
    }
  }

 private:
  std::vector<Plan> plans_;
};

Bytes utf8(const std::u32string& text) { return oracle::encode(oracle::Encoding::utf8, text); }

// Plain text of `length` bytes that ends in whole characters: ASCII fills what the pattern leaves.
Bytes plain(std::size_t length, std::size_t pattern) {
  static const std::u32string kPatterns[] = {U"a", U"山田辻亜", U"a山,b", U"アイ,ウ\n", U"1,山\r\n"};
  const Bytes part = utf8(kPatterns[pattern]);
  Bytes bytes;
  while (bytes.size() + part.size() <= length) bytes.insert(bytes.end(), part.begin(), part.end());
  bytes.resize(length, 'x');
  return bytes;
}

const std::vector<std::u32string>& rare() {
  static const std::vector<std::u32string> kRare = {
      U"\u3099", U"\uFE00",   U"\U000E0100", U"\u0300", U"\u02E5", U"𠮷",     U"\uE000", U"张",
      U"辻",     U"か\u3099", U"\"",         U"\"\"",   U"\r",     U"\r\n",   U"\n",     U",",
      U"\t",     U"\x1B",     U"\uFEFF",     U"\uFFFF", U"é",      U"\u0A0A", U"\uD7A3", U"\U0010FFFF"};
  return kRare;
}

TEST(Kernels, AgreeOnEveryRareCharacterAtEveryOffset) {
  const Kernels kernels;
  for (std::size_t pattern = 0; pattern < 5; ++pattern) {
    for (const std::u32string& character : rare()) {
      for (std::size_t offset = 0; offset < HYOJUN_TEST_VOLUME(132U, 70U); ++offset) {
        Bytes bytes = plain(offset, pattern);
        for (const Bytes& part : {utf8(character), plain(150, pattern)})
          bytes.insert(bytes.end(), part.begin(), part.end());
        kernels.expect_equal(bytes);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(Kernels, AgreeOnEveryCodePointBetweenPlainOnes) {
  const Kernels kernels;
  // Four-byte characters all stop a block by their lead: some of each plane are enough.
  for (char32_t begin = 0; begin < 0x110000; begin += begin < 0x10000 ? 64 : 4096) {
    if (begin >= 0xD800 && begin < 0xE000) continue;
    Bytes bytes;
    for (char32_t cp = begin; cp < begin + 64; ++cp) {
      for (const Bytes& part : {utf8({cp}), plain(24, 1)}) bytes.insert(bytes.end(), part.begin(), part.end());
    }
    kernels.expect_equal(bytes);
    if (HasFatalFailure()) return;
  }
}

TEST(Kernels, AgreeOnMalformedBytesAtEveryOffset) {
  const Kernels kernels;
  for (const Bytes& bad :
       {Bytes{0x80}, Bytes{0xE3}, Bytes{0xE3, 0x81}, Bytes{0xED, 0xA0, 0x80}, Bytes{0xF5}, Bytes{0xC0, 0x80}}) {
    for (std::size_t offset = 0; offset < 132; ++offset) {
      Bytes bytes = plain(offset, 2);
      bytes.insert(bytes.end(), bad.begin(), bad.end());
      const Bytes rest = plain(130, 1);
      bytes.insert(bytes.end(), rest.begin(), rest.end());
      kernels.expect_equal(bytes);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Kernels, AgreeOnRandomTextCutAnywhere) {
  const Kernels kernels;
  StructuredText random(77);
  for (int i = 0; i < HYOJUN_TEST_VOLUME(8'000, 800); ++i) {
    const Bytes bytes = random.make(Encoding::utf8, 1 + random.below(30), 90);
    kernels.expect_equal(bytes, {{random.below(bytes.size() + 1)}, kEventRoom + random.below(20)});
    if (HasFatalFailure()) return;
  }
}

// The bytes end where the memory ends: a kernel that reads behind them does not survive.
TEST(Kernels, ReadNothingBehindTheEnd) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  void* const memory = mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  auto* const guard = static_cast<std::uint8_t*>(memory) + page;
  ASSERT_EQ(mprotect(guard, page, PROT_NONE), 0);
  std::vector<Event> events(64);
  for (const Kernel kernel : available_kernels()) {
    const Plan plan = plan_for(kernel, {.header = false});
    for (std::size_t length = 0; length <= 200; ++length) {
      for (std::size_t pattern = 0; pattern < 5; ++pattern) {
        const Bytes bytes = plain(length, pattern);
        std::copy(bytes.begin(), bytes.end(), guard - length);
        ScanState state = start_of_file(plan);
        ScanCounts counts;
        const auto result = scan(plan, state, {guard - length, length}, End::file, counts, events);
        EXPECT_EQ(result.read, length);
      }
    }
  }
  munmap(memory, 2 * page);
}

TEST(Kernels, PortableIsAlwaysThere) {
  EXPECT_EQ(available_kernels().back(), Kernel::portable);
  EXPECT_EQ(available_kernels().front(), best_kernel());
  EXPECT_EQ(kernel_name(Kernel::portable), "portable");
}

}  // namespace
}  // namespace hyojun::charmap
