#include "gaiji_list_option.h"

#include "problems.h"

namespace hyojun::cli {

std::vector<Option> gaiji_list_options() {
  return {{.name = "list",
           .value = "FILE",
           .summary = {"団体の外字一覧 (CSV か XLSX)", "The office's list of its gaiji (CSV or XLSX)"},
           .details = {"列は 外字コード と、読み、住基ネット統一文字コード "
                       "(J+)、戸籍統一文字番号、登記統一文字番号、備考。",
                       "Columns 外字コード and 読み, J+, 戸籍統一文字番号, 登記統一文字番号, 備考."},
           .group = OptionGroup::source},
          {.name = "list-encoding",
           .value = "NAME",
           .summary = {"一覧の CSV の文字コード (なければ UTF-8)", "Encoding of the list's CSV, else UTF-8"},
           .group = OptionGroup::source}};
}

base::Result<void> read_list_options(const ParsedArguments& arguments, app::GaijiScanRequest& request) {
  request.list = arguments.value("list").value_or("");
  const auto name = arguments.value("list-encoding");
  if (!name) return {};
  request.list_encoding = charmap::parse_encoding(*name);
  if (request.list_encoding) return {};
  return base::fail(base::ErrorCode::usage,
                    {"その文字コードはありません: " + *name, "there is no such encoding: " + *name}, {},
                    {"例: --list-encoding cp932", "for example --list-encoding cp932"});
}

bool tell_list_problems(const app::GaijiList& list, Context& context) {
  print_problems(context, list.problems, list.problem_count);
  print_unread_headings(context, list.name, list.unread_headings);
  return list.problem_count > 0;
}

}  // namespace hyojun::cli
