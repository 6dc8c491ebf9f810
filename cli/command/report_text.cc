#include "report_text.h"

#include <fmt/format.h>

#include "printable.h"
#include "table_view.h"

namespace hyojun::cli {

using charmap::Outcome;

namespace {

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "-" : fmt::format("{:.2f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

void write_files(const app::Report& report, const Context& context, Output& out) {
  for (const app::FileReport& file : report.files) {
    const bool text = file.structure.kind == charmap::Structure::Kind::text;
    const bool dump = file.structure.kind == charmap::Structure::Kind::field;
    const std::string format = text                               ? "text"
                               : dump                             ? "layout"
                               : file.structure.delimiter == U',' ? "CSV"
                               : file.structure.delimiter == U'\t'
                                   ? "TSV"
                                   : fmt::format("'{}'", static_cast<char>(file.structure.delimiter));
    const base::Text header = text || dump            ? base::Text{"", ""}
                              : file.structure.header ? base::Text{"、見出しあり", ", with header"}
                                                      : base::Text{"、見出しなし", ", no header"};
    const std::string name = printable(file.name);
    out.line(context.say({fmt::format("{}: {} レコード、{} バイト（{}、{}{}）", name, grouped(file.records),
                                      grouped(file.bytes), encoding_name(file.encoding), format, header.ja),
                          fmt::format("{}: {} records, {} bytes ({}, {}{})", name, grouped(file.records),
                                      grouped(file.bytes), encoding_name(file.encoding), format, header.en)}));
  }
}

void write_outcomes(const app::Report& report, const Context& context, Output& out) {
  const std::uint64_t all = report.counts.characters();
  TableView view({{context.say({"同定結果", "outcome"})},
                  {"", Align::left},
                  {context.say({"文字数", "characters"}), Align::right},
                  {"", Align::right}});
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    const std::uint64_t n = report.counts.outcomes[i];
    const Emphasis emphasis = n != 0 && is_exception(outcome) ? Emphasis::warning : Emphasis::none;
    view.add_row({std::string(outcome_name_ja(outcome)), std::string(outcome_key(outcome)), Cell(grouped(n), emphasis),
                  percent(n, all)});
  }
  view.add_row({context.say({"合計", "total"}), "", grouped(all), ""});
  out.write(view.render(table_style(context, 2)));
}

}  // namespace

void write_table_line(const app::Report& report, const Context& context, Output& out) {
  const auto& table = report.repertoire->table();
  const std::size_t layers = report.repertoire->layers().size();
  const base::Text added = layers == 0
                               ? base::Text{"追加文字（GJ）は読み込まれていません", "no added characters (GJ) loaded"}
                               : base::Text{fmt::format("追加の層 {}", layers), fmt::format("{} layer(s)", layers)};
  out.line(context.say({fmt::format("表: {}（{}）。{}。", table.version(), table.digest().substr(0, 12), added.ja),
                        fmt::format("Table: {} ({}); {}.", table.version(), table.digest().substr(0, 12), added.en)}));
}

void write_beginning(const app::Report& report, const Context& context, Output& out) {
  write_files(report, context, out);
  write_outcomes(report, context, out);
}

std::string first_place(const app::Report& report, const charmap::ExceptionTally& tally) {
  const charmap::Position& p = tally.at[0];
  const std::string file = report.files.size() > 1 ? printable(report.files[p.file].name) + ":" : "";
  return fmt::format("{}{}:{}", file, p.record, p.field);
}

}  // namespace hyojun::cli
