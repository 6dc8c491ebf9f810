// A store in a folder of its own, with a clock that tests set.
#ifndef HYOJUN_TESTS_CORE_STORE_FILES_H_
#define HYOJUN_TESTS_CORE_STORE_FILES_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "hyojun/base/platform.h"
#include "hyojun/core/store.h"

namespace hyojun::core {

class StoreTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("hyojun store " + std::to_string(base::process_id()) + " " + info->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name = "hyojun.db") const { return (folder_ / name).string(); }

  // Noon in Japan of a day.
  void set_day(const base::Date& day, int seconds = 0) {
    now_ = std::chrono::system_clock::time_point(std::chrono::hours(24) * day.days() + std::chrono::hours(3) +
                                                 std::chrono::seconds(seconds));
  }
  StoreOptions options() {
    StoreOptions options;
    options.clock = [this] { return now_; };
    options.patience = std::chrono::milliseconds(300);
    return options;
  }
  Store make(const Scope& scope = {{"280003"}, ""}) { return *Store::create(path(), scope, options()); }

  static base::Date day(int year, int month, int number) { return *base::Date::from_ymd(year, month, number); }

  static ImportDraft draft(const base::Date& as_of, const std::string& form = "test") {
    return {.as_of = as_of, .form = form, .source = "見本", .actor = "担当", .tool = "test"};
  }
  // A line of one indicator, with the coverage that goes with it.
  static void add(ImportDraft& draft, SurveyLine line) {
    draft.coverage.push_back({std::string(key_of(line.indicator)), line.body, false, std::string(kAllBusinesses, '1')});
    draft.lines.push_back(std::move(line));
  }

  std::filesystem::path folder_;
  base::UtcTime now_ = std::chrono::system_clock::time_point(std::chrono::hours(24 * 20000));
};

}  // namespace hyojun::core

#endif  // HYOJUN_TESTS_CORE_STORE_FILES_H_
