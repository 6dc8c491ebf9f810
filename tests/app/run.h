// Runs identify() on files of the test's own and puts a report into comparable text.
#ifndef HYOJUN_TESTS_APP_RUN_H_
#define HYOJUN_TESTS_APP_RUN_H_

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/test_files.h"
#include "identify.h"

namespace hyojun::app {

std::shared_ptr<const charmap::Repertoire> bundled_repertoire();

// Everything a report says but the names of the files.
std::string text_of(const Report& report);

class IdentifyTest : public testing::Test {
 protected:
  std::string put(const std::string& name, std::string_view bytes) {
    base::put_file(folder_.file(name), bytes);
    return folder_.file(name);
  }
  // Identifies a file with these bytes.
  base::Result<Report> run(std::string_view bytes, IdentifyOptions options = {}, const RowSink& rows = {});
  // The rows of a run: "record.field@byte column source outcome key".
  std::vector<std::string> rows_of(std::string_view bytes, IdentifyOptions options = {});

  base::TestFolder folder_;
};

}  // namespace hyojun::app

#endif  // HYOJUN_TESTS_APP_RUN_H_
