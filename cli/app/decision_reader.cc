#include "decision_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "hyojun/charmap/gaiji_code.h"
#include "sheet_form.h"

namespace hyojun::app {
namespace {

using base::Text;
using core::DecisionState;
using enum DecisionColumn;

Text saved_by_excel() {
  return {"Excel が Shift_JIS で保存した可能性があります。元の .xlsx か UTF-8 の CSV を渡してください",
          "Excel has probably saved the file in Shift_JIS: give the .xlsx, or a CSV in UTF-8"};
}

Text known_categories() {
  std::string ja, en;
  for (const core::GaijiCategory category : core::kAllGaijiCategories) {
    ja += fmt::format("{}{}", ja.empty() ? "" : "、", name_of(category));
    en += fmt::format("{}{} ({})", en.empty() ? "" : ", ", english_of(category), name_of(category));
  }
  return {ja + "のいずれかを書いてください", "write one of " + en};
}

bool is_digest(std::string_view text) {
  constexpr std::size_t kDigits = 64;
  return text.size() == kDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

bool DecisionReader::take_header(const base::Row& row) {
  const std::vector<std::string> labels = header_labels(row);
  std::uint32_t found[kDecisionColumns] = {};
  std::vector<std::string> unread;
  for (std::uint32_t i = 0; i < labels.size(); ++i) {
    if (labels[i].empty()) continue;
    const auto column = find_decision_column(labels[i]);
    if (!column) {
      unread.push_back(shown_label(labels[i]));
      continue;
    }
    std::uint32_t& place = found[static_cast<std::size_t>(*column)];
    if (place != 0) problems_.add(row.number, i + 1, {"同じ見出しが二つあります", "the same heading occurs twice"});
    place = i + 1;
  }
  if (found[static_cast<std::size_t>(code)] == 0) return false;
  std::ranges::copy(found, columns_);
  unread_ = std::move(unread);
  return true;
}

std::string_view DecisionReader::text(DecisionColumn column) const {
  return column_of(column) == 0 ? std::string_view() : cell_text(*row_, column_of(column));
}

void DecisionReader::problem(DecisionColumn column, Text what, Text next) {
  problems_.add(row_->number, column_of(column), std::move(what), std::move(next));
}

void DecisionReader::take(const base::Row& row) {
  row_ = &row;
  core::Decision decision;
  if (!is_readable() || !read_key(decision)) return;
  if (!read_answer(decision)) return;
  const bool is_open = !decision.category && decision.target.empty() && decision.substitute.empty();
  if (is_open && decision.comment.empty()) {
    ++open_;
    return;
  }
  if (!read_persons(decision) || !read_versions(decision)) return;
  rows_.push_back({std::move(decision), row.number});
}

// Formulas and error values, and codes that Excel has made a number of.
bool DecisionReader::is_readable() {
  for (const base::Cell& cell : row_->cells) {
    const auto place = std::ranges::find(columns_, cell.column);
    if (place != std::end(columns_) && !check_cell(cell, row_->number, problems_)) return false;
  }
  const base::Cell* cell = row_->find(column_of(code));
  if (cell == nullptr || cell->kind == base::CellKind::text) return true;
  problem(code, {"外字コードが数値になっています", "the gaiji code has become a number"},
          {"セルを文字列にして 0x80E1 のように書いてください", "make the cell text and write 0x80E1"});
  return false;
}

bool DecisionReader::read_key(core::Decision& decision) {
  const std::string_view system_text = text(system).empty() ? std::string_view(request_.system) : text(system);
  const std::string_view encoding_text = text(encoding).empty() ? std::string_view(request_.encoding) : text(encoding);
  if (system_text.empty()) {
    problem(system, {"システムの名前がありません", "the system is not named"},
            {"システムの列に書くか、--system で指定してください", "write it into the column, or give --system"});
    return false;
  }
  const auto known = charmap::parse_encoding(encoding_text);
  if (!known) {
    problem(encoding, {"文字コードがないか、扱えないものです", "the encoding is missing or not supported"},
            {fmt::format("{} のいずれかを書くか、--encoding で指定してください", charmap::encoding_list()),
             fmt::format("write one of {}, or give --encoding", charmap::encoding_list())});
    return false;
  }
  const auto parsed = charmap::parse_gaiji_code(*known, *request_.repertoire, text(code));
  if (!parsed) {
    problem(code, parsed.error().what, parsed.error().next);
    return false;
  }
  decision.gaiji = {std::string(system_text), std::string(charmap::encoding_name(*known)), parsed->text};
  const auto [place, is_new] = seen_.emplace(decision.gaiji, row_->number);
  if (is_new) return true;
  problem(code,
          {fmt::format("同じ外字が {} 行目にもあります", place->second),
           fmt::format("row {} speaks of the same gaiji", place->second)},
          {"一方を除いてください", "remove one of them"});
  return false;
}

bool DecisionReader::read_answer(core::Decision& decision) {
  if (const std::string_view label = text(category); !label.empty()) {
    decision.category = core::find_category(label);
    if (!decision.category) {
      problem(category, {"その区分はありません", "there is no such category"}, known_categories());
      return false;
    }
  }
  decision.criterion = text(criterion);
  decision.comment = text(comment);
  return read_target(decision) && check_text(decision) && read_substitute(decision) && check_category(decision);
}

bool DecisionReader::read_target(core::Decision& decision) {
  const std::string_view cell = text(target);
  if (cell.empty()) return true;
  const charmap::Repertoire& repertoire = *request_.repertoire;
  auto id = repertoire.find_name(cell);
  const bool is_code = cell.starts_with("U+") || cell.starts_with("u+");
  if (!id && is_code) {
    const auto points = base::parse_code_points(cell);
    if (points && points->size() == 1) id = repertoire.identify(points->front()).id;
    if (points && points->size() == 2 && repertoire.forms_sequence((*points)[0], (*points)[1]))
      id = repertoire.identify((*points)[0], (*points)[1]).id;
  }
  if (id) {
    decision.target = repertoire.name(*id);
    return true;
  }
  problem(target, {"標準文字の名前でも符号でもありません", "this names no standard character"},
          {"MJ026190 のような文字図形名を書きます。追加文字（GJ）なら --table で層を指定してください",
           "write a name as MJ026190; for added characters (GJ) give their layer with --table"});
  return false;
}

// A `?` where a character or a name should stand.
bool DecisionReader::is_damaged(DecisionColumn column) {
  const auto points = base::decode_utf8(text(column));
  if (!points || std::ranges::none_of(*points, [](char32_t c) { return c == U'?' || c == 0xFFFD; })) return false;
  problem(column, {"文字が ? に置き換わっています", "a ? stands in place of a character"}, saved_by_excel());
  return true;
}

bool DecisionReader::check_text(const core::Decision& decision) {
  const std::string_view cell = text(DecisionColumn::text);
  if (cell.empty() || is_damaged(DecisionColumn::text)) return cell.empty();
  const auto id = request_.repertoire->find_name(decision.target);
  if (id) {
    const auto points = base::decode_utf8(cell);
    const charmap::CharacterRecord record = request_.repertoire->record(*id);
    if (points && std::ranges::find(record.text, *points) != record.text.end()) return true;
  }
  problem(DecisionColumn::text, {"文字図形名と文字が一致しません", "the name and the character do not agree"},
          saved_by_excel());
  return false;
}

bool DecisionReader::read_substitute(core::Decision& decision) {
  decision.substitute = text(substitute);
  decision.reason = text(reason);
  if (decision.substitute.empty()) return true;
  if (is_damaged(substitute)) return false;
  const auto points = base::decode_utf8(decision.substitute);
  const bool is_standard = points && std::ranges::all_of(*points, [&](char32_t c) {
                             return c > U' ' && request_.repertoire->outcome(c) <= charmap::Outcome::default_glyph;
                           });
  if (!is_standard) {
    problem(substitute, {"代替文字が標準文字ではありません", "the substitute is no standard character"},
            {"標準文字だけを書いてください", "write standard characters only"});
  } else if (!decision.target.empty()) {
    problem(substitute, {"同定先があるのに代替文字があります", "a substitute stands beside a target"},
            {"どちらか一方を除いてください", "remove one of the two"});
  } else if (decision.reason.empty()) {
    problem(reason, {"代替の理由がありません", "the reason for the substitute is missing"},
            {"代替の理由の列に書いてください", "write it into the column 代替の理由"});
  } else {
    return true;
  }
  return false;
}

bool DecisionReader::check_category(const core::Decision& decision) {
  if (!decision.category) return true;
  const std::string_view name = core::name_of(*decision.category);
  if (core::has_target(*decision.category) == !decision.target.empty()) return true;
  problem(decision.target.empty() ? target : category,
          decision.target.empty() ? Text{fmt::format("区分「{}」なのに同定先がありません", name),
                                         fmt::format("category {} needs a target", name)}
                                  : Text{fmt::format("区分「{}」なのに同定先があります", name),
                                         fmt::format("category {} has no target", name)},
          {"区分か文字図形名を直してください", "mend the category or the name"});
  return false;
}

bool DecisionReader::read_day(DecisionColumn column, std::string& day) {
  const std::string_view cell = text(column);
  if (cell.empty()) return true;
  const auto date = base::parse_date(cell);
  if (date && date->date <= request_.today) {
    day = date->date.iso();
    return true;
  }
  problem(
      column,
      date ? Text{"日付が今日より後です", "the day lies in the future"} : Text{"日付が読めません", "this is no date"},
      {"例: 2026-01-31、令和8年1月31日", "for example 2026-01-31"});
  return false;
}

bool DecisionReader::read_persons(core::Decision& decision) {
  if (is_damaged(decided_by) || is_damaged(checked_by)) return false;
  decision.decided_by = text(decided_by);
  decision.checked_by = text(checked_by);
  if (!read_day(decided_on, decision.decided_on) || !read_day(checked_on, decision.checked_on)) return false;
  return sign(decision);
}

// The state is what the signatures make of the row; where the column says otherwise the row is refused.
bool DecisionReader::sign(core::Decision& decision) {
  const std::string_view label = text(state);
  const auto stated = core::find_state(label);
  if (!label.empty() && !stated) {
    problem(state, {"その状態はありません", "there is no such state"},
            {"案、決定、確認済のいずれかを書いてください", "write 案, 決定 or 確認済"});
    return false;
  }
  const bool set_aside = stated == DecisionState::proposed;
  if (decision.decided_by.empty() && decision.category && !set_aside) decision.decided_by = request_.decided_by;
  if (!decision.decided_by.empty() && !set_aside) {
    decision.state = DecisionState::decided;
    if (decision.checked_by.empty()) decision.checked_by = request_.checked_by;
    if (decision.decided_on.empty()) decision.decided_on = request_.today.iso();
  }
  if (!decision.checked_by.empty() && decision.state == DecisionState::decided) {
    decision.state = DecisionState::checked;
    if (decision.checked_on.empty()) decision.checked_on = request_.today.iso();
  }
  if (decision.state == DecisionState::proposed) decision.decided_by = decision.checked_by = "";
  if (decision.state == DecisionState::proposed) decision.decided_on = decision.checked_on = "";
  return check_signatures(decision, stated);
}

bool DecisionReader::check_signatures(const core::Decision& decision, std::optional<DecisionState> stated) {
  if (stated && *stated > decision.state) {
    problem(state,
            {fmt::format("状態は「{}」ですが、{}がありません", core::name_of(*stated),
                         decision.decided_by.empty() ? "決定者" : "確認者"),
             fmt::format("the state is {}, but its signature is missing", core::name_of(*stated))},
            {"決定者・確認者の列に書くか、--decided-by、--checked-by で指定してください",
             "write it into the column, or give --decided-by or --checked-by"});
    return false;
  }
  if (decision.state != DecisionState::proposed && !decision.category) {
    problem(category, {"区分がありません", "the category is missing"},
            {"同一字形、該当なしなどの区分を書いてください", "write a category, for example 同一字形"});
    return false;
  }
  if (!decision.checked_by.empty() && base::nfkc_label(decision.checked_by) == base::nfkc_label(decision.decided_by)) {
    problem(checked_by, {"決定者と確認者が同じ人です", "the checker is the decider"},
            {"別の人が確認してください", "another person has to check it"});
    return false;
  }
  return true;
}

bool DecisionReader::read_versions(core::Decision& decision) {
  const std::string label(text(table));
  decision.table_version = table_label_;
  if (!label.empty() && label != table_label_) {
    if (refused_tables_.insert(label).second) {
      problem(table,
              {fmt::format("別の版の文字表で作られています（ここでは {}）", table_label_),
               fmt::format("made with another version of the table (here {})", table_label_)},
              {"同じ文字表と層（--table）で記録するか、候補から作り直してください",
               "record it with that table and its layers (--table), or make it anew"});
    }
    return false;
  }
  decision.glyph = text(glyph);
  if (!decision.glyph.empty() && !is_digest(decision.glyph)) {
    problem(glyph, {"字形の要約値ではありません", "this is no digest of a glyph"},
            {"列を元のままにするか、空にしてください", "leave the column as it was, or empty"});
    return false;
  }
  decision.font = text(font);
  decision.added_searched = base::nfkc_label(text(added)) == kAddedSearched;
  return true;
}

}  // namespace hyojun::app
