// Every kernel this machine can run gives what the general path gives, which the other tests hold against the oracle.
#include <sys/mman.h>
#include <unistd.h>

#include "kernels.h"
#include "structured_text.h"

namespace hyojun::charmap {
namespace {

constexpr Encoding kEncodings[] = {Encoding::utf8, Encoding::cp932, Encoding::utf16le, Encoding::utf16be};

class EveryKernel : public testing::TestWithParam<Encoding> {};
INSTANTIATE_TEST_SUITE_P(OfEncodings, EveryKernel, testing::ValuesIn(kEncodings),
                         [](const auto& test) { return "n" + std::to_string(test.index); });

TEST_P(EveryKernel, AgreesOnEveryRareCharacterAtEveryOffset) {
  const Encoding encoding = GetParam();
  const std::size_t unit = is_unicode(encoding) && encoding != Encoding::utf8 ? 2 : 1;
  const Kernels kernels(encoding);
  std::size_t number = 0;  // under the sanitizers another seventh of the offsets each time
  for (std::size_t pattern = 0; pattern < kPatterns; ++pattern) {
    const Bytes behind = plain(encoding, 150 * unit, pattern);
    for (const Bytes& character : rare(encoding)) {
      for (std::size_t offset = number++ % kNth * unit; offset < 132 * unit; offset += kNth * unit) {
        Bytes bytes = plain(encoding, offset, pattern);
        append(bytes, character);
        append(bytes, behind);
        kernels.expect_equal(bytes);
        if (HasFatalFailure()) return;
      }
    }
  }
}

// Around the end of a tile, with plain text before and behind.
TEST_P(EveryKernel, AgreesWhereTilesMeet) {
  const Encoding encoding = GetParam();
  const Kernels kernels(encoding);
  const Feed whole_tiles{.event_room = kTile + kEventRoom + kTile};  // for as many events as a tile may hold
  for (const std::size_t pattern : {std::size_t{1}, std::size_t{3}, std::size_t{5}}) {
    const Bytes behind = plain(encoding, 300, pattern);
    for (const Bytes& character : rare(encoding)) {
      for (std::size_t offset = kTile - 16; offset < kTile + 12; offset += HYOJUN_TEST_VOLUME(2, 7) * 2) {
        for (std::size_t shift = 0; shift < 2; ++shift) {
          Bytes bytes = plain(
              encoding, offset + (encoding == Encoding::utf8 || encoding == Encoding::cp932 ? shift : 0), pattern);
          append(bytes, character);
          append(bytes, behind);
          kernels.expect_equal(bytes, whole_tiles);
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

// Every sequence of four of these at the end of a block that is a tile's last, and at its beginning: leads of every
// length that are cut off, that stand in one another, and that may not be.
TEST(Kernels, AgreeOnWhatIsCutOffAtTheEndOfABlock) {
  constexpr std::array<std::uint8_t, 10> kBytes = {0x61, 0x80, 0xB0, 0xC3, 0xE0, 0xE3, 0xED, 0xF0, 0xF4, 0xF5};
  constexpr std::size_t kSequences = 10'000, kBlock = 64;
  const Kernels kernels(Encoding::utf8);
  for (const std::size_t blocks : {std::size_t{1}, std::size_t{2}}) {
    for (const std::size_t pattern : {std::size_t{0}, std::size_t{1}}) {
      for (std::size_t n = 0; n < kSequences; n += HYOJUN_TEST_VOLUME(1, 7)) {
        Bytes bytes = pattern == 0 ? Bytes() : plain(Encoding::utf8, 30, pattern);
        bytes.resize(blocks * kBlock - 3 + n % 2, 'a');
        for (std::size_t i = 0, rest = n; i < 4; ++i, rest /= kBytes.size())
          bytes.push_back(kBytes[rest % kBytes.size()]);
        bytes.resize(blocks * kBlock + 16, 'a');
        kernels.expect_equal(bytes);
        if (HasFatalFailure()) return;
      }
    }
  }
}

// Kernels fill their tiles up with it.
TEST(Kernels, AgreeWhereTheIdeographicSpaceIsWatched) {
  auto space = std::make_shared<CodePointSet>();
  space->add(U'\u3000');
  constexpr std::size_t kTimes = 2000;
  for (const Encoding encoding : kEncodings) {
    Bytes bytes;
    for (std::size_t i = 0; i < kTimes; ++i) append(bytes, encoded(encoding, U"山\u3000田ab"));
    for (const Kernel kernel : available_kernels()) {
      const Plan plan({.encoding = encoding,
                       .structure = {.kind = Structure::Kind::text},
                       .kernel = kernel,
                       .limit = Limit::watched,
                       .watched = space},
                      repertoire());
      EXPECT_EQ(scan_all(plan, bytes, {}).events.size(), kTimes) << kernel_name(kernel);
    }
  }
}

TEST_P(EveryKernel, AgreesOnEveryCharacterBetweenPlainOnes) {
  const Encoding encoding = GetParam();
  const Kernels kernels(encoding);
  const Bytes between = plain(encoding, 24, 1);
  constexpr unsigned kStep = HYOJUN_TEST_VOLUME(1, 3);
  if (encoding == Encoding::cp932) {
    for (unsigned code = 0x8000; code < 0x10000; code += 64 * kStep) {
      Bytes bytes;
      for (unsigned c = code; c < code + 64; ++c) {
        append(bytes, {static_cast<std::uint8_t>(c >> 8), static_cast<std::uint8_t>(c)});
        append(bytes, between);
      }
      kernels.expect_equal(bytes);
      if (HasFatalFailure()) return;
    }
    return;
  }
  const auto expect_equal_behind = [&](char32_t begin, char32_t end, const std::u32string& behind) {
    if (begin >= 0xD800 && begin < 0xE000) return;
    Bytes bytes;
    for (char32_t cp = begin; cp < end; ++cp) {
      append(bytes, encoded(encoding, std::u32string{cp} + behind));
      append(bytes, between);
    }
    kernels.expect_equal(bytes);
  };
  for (char32_t begin = 0; begin < 0x10000 && !HasFatalFailure(); begin += 64 * kStep) {
    expect_equal_behind(begin, begin + 64, U"");
    expect_equal_behind(begin, begin + 64, U"\U000E0100");
  }
  // UTF-8 has kernels that read these themselves; of UTF-16, some of each plane are enough.
  const char32_t step = (encoding == Encoding::utf8 ? 0x400 : 0x4000) * HYOJUN_TEST_VOLUME(1, 15);
  for (char32_t begin = 0x10000; begin < 0x110000 && !HasFatalFailure(); begin += step) {
    expect_equal_behind(begin, begin + 0x400, U"");
    expect_equal_behind(begin, begin + 0x400, U"\U000E0100");
  }
}

// Mostly special characters: few kinds in each text, so that in some all are of those that a kernel reads by itself,
// and in others now and then one is not.
TEST_P(EveryKernel, AgreesOnTextOfSpecialCharacters) {
  const std::vector<std::u32string> kParts = {U"𠮷",
                                              U"𠮷\U000E0100",
                                              U"𠮷\uFE00",
                                              U"辻\U000E0101",
                                              U"辻\U000E01EF",
                                              U"塚\uFE00",
                                              U"\uE000",
                                              U"\uE000\U000E0100",
                                              U"张",
                                              U"张\U000E0102",
                                              U"\uF900",
                                              U"\U0002FE00\U000E0100",
                                              U"\U000F0000",
                                              U"\U0010FFFF\uFE0F",
                                              U"\U000E0100",
                                              U"\uFE00",
                                              U"か\u3099",
                                              U"\U0001B002\u3099",
                                              U"é",
                                              U"ć",
                                              U"\u0300",
                                              U"\x1B",
                                              U"\uFEFF",
                                              U"\uFEFF\U000E0100"};
  const std::vector<std::u32string> kPlain = {U"山", U"カ", U"a", U",", U"\n", U"\u3000", U"12345,", U"高橋\n"};
  const Kernels kernels(GetParam());
  StructuredText random(78);
  for (int i = 0; i < HYOJUN_TEST_VOLUME(600, 60); ++i) {
    std::vector<std::u32string> parts;
    for (std::size_t n = 1 + random.below(5); n > 0; --n) parts.push_back(kParts[random.below(kParts.size())]);
    for (std::size_t n = random.below(8); n > 0; --n) parts.push_back(kPlain[random.below(kPlain.size())]);
    const std::size_t common = random.below(parts.size()) + 1;
    std::u32string text;
    while (text.size() < 4000) text += parts[random.below(random.below(40) == 0 ? parts.size() : common)];
    const Bytes bytes = encoded(GetParam(), text);
    kernels.expect_equal(bytes, {{random.below(bytes.size() + 1)}, 4096 + random.below(2000)});
    if (HasFatalFailure()) return;
  }
}

TEST(Kernels, AgreeOnMalformedBytesAtEveryOffset) {
  const std::vector<std::pair<Encoding, Bytes>> kBad = {{Encoding::utf8, {0x80}},
                                                        {Encoding::utf8, {0xE3}},
                                                        {Encoding::utf8, {0xE3, 0x81}},
                                                        {Encoding::utf8, {0xED, 0xA0, 0x80}},
                                                        {Encoding::utf8, {0xF5}},
                                                        {Encoding::utf8, {0xC0, 0x80}},
                                                        {Encoding::utf8, {0xF0, 0x80, 0x80, 0x80}},
                                                        {Encoding::utf8, {0xF4, 0x90, 0x80, 0x80}},
                                                        {Encoding::utf8, {0xE0, 0x80, 0x80}},
                                                        {Encoding::utf8, {0xF0, 0xA0, 0x80}},
                                                        {Encoding::utf16le, {0x00, 0xD8}},
                                                        {Encoding::utf16le, {0x00, 0xDC}},
                                                        {Encoding::utf16be, {0xD8, 0x00}},
                                                        {Encoding::utf16be, {0xDC, 0x00, 0xD8, 0x00}}};
  for (const auto& [encoding, bad] : kBad) {
    const Kernels kernels(encoding);
    const std::size_t unit = encoding == Encoding::utf8 ? 1 : 2;
    for (std::size_t offset = 0; offset < 132 * unit; offset += unit) {
      Bytes bytes = plain(encoding, offset, 2);
      append(bytes, bad);
      append(bytes, plain(encoding, 130, 1));
      kernels.expect_equal(bytes);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(EveryKernel, AgreesOnRandomTextCutAnywhere) {
  const Kernels kernels(GetParam());
  StructuredText random(77);
  for (int i = 0; i < HYOJUN_TEST_VOLUME(6'000, 600); ++i) {
    const Bytes bytes = random.make(GetParam(), 1 + random.below(30), 90);
    kernels.expect_equal(bytes, {{random.below(bytes.size() + 1)}, kEventRoom + 64 + random.below(20)});
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
  std::vector<Event> events(600);
  for (const Encoding encoding : kEncodings) {
    for (const Kernel kernel : available_kernels()) {
      const Plan plan = plan_for(encoding, kernel, {.header = false});
      for (std::size_t length = 0; length <= 300;
           length += encoding == Encoding::utf8 || encoding == Encoding::cp932 ? 1 : 2) {
        for (std::size_t pattern = 0; pattern < kPatterns; ++pattern) {
          const Bytes bytes = plain(encoding, length, pattern);
          std::copy(bytes.begin(), bytes.end(), guard - length);
          ScanState state = start_of_file(plan);
          ScanCounts counts;
          const auto result = scan(plan, state, {guard - length, length}, End::file, counts, events);
          EXPECT_EQ(result.read, length);
        }
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
