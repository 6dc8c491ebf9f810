#include "body_finder.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/text.h"
#include "hyojun/core/municipality_code.h"

namespace hyojun::app {

std::optional<std::size_t> BodyFinder::by_code(std::string_view text, std::uint32_t row, std::uint32_t column) {
  const auto known = known_.find(text);
  if (known != known_.end() && known->second) return known->second;
  const auto is_known = [this](const core::MunicipalityCode& code) {
    return catalog_.find_code(code.text()).has_value();
  };
  const auto reading = core::MunicipalityCode::parse(text, is_known);
  if (!reading) {
    problems_.add(row, column, reading.error().what, reading.error().next);
    return std::nullopt;
  }
  const std::string& code = reading->code.text();
  const auto body = catalog_.find_code(code);
  if (!body) {
    const bool is_ward = core::Catalog::is_ward_code(code);
    problems_.add(row, column,
                  is_ward ? base::Text{fmt::format("{} は行政区のコードです", code),
                                       fmt::format("{} is the code of a ward", code)}
                          : base::Text{fmt::format("団体コード {} の団体はありません", code),
                                       fmt::format("no body has the code {}", code)},
                  is_ward ? base::Text{"市のコードを書いてください", "write the code of the city"}
                          : base::Text{"団体コードを確かめてください", "check the code"});
    return std::nullopt;
  }
  if (!exists(*body)) {
    report_ended(*body, row, column);
    return std::nullopt;
  }
  if (reading->zero_restored) {
    ++zeros_restored_;
  } else {
    known_[std::string(text)] = body;
  }
  return body;
}

std::optional<std::size_t> BodyFinder::by_name(std::string_view prefecture, std::string_view name, std::uint32_t row,
                                               std::uint32_t column) {
  std::string key(prefecture);
  key += '\t';
  key += name;
  const auto known = known_.find(key);
  if (known != known_.end() && known->second) return known->second;
  const auto found = search(prefecture, name, row, column);
  known_[key] = found;
  return found;
}

std::optional<std::size_t> BodyFinder::search(std::string_view prefecture, std::string_view name, std::uint32_t row,
                                              std::uint32_t column) {
  const auto in = catalog_.find_prefecture(prefecture);
  if (!in) {
    problems_.add(row, 0,
                  {fmt::format("都道府県「{}」はありません", shown_label(prefecture)),
                   fmt::format("there is no prefecture \"{}\"", shown_label(prefecture))},
                  {"都道府県名を確かめてください", "check the name of the prefecture"});
    return std::nullopt;
  }
  const std::string label = base::nfkc_label(name);
  if (label.empty() || label == "-" || label == base::nfkc_label(catalog_.bodies()[*in].name)) return in;
  auto found = catalog_.find_name(*in, name);
  // Clang 14, which builds the fuzz targets, cannot compile std::ranges::partition of GCC 12.
  const auto ended = std::partition(found.begin(), found.end(), [this](std::size_t body) { return exists(body); });
  if (!found.empty() && ended == found.begin()) {
    report_ended(found.front(), row, column);
    return std::nullopt;
  }
  found.erase(ended, found.end());
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    problems_.add(row, column,
                  {fmt::format("「{}」に当たる団体が {} あります", shown_label(name), found.size()),
                   fmt::format("{} bodies are named \"{}\"", found.size(), shown_label(name))},
                  {"団体コードの列を加えてください", "add a column with the code (団体コード)"});
    return std::nullopt;
  }
  base::Text next{"市区町村名を確かめてください", "check the name of the municipality"};
  for (const std::string_view suffix : {"市", "町", "村", "区"}) {
    const std::string longer = std::string(name) + std::string(suffix);
    if (catalog_.find_name(*in, longer).empty()) continue;
    next = {fmt::format("「{}」ではありませんか", longer), fmt::format("perhaps \"{}\"", longer)};
  }
  problems_.add(row, column,
                {fmt::format("{}に「{}」はありません", catalog_.bodies()[*in].name, shown_label(name)),
                 fmt::format("there is no \"{}\" in {}", shown_label(name), catalog_.bodies()[*in].name)},
                next);
  return std::nullopt;
}

void BodyFinder::report_ended(std::size_t body, std::uint32_t row, std::uint32_t column) {
  const core::Body& entry = catalog_.bodies()[body];
  problems_.add(
      row, column,
      {fmt::format("{}は {} には存在しません（有効期間 {}–{}）", catalog_.full_name(body), day_, entry.valid_from,
                   entry.valid_to),
       fmt::format("{} does not exist on {} (valid {}–{})", catalog_.full_name(body), day_, entry.valid_from,
                   entry.valid_to)},
      {"合併後の団体で書くか、基準日を確かめてください", "name the body it became part of, or check the day"});
}

bool BodyFinder::check_name(std::size_t body, std::string_view name, std::uint32_t row, std::uint32_t column) {
  const std::string label = core::body_label(name);
  if (label.empty() || label == core::body_label(catalog_.full_name(body)) ||
      label == core::body_label(catalog_.bodies()[body].name)) {
    return true;
  }
  problems_.add(row, column,
                {fmt::format("団体コード {} は{}で、「{}」ではありません", catalog_.bodies()[body].code,
                             catalog_.full_name(body), shown_label(name)),
                 fmt::format("{} is the code of {}, not of \"{}\"", catalog_.bodies()[body].code,
                             catalog_.full_name(body), shown_label(name))},
                {"コードか名称を直してください", "mend the code or the name"});
  return false;
}

bool BodyFinder::is_in_scope(std::size_t body) {
  if (scope_.contains(catalog_.bodies()[body])) return true;
  ++out_of_scope_;
  return false;
}

}  // namespace hyojun::app
