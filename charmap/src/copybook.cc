#include "hyojun/charmap/copybook.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "copybook.h"

namespace hyojun::charmap {

namespace {

using base::Text;
using copybook::Item;
using copybook::Usage;
using copybook::Wrong;

constexpr std::uint32_t kLongest = 512U << 10U;  // bytes of a record

// What a picture says: how many of what.
struct Picture {
  std::uint32_t digits = 0, decimals = 0, characters = 0, nationals = 0;
  bool is_signed = false;
};

Picture read_picture(const Item& item) {
  Picture picture;
  bool behind_point = false;
  const std::string& p = item.picture;
  const auto wrong = [&item] { return Wrong{{"PICTURE が読めません", "the PICTURE cannot be read"}, item.line}; };
  for (std::size_t i = 0; i < p.size();) {
    const char c = p[i++];
    std::uint32_t times = 1;
    if (i < p.size() && p[i] == '(') {
      const std::size_t close = p.find(')', i);
      if (close == std::string::npos) throw wrong();
      const auto [end, error] = std::from_chars(p.data() + i + 1, p.data() + close, times);
      if (error != std::errc() || end != p.data() + close || times > kLongest) throw wrong();
      i = close + 1;
    }
    if (c == 'P') throw Wrong{{"PICTURE の P は読めません", "P in a PICTURE is not read"}, item.line};
    if (c == 'S') {
      picture.is_signed = true;
    } else if (c == 'V') {
      behind_point = true;
    } else if (c == '9') {
      picture.digits += times;
      if (behind_point) picture.decimals += times;
    } else if (c == 'N' || c == 'G') {
      picture.nationals += times;
    } else if (std::string_view("XAZB0,.+-*/$\\CRD").find(c) != std::string_view::npos) {
      picture.characters += times;
    } else {
      throw wrong();
    }
    if (picture.digits + picture.characters + picture.nationals > kLongest) throw wrong();
  }
  if (picture.digits + picture.characters + picture.nationals == 0) throw wrong();
  return picture;
}

struct Field {
  std::string_view kind;
  std::uint32_t length = 0;
  std::uint32_t scale = 0;
  bool is_signed = false;
};

std::uint32_t binary_bytes(const Item& item, std::uint32_t digits) {
  constexpr std::uint32_t kMost = 18;
  if (digits > kMost) throw Wrong{{"COMP の桁数が多すぎます", "COMP has too many digits"}, item.line};
  return digits <= 4 ? 2 : digits <= 9 ? 4 : 8;
}

Field field_of(const Item& item, Usage usage, bool mixed) {
  if (usage == Usage::short_float) return {"hex", 4};
  if (usage == Usage::long_float) return {"hex", 8};
  const Picture p = read_picture(item);
  if (p.nationals != 0) return {"double", 2 * (p.nationals + p.characters)};
  if (p.characters != 0) return {mixed ? "mixed" : "single", p.characters + p.digits};
  if (p.decimals > 31)
    throw Wrong{{"小数点以下の桁が多すぎます", "there are too many digits behind the point"}, item.line};
  if (usage == Usage::packed) return {"packed", p.digits / 2 + 1, p.decimals, p.is_signed};
  if (usage == Usage::binary) return {"binary", binary_bytes(item, p.digits), p.decimals, p.is_signed};
  if (item.separate_sign) return {"single", p.digits + 1};
  return {"zoned", p.digits, p.decimals, p.is_signed};
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

// Writes the fields of one record.
class LayoutWriter {
 public:
  explicit LayoutWriter(const CopybookOptions& options) : options_(options) {}

  std::string write(const Item& record) {
    count_names(record);
    std::string fields;
    if (record.children.empty()) {
      write_item(record, Usage::display, "", 0, fields);
    } else {
      write_items(record.children, record.usage, "", 0, fields);
    }
    for (const std::string& name : options_.redefines) {
      if (used_.count(name) == 0) {
        throw Wrong{{"REDEFINES の項目がありません: " + name, "there is no REDEFINES item " + name}, record.line};
      }
    }
    return fmt::format(
        "{{\"schema\":\"hyojun.layout/1\",\"records\":{},\"types\":[{{\"name\":{},\"fields\":[{}\n]}}]}}\n",
        quoted(options_.records), quoted(record.name), fields);
  }

 private:
  void count_names(const Item& item) {
    ++names_[item.name];
    for (const Item& child : item.children) count_names(child);
  }

  static void separate(std::string& out) { out += out.empty() || out.back() == '[' ? "\n" : ",\n"; }

  // Writes the items of a group that stand beside each other; returns their bytes.
  std::uint32_t write_items(const std::vector<Item>& items, Usage usage, const std::string& group, unsigned depth,
                            std::string& out) {
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < items.size();) {
      // An item and all that redefine it share their place.
      std::size_t end = i + 1;
      while (end < items.size() && !items[end].redefines.empty()) ++end;
      std::size_t chosen = i;
      if (!items[i].redefines.empty()) {
        throw Wrong{{"REDEFINES の前に項目がありません", "REDEFINES follows nothing"}, items[i].line};
      }
      for (std::size_t k = i + 1; k < end; ++k) {
        if (std::ranges::find(options_.redefines, items[k].name) == options_.redefines.end()) continue;
        chosen = k;
        used_.insert(items[k].name);
      }
      std::uint32_t longest = 0;
      std::uint32_t written = 0;
      std::string unused;
      for (std::size_t k = i; k < end; ++k) {
        const std::uint32_t bytes = write_item(items[k], usage, group, depth, k == chosen ? out : unused);
        longest = std::max(longest, bytes);
        if (k == chosen) written = bytes;
      }
      if (written < longest) {
        separate(out);
        out += fmt::format("{{\"kind\":\"filler\",\"length\":{}}}", longest - written);
      }
      length += longest;
      if (length > kLongest) throw Wrong{{"レコードが長すぎます", "the record is too long"}, items[i].line};
      i = end;
    }
    return static_cast<std::uint32_t>(length);
  }

  std::uint32_t write_item(const Item& item, Usage above, const std::string& group, unsigned depth, std::string& out) {
    constexpr unsigned kDeepest = 24;
    if (depth == kDeepest) throw Wrong{{"項目の入れ子が深すぎます", "items are nested too deeply"}, item.line};
    const Usage usage = item.states_usage ? item.usage : above;
    const std::string occurs = item.occurs == 0 ? "" : fmt::format(",\"occurs\":{}", item.occurs);
    std::uint32_t length = 0;
    separate(out);
    if (item.children.empty()) {
      if (item.picture.empty() && usage != Usage::short_float && usage != Usage::long_float) {
        throw Wrong{{"PICTURE がありません", "there is no PICTURE"}, item.line};
      }
      const Field field = field_of(item, usage, options_.mixed);
      length = field.length;
      if (item.name.empty()) {
        out += fmt::format("{{\"kind\":\"filler\",\"length\":{}{}}}", length, occurs);
      } else {
        const std::string name = names_[item.name] > 1 ? group + "." + item.name : item.name;
        out += fmt::format("{{\"name\":{},\"kind\":\"{}\",\"length\":{}{}{}{}}}", quoted(name), field.kind, length,
                           field.scale == 0 ? "" : fmt::format(",\"scale\":{}", field.scale),
                           field.is_signed ? ",\"signed\":true" : "", occurs);
      }
    } else {
      std::string fields;
      length = write_items(item.children, usage, item.name, depth + 1, fields);
      out += fmt::format("{{\"name\":{},\"fields\":[{}]{}}}", quoted(item.name), fields, occurs);
    }
    const std::uint64_t all = std::uint64_t{length} * std::max(item.occurs, 1U);
    if (all > kLongest) throw Wrong{{"レコードが長すぎます", "the record is too long"}, item.line};
    return static_cast<std::uint32_t>(all);
  }

  const CopybookOptions& options_;
  std::map<std::string, unsigned> names_;
  std::set<std::string> used_;
};

const Item& choose(const std::vector<Item>& items, const std::string& name) {
  if (items.empty()) throw Wrong{{"項目がありません", "there is no item"}, 1};
  if (name.empty() && items.size() == 1) return items.front();
  const auto found = std::ranges::find(items, name, &Item::name);
  if (!name.empty() && found != items.end()) return *found;
  std::string all;
  for (const Item& item : items) all += (all.empty() ? "" : ", ") + item.name;
  throw Wrong{{"レコードを --record で選んでください: " + all, "choose a record with --record: " + all},
              items.back().line};
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return text;
}

}  // namespace

base::Result<std::string> layout_from_copybook(std::string_view text, const std::string& path,
                                               const CopybookOptions& options) {
  try {
    CopybookOptions chosen = options;
    chosen.record = upper(chosen.record);
    for (std::string& name : chosen.redefines) name = upper(name);
    const std::vector<Item> items = copybook::parse(text);
    return LayoutWriter(chosen).write(choose(items, chosen.record));
  } catch (const Wrong& wrong) {
    return base::fail(
        base::ErrorCode::input_rejected, {"COPY句: " + wrong.what.ja, "copybook: " + wrong.what.en},
        {.file = path, .record = wrong.line},
        {"その行を確かめるか、レイアウトを手で書いてください", "check that line, or write the layout by hand"});
  }
}

}  // namespace hyojun::charmap
