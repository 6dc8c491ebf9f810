// JSON of others: cut into documents, bounded in depth, without a key twice, and read with every type checked.
#ifndef HYOJUN_CLI_APP_CHECKED_JSON_H_
#define HYOJUN_CLI_APP_CHECKED_JSON_H_

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "hyojun/base/error.h"

namespace hyojun::app {

// The length of the first JSON object or array in `text`, white space before it included; 0 if there is only white
// space; npos if it is not closed, does not begin with a bracket, or is nested deeper than `depth`.
std::size_t document_length(std::string_view text, std::size_t depth);

// One document. The error says what is wrong, with the byte from the start of `text`; the caller adds the file.
base::Result<nlohmann::json> parse_document(std::string_view text);

// Reads members of objects. The first thing that is wrong is kept and everything after it reads as empty, so that a
// reader asks once, at the end. Not copied, one thread.
class CheckedJson {
 public:
  // A number above `largest` is refused.
  explicit CheckedJson(std::uint64_t largest) : largest_(largest) {}
  CheckedJson(const CheckedJson&) = delete;
  CheckedJson& operator=(const CheckedJson&) = delete;

  using json = nlohmann::json;

  // Exactly these keys; those of `optional` may be absent.
  bool expect_keys(const json& object, std::initializer_list<const char*> keys,
                   std::initializer_list<const char*> optional = {});
  const json& member(const json& object, const char* key, json::value_t type);
  std::string text(const json& object, const char* key);
  std::string text_or_empty(const json& object, const char* key);  // empty for null
  std::uint64_t number(const json& object, const char* key);
  bool flag(const json& object, const char* key);
  std::vector<std::string> texts(const json& object, const char* key);
  std::u32string code_points(const json& object, const char* key);  // empty for null or ""

  void refuse(base::Text what);
  void refuse_value(const char* key);
  const std::optional<base::Text>& wrong() const noexcept { return wrong_; }

 private:
  const json* find(const json& object, const char* key);

  std::uint64_t largest_;
  std::optional<base::Text> wrong_;
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_CHECKED_JSON_H_
