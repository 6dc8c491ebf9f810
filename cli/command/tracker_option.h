// What the commands of the tracker have in common: the database, the two dates, the basis of a report.
#ifndef HYOJUN_CLI_COMMAND_TRACKER_OPTION_H_
#define HYOJUN_CLI_COMMAND_TRACKER_OPTION_H_

#include <hyojun/core/state.h>
#include <hyojun/core/store.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "context.h"
#include "option_table.h"
#include "parse.h"
#include "report.h"

namespace hyojun::cli {

Option db_option();
// --wait, for commands that write.
Option wait_option();
// --as-of and --known-at.
std::vector<Option> view_options();
// db, view and report options, for a report.
std::vector<Option> tracker_report_options(std::vector<Option> own = {});

// --db, else HYOJUN_DB, else hyojun.db.
std::string db_path(const ParsedArguments& arguments);
// What a command needs the database to hold.
enum class Content : std::uint8_t { tracker, decisions, any };
// Says on standard error when it has to wait for another process.
// With write access, up to --wait seconds. Errors: usage, too, if the database is kept for something else.
base::Result<core::Store> open_store(const ParsedArguments& arguments, core::Store::Access access, Context& context,
                                     Content content = Content::tracker);

// A date option in any form people write; none if it was not given. Fails with usage, naming the option.
base::Result<std::optional<base::Date>> date_option(const ParsedArguments& arguments, const std::string& name);
// --as-of (today in Japan without it) and --known-at.
base::Result<core::View> view_of(const ParsedArguments& arguments);

// Opens, reads what is needed, as of the given days. The Store must outlive the State.
struct OpenedState {
  core::Store store;
  core::State state;
};
base::Result<OpenedState> open_state(const ParsedArguments& arguments, const core::Needs& needs, Context& context);

// "2026-01-31" and null: the JSON of the two dates.
nlohmann::ordered_json known_at_json(const core::View& view);
// 令和8年1月31日時点（2026-01-31）, with known_at if stated.
base::Text day_line(const core::View& view);
// One line for each survey that is used: title, day, file, import, and how many municipalities and businesses of the
// report come from it.
std::vector<ReportText> survey_lines(const core::State& state, std::initializer_list<core::Indicator> indicators);
// 総務省…、デジタル庁…による: the sources of the surveys for a Japanese sentence; 報告なし without any.
std::string sources_text(const core::State& state, std::initializer_list<core::Indicator> indicators);

// Who runs the program: --actor, else HYOJUN_ACTOR, else USER or LOGNAME; "不明" without any.
Option actor_option();
std::string actor_of(const ParsedArguments& arguments);
std::string tool_name();

// One municipality by code or name, "282014", "姫路市", "兵庫県姫路市". Fails with usage: none, or several.
base::Result<std::size_t> body_of(const core::Store& store, const std::string& text);
base::Result<std::size_t> business_number(const std::string& text);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_TRACKER_OPTION_H_
