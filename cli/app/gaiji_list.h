// The office's own list of its gaiji (外字一覧): CSV or XLSX with a column 外字コード and any of 読み, 住基ネット
// 統一文字コード (J+), 戸籍統一文字番号, 登記統一文字番号, 備考, under the headings that offices use. A row that says
// something has a code; a list is read whole or not at all, and everything that is wrong with it is told.
#ifndef HYOJUN_CLI_APP_GAIJI_LIST_H_
#define HYOJUN_CLI_APP_GAIJI_LIST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gaiji_numbers.h"
#include "hyojun/base/table_reader.h"
#include "hyojun/charmap/encoding.h"

namespace hyojun::app {

struct GaijiListRow {
  std::uint32_t row = 0;  // of the sheet, from 1
  std::string code{};     // as charmap::gaiji_code_text
  char32_t code_point = 0;
  std::string reading{};
  GaijiNumbers numbers{};
  std::string note{};
};

struct GaijiList {
  std::string name;
  std::vector<GaijiListRow> rows{};     // empty if there are problems
  std::vector<base::Error> problems{};  // no gaiji code, a code twice, a number that Excel has changed; a bounded many
  std::size_t problem_count = 0;        // all of them
  std::vector<std::string> unread_headings{};
};

// CSV is UTF-8, or what its BOM or `stated` says. Fails as TableReader and decode_sheet() do; the option that states
// the encoding is --list-encoding.
base::Result<base::TableReader> open_gaiji_list(const std::string& path, std::optional<charmap::Encoding> stated);

// Reads the first sheet that has the column. Fails as TableReader does, and with input_rejected if none has it.
base::Result<GaijiList> read_gaiji_list(base::TableReader& reader, charmap::Encoding encoding,
                                        const charmap::Repertoire& repertoire);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_LIST_H_
