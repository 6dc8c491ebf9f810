#include "wrap.h"

#include <utility>

#include "printable.h"

namespace hyojun::cli {
namespace {

// Must not begin a line (JIS X 4051: 終わり括弧類, 句読点, 小書きの仮名, …).
constexpr std::string_view kNoStart =
    "、。，．・：；？！）］｝」』】〉》〕ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…‥,.;:!?)]}";
// Must not end a line (始め括弧類).
constexpr std::string_view kNoEnd = "（［｛「『【〈《〔([{";

// A run that is never broken, and the spaces after it.
struct Run {
  std::string_view text;
  std::size_t spaces = 0;
};

bool may_break(std::string_view before, std::string_view after, BreakAt break_at) {
  if (break_at == BreakAt::spaces) return false;
  if (base::display_width(before) < 2 && base::display_width(after) < 2) return false;
  return kNoStart.find(after) == std::string_view::npos && kNoEnd.find(before) == std::string_view::npos;
}

std::vector<Run> split_runs(std::string_view line, BreakAt break_at) {
  std::vector<Run> runs;
  std::string_view before;
  for (const std::string_view character : split_characters(line)) {
    if (character == " ") {
      if (runs.empty()) runs.push_back({line.substr(0, 0)});
      ++runs.back().spaces;
    } else if (runs.empty() || runs.back().spaces > 0 || may_break(before, character, break_at)) {
      runs.push_back({character});
    } else {
      runs.back().text = {runs.back().text.data(), runs.back().text.size() + character.size()};
    }
    before = character;
  }
  return runs;
}

// Fills lines with runs.
class Filler {
 public:
  Filler(std::size_t width, BreakAt break_at, base::AmbiguousWidth ambiguous)
      : width_(width), break_at_(break_at), ambiguous_(ambiguous) {}

  void add(const Run& run) {
    const std::size_t columns = base::display_width(run.text, ambiguous_);
    if (used_ > 0 && used_ + pending_ + columns > width_) end_line();
    if (columns > width_ && break_at_ == BreakAt::words) {
      for (const std::string_view character : split_characters(run.text)) add_cut(character);
    } else {
      append(run.text, columns);
    }
    pending_ += run.spaces;
  }

  void end_line() {
    lines_.push_back(std::exchange(line_, {}));
    used_ = 0;
    pending_ = 0;
  }

  std::vector<std::string> take() { return std::move(lines_); }

 private:
  void add_cut(std::string_view character) {
    const std::size_t columns = base::display_width(character, ambiguous_);
    if (used_ > 0 && used_ + pending_ + columns > width_) end_line();
    append(character, columns);
  }

  void append(std::string_view text, std::size_t columns) {
    if (text.empty()) return;
    line_.append(pending_, ' ').append(text);
    used_ += pending_ + columns;
    pending_ = 0;
  }

  std::size_t width_;
  BreakAt break_at_;
  base::AmbiguousWidth ambiguous_;
  std::vector<std::string> lines_;
  std::string line_;
  std::size_t used_ = 0;     // columns of line_
  std::size_t pending_ = 0;  // spaces that are written only if something follows on the line
};

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t width, BreakAt break_at,
                              base::AmbiguousWidth ambiguous) {
  Filler filler(width, break_at, ambiguous);
  while (true) {
    const std::size_t end = text.find('\n');
    for (const Run& run : split_runs(text.substr(0, end), break_at)) filler.add(run);
    filler.end_line();
    if (end == std::string_view::npos) return filler.take();
    text.remove_prefix(end + 1);
  }
}

std::string truncate(std::string_view text, std::size_t width, base::AmbiguousWidth ambiguous) {
  constexpr std::string_view kCut = "...";
  if (base::display_width(text, ambiguous) <= width) return std::string(text);
  if (width <= kCut.size()) return std::string(kCut.substr(0, width));
  std::string shortened;
  std::size_t used = kCut.size();
  for (const std::string_view character : split_characters(text)) {
    used += base::display_width(character, ambiguous);
    if (used > width) break;
    shortened += character;
  }
  return shortened.append(kCut);
}

}  // namespace hyojun::cli
