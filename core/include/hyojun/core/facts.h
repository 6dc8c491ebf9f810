// What can be said of a body: the values that are stored, and what an import is. Plain values.
//
// Three indicators are surveys: they come for many bodies at once and have a cell for each business (and step). They
// are kept as one line of text a body (SurveyLine), because a national survey has 1,392,800 cells. Everything else is
// a Fact of one kind. The three are of different types and are never added up or drawn on one axis (tracker.md §3):
//   steps     the status of each of the 40 steps of a business          (MIC, by step)
//   finished  how many of the 40 are 完了済み or 対象外                   (MIC, where only a rate is published)
//   late      whether the system is flagged 特定移行支援システム          (Digital Agency)
#ifndef HYOJUN_CORE_FACTS_H_
#define HYOJUN_CORE_FACTS_H_

#include <hyojun/base/date.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/core/catalog.h"
#include "hyojun/core/decision.h"

namespace hyojun::core {

enum class Indicator : std::uint8_t { steps, finished, late };
inline constexpr std::size_t kIndicators = 3;

// "steps", "finished", "late": as stored and in JSON.
std::string_view key_of(Indicator indicator);
// 手順ごとの状況, 完了手順数, 特定移行支援システムの該当見込み.
std::string_view name_of(Indicator indicator);

// What one import says of one body. `cells` has one position a cell, in the order of business numbers, "." where the
// import says nothing:
//   steps     800 characters, StepStatus of business 1 step 1 … 40, business 2 step 1 …
//   finished  40 characters, "00" … "40" for each of the 20 businesses
//   late      21 characters, 1 flagged, 0 not flagged
struct SurveyLine {
  Indicator indicator;
  std::string body;  // code
  std::string cells;
};

// A line that says nothing yet.
SurveyLine empty_line(Indicator indicator, std::string body);

enum class KindType : std::uint8_t { flag, date, count, text, reason, outlook };

// A kind of fact.
struct Kind {
  std::string_view key;   // in the store, our own sheets and JSON
  std::string_view name;  // heading in Japanese
  bool of_business;       // else of the body itself
  KindType type;
  std::string_view meaning;
  std::string_view choices{};  // the values a drop-down offers, separated by commas; others are allowed for text
};

std::span<const Kind> kinds();
// By key or Japanese name, compared as labels; null if there is none.
const Kind* find_kind(std::string_view label);
// "flag", "date", …: as stored.
std::string_view key_of(KindType type);

// The value of a cell of a sheet in its stored form: 1/0 for 該当 はい 有 ○ 要 …, dates in any form as ISO, counts
// without commas. Empty in, nothing out (the fact is withdrawn). Fails with input_rejected.
base::Result<std::optional<std::string>> parse_value(const Kind& kind, std::string_view text);
// The stored value as people read it: はい/いいえ, the reason's name, the outlook's name.
std::string show_value(const Kind& kind, std::string_view value);

struct Fact {
  std::string body;
  std::size_t business;  // 0: the body itself
  std::string kind;
  std::optional<std::string> value;  // none: what was said before no longer holds
  std::string reason{};
  std::string person{};
};

struct Note {
  std::string key;  // a later note with the same key takes its place
  std::string body;
  std::size_t business = 0;
  std::string theme;
  std::string text;
  std::string next_action{};
  std::string person{};
  bool open = true;
  bool operator==(const Note&) const = default;
};

// What an import speaks of: only there is absence a fact.
struct Coverage {
  std::string indicator;  // key of an indicator or a kind
  std::string body;       // or, with whole_prefecture, a prefecture: itself and all its municipalities
  bool whole_prefecture = false;
  std::string businesses;  // 21 times 1 (spoken of) or 0
};

// All that one import says; recorded whole or not at all.
struct ImportDraft {
  base::Date as_of;      // 基準日
  std::string form;      // "mic-rates", "mic-steps", "da-late", or a kind of our own sheets
  std::string source;    // 出典: the title of the publication
  std::string file{};    // without folder
  std::string sheet{};   // of a workbook
  std::string sha256{};  // of the file; empty: typed in
  std::string actor;     // who imports
  std::string tool;      // "hyojun 0.1.0"
  std::string uid{};     // 32 hex digits; empty: a new one
  std::string origin{};  // where it was first recorded, for a merged one
  // The uid of an import of the same store that this one takes back, and why; empty: it takes none back.
  std::string withdraws{};
  std::string reason{};
  std::vector<SurveyLine> lines{};
  std::vector<Fact> facts{};
  std::vector<Note> notes{};
  std::vector<Coverage> coverage{};
  std::vector<Decision> decisions{};
};

struct ImportInfo {
  std::int64_t id = 0;
  std::string uid;
  std::string recorded_at;  // base::timestamp_in_japan
  std::string as_of;        // ISO
  std::string form;
  std::string source;
  std::string file;
  std::string sheet;
  std::string sha256;
  std::string actor;
  std::string tool;
  std::string origin;
  std::int64_t withdraws = 0;  // the import it takes back; 0: none
  std::string reason{};        // why it takes it back
};

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_FACTS_H_
