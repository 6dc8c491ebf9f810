// Exit codes: the one place. Scripts depend on them; they may only grow.
//
// A reader that closes the pipe early (EPIPE, `hyojun … | head`) ends the program in silence: with the command's own
// code if it had finished, else with 0, because the reader had what it wanted. A command whose standard output is the
// product itself (`convert -o -`) must catch OutputClosed and say kExitEnvironment: there an early end is a loss.
#ifndef HYOJUN_CLI_COMMAND_EXIT_CODE_H_
#define HYOJUN_CLI_COMMAND_EXIT_CODE_H_

#include <hyojun/base/error.h>

#include <array>

namespace hyojun::cli {

inline constexpr int kExitDone = 0;           // done and nothing to report
inline constexpr int kExitFound = 1;          // ran, and found exceptions, differences, or used a policy
inline constexpr int kExitUsage = 2;          // the call is wrong, or a date or encoding must be given
inline constexpr int kExitInputRejected = 3;  // the input was read and refused
inline constexpr int kExitEnvironment = 4;    // cannot open, disk full, locked, out of memory
inline constexpr int kExitDamaged = 5;        // damaged or too-new table or database
inline constexpr int kExitBug = 70;           // EX_SOFTWARE of sysexits.h
inline constexpr int kExitInterrupted = 130;  // 128 + SIGINT

constexpr int exit_code(base::ErrorCode code) {
  switch (code) {
    case base::ErrorCode::usage:
      return kExitUsage;
    case base::ErrorCode::input_rejected:
      return kExitInputRejected;
    case base::ErrorCode::environment:
      return kExitEnvironment;
    case base::ErrorCode::damaged:
      return kExitDamaged;
    case base::ErrorCode::bug:
      return kExitBug;
    case base::ErrorCode::interrupted:
      return kExitInterrupted;
  }
  return kExitBug;
}

// What help and the man page say about an exit code.
struct ExitCodeText {
  int code;
  base::Text meaning;
};

inline std::array<ExitCodeText, 8> exit_code_texts() {
  return {{
      {kExitDone, {"正常終了。報告すべきものはない", "done, nothing to report"}},
      {kExitFound,
       {"実行し、例外・差分が見つかった、または方針を適用した",
        "ran; found exceptions, differences, or used a policy"}},
      {kExitUsage,
       {"使い方の誤り (日付や文字コードの指定が必要な場合を含む)",
        "wrong usage (also: a date or an encoding must be given)"}},
      {kExitInputRejected, {"入力を受け付けなかった", "the input was rejected"}},
      {kExitEnvironment,
       {"環境の問題 (開けない、ディスク不足、ロック中)", "environment (cannot open, disk full, locked)"}},
      {kExitDamaged, {"文字表・データベースが破損、または新しすぎる", "damaged or too-new table or database"}},
      {kExitBug, {"プログラムの不具合", "a bug in the program"}},
      {kExitInterrupted, {"中断された", "interrupted"}},
  }};
}

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_EXIT_CODE_H_
