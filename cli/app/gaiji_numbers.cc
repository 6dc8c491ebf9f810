#include "gaiji_numbers.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/number.h"

namespace hyojun::app {
namespace {

using charmap::CharacterId;
using charmap::Repertoire;

constexpr std::size_t kKosekiDigits = 6;
constexpr std::size_t kTokiDigits = 8;

// A spreadsheet drops leading zeros of what looks like a number.
std::string padded(const std::string& digits, std::size_t length) {
  return std::string(length - std::min(length, digits.size()), '0') + digits;
}

void add(NumberAnswer& answer, const Repertoire& repertoire, const std::vector<CharacterId>& found,
         const std::string& basis) {
  if (found.empty()) {
    answer.problems.push_back(
        {fmt::format("{} の標準文字はありません", basis), fmt::format("no standard character has {}", basis)});
  }
  for (const CharacterId id : found) {
    const std::string name = repertoire.name(id);
    const auto known = std::ranges::find(answer.candidates, name, &NumberCandidate::name);
    if (known != answer.candidates.end()) {
      known->basis += "、" + basis;
    } else {
      answer.candidates.push_back({name, basis});
    }
  }
}

void warn_of_juki(NumberCandidate& candidate, const Repertoire& repertoire, const std::string& digits) {
  const auto points = base::parse_code_points(digits);
  if (!points) return;
  const char32_t number = points->front();
  if (number >= 0xAC00 && number <= 0xD6FF) {
    candidate.warnings.push_back({"J+AC00〜D6FF は追加漢字の番号で、Unicode のハングルとは別です",
                                  "J+AC00–D6FF are additional kanji, not the Hangul of Unicode"});
    return;
  }
  const auto today = repertoire.identify(number).id;
  if (!today || repertoire.name(*today) == candidate.name) return;
  const std::string other = repertoire.name(*today);
  candidate.warnings.push_back(
      {fmt::format("J+ は JIS X 0213:2000 の字形です。同じ番号の今の既定字形は {} です", other),
       fmt::format("J+ follows the shapes of JIS X 0213:2000; the default glyph of this number is {} today", other)});
}

void add_juki(NumberAnswer& answer, const Repertoire& repertoire, const std::string& text) {
  std::string digits = text.starts_with("J+") || text.starts_with("j+") ? text.substr(2) : text;
  std::ranges::transform(digits, digits.begin(),
                         [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  const std::string basis = "住基ネット統一文字コード J+" + digits;
  const std::size_t before = answer.candidates.size();
  add(answer, repertoire, repertoire.table().with_juki("J+" + digits), basis);
  for (std::size_t i = before; i < answer.candidates.size(); ++i)
    warn_of_juki(answer.candidates[i], repertoire, digits);
}

void add_toki(NumberAnswer& answer, const Repertoire& repertoire, const std::string& text) {
  const std::string number = padded(text, kTokiDigits);
  auto found = repertoire.table().with_toki(number);
  if (found.empty() && number.starts_with("00")) found = repertoire.table().with_koseki(number.substr(2));
  add(answer, repertoire, found, "登記統一文字番号 " + number);
}

}  // namespace

NumberAnswer candidates_of(const Repertoire& repertoire, const GaijiNumbers& numbers) {
  NumberAnswer answer;
  if (!numbers.juki.empty()) add_juki(answer, repertoire, numbers.juki);
  if (!numbers.koseki.empty()) {
    const std::string number = padded(numbers.koseki, kKosekiDigits);
    add(answer, repertoire, repertoire.table().with_koseki(number), "戸籍統一文字番号 " + number);
  }
  if (!numbers.toki.empty()) add_toki(answer, repertoire, numbers.toki);
  if (answer.candidates.size() > 1) {
    answer.problems.push_back({"番号どうしが別の文字を指しています", "the numbers lead to different characters"});
  }
  return answer;
}

}  // namespace hyojun::app
