#include "output.h"

#include <gtest/gtest.h>
#include <hyojun/base/error.h>

#include "context.h"
#include "dispatch.h"
#include "exit_code.h"
#include "sample_table.h"

namespace hyojun::cli {
namespace {

Output::Sink failing_sink(base::ErrorCode code) {
  return [code](std::string_view) -> base::Result<void> { return base::fail(code, {"書けません", "cannot write"}); };
}

int run_with(Output::Sink sink, const std::vector<std::string>& words, std::string& err) {
  Context context{Output(std::move(sink), 1000), Output(string_sink(err), 0)};
  return dispatch(sample_table(), words, context);
}

TEST(OutputTest, BuffersUntilFull) {
  std::string text;
  Output output(string_sink(text), 4);
  output.write("ab");
  EXPECT_EQ(text, "");
  output.line("cd");
  EXPECT_EQ(text, "abcd");
  output.flush();
  EXPECT_EQ(text, "abcd\n");
}

TEST(OutputTest, AFailedWriteIsNeverIgnored) {
  std::string err;
  EXPECT_EQ(run_with(failing_sink(base::ErrorCode::environment), {"identify", "f"}, err), kExitEnvironment);
  EXPECT_EQ(err, "hyojun: cannot write\n");
}

TEST(OutputTest, AGoneReaderEndsInSilenceWithTheCommandsCode) {
  std::string err;
  EXPECT_EQ(run_with(failing_sink(base::ErrorCode::interrupted), {"identify", "f"}, err), kExitFound);
  EXPECT_EQ(run_with(failing_sink(base::ErrorCode::interrupted), {"crash", "closed"}, err), kExitDone);
  EXPECT_EQ(err, "");
}

TEST(OutputTest, AFailedWriteToStandardErrorChangesNothing) {
  std::string out;
  Context context{Output(string_sink(out), 0), Output(failing_sink(base::ErrorCode::environment), 0)};
  EXPECT_EQ(dispatch(sample_table(), {"unknown"}, context), kExitUsage);
}

}  // namespace
}  // namespace hyojun::cli
