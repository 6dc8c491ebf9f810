#include "hyojun/core/facts.h"

#include <fmt/format.h>
#include <hyojun/base/text.h>

#include <algorithm>
#include <array>
#include <map>

namespace hyojun::core {
namespace {

constexpr std::string_view kYes = "はい,いいえ";

constexpr std::array kKinds = {
    Kind{"on_standard", "標準準拠システムへ移行済", true, KindType::flag,
         "標準準拠システムで運用を開始した。ガバメントクラウドとは別の軸", kYes},
    Kind{"on_cloud", "ガバメントクラウド利用", true, KindType::flag,
         "ガバメントクラウド上で運用している。努力義務であり、標準準拠とは別の軸", kYes},
    Kind{"system_completed", "システム移行完了", true, KindType::flag,
         "デジタル庁の「移行完了システム」に数えられた。手順の完了率とは別の指標", kYes},
    Kind{"late_reason", "特定移行支援の事由", true, KindType::reason, "late_reason の番号 1–4。1システムに1つ",
         "1,2,3,4"},
    Kind{"late_deadline", "個別の移行期限", true, KindType::date, "特定移行支援システムに認められた期限"},
    Kind{"undecided", "判断保留", true, KindType::flag, "特定移行支援に該当するかどうかの判断を保留している", kYes},
    Kind{"golive_planned", "運用開始の計画日", true, KindType::date, "計画上の運用開始日"},
    Kind{"golive_forecast", "運用開始の見込日", true, KindType::date, "現時点で見込む運用開始日"},
    Kind{"golive_actual", "運用開始の実績日", true, KindType::date, "標準準拠システムで運用を開始した日"},
    Kind{"vendor", "事業者", true, KindType::text, "標準準拠システムの事業者"},
    Kind{"package", "パッケージ", true, KindType::text, "製品名"},
    Kind{"csp", "CSP", true, KindType::text, "クラウド事業者",
         "AWS,Google Cloud,Microsoft Azure,Oracle Cloud Infrastructure,さくらのクラウド,ガバメントクラウド以外"},
    Kind{"usage", "利用方式", true, KindType::text, "ガバメントクラウドの利用方式", "単独利用,共同利用"},
    Kind{"connection", "接続", true, KindType::text, "庁内からの接続", "専用線,共同回線,LGWAN"},
    Kind{"gaiji_total", "外字総数", true, KindType::count, "同定の対象とした外字の数"},
    Kind{"gaiji_identified", "同定済", true, KindType::count, "標準文字に同定した外字の数"},
    Kind{"gaiji_undecided", "要判断", true, KindType::count, "判断が残る外字の数"},
    Kind{"gaiji_no_match", "該当なし・追加要望", true, KindType::count, "該当する標準文字がない外字の数"},
    Kind{"notify_residents", "住民通知の要否", true, KindType::flag, "氏名などの字形が変わる住民への通知が要るか",
         kYes},
    Kind{"notify_on", "住民通知の日", true, KindType::date, "通知した、または通知する日"},
    Kind{"identify_digest", "同定実行の記録", true, KindType::text, "hyojun identify --record の集計と要約値"},
    Kind{"forecast_on_time", "期限内移行の見込み", false, KindType::flag, "期限までに移行を終えるという団体の見込み",
         kYes},
    Kind{"judgement", "県の見立て", false, KindType::outlook,
         "都道府県の判断。--rule prefecture のときだけ区分を決める",
         "移行完了,期限超過,特定移行支援システムあり,判断保留,期限内移行見込み,未報告"},
    Kind{"region", "地域", false, KindType::text, "都道府県が定める地域の区分"},
    Kind{"population", "人口", false, KindType::count, "理由の列に基準日と出典を書く"},
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kOutlooks = {
    {{"completed", "移行完了"},
     {"overdue", "期限超過"},
     {"late", "特定移行支援システムあり"},
     {"undecided", "判断保留"},
     {"on_time", "期限内移行見込み"},
     {"unreported", "未報告"}}};

tl::unexpected<base::Error> reject(const Kind& kind, const base::Text& wanted) {
  return base::fail(
      base::ErrorCode::input_rejected,
      {fmt::format("「{}」の値が正しくありません", kind.name), fmt::format("the value of \"{}\" is wrong", kind.name)},
      {}, {wanted.ja + "を書いてください", "write " + wanted.en});
}

using Parsed = base::Result<std::optional<std::string>>;

Parsed parse_flag(const Kind& kind, const std::string& label) {
  static const std::map<std::string, std::string, std::less<>> words = {
      {"1", "1"},  {"はい", "1"},   {"有", "1"}, {"あり", "1"},  {"要", "1"},    {"○", "1"},
      {"〇", "1"}, {"●", "1"},      {"済", "1"}, {"該当", "1"},  {"yes", "1"},   {"true", "1"},
      {"0", "0"},  {"いいえ", "0"}, {"無", "0"}, {"なし", "0"},  {"不要", "0"},  {"未", "0"},
      {"×", "0"},  {"-", "0"},      {"no", "0"}, {"false", "0"}, {"非該当", "0"}};
  const auto found = words.find(label);
  if (found == words.end()) return reject(kind, {"はい か いいえ", "はい or いいえ (1 or 0)"});
  return std::optional(found->second);
}

Parsed parse_count(const Kind& kind, std::string label) {
  std::erase(label, ',');
  constexpr std::size_t kMostDigits = 12;
  if (label.empty() || label.size() > kMostDigits || label.find_first_not_of("0123456789") != std::string::npos)
    return reject(kind, {"0 以上の整数", "a whole number"});
  label.erase(0, std::min(label.find_first_not_of('0'), label.size() - 1));
  return std::optional(label);
}

Parsed parse_reason(const Kind& kind, const std::string& label) {
  const std::span<const std::string> names = Catalog::late_reasons();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (label == std::to_string(i + 1) || label == base::nfkc_label(names[i]))
      return std::optional(std::to_string(i + 1));
  }
  return reject(kind, {"事由の番号 1 から 4", "the number of the reason, 1 to 4"});
}

Parsed parse_outlook(const Kind& kind, const std::string& label) {
  for (const auto& [key, name] : kOutlooks) {
    if (label == key || label == base::nfkc_label(name)) return std::optional(std::string(key));
  }
  return reject(kind, {"移行完了・期限内移行見込みなどの区分", "a class such as on_time or 期限内移行見込み"});
}

// 36526–73050: the days from 2000 to 2099 as Excel numbers them, where the cell has no format of a date.
bool is_excel_day(std::string_view label) {
  return label.size() == 5 && label.find_first_not_of("0123456789") == std::string_view::npos && label >= "36526" &&
         label <= "73050";
}

}  // namespace

std::string_view key_of(Indicator indicator) {
  constexpr std::string_view kKeys[] = {"steps", "finished", "late"};
  return kKeys[static_cast<std::size_t>(indicator)];
}

std::string_view name_of(Indicator indicator) {
  constexpr std::string_view kNames[] = {"手順ごとの状況", "完了手順数", "特定移行支援システムの該当見込み"};
  return kNames[static_cast<std::size_t>(indicator)];
}

SurveyLine empty_line(Indicator indicator, std::string body) {
  constexpr std::size_t kSizes[] = {kBusinesses * kSteps, kBusinesses * 2, kAllBusinesses};
  return {indicator, std::move(body), std::string(kSizes[static_cast<std::size_t>(indicator)], '.')};
}

std::span<const Kind> kinds() { return kKinds; }

const Kind* find_kind(std::string_view label) {
  const std::string wanted = base::nfkc_label(label);
  for (const Kind& kind : kKinds) {
    if (wanted == kind.key || wanted == base::nfkc_label(kind.name)) return &kind;
  }
  return nullptr;
}

std::string_view key_of(KindType type) {
  constexpr std::string_view kKeys[] = {"flag", "date", "count", "text", "reason", "outlook"};
  return kKeys[static_cast<std::size_t>(type)];
}

base::Result<std::optional<std::string>> parse_value(const Kind& kind, std::string_view text) {
  const std::string label = base::nfkc_label(text);
  if (label.empty()) return std::optional<std::string>();
  switch (kind.type) {
    case KindType::flag:
      return parse_flag(kind, label);
    case KindType::count:
      return parse_count(kind, label);
    case KindType::reason:
      return parse_reason(kind, label);
    case KindType::outlook:
      return parse_outlook(kind, label);
    case KindType::text:
      return std::optional(std::string(text));
    case KindType::date:
      break;
  }
  const auto date = base::parse_date(text);
  if (!date && is_excel_day(label))
    return reject(kind, {"日付の番号でなく日付（Excel でセルの書式を日付にする）",
                         "a date, not Excel's number of a day: format the cell as a date"});
  if (!date)
    return reject(kind, {"2026-01-31 か 令和8年1月31日 の形の日付", "a date such as 2026-01-31 or 令和8年1月31日"});
  return std::optional(date->date.iso());
}

std::string show_value(const Kind& kind, std::string_view value) {
  switch (kind.type) {
    case KindType::flag:
      return value == "1" ? "はい" : "いいえ";
    case KindType::reason:
      return std::string(value) + " " + Catalog::late_reasons()[static_cast<std::size_t>(value.front() - '1')];
    case KindType::outlook:
      for (const auto& [key, name] : kOutlooks) {
        if (key == value) return std::string(name);
      }
      break;
    case KindType::date:
    case KindType::count:
    case KindType::text:
      break;
  }
  return std::string(value);
}

}  // namespace hyojun::core
