#include "context.h"

#include <hyojun/base/cell.h>
#include <hyojun/base/platform.h>

#include <algorithm>

#include "color.h"
#include "command_word.h"
#include "exit_code.h"
#include "printable.h"

namespace hyojun::cli {
namespace {

// "結果一覧!B3", "結果一覧!3:3" for a whole row: as Excel writes it.
std::string cell_place(const base::Where& where) {
  if (!where.record) return where.sheet;
  const std::string row = std::to_string(*where.record);
  if (!where.field) return where.sheet + "!" + row + ":" + row;
  return where.sheet + "!" + base::column_letters(static_cast<std::uint32_t>(*where.field)) + row;
}

// "residents.csv:12:3, byte 456"; empty if nothing is known.
std::string place(const base::Where& where, Language language) {
  const base::Text unnamed{"入力", "input"};
  const base::Text field{", 項目 ", ", field "};
  const base::Text byte{", バイト ", ", byte "};
  if (where == base::Where{}) return "";
  std::string text = where.file.empty() ? in(language, unnamed) : where.file;
  if (!where.sheet.empty()) return text + " " + cell_place(where);
  if (where.record) text += ":" + std::to_string(*where.record);
  if (where.field) text += (where.record ? ":" : in(language, field)) + std::to_string(*where.field);
  if (where.byte) text += in(language, byte) + std::to_string(*where.byte);
  return text;
}

void write_message(Context& context, const std::string& text) {
  try {
    context.err.line("hyojun: " + printable(text));
  } catch (const OutputClosed&) {
    // Nowhere left to say it; the exit code still tells.
  } catch (const OutputFailed&) {
  }
}

}  // namespace

Context process_context(const std::vector<std::string>& arguments) {
  const EnvironmentLookup environment = base::environment_variable;
  Context context{standard_output(), standard_error()};
  context.language = choose_language(early_value(arguments, "lang"), environment);
  const bool is_terminal = base::is_terminal(1);
  context.color = choose_color(early_value(arguments, "color"), environment, is_terminal);
  context.has_progress = base::is_terminal(2);
  context.width = static_cast<std::size_t>(std::max(base::terminal_columns(), 1));
  return context;
}

TableStyle table_style(const Context& context, std::size_t indent) {
  const auto ambiguous =
      context.language == Language::japanese ? base::AmbiguousWidth::wide : base::AmbiguousWidth::narrow;
  return {.width = context.width, .color = context.color, .ambiguous = ambiguous, .indent = indent};
}

void print_error(Context& context, const base::Error& error) {
  write_message(context, context.say(error.what));
  const std::string where = place(error.where, context.language);
  if (!where.empty()) write_message(context, context.say({"  場所: ", "  where: "}) + where);
  const std::string& next = context.say(error.next);
  if (!next.empty()) write_message(context, context.say({"  次に: ", "  next: "}) + next);
}

void print_message(Context& context, const base::Text& text) { write_message(context, context.say(text)); }

int fail(Context& context, const base::Error& error) {
  print_error(context, error);
  return exit_code(error.code);
}

}  // namespace hyojun::cli
