#include "gaiji_scan.h"

#include <algorithm>

#include "hyojun/charmap/gaiji_code.h"

namespace hyojun::app {
namespace {

using base::ErrorCode;
using charmap::CodeClass;

bool is_private_use(const charmap::Repertoire& repertoire, char32_t code_point) {
  return (repertoire.table().class_of(code_point) & charmap::kClassMask) == static_cast<std::uint8_t>(CodeClass::gaiji);
}

class Scan {
 public:
  Scan(const GaijiScanRequest& request, std::shared_ptr<const charmap::Repertoire> repertoire)
      : request_(request), repertoire_(std::move(repertoire)) {}

  base::Result<GaijiScan> run(const Progress& progress) {
    if (auto ok = read_data(progress); !ok) return tl::unexpected(ok.error());
    if (!request_.list.empty()) {
      if (auto ok = join_list(); !ok) return tl::unexpected(ok.error());
      if (scan_.list.problem_count > 0) return std::move(scan_);
    }
    if (request_.font != nullptr) join_font();
    for (auto& [code_point, gaiji] : found_) scan_.gaiji.push_back(std::move(gaiji));
    return std::move(scan_);
  }

 private:
  // Without files, only the list and the font are looked at.
  base::Result<void> read_data(const Progress& progress) {
    scan_.system = request_.data.system;
    scan_.data.repertoire = repertoire_;
    if (request_.data.files.empty()) {
      if (request_.data.encoding) {
        scan_.encoding = *request_.data.encoding;
        return {};
      }
      return base::fail(ErrorCode::usage, {"文字コードを指定してください", "an encoding must be given"}, {},
                        {"例: --encoding cp932", "for example --encoding cp932"});
    }
    IdentifyOptions options = request_.data;
    options.gaiji.clear();  // what is decided already is collected, too
    auto report = identify(options, repertoire_, {}, progress);
    if (!report) return tl::unexpected(report.error());
    scan_.data = std::move(*report);
    scan_.encoding = scan_.data.files.front().encoding;
    for (const FileReport& file : scan_.data.files) {
      if (file.encoding == scan_.encoding) continue;
      return base::fail(
          ErrorCode::usage, {"文字コードの違うファイルは一度に調べられません", "the files have different encodings"},
          {.file = file.name}, {"文字コードごとに分けて実行してください", "run it once for each encoding"});
    }
    for (const auto& [key, tally] : scan_.data.tally.sorted()) {
      if (key.outcome == charmap::Outcome::gaiji_unmapped) add(key, *tally);
    }
    return {};
  }

  // A gaiji with a variation selector behind it counts as the gaiji: its decision decides for both.
  void add(const charmap::ExceptionKey& key, const charmap::ExceptionTally& tally) {
    FoundGaiji& gaiji = at(key.first);
    if (gaiji.code.empty() || key.second == 0)
      gaiji.code = charmap::gaiji_code_text(scan_.encoding, key.source(), key.first);
    gaiji.count += tally.count;
    gaiji.first.insert(gaiji.first.end(), tally.at.begin(), tally.at.begin() + tally.positions);
    std::ranges::sort(gaiji.first);
    if (gaiji.first.size() > charmap::ExceptionTally::kFirst) gaiji.first.resize(charmap::ExceptionTally::kFirst);
  }

  base::Result<void> join_list() {
    auto reader = open_gaiji_list(request_.list, request_.list_encoding);
    if (!reader) return tl::unexpected(reader.error());
    auto list = read_gaiji_list(*reader, scan_.encoding, *repertoire_);
    if (!list) return tl::unexpected(list.error());
    scan_.has_list = true;
    for (GaijiListRow& row : list->rows) {
      FoundGaiji& gaiji = at(row.code_point);
      gaiji.code = row.code;
      gaiji.numbers = candidates_of(*repertoire_, row.numbers);
      gaiji.listed = std::move(row);
    }
    list->rows.clear();
    scan_.list = std::move(*list);
    return {};
  }

