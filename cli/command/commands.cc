#include "commands.h"

namespace hyojun::cli {
namespace {

std::vector<Option> global_options() {
  return {
      {.name = "help",
       .short_name = 'h',
       .summary = {"説明を表示する。-h は短く、--help は例つきで詳しく",
                   "Show help: -h in short, --help with examples"},
       .group = OptionGroup::general},
      {.name = "version",
       .short_name = 'V',
       .summary = {"プログラムと文字表の版を表示する", "Show the versions of the program and its tables"},
       .group = OptionGroup::general},
      {.name = "lang",
       .choices = {"ja", "en"},
       .summary = {"表示の言語", "Language of the messages"},
       .details = {"指定がなければ HYOJUN_LANG、次にロケールによる。", "Default: HYOJUN_LANG, then the locale."},
       .group = OptionGroup::general},
      {.name = "color",
       .choices = {"auto", "always", "never"},
       .summary = {"色の使用", "Whether to use colour"},
       .details = {"auto は端末だけで色を使い、NO_COLOR と TERM=dumb に従う。",
                   "auto: only on a terminal, unless NO_COLOR is set or TERM is dumb."},
       .group = OptionGroup::general},
  };
}

std::vector<EnvironmentVariable> environment() {
  return {
      {"HYOJUN_LANG", {"表示の言語 (ja または en)", "language of the messages, ja or en"}},
      {"HYOJUN_KERNEL", {"--kernel がないときのカーネル", "the kernel used without --kernel"}},
      {"HYOJUN_TABLE", {"--table がないときの層 (: で区切る)", "layers used without --table, separated by :"}},
      {"HYOJUN_DB", {"--db がないときのデータベース", "the database without --db"}},
      {"HYOJUN_CACHE", {"字形索引を置くフォルダ", "the folder of the glyph index"}},
      {"HYOJUN_ACTOR", {"--actor がないときの担当者", "who records, without --actor"}},
      {"LC_ALL, LC_MESSAGES, LANG",
       {"HYOJUN_LANG がないときの言語。ja で始まれば日本語",
        "the language without HYOJUN_LANG; Japanese if it begins with ja"}},
      {"NO_COLOR", {"空でなければ色を使わない", "no colour if it is not empty"}},
      {"TERM", {"dumb なら色を使わない", "no colour if it is dumb"}},
      {"COLUMNS", {"端末でないときの表示幅", "the width of the output if it is no terminal"}},
  };
}

}  // namespace

const CommandTable& command_table() {
  static const CommandTable table{
      // clang-format off: one command a line
      .commands = {&identify_command(),
                   &convert_command(),
                   &char_command(),
                   &shrink_command(),
                   &table_info_command(),
                   &table_import_command(),
                   &table_diff_command(),
                   &layout_from_copybook_command(),
                   &tally_merge_command(),
                   &gaiji_scan_command(),
                   &gaiji_candidates_command(),
                   &gaiji_review_command(),
                   &gaiji_decide_command(),
                   &gaiji_export_command(),
                   &gaiji_history_command(),
                   &gaiji_recheck_command(),
                   &gaiji_share_command(),
                   &bench_command(),
                   &init_command(),
                   &import_command(),
                   &status_command(),
                   &outlook_command(),
                   &changes_command(),
                   &reconcile_command(),
                   &stale_command(),
                   &history_command(),
                   &undo_command(),
                   &template_command(),
                   &export_command(),
                   &merge_command(),
                   &db_backup_command(),
                   &db_check_command(),
                   &help_command(),
                   &generate_man_command(),
                   &generate_completion_command()},
      // clang-format on
      .groups = {{.name = "table",
                  .summary = {"標準文字表と追加文字の層", "The standard table and layers of added characters"}},
                 {.name = "gaiji",
                  .summary = {"外字を集め、同定を決定し、対応表を作る", "Collect gaiji, decide, make the table"}},
                 {.name = "layout", .summary = {"ホストのレコードのレイアウト", "Layouts of the records of hosts"}},
                 {.name = "tally", .summary = {"identify の報告", "Reports of identify"}},
                 {.name = "db", .summary = {"データベースの写しと検査", "Copy and check the database"}},
                 {.name = "generate",
                  .summary = {"パッケージ作成者用のファイルを作る", "Make files for packagers"},
                  .hidden = true}},
      .global_options = global_options(),
      .environment = environment(),
  };
  return table;
}

}  // namespace hyojun::cli
