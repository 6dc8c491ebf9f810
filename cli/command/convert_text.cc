#include <fmt/format.h>

#include <algorithm>

#include "convert_report.h"
#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "printable.h"
#include "report_text.h"
#include "table_view.h"

namespace hyojun::cli {
namespace {

using charmap::Action;
using charmap::ExceptionTally;
using charmap::Outcome;
using charmap::ReplacementKey;
using Entry = std::pair<ReplacementKey, const ExceptionTally*>;

class TextReport {
 public:
  TextReport(const app::ConvertReport& report, const Context& context, Output& out)
      : report_(report), context_(context), out_(out) {}

  void write() {
    write_beginning(report_.source, context_, out_);
    default_glyphs();
    replacements();
    result();
    next_steps();
    write_table_line(report_.source, context_, out_);
  }

 private:
  void line(const base::Text& text) { out_.line(context_.say(text)); }
  std::uint64_t count(Action action) const { return report_.replacements.count(action); }

  void default_glyphs() {
    const std::string n = grouped(report_.source.counts.outcomes[static_cast<std::size_t>(Outcome::default_glyph)]);
    if (report_.source.shapes != charmap::Shapes::unknown) {
      const std::string_view shapes = shapes_key(report_.source.shapes);
      line({fmt::format("既定字形の文字: {}。プロファイルの述べる字形（{}）の文字としました。", n, shapes),
            fmt::format("既定字形 (default glyphs): {}. Taken for the shapes that the profile states ({}).", n,
                        shapes)});
      return;
    }
    line({fmt::format("既定字形と仮定した文字: {}。符号位置のまま書き、字形は示しません。", n),
          fmt::format("既定字形と仮定 (assumed to have the default glyph): {}. Written as plain code points.", n)});
  }

  // Gaiji, controls and damaged bytes have no glyph of their own to show.
  static std::string glyph(const ReplacementKey& key) {
    const Outcome o = key.source.outcome;
    const bool shown = o == Outcome::standard || o == Outcome::default_glyph || o == Outcome::unregistered_sequence ||
                       o == Outcome::not_in_standard;
    return shown ? base::to_utf8(key.source.text()) : "-";
  }

  static std::string target(const ReplacementKey& key) {
    const std::u32string text = key.target_text();
    if (text.empty()) return key.action == Action::refused || key.action == Action::keep ? "-" : "〔…〕";
    const bool gaiji = key.action == Action::unselected || key.action == Action::keep;
    return gaiji ? base::format_code_points(text)
                 : fmt::format("{} {}", base::to_utf8(text), base::format_code_points(text));
  }

  std::string reason(const ReplacementKey& key) const {
    const auto i = static_cast<std::size_t>(key.action);
    std::string text(context_.language == Language::japanese ? charmap::kActionNamesJa[i] : charmap::kActionKeys[i]);
    if (key.relation) {
      text += fmt::format(" ({})", charmap::kShrinkRelationNamesJa[static_cast<std::size_t>(*key.relation)]);
    }
    return text;
  }

  // What could not be written first, then by frequency.
  static bool comes_first(const Entry& a, const Entry& b) {
    const auto weight = [](const Entry& e) { return std::pair(e.first.action == Action::refused, e.second->count); };
    return weight(a) != weight(b) ? weight(a) > weight(b) : a.first < b.first;
  }

  void replacements() {
    if (report_.replacements.brackets() != 0) {
      line({fmt::format("タグにした〔: {}", grouped(report_.replacements.brackets())),
            fmt::format("〔 written as tags: {}", grouped(report_.replacements.brackets()))});
    }
    auto entries = report_.replacements.entries();
    if (entries.empty()) return;
    const std::size_t shown = std::min(entries.size(), kShown);
    std::ranges::partial_sort(entries, entries.begin() + static_cast<std::ptrdiff_t>(shown), comes_first);
    std::uint64_t all = 0;
    for (const Entry& e : entries) all += e.second->count;
    line({fmt::format("書き換えなど {} 種 {} 文字（{} 種を示す）:", grouped(entries.size()), grouped(all), shown),
          fmt::format("Not simply carried over: {} distinct, {} characters ({} shown):", grouped(entries.size()),
                      grouped(all), shown)});
    TableView view({{context_.say({"文字", "char"})},
                    {context_.say({"元のバイト", "bytes"})},
                    {context_.say({"出力", "written"})},
                    {context_.say({"理由", "why"}), Align::left, Fit::wrap},
                    {context_.say({"件数", "count"}), Align::right},
                    {context_.say({"最初（レコード:項目）", "first (record:field)"})}});
    for (std::size_t i = 0; i < shown; ++i) {
      const auto& [key, tally] = entries[i];
      view.add_row({glyph(key), base::format_hex(key.source.source()), target(key), reason(key), grouped(tally->count),
                    first_place(report_.source, *tally)});
    }
    out_.write(view.render(table_style(context_, 2)));
  }

  void result() {
    if (!report_.written && report_.bytes_written() != 0) {
      line({fmt::format("変換できない文字が {} あります。標準出力はその前で終わっています。",
                        grouped(count(Action::refused))),
            fmt::format("{} characters cannot be converted: standard output ends before them.",
                        grouped(count(Action::refused)))});
      return;
    }
    if (!report_.written) {
      line({fmt::format("変換できない文字が {} あるので、出力していません。", grouped(count(Action::refused))),
            fmt::format("{} characters cannot be converted: nothing was written.", grouped(count(Action::refused)))});
      return;
    }
    for (const auto& output : report_.outputs) {
      const std::string name =
          output.name == "-" ? context_.say({"標準出力", "standard output"}) : printable(output.name);
      const std::string_view to = target_key(report_.options.to);
      line({fmt::format("{} に {} バイトを書きました（{}）。", name, grouped(output.bytes), to),
            fmt::format("{} bytes written to {} ({}).", grouped(output.bytes), name, to)});
    }
    if (report_.affected == 0) return;
    line({fmt::format("字形が変わる項目: {}（一覧は個人データを含みます）", grouped(report_.affected)),
          fmt::format("Fields whose printed shape changes: {} (the list holds personal data)",
                      grouped(report_.affected))});
  }

  void next_steps() {
    if (count(Action::refused) != 0) {
      line({"次に: 外字は外字対応表（--gaiji）で決めるか、--unidentified で扱い（geta、tag、keep）を選んでください。",
            "Next: decide gaiji in a gaiji table (--gaiji), or choose --unidentified geta, tag or keep."});
    }
    if (count(Action::unselected) != 0) {
      line({"次に: 対象外の列に外字があります。--columns に加えるか確かめてください。",
            "Next: columns that were not selected hold gaiji; see whether they belong to --columns."});
    }
  }

  const app::ConvertReport& report_;
  const Context& context_;
  Output& out_;
};

}  // namespace

void write_convert_text(const app::ConvertReport& report, const Context& context, Output& out) {
  TextReport(report, context, out).write();
}

}  // namespace hyojun::cli
