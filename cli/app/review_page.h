// The page on which a person matches gaiji to standard characters: one file, offline, without any outside address.
//
// Shapes are SVG paths, never text in a font that the PC may lack. The one inline script is allowed by its hash,
// nothing else may run or load (Content-Security-Policy). Answers leave the page as a CSV of decision_columns.h and
// come back from it; the browser keeps nothing. The sources of the page are cli/app/review/.
#ifndef HYOJUN_CLI_APP_REVIEW_PAGE_H_
#define HYOJUN_CLI_APP_REVIEW_PAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "criteria.h"
#include "decision_columns.h"

namespace hyojun::app {

struct ReviewCandidate {
  std::string name;               // 文字図形名
  std::string path{};             // SVG path data in a square of 1000; empty: not drawn
  std::optional<double> score{};  // 0…1: how often such a candidate is right; none: not by its shape
  std::string basis{};            // why it stands here
  std::vector<std::string> warnings{};
};

struct ReviewGaiji {
  DecisionSheetRow row;                  // key, reading, versions; its answer is what the page begins with
  std::string code_points{};             // "U+E000"
  std::string path{};                    // of the source glyph; empty: none
  std::optional<std::uint64_t> count{};  // none: no data was looked at
  std::string note{};                    // of the office's list
  std::string numbers{};                 // J+, 戸籍, 登記 of the list
  std::string recorded{};                // what is recorded of it, with persons and days
  std::vector<std::string> warnings{};
  std::string agreed{};                       // the candidate that number and shape lead to without a doubt; or none
  std::vector<ReviewCandidate> candidates{};  // best first
};

struct ReviewPage {
  std::string title;
  std::string file;          // name of the CSV that is saved
  std::string basis;         // versions and digests of table, reference fonts and gaiji font
  std::string unsearched{};  // 追加文字（GJ）は未検索; empty: they were searched
  std::vector<Criterion> criteria{};
  std::vector<ReviewGaiji> gaiji{};
};

// The HTML. The same page gives the same bytes.
std::string render_review(const ReviewPage& page, const charmap::Repertoire& repertoire);

// The 1-based part `part` of `parts`: parts follow each other and their sizes differ by one at most.
template <typename T>
std::vector<T> part_of(std::vector<T> all, std::size_t part, std::size_t parts) {
  const auto at = [&](std::size_t n) { return static_cast<std::ptrdiff_t>(all.size() * n / parts); };
  return {std::make_move_iterator(all.begin() + at(part - 1)), std::make_move_iterator(all.begin() + at(part))};
}

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_REVIEW_PAGE_H_
