#include "ordered_parts.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <ostream>
#include <string>
#include <string_view>

namespace hyojun::app {
namespace {

struct Part {
  int number = 0;
  int worked = 0;  // times since it was read
  bool alone = false;
};

base::Error failure(int number) { return {base::ErrorCode::input_rejected, {std::to_string(number), ""}}; }

// Reads `count` parts, of which every `alone`-th is alone, and joins them.
class Numbers {
 public:
  explicit Numbers(int count, int alone = 0) : count_(count), alone_(alone) {}

  base::Result<void> run(unsigned threads, std::size_t most, OrderedParts<Part>::Threads what) {
    using Parts = OrderedParts<Part>;
    return Parts({[this](Part& part) { return read(part); }, [this](Part& part) { work(part); },
                  [this](Part& part) { return join(part); }},
                 threads, most, what)
        .run();
  }

  int fail_reading = -1, fail_joining = -1, throw_working = -1;
  int joined = 0;

 private:
  base::Result<bool> read(Part& part) {
    EXPECT_EQ(reading_++, 0) << "two read at once";
    EXPECT_FALSE(alone_waits_) << "read behind a part that is alone";
    part = {next_++, 0, false};
    part.alone = alone_ != 0 && part.number % alone_ == alone_ - 1;
    alone_waits_ = part.alone;
    --reading_;
    if (part.number == fail_reading) return tl::unexpected(failure(part.number));
    return part.number + 1 < count_;
  }
  void work(Part& part) {
    if (part.number == throw_working) throw std::bad_alloc();
    ++part.worked;
  }
  base::Result<void> join(Part& part) {
    EXPECT_EQ(part.number, joined++);
    const bool last = part.number + 1 == count_;
    if (!part.alone || last) {
      EXPECT_EQ(part.worked, part.alone ? 0 : 1);
    }
    if (part.alone) alone_waits_ = false;
    if (part.number == fail_joining) return tl::unexpected(failure(part.number));
    return {};
  }

  const int count_, alone_;
  int next_ = 0;
  std::atomic<int> reading_ = 0;
  std::atomic<bool> alone_waits_ = false;
};

struct Setting {
  unsigned threads;
  std::size_t most;
  OrderedParts<Part>::Threads what;
};

void PrintTo(const Setting& setting, std::ostream* out) {
  constexpr std::string_view kWhat[] = {"work", "read", "join"};
  *out << setting.threads << " of " << setting.most << " " << kWhat[static_cast<std::size_t>(setting.what)];
}

class OrderedPartsTest : public testing::TestWithParam<Setting> {
 protected:
  base::Result<void> run(Numbers& numbers) const {
    return numbers.run(GetParam().threads, GetParam().most, GetParam().what);
  }
};

TEST_P(OrderedPartsTest, EachIsWorkedOnOnceAndJoinedInOrder) {
  for (const int count : {1, 2, 3, 50, 2000}) {
    Numbers numbers(count);
    EXPECT_TRUE(run(numbers));
    EXPECT_EQ(numbers.joined, count);
  }
}

TEST_P(OrderedPartsTest, NothingIsReadBehindOneThatIsAlone) {
  for (const int alone : {1, 2, 7}) {
    Numbers numbers(300, alone);
    EXPECT_TRUE(run(numbers));
    EXPECT_EQ(numbers.joined, 300);
  }
}

TEST_P(OrderedPartsTest, AFailedReadComesBehindWhatWasRead) {
  for (const int at : {0, 1, 40}) {
    Numbers numbers(100);
    numbers.fail_reading = at;
    const auto result = run(numbers);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().what.ja, std::to_string(at));
    EXPECT_EQ(numbers.joined, at);
  }
}

TEST_P(OrderedPartsTest, AFailedJoinEndsTheRun) {
  for (const int at : {0, 1, 40, 99}) {
    Numbers numbers(100, 9);
    numbers.fail_joining = at;
    EXPECT_FALSE(run(numbers));
    EXPECT_EQ(numbers.joined, at + 1);
  }
}

TEST_P(OrderedPartsTest, WhatAThreadThrowsIsThrownInItsTurn) {
  for (const int at : {0, 1, 40, 99}) {
    Numbers numbers(100);
    numbers.throw_working = at;
    EXPECT_THROW((void)run(numbers), std::bad_alloc);
    EXPECT_EQ(numbers.joined, at);
  }
}

constexpr auto kWork = OrderedParts<Part>::Threads::work;
constexpr auto kRead = OrderedParts<Part>::Threads::read_and_work;
constexpr auto kJoin = OrderedParts<Part>::Threads::read_work_and_join;
INSTANTIATE_TEST_SUITE_P(Settings, OrderedPartsTest,
                         testing::Values(Setting{1, 2, kRead}, Setting{1, 2, kWork}, Setting{1, 2, kJoin},
                                         Setting{2, 2, kRead}, Setting{2, 2, kJoin}, Setting{2, 6, kRead},
                                         Setting{2, 6, kWork}, Setting{2, 6, kJoin}, Setting{7, 3, kRead},
                                         Setting{7, 3, kJoin}, Setting{7, 16, kRead}, Setting{7, 16, kWork},
                                         Setting{7, 16, kJoin}));

}  // namespace
}  // namespace hyojun::app
