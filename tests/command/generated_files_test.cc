// The manual page and the completion, from the sample table and from the real one.
#include <gtest/gtest.h>
#include <hyojun/base/text.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "commands.h"
#include "completion.h"
#include "man_page.h"
#include "sample_table.h"

namespace hyojun::cli {
namespace {

// What a shell command prints; it must end with 0.
std::string shell(const std::string& command) {
  std::FILE* pipe = popen(command.c_str(), "r");
  std::string text;
  char buffer[4096];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
  EXPECT_EQ(pclose(pipe), 0) << command << "\n" << text;
  return text;
}

// Tests run beside each other, each a process of its own.
std::string write_file(const std::string& name, const std::string& text) {
  const std::string path = testing::TempDir() + std::to_string(getpid()) + name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

void expect_every_option(const CommandTable& table, const std::string& page) {
  for (const Command* command : table.commands) {
    if (command->hidden) continue;
    for (const Option& option : all_options(table, command)) {
      std::string roff = "\\-\\-" + option.name;
      for (std::size_t i = 4; (i = roff.find('-', i)) != std::string::npos; i += 2) roff.insert(i, "\\");
      EXPECT_NE(page.find(roff), std::string::npos) << command->path << " " << roff;
    }
  }
}

TEST(ManPageTest, HasEachOptionAndIsSound) {
  const bool can_lint = std::system("command -v mandoc >/dev/null") == 0;
  for (const CommandTable* table : {&sample_table(), &command_table()}) {
    for (const Language language : {Language::japanese, Language::english}) {
      const std::string page = man_page(*table, language, "1.2.3", "2026-01-02");
      EXPECT_TRUE(base::is_utf8(page));
      expect_every_option(*table, page);
      if (!can_lint) continue;
      const std::string path = write_file("hyojun.1", page);
      EXPECT_EQ(shell("mandoc -T lint '" + path + "'"), "");
      std::remove(path.c_str());
    }
  }
  if (!can_lint) GTEST_SKIP() << "mandoc is not installed: the pages were not linted";
}

TEST(ManPageTest, JapaneseIsNotTornBySpaces) {
  if (std::system("command -v mandoc >/dev/null") != 0) GTEST_SKIP() << "mandoc is not installed";
  const std::string path = write_file("hyojun.1", man_page(sample_table(), Language::japanese, "1", "2026-01-02"));
  const std::string shown = shell("mandoc -T utf8 -O width=1000 '" + path + "' | col -b 2>/dev/null || true");
  EXPECT_NE(shown.find("どの標準文字であるかを調べ、例外の一覧を作る。外字は外字対応表で同定する。"), std::string::npos)
      << shown;
  std::remove(path.c_str());
}

// The words bash offers when the last of `words` is being typed.
std::string completed(const std::string& script_path, const std::string& words, int count) {
  return shell("bash -c 'source \"" + script_path + "\"; COMP_WORDS=(" + words +
               "); COMP_CWORD=" + std::to_string(count - 1) + "; _hyojun; echo \"${COMPREPLY[*]}\"'");
}

TEST(CompletionTest, OffersCommandsOptionsAndChoices) {
  const std::string path = write_file("completion", bash_completion(sample_table()));
  EXPECT_EQ(completed(path, "hyojun \"\"", 2), "identify table\n");
  EXPECT_EQ(completed(path, "hyojun table \"\"", 3), "info diff\n");
  EXPECT_EQ(completed(path, "hyojun table info --v", 4), "--version --verify\n");
  EXPECT_EQ(completed(path, "hyojun identify --j", 3), "--json\n");
  EXPECT_EQ(completed(path, "hyojun identify --format \"\"", 4), "csv tsv text\n");
  EXPECT_EQ(completed(path, "hyojun identify -f t", 4), "tsv text\n");
  EXPECT_EQ(completed(path, "hyojun --lang = j", 4), "ja\n");
  EXPECT_EQ(completed(path, "hyojun --lang ja table d", 5), "diff\n");
  EXPECT_EQ(completed(path, "hyojun identify \"\"", 3), "\n") << "file names come from bash";
  std::remove(path.c_str());
}

TEST(CompletionTest, HasEachCommand) {
  const std::string script = bash_completion(command_table());
  for (const Command* command : command_table().commands) {
    EXPECT_NE(script.find("command='" + command->path + "'"), std::string::npos) << command->path;
  }
}

}  // namespace
}  // namespace hyojun::cli
