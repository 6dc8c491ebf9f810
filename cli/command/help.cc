#include "help.h"

#include <hyojun/base/text.h>

#include <algorithm>
#include <string_view>

#include "exit_code.h"
#include "wrap.h"

namespace hyojun::cli {
namespace {

// A term and its explanation, side by side.
struct Entry {
  std::string term;
  std::string text;
};

constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kWidestTerm = 26;  // longer terms have a line of their own
constexpr std::size_t kIndent = 2;

class Writer {
 public:
  explicit Writer(const HelpStyle& style) : style_(style), width_(std::max(style.width, kNarrowest)) {}

  const std::string& say(const base::Text& text) const { return in(style_.language, text); }
  bool is_full() const { return style_.length == HelpLength::full; }

  void heading(const base::Text& text) {
    if (!out_.empty()) out_ += "\n";
    out_ += say(text) + ":\n";
  }

  // Paragraphs are separated by an empty line.
  void prose(const std::string& text, std::size_t indent = 0) {
    for (const std::string& line : wrap(text, width_ - indent)) {
      if (!line.empty()) out_.append(indent, ' ').append(line);
      out_ += "\n";
    }
  }

  void paragraph(const std::string& text) {
    if (text.empty()) return;
    if (!out_.empty()) out_ += "\n";
    prose(text);
  }

  // A command line stays one that can be pasted: continued with a backslash.
  void shell_line(const std::string& command, std::size_t indent) {
    constexpr std::string_view kContinued = " \\";
    const std::vector<std::string> lines =
        wrap(command, width_ - indent - kIndent - kContinued.size(), BreakAt::spaces);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      out_.append(i == 0 ? indent : indent + kIndent, ' ').append(lines[i]);
      if (i + 1 < lines.size()) out_ += kContinued;
      out_ += "\n";
    }
  }

  void entries(const std::vector<Entry>& entries) {
    std::size_t widest = 0;
    for (const Entry& entry : entries) {
      const std::size_t columns = base::display_width(entry.term);
      if (columns <= widest_term()) widest = std::max(widest, columns);
    }
    const std::size_t start = kIndent + widest + kIndent;
    for (const Entry& entry : entries) {
      const std::vector<std::string> lines = wrap(entry.text, width_ - start);
      std::string first = std::string(kIndent, ' ') + entry.term;
      if (base::display_width(entry.term) > widest) {
        out_ += first + "\n";
        first.clear();
      }
      for (const std::string& line : lines) {
        out_ += base::pad_right(first, start) + line + "\n";
        first.clear();
      }
    }
  }

  std::string take() { return std::move(out_); }

 private:
  // On a narrow screen the explanations keep at least half of it.
  std::size_t widest_term() const { return std::min(kWidestTerm, width_ / 2 - 2 * kIndent); }

