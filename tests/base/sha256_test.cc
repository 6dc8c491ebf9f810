#include "hyojun/base/sha256.h"

#include <gtest/gtest.h>

namespace hyojun::base {
namespace {

// FIPS 180-4, examples.
constexpr std::string_view kEmpty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(sha256_hex(""), kEmpty);
  EXPECT_EQ(sha256_hex("abc"), kAbc);
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheDigestOfTheWholeAndTheObjectStartsAnew) {
  Sha256 hash;
  hash.update("a");
  hash.update("");
  const std::uint8_t rest[] = {'b', 'c'};
  hash.update(rest);
  EXPECT_EQ(hash.digest(), kAbc);
  EXPECT_EQ(hash.digest(), kEmpty);
}

}  // namespace
}  // namespace hyojun::base
