// Tiles whose special characters are read together: what is put off is read in the end, or taken back.
#include "kernels.h"
#include "structured_text.h"

namespace hyojun::charmap {
namespace {

// What a kernel reads by itself, and what makes it take back what it put off.
const std::vector<Bytes> kRead = {
    encoded(Encoding::utf8, U"𠮷"),           encoded(Encoding::utf8, U"𠮷\U000E0100"),
    encoded(Encoding::utf8, U"辻\U000E0101"), encoded(Encoding::utf8, U"塚\uFE00"),
    encoded(Encoding::utf8, U"\uE000"),       encoded(Encoding::utf8, U"张"),
    encoded(Encoding::utf8, U"\uFA11"),       encoded(Encoding::utf8, U"\U0010FFFF\uFE0F")};
const std::vector<Bytes> kTakenBack = {{0xF0, 0xA0, 0xAE},
                                       {0xF4, 0x90, 0x80, 0x80},
                                       {0xF0, 0xA0, 0xAE, 0xB7, 0x80},
                                       {0xF5},
                                       encoded(Encoding::utf8, U"か\u3099"),
                                       encoded(Encoding::utf8, U"\u3099"),
                                       encoded(Encoding::utf8, U"\U000E0100\U000E0100"),
                                       encoded(Encoding::utf8, U"\u0300")};

// Records of plain text, with one of kRead among them every 500 bytes or so.
Bytes sparse(StructuredText& random, std::size_t size) {
  static const std::vector<std::u32string> kPlain = {
      U"山", U"カナ", U"12345,", U",", U"東京都千代田区\u3000一番町\n", U"高橋", U"a", U"\"市\n,\"", U"ﾀﾅｶ|"};
  const std::size_t first = random.below(kPlain.size()), kinds = 1 + random.below(kPlain.size() - first);
  Bytes bytes;
  while (bytes.size() < size) {
    append(bytes, encoded(Encoding::utf8, kPlain[first + random.below(kinds)]));
    if (random.below(60) == 0) append(bytes, kRead[random.below(kRead.size())]);
  }
  return bytes;
}

TEST(PutOff, AgreesOnManyTiles) {
  const Kernels kernels(Encoding::utf8);
  StructuredText random(79);
  for (int i = 0; i < HYOJUN_TEST_VOLUME(240, 24); ++i) {
    Bytes bytes = sparse(random, 3 * kTile + random.below(25 * kTile));
    for (std::size_t n = random.below(3); n > 0; --n) {
      const Bytes& part = kTakenBack[random.below(kTakenBack.size())];
      bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(random.below(bytes.size())), part.begin(), part.end());
    }
    kernels.expect_equal(bytes, {{random.below(bytes.size() + 1)}, kEventRoom + 64 + random.below(3000)});
    if (HasFatalFailure()) return;
  }
}

// What stands where two tiles meet may be joined to what the first of them put off, and the second may hold too many to
// be put off.
TEST(PutOff, AgreesWhereTilesMeet) {
  const Kernels kernels(Encoding::utf8);
  const Bytes special = encoded(Encoding::utf8, U"𠮷");
  Bytes few = special, many;
  append(few, plain(Encoding::utf8, kTile + 300, 1));
  append(few, special);
  for (int i = 0; i < 300; ++i) append(many, encoded(Encoding::utf8, U"𠮷山"));
  std::vector<Bytes> parts = rare(Encoding::utf8);
  parts.insert(parts.end(), kTakenBack.begin(), kTakenBack.end());
  std::size_t number = 0;  // under the sanitizers another seventh of the offsets each time
  for (const std::size_t pattern : {std::size_t{1}, std::size_t{3}}) {
    for (const Bytes& part : parts) {
      for (std::size_t offset = number++ % kNth; offset < 20; offset += kNth) {
        Bytes bytes = plain(Encoding::utf8, kTile + 100, pattern);
        append(bytes, special);
        append(bytes, plain(Encoding::utf8, 2 * kTile - 16 + offset - bytes.size(), pattern));
        append(bytes, part);
        append(bytes, number % 2 == 0 ? few : many);
        append(bytes, plain(Encoding::utf8, 2 * kTile, pattern));
        kernels.expect_equal(bytes, {.event_room = 2 * kTile});
        if (HasFatalFailure()) return;
      }
    }
  }
}

// More fields than 16 bits count, and a record in which there is no other structure.
TEST(PutOff, AgreesOnLongRecords) {
  const Kernels kernels(Encoding::utf8);
  for (const std::u32string field : {U"a,", U"1|山\t", U"山田"}) {
    Bytes bytes;
    for (std::size_t i = 0; i < 70'000; ++i) {
      append(bytes, encoded(Encoding::utf8, field));
      if (i % 900 == 0) append(bytes, kRead[i / 900 % kRead.size()]);
    }
    kernels.expect_equal(bytes, {.event_room = 4 * kTile});
    if (HasFatalFailure()) return;
  }
}

// Nothing but characters of many shapes: the shapes that wait to be counted have no room for those of all tiles. In the
// end some tiles are taken back.
TEST(PutOff, AgreesOnManyShapes) {
  const Kernels kernels(Encoding::utf8);
  const StandardTable& table = *StandardTable::bundled();
  std::u32string text = U"𠮷";
  for (std::size_t i = 0; text.size() < 20'000; ++i) {
    text += table.shapes()[i % table.shapes().size()];
    if (i % 700 == 0) text += U"𠮷\U000E0100";
  }
  for (const std::u32string& end : std::vector<std::u32string>{U"", U"か\u3099"}) {
    kernels.expect_equal(encoded(Encoding::utf8, text + end + std::u32string(100, U'a')), {.event_room = 2 * kTile});
  }
}

}  // namespace
}  // namespace hyojun::charmap
