// The strings of a workbook, and the escapes in every string of it.
#include <fmt/format.h>

#include <optional>

#include "hyojun/base/text.h"
#include "workbook.h"
#include "xml_part.h"

namespace hyojun::base {
namespace {

class Handler : public XmlHandler {
 public:
  Handler(const ZipArchive& archive, const XlsxLimits& limits) : archive_(archive), limits_(limits) {}
  SharedStrings strings;

  void start(std::string_view name, XmlAttributes) override {
    if (name == "si") text_.clear();
    if (name == "rPh") in_ruby_ = true;
    in_text_ = name == "t" && !in_ruby_;
  }
  void end(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "rPh") in_ruby_ = false;
    if (name != "si") return;
    resolve_escapes(text_, 0);
    strings.add(text_);
  }
  void text(std::string_view piece) override {
    if (!in_text_) return;
    text_ += piece;
    if (text_.size() > limits_.max_text_bytes) {
      reject(reject_file(archive_.name(),
                         {fmt::format("{} バイトを超える文字列があります", limits_.max_text_bytes),
                          fmt::format("a string is longer than {} bytes", limits_.max_text_bytes)},
                         save_again())
                 .value());
    }
  }

 private:
  const ZipArchive& archive_;
  const XlsxLimits& limits_;
  std::string text_{};
  bool in_text_ = false;
  bool in_ruby_ = false;
};

// The code unit of "_xHHHH_" at the beginning of `text`.
std::optional<char32_t> escape_at(std::string_view text) {
  if (text.size() < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return std::nullopt;
  char32_t value = 0;
  for (const char c : text.substr(2, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value << 4U | static_cast<char32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value << 4U | static_cast<char32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

struct Escape {
  char32_t code_point;
  std::size_t length;
};

// One escape, or two that make a surrogate pair.
std::optional<Escape> read_escape(std::string_view text) {
  const auto unit = escape_at(text);
  if (!unit) return std::nullopt;
  if (*unit < 0xD800 || *unit > 0xDFFF) return Escape{*unit, 7};
  const auto low = escape_at(text.substr(7));
  if (*unit > 0xDBFF || !low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
  return Escape{0x10000 + ((*unit - 0xD800) << 10U) + (*low - 0xDC00), 14};
}

}  // namespace

void resolve_escapes(std::string& text, std::size_t begin) {
  std::size_t at = text.find("_x", begin);
  if (at == std::string::npos) return;
  std::string out;
  std::size_t done = begin;
  for (; at != std::string::npos; at = text.find("_x", at)) {
    const auto escape = read_escape(std::string_view(text).substr(at));
    if (!escape) {
      ++at;
      continue;
    }
    out.append(text, done, at - done);
    append_utf8(out, escape->code_point);
    at += escape->length;
    done = at;
  }
  out.append(text, done);
  text.replace(begin, std::string::npos, out);
}

Result<SharedStrings> read_shared_strings(const ZipArchive& archive, const std::string& part,
                                          const XlsxLimits& limits) {
  Handler handler(archive, limits);
  if (auto done = read_xml_part(archive, part, limits, handler); !done) return tl::unexpected<Error>(done.error());
  return std::move(handler.strings);
}

}  // namespace hyojun::base
