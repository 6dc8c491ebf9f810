// What is fixed by law or publication: bodies, businesses, steps, statuses, reasons, deadlines.
//
// Sources: data/*.tsv (each with its source in data/SOURCES.tsv), built into the library. A store keeps a copy of the
// bodies, so that what was recorded of a body stays when the body ends. Immutable, so shared by threads.
#ifndef HYOJUN_CORE_CATALOG_H_
#define HYOJUN_CORE_CATALOG_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hyojun::core {

inline constexpr std::size_t kBusinesses = 20;     // 標準化対象の20業務
inline constexpr std::size_t kAllBusinesses = 21;  // with 共通機能, the last
inline constexpr std::size_t kSteps = 40;

struct Business {
  std::size_t no;         // 1–20 the order of the cabinet order (政令), 21 共通機能
  std::string key;        // "juki": in JSON and in our own sheets
  std::string name;       // as in the cabinet order
  std::size_t order_da;   // column order of Digital Agency's sheets
  std::size_t order_mic;  // of MIC's sheets; 0: absent there
  std::string label_mic;
  std::string label_da;
  std::string ministry;
  std::vector<std::string> aliases;
};

struct Step {
  std::size_t no;    // 1–40
  std::string item;  // ①–⑱
  std::size_t sub;
  std::string phase;  // 計画立案, システム選定, 移行, 運用開始
  std::string name;
};

// A municipality, or a prefecture itself.
struct Body {
  std::string code;  // six digits
  std::string name;
  std::string kana;
  std::string prefecture;  // code; its own for a prefecture
  std::string class_name;  // 都道府県, 指定都市, 中核市, 特別区, 市, 町, 村
  std::string valid_from;  // YYYY-MM-DD; empty: unknown, always
  std::string valid_to;    // last day; empty: still exists

  bool is_prefecture() const { return code == prefecture; }
  bool exists_on(std::string_view day) const {
    return (valid_from.empty() || valid_from <= day) && (valid_to.empty() || day <= valid_to);
  }
};

struct Deadline {
  std::string valid_from;
  std::string date;
  std::string name;
  std::string source;
};

// The signs of one step cell, as stored (core/sql/0001_tracker.sql, table status).
enum class StepStatus : char {
  unsaid = '.',  // this import says nothing of the cell
  unreported = '0',
  not_started = '1',
  in_progress = '2',
  finished = '3',
  not_applicable = '9',
};

// 完了済み, 作業中, 未着手, 対象外, 未報告; empty for unsaid.
std::string_view name_of(StepStatus status);
// The status of a label of a sheet, after NFKC and without spaces: also 完了 and 未, which the Excel writes; none if it
// is no status.
std::optional<StepStatus> find_status(std::string_view label);

// How names of bodies are compared: as labels (NFKC, no spaces), with ヶ and ケ as one.
std::string body_label(std::string_view name);

class Catalog {
 public:
  // The catalog of this version of hyojun.
  static const Catalog& bundled();
  // The same with other bodies (those of a store), in any order; codes are unique.
  explicit Catalog(std::vector<Body> bodies);

  // 21, in the order of their numbers: [no - 1].
  static std::span<const Business> businesses();
  // 40: [no - 1].
  static std::span<const Step> steps();
  // [reason - 1]: why a system may migrate late.
  static std::span<const std::string> late_reasons();
  static std::span<const Deadline> deadlines();
  // The deadline in force on a day: of those with valid_from <= day the latest; the first if there is none.
  static const Deadline& deadline_on(std::string_view day);

  // Sorted by code.
  std::span<const Body> bodies() const { return bodies_; }
  // The index into bodies(); none if no body has this code.
  std::optional<std::size_t> find_code(std::string_view code) const;
  // The prefecture with this name or code, "兵庫県", "28" or "280003".
  std::optional<std::size_t> find_prefecture(std::string_view label) const;
  // Bodies of a prefecture (index) with this name; a ward is told by is_ward_code. More than one only where two
  // bodies of different times share a name. Names are compared as labels (NFKC, no spaces), with ヶ and ケ as one.
  std::vector<std::size_t> find_name(std::size_t prefecture, std::string_view name) const;
  // The same in all of Japan.
  std::vector<std::size_t> find_name(std::string_view name) const;
  // A ward of a designated city has a code, but is no body.
  static bool is_ward_code(std::string_view code);

  // Key, name, or any label or alias of any source, compared as labels; null if there is none.
  static const Business* find_business(std::string_view label);
  // "32", or the published name, compared as labels.
  static const Step* find_step(std::string_view label);

  // "兵庫県姫路市"; a prefecture's own name.
  std::string full_name(std::size_t body) const;
  std::size_t prefecture_of(std::size_t body) const { return prefecture_of_[body]; }

 private:
  std::vector<Body> bodies_;
  std::vector<std::size_t> prefecture_of_;
  std::multimap<std::string, std::size_t, std::less<>> by_name_;
};

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_CATALOG_H_