  HelpStyle style_;
  std::size_t width_;
  std::string out_;
};

constexpr OptionGroup kGroups[] = {OptionGroup::source, OptionGroup::result, OptionGroup::table, OptionGroup::run,
                                   OptionGroup::general};

std::string option_term(const Option& option) {
  std::string term = option.short_name == '\0' ? "    " : std::string("-") + option.short_name + ", ";
  term += "--" + option.name;
  if (option.takes_value()) term += " " + option.value_label();
  return term;
}

std::string option_text(const Option& option, const Writer& writer) {
  std::string text = writer.say(option.summary);
  if (option.repeatable) text += writer.say({" (繰り返し可)", " (repeatable)"});
  const std::string& details = writer.say(option.details);
  if (writer.is_full() && !details.empty()) text += "\n" + details;
  return text;
}

void write_options(Writer& writer, const std::vector<Option>& options) {
  for (const OptionGroup group : kGroups) {
    std::vector<Entry> entries;
    for (const Option& option : options) {
      if (option.group == group) entries.push_back({option_term(option), option_text(option, writer)});
    }
    if (entries.empty()) continue;
    writer.heading(group_heading(group));
    writer.entries(entries);
  }
}

void write_commands(Writer& writer, const std::vector<const Command*>& commands, bool show_hidden) {
  std::vector<Entry> entries;
  for (const Command* command : commands) {
    if (!command->hidden || show_hidden) entries.push_back({command->path, writer.say(command->summary)});
  }
  writer.heading({"コマンド", "Commands"});
  writer.entries(entries);
}

void write_examples(Writer& writer, const std::array<Example, 2>& examples) {
  writer.heading({"例", "Examples"});
  for (const Example& example : examples) {
    writer.shell_line(example.command, kIndent);
    writer.prose(writer.say(example.summary), 3 * kIndent);
  }
}

void write_usage(Writer& writer, const std::string& usage) {
  writer.heading({"書き方", "Usage"});
  writer.prose(usage, kIndent);
}

void write_exit_codes(Writer& writer) {
  std::vector<Entry> entries;
  for (const ExitCodeText& each : exit_code_texts()) {
    entries.push_back({std::to_string(each.code), writer.say(each.meaning)});
  }
  writer.heading({"終了コード", "Exit codes"});
  writer.entries(entries);
}

void write_environment(Writer& writer, const std::vector<EnvironmentVariable>& variables) {
  std::vector<Entry> entries;
  for (const EnvironmentVariable& each : variables) entries.push_back({each.name, writer.say(each.summary)});
  if (entries.empty()) return;
  writer.heading({"環境変数", "Environment"});
  writer.entries(entries);
}

std::string options_word(Language language) { return in(language, {"[オプション]", "[options]"}); }
std::string command_word(Language language) { return in(language, {"コマンド", "COMMAND"}); }

}  // namespace

base::Text group_heading(OptionGroup group) {
  switch (group) {
    case OptionGroup::source:
      return {"入力", "Source options"};
    case OptionGroup::result:
      return {"結果", "Result options"};
    case OptionGroup::table:
      return {"文字表", "Table options"};
    case OptionGroup::run:
      return {"実行", "Run options"};
    case OptionGroup::general:
      break;
  }
  return {"共通", "General options"};
}

std::string usage_line(const Command& command, Language language) {
  std::string usage = "hyojun " + command.path + " " + options_word(language);
  if (!command.positionals.usage.empty()) usage += " " + command.positionals.usage;
  return usage;
}

std::string program_help(const CommandTable& table, const HelpStyle& style) {
  Writer writer(style);
  writer.prose(writer.say({"hyojun - 標準準拠システムへの移行を助ける: 文字同定と移行進捗",
                           "hyojun - helps municipalities migrate: character identification (文字同定) and progress"}));
  // The first command of the table is the one people come for.
  if (writer.is_full()) write_examples(writer, table.commands.front()->examples);
  write_usage(writer, "hyojun " + command_word(style.language) + " " + options_word(style.language));
  write_commands(writer, table.commands, false);
  write_options(writer, table.global_options);
  if (writer.is_full()) {
    write_environment(writer, table.environment);
    write_exit_codes(writer);
  }
  writer.paragraph(writer.say({"`hyojun help コマンド` でコマンドごとの説明と例を見る。",
                               "`hyojun help COMMAND` explains one command, with examples."}));
  return writer.take();
}

std::string group_help(const CommandTable& table, const CommandGroup& group, const HelpStyle& style) {
  Writer writer(style);
  writer.prose("hyojun " + group.name + " - " + writer.say(group.summary));
  write_usage(writer, "hyojun " + group.name + " " + command_word(style.language) + " " + options_word(style.language));
  write_commands(writer, commands_of(table, group), group.hidden);
  write_options(writer, table.global_options);
  return writer.take();
}

std::string command_help(const CommandTable& table, const Command& command, const HelpStyle& style) {
  Writer writer(style);
  writer.prose("hyojun " + command.path + " - " + writer.say(command.summary));
  if (writer.is_full()) write_examples(writer, command.examples);
  write_usage(writer, usage_line(command, style.language));
  if (command.positionals.max > 0) {
    writer.entries({{command.positionals.usage, writer.say(command.positionals.summary)}});
  }
  if (writer.is_full()) writer.paragraph(writer.say(command.description));
  write_options(writer, all_options(table, &command));
  return writer.take();
}

}  // namespace hyojun::cli
