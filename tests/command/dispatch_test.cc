#include "dispatch.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>

#include "commands.h"
#include "exit_code.h"
#include "sample_table.h"

namespace hyojun::cli {
namespace {

TEST(DispatchTest, RunsTheCommandAndGivesItsCode) {
  const Ran ran = run_in_memory(sample_table(), {"--lang", "en", "identify", "a b.csv", "--json", "--", "-x"});
  EXPECT_EQ(ran.code, kExitFound);
  EXPECT_EQ(ran.out, "positional a b.csv\npositional -x\n");
  EXPECT_EQ(ran.err, "");
}

TEST(DispatchTest, AGroupAlonePrintsItsHelpAsAMessage) {
  const Ran ran = run_in_memory(sample_table(), {"table"});
  EXPECT_EQ(ran.code, kExitUsage);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("table diff"), std::string::npos);
  EXPECT_EQ(ran.err.find("identify"), std::string::npos);
  EXPECT_EQ(run_in_memory(sample_table(), {"table", "--help"}).code, kExitDone);
}

TEST(DispatchTest, NothingPrintsTheHelpAsAMessage) {
  const Ran ran = run_in_memory(sample_table(), {});
  EXPECT_EQ(ran.code, kExitUsage);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("identify"), std::string::npos);
}

TEST(DispatchTest, HelpNeedsNoArguments) {
  const Ran ran = run_in_memory(sample_table(), {"identify", "--help"});
  EXPECT_EQ(ran.code, kExitDone);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(run_in_memory(sample_table(), {"identify"}).code, kExitUsage);
  EXPECT_NE(run_in_memory(sample_table(), {"identify", "-h"}).out, ran.out);
}

TEST(DispatchTest, HelpCommandEqualsHelpOption) {
  for (const std::vector<std::string>& path :
       {std::vector<std::string>{"help"}, {"generate"}, {"generate", "man"}, {}}) {
    for (const std::string language : {"ja", "en"}) {
      std::vector<std::string> by_command{"--lang", language, "help"};
      by_command.insert(by_command.end(), path.begin(), path.end());
      std::vector<std::string> by_option = path;
      by_option.insert(by_option.end(), {"--help", "--lang", language});
      EXPECT_EQ(run_in_memory(command_table(), by_command).out, run_in_memory(command_table(), by_option).out);
    }
  }
  EXPECT_EQ(run_in_memory(command_table(), {"help", "nothing"}).code, kExitUsage);
  EXPECT_EQ(run_in_memory(command_table(), {"help", "help", "extra"}).code, kExitUsage);
}

TEST(DispatchTest, ErrorsSpeakTheAskedLanguageAndSayWhatToDo) {
  EXPECT_EQ(run_in_memory(sample_table(), {"--lang", "ja", "identfy"}).err,
            "hyojun: コマンド「identfy」はありません\nhyojun:   次に: 「identify」ではありませんか\n");
  EXPECT_EQ(run_in_memory(sample_table(), {"identify", "f", "--jsn"}).err,
            "hyojun: there is no option --jsn\nhyojun:   next: did you mean --json?\n");
}

TEST(DispatchTest, ErrorsShowNoControlCharacters) {
  const std::string err = run_in_memory(sample_table(), {"\x1b[31mあ\xFF"}).err;
  EXPECT_EQ(err.find('\x1b'), std::string::npos);
  EXPECT_NE(err.find("\\x1B[31mあ\\xFF"), std::string::npos) << err;
}

TEST(DispatchTest, EscapedExceptionsAreBugsAndQuoteNothing) {
  const Ran bug = run_in_memory(sample_table(), {"crash", "throw"});
  EXPECT_EQ(bug.code, kExitBug);
  EXPECT_NE(bug.err.find("this is a bug"), std::string::npos);
  EXPECT_EQ(bug.err.find("山田太郎"), std::string::npos);
  EXPECT_EQ(run_in_memory(sample_table(), {"crash", "unknown"}).code, kExitBug);
  EXPECT_EQ(run_in_memory(sample_table(), {"crash", "memory"}).code, kExitEnvironment);
}

TEST(DispatchTest, VersionNamesTheProgramFirst) {
  const Ran ran = run_in_memory(command_table(), {"--version"});
  EXPECT_EQ(ran.code, kExitDone);
  EXPECT_TRUE(ran.out.starts_with("hyojun ")) << ran.out;
}

TEST(ErrorTest, HasWhatWhereAndNext) {
  std::string err;
  Context context{Output(string_sink(err), 0), Output(string_sink(err), 0)};
  const base::Error error{base::ErrorCode::input_rejected,
                          {"不正符号があります", "ill-formed text"},
                          {.file = "住民\n.csv", .record = 12, .field = 3, .byte = 456},
                          {"--encoding を指定する", "give --encoding"}};
  EXPECT_EQ(fail(context, error), kExitInputRejected);
  EXPECT_EQ(
      err, "hyojun: ill-formed text\nhyojun:   where: 住民\\x0A.csv:12:3, byte 456\nhyojun:   next: give --encoding\n");
}

// The real binary: what cannot be seen in memory.
int shell(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(BinaryTest, AFullDiskIsAnErrorAndAClosedPipeIsNot) {
  const std::string binary = std::string("'") + HYOJUN_BINARY + "'";
  EXPECT_EQ(shell(binary + " --help >/dev/full 2>/dev/null"), kExitEnvironment);
  EXPECT_EQ(shell(binary + " --help >/dev/null"), kExitDone);
  EXPECT_EQ(shell(binary + " nothing 2>/dev/null"), kExitUsage);
  EXPECT_EQ(shell("bash -c \"set -o pipefail; " + binary + " --help 2>&1 | true\""), kExitDone);
}

}  // namespace
}  // namespace hyojun::cli
