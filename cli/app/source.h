// One source file, ready to be scanned: its encoding, its gaiji table, its plan, its columns.
#ifndef HYOJUN_CLI_APP_SOURCE_H_
#define HYOJUN_CLI_APP_SOURCE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "block_reader.h"
#include "hyojun/charmap/layout.h"
#include "hyojun/charmap/number_column.h"
#include "hyojun/charmap/plan.h"
#include "identify.h"

namespace hyojun::app {

// What the whole run shares: gaiji tables are read once per encoding.
struct RunContext {
  const IdentifyOptions& options;
  std::shared_ptr<const charmap::Repertoire> repertoire;
  std::shared_ptr<const charmap::GaijiTable> gaiji;  // for `gaiji_encoding`
  std::optional<charmap::Encoding> gaiji_encoding;
  std::shared_ptr<const charmap::Layout> layout{};
  std::shared_ptr<const charmap::CodeTable> codes{};  // of the last encoding that is read by table
};

// A column of numbers; field from 0.
struct NumberColumn {
  std::uint32_t field;
  charmap::NumberKind kind;
};

struct Source {
  BlockReader reader;
  std::unique_ptr<const charmap::Plan> plan{};
  std::vector<std::string> headings{};  // of the header record; empty without
  bool named = true;                    // false: the header record looks like data, so its fields are shown nowhere
  std::vector<std::uint32_t> name_columns{};  // fields from 0
  std::vector<std::uint32_t> kana_columns{};
  std::vector<std::uint32_t>
      rule_fields{};                    // of IdentifyOptions::rule_columns, in their order; empty for an empty file
  std::vector<NumberColumn> numbers{};  // each field once
  std::optional<std::uint32_t> key{};
  std::shared_ptr<const charmap::Layout> layout{};  // of a dump
  bool must_be_utf8 = false;                        // nothing stated the encoding: the first doubt stops the run
  std::size_t bom = 0;                              // bytes
  std::vector<base::Text> warnings{};

  bool follows_fields() const { return key || !name_columns.empty() || !kana_columns.empty() || !numbers.empty(); }
};

// The code table of this encoding with the options' code maps and first gaiji; null where the encoding has none of its
// own and the options change nothing. Errors: as CodeMap::open() and CodeTable::make().
base::Result<std::shared_ptr<const charmap::CodeTable>> open_codes(const IdentifyOptions& options,
                                                                   charmap::Encoding encoding);

// Opens `path` and decides everything but the content. Errors: as identify().
base::Result<Source> open_source(RunContext& context, const std::string& path);

// Where nothing states the encoding and the bytes are no UTF-8, or hold an ESC. The event's offset is in the file.
base::Error doubt_error(const charmap::Event& doubt, const std::string& file);

// Too many distinct exceptional characters (Tally::kTooMany) for a text in this encoding.
base::Error too_many_error(const std::string& file, charmap::Encoding encoding);

// Does this exception begin with a Hangul syllable, which in 住基ネット統一文字コード is a kanji?
bool is_hangul(const charmap::ExceptionKey& key);

// Adds to the source what can be said when it has been read to its end in this state. `count_hangul` tells how many
// characters were found for which is_hangul() holds.
void add_warnings(Source& source, const IdentifyOptions& options, const charmap::ScanState& end,
                  const charmap::ScanCounts& counts, const std::function<std::uint64_t()>& count_hangul);

// The gaiji table and the system of a run, and what is to be said of them.
void add_gaiji(Report& report, const RunContext& context);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_SOURCE_H_
