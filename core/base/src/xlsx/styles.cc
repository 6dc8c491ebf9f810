// Which cell formats show a day. ECMA-376 Part 1, 18.8.30 (numFmt) and 18.8.31; the ids 27–36 and 50–58 are those of
// its table for ja-JP.
#include <charconv>
#include <map>

#include "workbook.h"
#include "xml_part.h"

namespace hyojun::base {
namespace {

constexpr std::size_t kMaxFormats = 100'000;  // Excel holds 65,490

unsigned number_of(const char* text) {
  unsigned value = 0;
  if (text == nullptr) return 0;
  const std::string_view digits = text;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

class Handler : public XmlHandler {
 public:
  std::vector<bool> is_date;

  void start(std::string_view name, XmlAttributes attributes) override {
    if (name == "numFmt") {
      const char* const code = attributes.find("formatCode");
      if (codes_.size() < kMaxFormats && code != nullptr) {
        codes_.insert_or_assign(number_of(attributes.find("numFmtId")), is_date_format(std::string_view(code)));
      }
    } else if (name == "cellXfs") {
      in_formats_ = true;
    } else if (in_formats_ && name == "xf" && is_date.size() < kMaxFormats) {
      const unsigned id = number_of(attributes.find("numFmtId"));
      const auto code = codes_.find(id);
      is_date.push_back(code != codes_.end() ? code->second : is_date_format(id));
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_formats_ = false;
  }

 private:
  std::map<unsigned, bool> codes_{};
  bool in_formats_ = false;
};

// The letters of the first section, without literals: "…", \x, _x, *x, [colour or locale], General, G/標準. Lower case;
// what stands for an exponent (E+) is left out.
std::string letters_of(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      i = std::min(code.find(c == '"' ? '"' : ']', i + 1), code.size());
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (code.substr(i).starts_with("General")) {
      i += 6;
    } else if (code.substr(i).starts_with("G/標準")) {
      i += std::string_view("G/標準").size() - 1;
    } else if ((c == 'E' || c == 'e') && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) {
      ++i;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      out.push_back(static_cast<char>(c | 0x20));
    }
  }
  return out;
}

}  // namespace

bool is_date_format(std::string_view code) {
  const std::string letters = letters_of(code);
  if (letters.find_first_of("ydge") != std::string::npos) return true;
  return letters.find('m') != std::string::npos && letters.find_first_of("hs") == std::string::npos;
}

bool is_date_format(unsigned id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || (id >= 34 && id <= 36) ||
         (id >= 50 && id <= 58);
}

Result<std::vector<bool>> read_date_formats(const ZipArchive& archive, const std::string& part,
                                            const XlsxLimits& limits) {
  Handler handler;
  if (auto done = read_xml_part(archive, part, limits, handler); !done) return tl::unexpected<Error>(done.error());
  return std::move(handler.is_date);
}

}  // namespace hyojun::base
