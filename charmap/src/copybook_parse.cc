// Reading a copybook into items.
#include <algorithm>
#include <charconv>

#include "copybook.h"
#include "hyojun/base/text.h"

namespace hyojun::charmap::copybook {

namespace {

constexpr std::uint32_t kMostOccurs = 4096;
constexpr std::size_t kMostItems = 4096;

struct Token {
  std::string text;  // upper case where it is ASCII
  std::uint64_t line;
};

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return result;
}

bool is_fixed_form(std::string_view line) {
  constexpr std::string_view kIndicators = " */-Dd";
  if (line.size() < 7) return line.find_first_not_of(' ') == std::string_view::npos;
  return line.substr(0, 6).find_first_not_of("0123456789 ") == std::string_view::npos &&
         kIndicators.find(line[6]) != std::string_view::npos;
}

// Columns 8 to 72 of fixed form; columns are those of a terminal, so that Japanese names count two.
std::string_view area(std::string_view line) {
  constexpr std::size_t kLast = 72;
  std::size_t end = line.size();
  while (end > 7 && base::display_width(line.substr(0, end)) > kLast) {
    do {
      --end;
    } while (end > 7 && (line[end] & 0xC0) == 0x80);
  }
  return line.substr(7, end - 7);
}

// A line with those that continue it.
struct Line {
  std::string text;
  std::uint64_t number;  // from 1
};

// Does a literal begin in the line and not end?
bool is_open(std::string_view line) {
  char quote = '\0';
  for (const char c : line) {
    if (quote == '\0' && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    }
  }
  return quote != '\0';
}

// A word goes on with the first character of the continued line, a literal behind its first quote.
void continue_line(Line& line, std::string_view rest, std::uint64_t number) {
  const bool literal = is_open(line.text);
  const std::size_t first = rest.find_first_not_of(' ');
  const bool quote = first != std::string_view::npos && (rest[first] == '"' || rest[first] == '\'');
  if (first == std::string_view::npos || quote != literal) {
    throw Wrong{{"継続行が読めません", "this continued line cannot be read"}, number};
  }
  if (!literal) line.text.erase(line.text.find_last_not_of(' ') + 1);
  line.text += rest.substr(literal ? first + 1 : first);
}

// Comments and debugging lines are left out; continued lines are one.
std::vector<Line> read_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const bool fixed = std::ranges::all_of(lines, is_fixed_form);
  std::vector<Line> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    const bool comment = line.size() < 8 || line[6] == '*' || line[6] == '/' || line[6] == 'D' || line[6] == 'd';
    if (fixed && comment) continue;
    const bool continues = fixed && line[6] == '-';
    std::string_view content = fixed ? area(line) : line;
    content = content.substr(0, content.find("*>"));
    if (!continues) {
      out.push_back({std::string(content), i + 1});
    } else if (out.empty()) {
      throw Wrong{{"継続行の前に行がありません", "a continued line follows nothing"}, i + 1};
    } else {
      continue_line(out.back(), content, i + 1);
    }
  }
  return out;
}

// Words, strings as one token, and "." where a sentence ends.
std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (const Line& whole : read_lines(text)) {
    const std::string_view line = whole.text;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t begin = line.find_first_not_of(" \t,;", at);
      if (begin == std::string_view::npos) break;
      const bool quoted = line[begin] == '"' || line[begin] == '\'';
      std::size_t end = quoted ? line.find(line[begin], begin + 1) : line.find_first_of(" \t;", begin);
      if (quoted && end != std::string_view::npos) ++end;
      end = std::min(end, line.size());
      std::string word = upper(line.substr(begin, end - begin));
      at = end;
      if (!quoted && word.ends_with(',')) word.pop_back();
      const bool ends = !quoted && word.ends_with('.');
      if (ends) word.pop_back();
      if (!word.empty()) tokens.push_back({std::move(word), whole.number});
      if (ends) tokens.push_back({".", whole.number});
    }
  }
  return tokens;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::uint32_t number(const Token& token, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(token.text.data(), token.text.data() + token.text.size(), value);
  if (error != std::errc() || end != token.text.data() + token.text.size() || value == 0 || value > most) {
    throw Wrong{{"数が正しくありません", "this number cannot be"}, token.line};
  }
  return value;
}

// One sentence: level, name, clauses.
class Sentence {
 public:
  explicit Sentence(std::vector<Token> words) : words_(std::move(words)) {}

