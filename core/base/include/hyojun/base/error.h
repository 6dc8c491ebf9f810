// Errors as values: what went wrong, where, and what to do next.
//
// Every function of hyojun that can fail returns Result<T>. Nothing throws across a public header. An Error is
// complete without its caller: it carries both languages, its place in the input and the next step, so that the
// command line only has to choose the language. Thread-safe: plain values.
#ifndef HYOJUN_BASE_ERROR_H_
#define HYOJUN_BASE_ERROR_H_

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace hyojun::base {

// One message in both languages. Official terms stay Japanese in both. Aggregate without defaults: a message with
// only one language does not compile (-Wmissing-field-initializers, -Werror).
struct Text {
  std::string ja;
  std::string en;
  bool operator==(const Text&) const = default;
};

// The classes of failure. The command line turns them into exit codes in one place (cli/command/exit_code.h).
enum class ErrorCode : std::uint8_t {
  usage,           // the call is wrong, or a date or encoding must be given
  input_rejected,  // the input was read and refused; nothing was written
  environment,     // cannot open, cannot write, disk full, locked
  damaged,         // a table, layer or database is damaged or made by a newer version
  bug,             // a promise of the program's own is broken
  interrupted,     // stopped by the user
};

// A place in the input. Records and fields count from 1, bytes from 0 (a BOM included). Absent parts are unknown.
struct Where {
  std::string file{};                     // as the user gave it; "-" is standard input
  std::optional<std::uint64_t> record{};  // 1 is the first record of the file, header included
  std::optional<std::uint64_t> field{};
  std::optional<std::uint64_t> byte{};
  std::string sheet{};  // of a spreadsheet: then record is the row and field the column
  bool operator==(const Where&) const = default;
};

// `what` and `next` never hold a whole field of the input: characters and positions only.
struct Error {
  ErrorCode code;
  Text what;
  Where where{};
  Text next{"", ""};
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, Text what, Where where = {}, Text next = {"", ""}) {
  return tl::unexpected<Error>(Error{code, std::move(what), std::move(where), std::move(next)});
}

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_ERROR_H_
