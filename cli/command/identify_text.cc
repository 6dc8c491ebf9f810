#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "identify_report.h"
#include "printable.h"
#include "report_text.h"
#include "table_view.h"

namespace hyojun::cli {
namespace {

using charmap::ExceptionKey;
using charmap::ExceptionTally;
using charmap::Outcome;
using Entry = std::pair<ExceptionKey, const ExceptionTally*>;

// The reports of one run as one piece of text.
class TextReport {
 public:
  TextReport(const app::Report& report, Context& context) : report_(report), context_(context) {}

  void write() {
    write_beginning(report_, context_, context_.out);
    default_glyphs();
    exceptions();
    suspicions();
    next_steps();
  }

 private:
  const std::string& say(const base::Text& text) const { return context_.say(text); }
  void line(const base::Text& text) { context_.out.line(say(text)); }
  std::uint64_t count(Outcome outcome) const { return report_.counts.outcomes[static_cast<std::size_t>(outcome)]; }

  void default_glyphs() {
    const std::string n = grouped(count(Outcome::default_glyph));
    line({fmt::format("既定字形と仮定した文字: {}。字形は移行元のフォントが決めます。", n),
          fmt::format("既定字形と仮定 (assumed to have the default glyph): {}. The source's font decides the shape.",
                      n)});
    if (report_.shapes != charmap::Shapes::unknown) {
      const std::string key(shapes_key(report_.shapes));
      line({fmt::format("プロファイルによる移行元の字形: {}（例外 {} 字）", key, report_.shape_exceptions.size()),
            fmt::format("Shapes of the source, by its profile: {} ({} exceptions)", key,
                        report_.shape_exceptions.size())});
    }
    if (report_.font_dependent.empty()) return;
    std::vector<std::pair<char32_t, std::uint64_t>> order(report_.font_dependent.begin(), report_.font_dependent.end());
    std::ranges::stable_sort(order, std::ranges::greater{}, [](const auto& e) { return e.second; });
    std::vector<std::string> list;
    for (std::size_t i = 0; i < std::min(order.size(), kShown); ++i) {
      list.push_back(fmt::format("{} U+{:04X} ×{}", base::to_utf8(std::u32string{order[i].first}),
                                 static_cast<std::uint32_t>(order[i].first), grouped(order[i].second)));
    }
    line({"うち JIS90 と JIS2004 で字形が違う文字:", "Of these, shapes that differ between JIS90 and JIS2004:"});
    write_in_columns(list);
  }

  // As many beside each other as the width allows, five at most: ten are two even lines.
  void write_in_columns(const std::vector<std::string>& list) {
    const TableStyle style = table_style(context_, 2);
    std::size_t widest = 1;
    for (const std::string& entry : list) widest = std::max(widest, base::display_width(entry, style.ambiguous));
    constexpr std::size_t kGap = 2;
    const std::size_t columns = std::clamp<std::size_t>(style.width / (widest + kGap), 1, 5);
    TableView view(std::vector<Column>(std::min(columns, list.size())));
    for (std::size_t i = 0; i < list.size(); i += columns) {
      const std::size_t end = std::min(i + columns, list.size());
      view.add_row(std::vector<Cell>(list.begin() + static_cast<std::ptrdiff_t>(i),
                                     list.begin() + static_cast<std::ptrdiff_t>(end)));
    }
    context_.out.write(view.render(style));
  }

  // Only those that are shown are in order.
  std::vector<Entry> most_frequent_first() const {
    auto entries = report_.tally.entries();
    std::erase_if(entries, [](const Entry& e) { return !is_exception(e.first.outcome); });
    const auto shown = entries.begin() + static_cast<std::ptrdiff_t>(std::min(entries.size(), kShown));
    std::ranges::partial_sort(entries, shown, [](const Entry& a, const Entry& b) {
      return a.second->count != b.second->count ? a.second->count > b.second->count : a.first < b.first;
    });
    return entries;
  }

  // Gaiji, controls and damaged bytes have no glyph of their own to show.
  std::string glyph(const Entry& entry) const {
    const Outcome o = entry.first.outcome;
    if (o != Outcome::unregistered_sequence && o != Outcome::not_in_standard) return "-";
    return base::to_utf8(entry.first.text());
  }

