#include "tally_merge.h"

#include <algorithm>
#include <set>

#include "report_reader.h"

namespace hyojun::app {

namespace {

// Why two reports have no common sum, or nothing.
std::optional<base::Text> difference(const Report& a, const Report& b) {
  if (a.system != b.system) return base::Text{"移行元システムが違います", "the source system is another one"};
  if (a.gaiji != b.gaiji) return base::Text{"外字対応表が違います", "the gaiji table is another one"};
  if (a.shapes != b.shapes || a.shape_exceptions != b.shape_exceptions) {
    return base::Text{"移行元の字形（shapes）が違います", "the shapes of the source are others"};
  }
  if (a.scope != b.scope) {
    return base::Text{"調べた列か --default-glyphs が違います",
                      "other columns were examined, or --default-glyphs differs"};
  }
  return std::nullopt;
}

void shift_files(charmap::ExceptionTally& tally, std::uint32_t files) {
  for (std::size_t i = 0; i < tally.positions; ++i) tally.at[i].file += files;
}

class Merger {
 public:
  base::Result<void> add(Report part, const base::Where& where) {
    if (empty_) {
      total_ = head_of(part);
      empty_ = false;
    }
    if (const auto what = difference(total_, part)) {
      return refuse(*what, where,
                    {"最初の報告と同じ指定で調べなおしてください", "identify that part again as the first one was"});
    }
    for (const FileReport& file : part.files) {
      if (names_.insert(file.name).second) continue;
      return refuse({"前の報告と同じ名前のファイルがあります（二重に数えるおそれがあります）",
                     "an earlier report has a file of the same name (it would count twice)"},
                    where,
                    {"同じファイルでなければ、別の名前で調べなおしてください",
                     "if it is not the same file, identify it under another name"});
    }
    const auto files = static_cast<std::uint32_t>(total_.files.size());
    std::ranges::move(part.files, std::back_inserter(total_.files));
    add_counts(part, files);
    if (too_large()) {
      return refuse({"合計が大きすぎます", "the sum is too large"}, where,
                    {"報告が正しいか確かめてください", "make sure that the reports are true"});
    }
    return {};
  }

  Report take() { return std::move(total_); }

 private:
  static Report head_of(const Report& part) {
    Report head;
    head.repertoire = part.repertoire;
    head.gaiji = part.gaiji;
    head.scope = part.scope;
    head.system = part.system;
    head.shapes = part.shapes;
    head.shape_exceptions = part.shape_exceptions;
    return head;
  }

  static base::Result<void> refuse(base::Text what, const base::Where& where, base::Text next) {
    return base::fail(base::ErrorCode::input_rejected, std::move(what), where, std::move(next));
  }

  void add_counts(const Report& part, std::uint32_t files) {
    for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) total_.counts.outcomes[i] += part.counts.outcomes[i];
    total_.counts.records += part.counts.records;
    for (const auto& [key, counted] : part.tally.sorted()) {
      charmap::ExceptionTally shifted = *counted;
      shift_files(shifted, files);
      total_.tally.add(key, shifted);
    }
    for (const auto& [key, counted] : part.suspicions) {
      SuspicionTally& sum = total_.suspicions[key];
      charmap::ExceptionTally shifted = counted.tally;
      shift_files(shifted, files);
      sum.text = counted.text;
      sum.tally.count += shifted.count;
      for (std::size_t i = 0; i < shifted.positions; ++i) sum.tally.add(shifted.at[i]);
      largest_ = std::max(largest_, sum.tally.count);
    }
    for (const auto& [code_point, count] : part.font_dependent) total_.font_dependent[code_point] += count;
  }

  // What cannot be read again as a report, or is more than identify() itself would list.
  bool too_large() const {
    return std::max({total_.bytes(), total_.counts.records, total_.counts.characters(), largest_}) > kLargestCount ||
           total_.tally.distinct() > charmap::Tally::kTooMany;
  }

  Report total_;
  bool empty_ = true;
  std::uint64_t largest_ = 0;  // count of a suspicion
  std::set<std::string> names_;
};

}  // namespace

base::Result<Report> merge_reports(const std::vector<std::string>& paths,
                                   const std::shared_ptr<const charmap::Repertoire>& repertoire) {
  Merger merger;
  const auto add = [&](Report part, const base::Where& where) { return merger.add(std::move(part), where); };
  for (const std::string& path : paths) {
    if (auto ok = read_reports(path, repertoire, add); !ok) return tl::unexpected(ok.error());
  }
  return merger.take();
}

}  // namespace hyojun::app
