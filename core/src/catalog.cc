#include "hyojun/core/catalog.h"

#include <hyojun/base/text.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "embedded_data.h"

namespace hyojun::core {
namespace {

std::size_t number(std::string_view text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string> list(std::string_view text) {
  std::vector<std::string> entries;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    entries.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return entries;
}

std::vector<Business> read_businesses() {
  std::vector<Business> found;
  for (const auto& row : embedded::rows(embedded::businesses())) {
    const std::size_t order = number(row[1]);
    found.push_back({.no = order == 0 ? kAllBusinesses : order,
                     .key = std::string(row[0]),
                     .name = std::string(row[2]),
                     .order_da = number(row[3]),
                     .order_mic = number(row[4]),
                     .label_mic = std::string(row[5]),
                     .label_da = std::string(row[6]),
                     .ministry = std::string(row[7]),
                     .aliases = list(row[8])});
  }
  std::ranges::sort(found, {}, &Business::no);
  return found;
}

std::vector<Body> read_bodies() {
  std::vector<Body> found;
  for (const auto& row : embedded::rows(embedded::prefectures())) {
    const std::string code(row[0]);
    found.push_back({code, std::string(row[1]), std::string(row[2]), code, "都道府県", "", ""});
  }
  for (const auto& row : embedded::rows(embedded::municipalities())) {
    found.push_back({std::string(row[0]), std::string(row[1]), std::string(row[2]), std::string(row[3]),
                     std::string(row[4]), std::string(row[5]), std::string(row[6])});
  }
  return found;
}

const std::map<std::string, std::size_t, std::less<>>& business_labels() {
  static const auto labels = [] {
    std::map<std::string, std::size_t, std::less<>> found;
    for (const Business& business : Catalog::businesses()) {
      for (const std::string& label : {business.key, business.name, business.label_mic, business.label_da}) {
        if (!label.empty()) found.emplace(base::nfkc_label(label), business.no);
      }
      for (const std::string& alias : business.aliases) found.emplace(base::nfkc_label(alias), business.no);
    }
    return found;
  }();
  return labels;
}

}  // namespace

std::string body_label(std::string_view name) {
  std::string label = base::nfkc_label(name);
  constexpr std::string_view kSmall = "ヶ";
  for (std::size_t at = label.find(kSmall); at != std::string::npos; at = label.find(kSmall, at)) {
    label.replace(at, kSmall.size(), "ケ");
  }
  return label;
}

std::string_view name_of(StepStatus status) {
  switch (status) {
    case StepStatus::finished:
      return "完了済み";
    case StepStatus::in_progress:
      return "作業中";
    case StepStatus::not_started:
      return "未着手";
    case StepStatus::not_applicable:
      return "対象外";
    case StepStatus::unreported:
      return "未報告";
    case StepStatus::unsaid:
      break;
  }
  return "";
}

std::optional<StepStatus> find_status(std::string_view label) {
  static const std::map<std::string, StepStatus, std::less<>> labels = {
      {"完了済み", StepStatus::finished},  {"完了", StepStatus::finished},  {"作業中", StepStatus::in_progress},
      {"未着手", StepStatus::not_started}, {"未", StepStatus::not_started}, {"対象外", StepStatus::not_applicable},
      {"未報告", StepStatus::unreported}};
  // Nearly every cell is written as it should be; only the others are worth a normalisation.
  auto found = labels.find(label);
  if (found == labels.end()) found = labels.find(base::nfkc_label(label));
  return found == labels.end() ? std::nullopt : std::optional(found->second);
}

const Catalog& Catalog::bundled() {
  static const Catalog catalog(read_bodies());
  return catalog;
}

Catalog::Catalog(std::vector<Body> bodies) : bodies_(std::move(bodies)) {
  std::ranges::sort(bodies_, {}, &Body::code);
  prefecture_of_.reserve(bodies_.size());
  for (std::size_t i = 0; i < bodies_.size(); ++i) {
    prefecture_of_.push_back(find_code(bodies_[i].prefecture).value_or(i));
    by_name_.emplace(body_label(bodies_[i].name), i);
  }
}

std::span<const Business> Catalog::businesses() {
  static const std::vector<Business> businesses = read_businesses();
  return businesses;
}

std::span<const Step> Catalog::steps() {
  static const std::vector<Step> steps = [] {
    std::vector<Step> found;
    for (const auto& row : embedded::rows(embedded::steps())) {
      found.push_back({number(row[0]), std::string(row[1]), number(row[2]), std::string(row[3]), std::string(row[4])});
    }
    return found;
  }();
  return steps;
}

std::span<const std::string> Catalog::late_reasons() {
  static const std::vector<std::string> reasons = [] {
    std::vector<std::string> found;
    for (const auto& row : embedded::rows(embedded::late_reasons())) found.emplace_back(row[1]);
    return found;
  }();
  return reasons;
}

std::span<const Deadline> Catalog::deadlines() {
  static const std::vector<Deadline> deadlines = [] {
    std::vector<Deadline> found;
    for (const auto& row : embedded::rows(embedded::deadlines())) {
      found.push_back({std::string(row[0]), std::string(row[1]), std::string(row[2]), std::string(row[3])});
    }
    return found;
  }();
  return deadlines;
}

const Deadline& Catalog::deadline_on(std::string_view day) {
  const std::span<const Deadline> all = deadlines();
  const Deadline* found = &all.front();
  for (const Deadline& deadline : all) {
    if (deadline.valid_from <= day) found = &deadline;
  }
  return *found;
}

std::optional<std::size_t> Catalog::find_code(std::string_view code) const {
  const auto found = std::ranges::lower_bound(bodies_, code, std::less<>{}, &Body::code);
  if (found == bodies_.end() || found->code != code) return std::nullopt;
  return static_cast<std::size_t>(found - bodies_.begin());
}

std::optional<std::size_t> Catalog::find_prefecture(std::string_view label) const {
  if (label.size() == 2) {
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      if (bodies_[i].is_prefecture() && bodies_[i].code.starts_with(label)) return i;
    }
  }
  if (const auto found = find_code(label); found && bodies_[*found].is_prefecture()) return found;
  for (const std::size_t found : find_name(label)) {
    if (bodies_[found].is_prefecture()) return found;
  }
  return std::nullopt;
}

std::vector<std::size_t> Catalog::find_name(std::size_t prefecture, std::string_view name) const {
  std::vector<std::size_t> found = find_name(name);
  std::erase_if(found, [&](std::size_t body) { return prefecture_of_[body] != prefecture; });
  return found;
}

std::vector<std::size_t> Catalog::find_name(std::string_view name) const {
  const auto [first, last] = by_name_.equal_range(body_label(name));
  std::vector<std::size_t> found;
  for (auto i = first; i != last; ++i) found.push_back(i->second);
  return found;
}

bool Catalog::is_ward_code(std::string_view code) {
  static const std::set<std::string, std::less<>> wards = [] {
    std::set<std::string, std::less<>> found;
    for (const auto& row : embedded::rows(embedded::wards())) found.emplace(row[0]);
    return found;
  }();
  return wards.contains(code);
}

const Business* Catalog::find_business(std::string_view label) {
  const auto found = business_labels().find(base::nfkc_label(label));
  return found == business_labels().end() ? nullptr : &businesses()[found->second - 1];
}

const Step* Catalog::find_step(std::string_view label) {
  const std::string wanted = base::nfkc_label(label);
  for (const Step& step : steps()) {
    if (wanted == std::to_string(step.no) || wanted == base::nfkc_label(step.name)) return &step;
  }
  return nullptr;
}

std::string Catalog::full_name(std::size_t body) const {
  if (bodies_[body].is_prefecture()) return bodies_[body].name;
  return bodies_[prefecture_of_[body]].name + bodies_[body].name;
}

}  // namespace hyojun::core