  Item item() {
    Item item;
    item.line = words_.front().line;
    if (!is_number(words_.front().text)) {
      throw Wrong{{"レベル番号がありません", "there is no level number"}, item.line};
    }
    item.level = number(words_.front(), 88);
    at_ = 1;
    static constexpr std::string_view kClauses[] = {"PIC", "PICTURE", "REDEFINES", "OCCURS", "USAGE"};
    if (!done() && std::ranges::find(kClauses, words_[at_].text) == std::end(kClauses)) {
      const std::string name = next().text;
      if (name != "FILLER") item.name = name;
    }
    while (!done()) clause(item);
    return item;
  }

 private:
  bool done() const { return at_ >= words_.size(); }
  const Token& next() {
    if (done()) throw Wrong{{"文が途中で終わっています", "the sentence ends too early"}, words_.back().line};
    return words_[at_++];
  }
  bool skip(std::string_view word) {
    if (done() || words_[at_].text != word) return false;
    ++at_;
    return true;
  }

  void clause(Item& item) {
    const Token word = next();
    if (word.text == "PIC" || word.text == "PICTURE") {
      skip("IS");
      item.picture = next().text;
    } else if (word.text == "REDEFINES") {
      item.redefines = next().text;
    } else if (word.text == "OCCURS") {
      item.occurs = number(next(), kMostOccurs);
      if (skip("TO")) item.occurs = number(next(), kMostOccurs);
      skip("TIMES");
      if (skip("DEPENDING")) {
        skip("ON");
        next();
        item.depending = true;
      }
    } else if (word.text == "SIGN" || word.text == "LEADING" || word.text == "TRAILING") {
      sign(item, word);
    } else if (word.text.starts_with("SYNC")) {
      item.synchronized = true;
    } else {
      usage(item, word.text);
    }
  }

  void sign(Item& item, Token word) {
    if (word.text == "SIGN") {
      skip("IS");
      word = next();
    }
    item.separate_sign = skip("SEPARATE");
    skip("CHARACTER");
    item.sign_leads = word.text == "LEADING";
  }

  static void usage(Item& item, std::string_view word) {
    struct Name {
      std::string_view name;
      Usage usage;
    };
    static constexpr Name kNames[] = {{"DISPLAY", Usage::display},
                                      {"DISPLAY-1", Usage::national},
                                      {"NATIONAL", Usage::national},
                                      {"BINARY", Usage::binary},
                                      {"COMP", Usage::binary},
                                      {"COMP-4", Usage::binary},
                                      {"COMP-5", Usage::binary},
                                      {"COMPUTATIONAL", Usage::binary},
                                      {"COMPUTATIONAL-4", Usage::binary},
                                      {"COMPUTATIONAL-5", Usage::binary},
                                      {"COMP-3", Usage::packed},
                                      {"COMPUTATIONAL-3", Usage::packed},
                                      {"PACKED-DECIMAL", Usage::packed},
                                      {"COMP-1", Usage::short_float},
                                      {"COMPUTATIONAL-1", Usage::short_float},
                                      {"COMP-2", Usage::long_float},
                                      {"COMPUTATIONAL-2", Usage::long_float}};
    const auto found = std::ranges::find(kNames, word, &Name::name);
    if (found == std::end(kNames)) return;
    item.usage = found->usage;
    item.states_usage = true;
  }

  const std::vector<Token> words_;
  std::size_t at_ = 0;
};

// Takes the items of a deeper level than `level` from `at` on.
std::vector<Item> nest(const std::vector<Item>& flat, std::size_t& at, unsigned level) {
  std::vector<Item> items;
  while (at < flat.size() && flat[at].level > level) {
    Item item = flat[at++];
    item.children = nest(flat, at, item.level);
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

std::vector<Item> parse(std::string_view text) {
  std::vector<Item> flat;
  std::vector<Token> sentence;
  for (Token& token : tokens_of(text)) {
    if (token.text != ".") {
      sentence.push_back(std::move(token));
      continue;
    }
    if (sentence.empty()) continue;
    Item item = Sentence(std::move(sentence)).item();
    sentence.clear();
    constexpr unsigned kRenames = 66;
    constexpr unsigned kAlone = 77;
    constexpr unsigned kCondition = 88;
    if (item.level == kAlone) item.level = 1;
    if (item.level == kRenames || item.level == kCondition) continue;
    if (flat.size() == kMostItems) throw Wrong{{"項目が多すぎます", "there are too many items"}, item.line};
    flat.push_back(std::move(item));
  }
  if (!sentence.empty())
    throw Wrong{{"文がピリオドで終わっていません", "a sentence has no period"}, sentence.front().line};
  std::size_t at = 0;
  return nest(flat, at, 0);
}

}  // namespace hyojun::charmap::copybook
