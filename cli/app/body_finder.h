// Which body does a row of a sheet speak of?
#ifndef HYOJUN_CLI_APP_BODY_FINDER_H_
#define HYOJUN_CLI_APP_BODY_FINDER_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "hyojun/core/store.h"
#include "sheet_problems.h"

namespace hyojun::app {

// Finds bodies by code or by prefecture and name; remembers what it found, because a national sheet names each body
// twenty times. Keeps references: one import, one thread.
class BodyFinder {
 public:
  BodyFinder(const core::Catalog& catalog, const core::Scope& scope, SheetProblems& problems)
      : catalog_(catalog), scope_(scope), problems_(problems) {}

  // The day the sheet speaks of, before its first row is read: a body that does not exist on it is a problem, and of
  // two bodies of one name the one that does is meant.
  void set_day(const std::optional<base::Date>& day) { day_ = day ? day->iso() : std::string(); }

  // Six digits, or five without check digit, full-width, or with a lost leading zero (counted in zeros_restored). A
  // ward's code, an unknown code and a wrong check digit are problems at (row, column).
  std::optional<std::size_t> by_code(std::string_view text, std::uint32_t row, std::uint32_t column);
  // `prefecture` is a name; `name` "-" or empty is the prefecture itself. Unknown and ambiguous names are problems.
  std::optional<std::size_t> by_name(std::string_view prefecture, std::string_view name, std::uint32_t row,
                                     std::uint32_t column);
  // True if the name, with or without its prefecture, is that of the body; else a problem.
  bool check_name(std::size_t body, std::string_view name, std::uint32_t row, std::uint32_t column);

  // False for a body the store is not about: its row is left out, and counted.
  bool is_in_scope(std::size_t body);

  std::size_t zeros_restored() const { return zeros_restored_; }
  std::size_t out_of_scope() const { return out_of_scope_; }

 private:
  bool exists(std::size_t body) const { return day_.empty() || catalog_.bodies()[body].exists_on(day_); }
  void report_ended(std::size_t body, std::uint32_t row, std::uint32_t column);
  std::optional<std::size_t> search(std::string_view prefecture, std::string_view name, std::uint32_t row,
                                    std::uint32_t column);

  const core::Catalog& catalog_;
  const core::Scope& scope_;
  SheetProblems& problems_;
  std::string day_;  // ISO; empty: not known
  std::map<std::string, std::optional<std::size_t>, std::less<>> known_;
  std::size_t zeros_restored_ = 0;
  std::size_t out_of_scope_ = 0;
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_BODY_FINDER_H_