  void join_font() {
    scan_.has_font = true;
    for (const auto& [code_point, digest] : request_.font->digests) {
      if (!is_private_use(*repertoire_, code_point)) continue;
      const auto bytes = charmap::encode(scan_.encoding, code_point);
      if (!bytes) continue;  // the font draws more than the encoding holds
      FoundGaiji& gaiji = at(code_point);
      if (gaiji.code.empty()) gaiji.code = charmap::gaiji_code_text(scan_.encoding, *bytes, code_point);
      gaiji.glyph = digest;
    }
  }

  FoundGaiji& at(char32_t code_point) {
    FoundGaiji& gaiji = found_[code_point];
    gaiji.code_point = code_point;
    return gaiji;
  }

  const GaijiScanRequest& request_;
  std::shared_ptr<const charmap::Repertoire> repertoire_;
  GaijiScan scan_{};
  std::map<char32_t, FoundGaiji> found_;
};

std::size_t count(const std::vector<FoundGaiji>& gaiji, bool (*test)(const FoundGaiji&)) {
  return static_cast<std::size_t>(std::ranges::count_if(gaiji, test));
}

}  // namespace

std::size_t GaijiScan::used() const {
  return count(gaiji, [](const FoundGaiji& g) { return g.in_data(); });
}
std::size_t GaijiScan::unused() const { return gaiji.size() - used(); }
std::size_t GaijiScan::not_listed() const {
  return has_list ? count(gaiji, [](const FoundGaiji& g) { return g.in_data() && !g.listed; }) : 0;
}
std::size_t GaijiScan::not_drawn() const {
  return has_font ? count(gaiji, [](const FoundGaiji& g) { return g.in_data() && !g.glyph; }) : 0;
}
std::size_t GaijiScan::drawn_unused() const {
  return has_font ? count(gaiji, [](const FoundGaiji& g) { return !g.in_data() && g.glyph; }) : 0;
}
std::size_t GaijiScan::with_candidate() const {
  return count(gaiji, [](const FoundGaiji& g) { return !g.numbers.candidates.empty(); });
}
bool GaijiScan::found_something() const {
  const std::size_t doubtful = count(gaiji, [](const FoundGaiji& g) { return !g.numbers.problems.empty(); });
  return not_listed() > 0 || not_drawn() > 0 || doubtful > 0;
}

base::Result<GaijiScan> scan_gaiji(const GaijiScanRequest& request,
                                   std::shared_ptr<const charmap::Repertoire> repertoire, const Progress& progress) {
  return Scan(request, std::move(repertoire)).run(progress);
}

std::vector<DecisionSheetRow> draft_of(const GaijiScan& scan, bool mark_unused) {
  std::vector<DecisionSheetRow> rows;
  const std::string table = table_label(*scan.data.repertoire);
  for (const FoundGaiji& gaiji : scan.gaiji) {
    DecisionSheetRow row{.decision = {.gaiji = {scan.system, std::string(encoding_name(scan.encoding)), gaiji.code},
                                      .glyph = gaiji.glyph.value_or(""),
                                      .table_version = table}};
    if (gaiji.listed) row.reading = gaiji.listed->reading;
    row.count = std::to_string(gaiji.count);
    if (gaiji.numbers.candidates.size() == 1 && gaiji.numbers.problems.empty()) {
      row.decision.category = core::GaijiCategory::identical;
      row.decision.target = gaiji.numbers.candidates.front().name;
      row.basis = gaiji.numbers.candidates.front().basis;
      for (const base::Text& warning : gaiji.numbers.candidates.front().warnings) row.basis += "。注意: " + warning.ja;
    }
    if (!gaiji.in_data() && mark_unused && !row.decision.category) {
      row.decision.category = core::GaijiCategory::unused;
      row.basis = "データにない";
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace hyojun::app
