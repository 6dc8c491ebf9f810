// What recording files of decisions would do: joined from several persons, and compared with what is recorded.
//
// Rows of several files that speak of one gaiji are one if they give the same answer (the one with more signatures is
// kept), else a conflict. An answer that differs from a recorded 決定 or 確認済 is a change: a conflict, too, unless
// the caller asks to supersede. A row that says what is recorded already is not recorded again: neither is the same
// answer with the same signatures in a file that was made with another table or font, which nobody has looked at anew.
#ifndef HYOJUN_CLI_APP_DECISION_PLAN_H_
#define HYOJUN_CLI_APP_DECISION_PLAN_H_

#include <string>
#include <vector>

#include "decision_file.h"
#include "hyojun/core/decision_book.h"

namespace hyojun::app {

// An answer, and where it was given.
struct PlacedDecision {
  core::Decision decision;
  std::string place;  // "a.csv:12", or the import that recorded it, "取込 3"
};

struct DecisionChange {
  PlacedDecision before;
  PlacedDecision after;
};

struct DecisionPlan {
  std::vector<core::Decision> decisions;   // to be recorded
  std::vector<DecisionChange> conflicts;   // between files
  std::vector<DecisionChange> changes;     // of recorded answers
  std::vector<DecisionChange> new_glyphs;  // the same code, but the glyph is another than was decided on
  std::size_t first = 0;                   // nothing was recorded of the gaiji before
  std::size_t confirmed = 0;               // the same answer, one state further or with other words
  std::size_t same = 0;                    // recorded already
  std::size_t open = 0;                    // rows without an answer
};

DecisionPlan plan_decisions(const std::vector<DecisionFile>& files, const core::DecisionBook& book);

// "MJ026190 同一字形", "該当なし、代替 辺": an answer in a message.
std::string answer_text(const core::Decision& decision);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_DECISION_PLAN_H_
