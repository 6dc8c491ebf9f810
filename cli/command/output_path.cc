#include "output_path.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace hyojun::cli {

base::Result<void> check_output(const std::string& output, const std::vector<std::string>& inputs) {
  const auto same = [&](const std::string& input) {
    std::error_code missing;  // a name that does not exist yet is nobody's
    return !input.empty() && std::filesystem::equivalent(output, input, missing);
  };
  if (std::ranges::none_of(inputs, same)) return {};
  return base::fail(base::ErrorCode::usage, {"出力先が入力と同じファイルです", "the output is one of the input files"},
                    {.file = output}, {"別の名前を指定してください", "choose another name"});
}

void report_leftovers(const std::vector<std::string>& names, Context& context) {
  for (const std::string& name : names) {
    print_message(context, {"中断した実行の一時ファイルを削除しました: " + name,
                            "removed the temporary file of a killed run: " + name});
  }
}

}  // namespace hyojun::cli