  std::string remark(const Entry& entry) const {
    const auto& table = report_.repertoire->table();
    const ExceptionKey& key = entry.first;
    if (entry.first.outcome == Outcome::unregistered_sequence) {
      return table.collection_names(report_.repertoire->identify(key.first, key.second).collections);
    }
    if (entry.first.outcome != Outcome::not_in_standard) return {};
    const auto references = table.references(key.first);
    if (references.empty()) return {};
    const charmap::Reference& r = references.front();
    const std::string target = base::to_utf8(std::u32string{r.target});
    if (r.kind == charmap::Reference::Kind::radical) return fmt::format("→ {} (部首)", target);
    return fmt::format("→ {} (告示582)", target);
  }

  void exceptions() {
    const auto entries = most_frequent_first();
    if (entries.empty()) return;
    std::uint64_t all = 0;
    for (const Entry& e : entries) all += e.second->count;
    line({fmt::format("例外 {} 種 {} 文字（多い順に {} 種）:", grouped(entries.size()), grouped(all),
                      std::min(entries.size(), kShown)),
          fmt::format("Exceptions: {} distinct, {} characters (the {} most frequent):", grouped(entries.size()),
                      grouped(all), std::min(entries.size(), kShown))});
    TableView view({{say({"文字", "char"})},
                    {say({"符号位置", "code points"})},
                    {say({"元のバイト", "bytes"})},
                    {say({"同定結果", "outcome"})},
                    {say({"件数", "count"}), Align::right},
                    {say({"最初（レコード:項目）", "first (record:field)"})},
                    {say({"参考", "see"}), Align::left, Fit::truncate}});
    for (std::size_t i = 0; i < std::min(entries.size(), kShown); ++i) {
      const auto& [key, tally] = entries[i];
      const bool malformed = key.outcome == Outcome::malformed;
      view.add_row({glyph(entries[i]), malformed ? "-" : base::format_code_points(key.text()),
                    base::format_hex(key.source()), std::string(outcome_name_ja(key.outcome)), grouped(tally->count),
                    first_place(report_, *tally), remark(entries[i])});
    }
    context_.out.write(view.render(table_style(context_, 2)));
  }

  void suspicions() {
    if (report_.suspicions.empty()) return;
    struct Sum {
      std::uint64_t count = 0;
      const ExceptionTally* first = nullptr;
      std::string examples;
    };
    std::array<Sum, charmap::kSuspicionKinds> sums;
    for (const auto& [key, suspicion] : report_.suspicions) {
      Sum& sum = sums[static_cast<std::size_t>(key.kind)];
      sum.count += suspicion.tally.count;
      if (sum.first == nullptr || suspicion.tally.at[0] < sum.first->at[0]) sum.first = &suspicion.tally;
      const bool visible = key.kind <= charmap::SuspicionKind::look_alike;
      if (visible && base::display_width(sum.examples) < 20)
        sum.examples += (sum.examples.empty() ? "" : " ") + base::to_utf8(suspicion.text);
    }
    line({"氏名欄の疑わしいところ（同定結果には影響しません）:",
          "Suspicions in name columns (no influence on the outcomes):"});
    TableView view({{say({"疑い", "suspicion"})},
                    {say({"件数", "count"}), Align::right},
                    {say({"最初（レコード:項目）", "first (record:field)"})},
                    {say({"文字", "characters"})}});
    for (std::size_t i = 0; i < sums.size(); ++i) {
      if (sums[i].first == nullptr) continue;
      view.add_row({std::string(context_.language == Language::japanese ? charmap::kSuspicionNamesJa[i]
                                                                        : charmap::kSuspicionKeys[i]),
                    grouped(sums[i].count), first_place(report_, *sums[i].first), sums[i].examples});
    }
    context_.out.write(view.render(table_style(context_, 2)));
  }

  void next_steps() {
    if (count(Outcome::gaiji_unmapped) != 0) {
      line({"次に: 未同定外字は外字対応表（--gaiji）で標準文字に結びつけてください。",
            "Next: match 未同定外字 to standard characters in a gaiji table (--gaiji)."});
    }
    if (count(Outcome::malformed) != 0) {
      line({"次に: 不正符号があります。文字コード（--encoding）が正しいか確かめてください。",
            "Next: there is 不正符号; check that the encoding (--encoding) is the right one."});
    }
    if (report_.found_something()) {
      line({"次に: すべての位置は --exceptions FILE.xlsx で一覧できます。",
            "Next: --exceptions FILE.xlsx lists every place."});
    }
    write_table_line(report_, context_, context_.out);
  }

  const app::Report& report_;
  Context& context_;
};

}  // namespace

void write_identify_text(const app::Report& report, Context& context) { TextReport(report, context).write(); }

}  // namespace hyojun::cli
