#include "hyojun/charmap/copybook.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <set>
#include <span>

#include "copybook.h"

namespace hyojun::charmap {

namespace {

using base::Text;
using copybook::Item;
using copybook::Usage;
using copybook::Wrong;

constexpr std::uint32_t kLongest = 512U << 10U;  // bytes of a record
constexpr std::uint32_t kMostScale = 31;

// What a picture says: how many of what.
struct Picture {
  std::uint32_t digits = 0, characters = 0, nationals = 0;
  int scale = 0;  // digits behind the point; below zero: zeros before it that are not stored
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
    if (c == 'P') {
      // Places that are not stored: before the digits they are behind the point, else before it.
      if (times > kMostScale) throw wrong();
      behind_point = behind_point || picture.digits == 0;
      picture.scale += behind_point ? static_cast<int>(times) : -static_cast<int>(times);
    } else if (c == 'S') {
      picture.is_signed = true;
    } else if (c == 'V') {
      behind_point = true;
    } else if (c == '9') {
      picture.digits += times;
      if (behind_point) picture.scale += static_cast<int>(std::min(times, kMostScale + 1));
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
  int scale = 0;
  bool is_signed = false;
  std::uint32_t boundary = 1;  // that SYNC moves it to: a multiple of so many bytes from the record's start
};

std::uint32_t binary_bytes(const Item& item, std::uint32_t digits) {
  constexpr std::uint32_t kMost = 18;
  if (digits > kMost) throw Wrong{{"COMP の桁数が多すぎます", "COMP has too many digits"}, item.line};
  return digits <= 4 ? 2 : digits <= 9 ? 4 : 8;
}

constexpr std::uint32_t kWord = 4;  // bytes; COMP of more than a word lies on word boundaries, too

Field field_of(const Item& item, Usage usage, bool mixed) {
  if (usage == Usage::short_float) return {.kind = "hex", .length = 4, .boundary = 4};
  if (usage == Usage::long_float) return {.kind = "hex", .length = 8, .boundary = 8};
  const Picture p = read_picture(item);
  if (p.nationals != 0) return {"double", 2 * (p.nationals + p.characters)};
  if (p.characters != 0) return {mixed ? "mixed" : "single", p.characters + p.digits};
  if (std::abs(p.scale) > static_cast<int>(kMostScale))
    throw Wrong{{"小数点以下の桁か P が多すぎます", "there are too many digits behind the point, or P"}, item.line};
  if (usage == Usage::packed) return {"packed", p.digits / 2 + 1, p.scale, p.is_signed};
  if (usage == Usage::binary) {
    const std::uint32_t bytes = binary_bytes(item, p.digits);
    return {"binary", bytes, p.scale, p.is_signed, std::min(bytes, kWord)};
  }
  if (item.separate_sign) return {"single", p.digits + 1};
  return {"zoned", p.digits, p.scale, p.is_signed};
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
      write_item(record, {}, fields);
    } else {
      write_items(record.children, {.usage = record.usage, .synchronized = record.synchronized}, fields);
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

  // Where an item stands, and what it inherits from its group.
  struct Place {
    std::uint64_t at = 0;  // bytes from the record's start
    Usage usage = Usage::display;
    bool synchronized = false;
    std::string group{};
    unsigned depth = 0;
  };
  struct Size {
    std::uint32_t length = 0;
    std::uint32_t boundary = 1;  // the largest that SYNC asks for within
  };

  static void write_filler(std::uint64_t bytes, std::string& out) {
    if (bytes == 0) return;
    separate(out);
    out += fmt::format("{{\"kind\":\"filler\",\"length\":{}}}", bytes);
  }

  // An item and all that redefine it share their place: the number behind the last of them.
  static std::size_t end_of_place(const std::vector<Item>& items, std::size_t first) {
    if (!items[first].redefines.empty()) {
      throw Wrong{{"REDEFINES の前に項目がありません", "REDEFINES follows nothing"}, items[first].line};
    }
    std::size_t end = first + 1;
    while (end < items.size() && !items[end].redefines.empty()) ++end;
    return end;
  }

  // Writes the items of a group that stand beside each other.
  Size write_items(const std::vector<Item>& items, Place place, std::string& out) {
    const std::uint64_t begin = place.at;
    Size all;
    for (std::size_t i = 0; i < items.size();) {
      if (depending_) {
        throw Wrong{{"OCCURS DEPENDING ON のあとの項目は位置が変わるので読めません",
                     "what follows OCCURS DEPENDING ON moves with its count: not read"},
                    items[i].line};
      }
      const std::size_t end = end_of_place(items, i);
      const Size size = write_place(std::span(items).subspan(i, end - i), place, out);
      place.at += size.length;
      all.boundary = std::max(all.boundary, size.boundary);
      if (place.at - begin > kLongest) {
        throw Wrong{{"レコードが長すぎます", "the record is too long"}, items[i].line};
      }
      i = end;
    }
    all.length = static_cast<std::uint32_t>(place.at - begin);
    return all;
  }

  // Writes the chosen one of the items that share a place.
  Size write_place(std::span<const Item> items, const Place& place, std::string& out) {
    std::size_t chosen = 0;
    for (std::size_t k = 1; k < items.size(); ++k) {
      if (std::ranges::find(options_.redefines, items[k].name) == options_.redefines.end()) continue;
      chosen = k;
      used_.insert(items[k].name);
    }
    Size all;
    std::uint32_t written = 0;
    bool depending = false;
    for (std::size_t k = 0; k < items.size(); ++k) {
      std::string unused;
      depending_ = false;
      const Size size = write_item(items[k], place, k == chosen ? out : unused);
      all = {std::max(all.length, size.length), std::max(all.boundary, size.boundary)};
      if (k != chosen) continue;
      written = size.length;
      depending = depending_;
    }
    depending_ = depending;
    write_filler(all.length - written, out);
    return all;
  }

  Size write_item(const Item& item, Place place, std::string& out) {
    constexpr unsigned kDeepest = 24;
    if (place.depth == kDeepest) throw Wrong{{"項目の入れ子が深すぎます", "items are nested too deeply"}, item.line};
    if (item.states_usage) place.usage = item.usage;
    place.synchronized = place.synchronized || item.synchronized;
    const Size size = item.children.empty() ? write_field(item, place, out) : write_group(item, place, out);
    if (depending_ && item.occurs != 0 && !item.depending) {
      throw Wrong{{"OCCURS の中の OCCURS DEPENDING ON は読めません", "OCCURS DEPENDING ON inside OCCURS is not read"},
                  item.line};
    }
    depending_ = depending_ || item.depending;
    return size;
  }

  static std::string occurs_of(const Item& item) {
    return item.occurs == 0 ? "" : fmt::format(",\"occurs\":{}", item.occurs);
  }

  static Size times(const Item& item, std::uint64_t slack, std::uint64_t length, std::uint32_t boundary) {
    const std::uint64_t all = slack + length * std::max(item.occurs, 1U);
    if (all > kLongest) throw Wrong{{"レコードが長すぎます", "the record is too long"}, item.line};
    return {static_cast<std::uint32_t>(all), boundary};
  }

  // Slack bytes stand in front of what SYNC moves, but nothing moves what redefines something.
  static std::uint64_t slack_before(const Item& item, std::uint64_t at, std::uint32_t boundary) {
    const std::uint64_t slack = (boundary - at % boundary) % boundary;
    if (slack == 0 || item.redefines.empty()) return slack;
    throw Wrong{{"REDEFINES の SYNC 項目が境界にありません", "a SYNC item that redefines lies on no boundary"},
                item.line};
  }

  Size write_field(const Item& item, const Place& place, std::string& out) {
    if (item.picture.empty() && place.usage != Usage::short_float && place.usage != Usage::long_float) {
      throw Wrong{{"PICTURE がありません", "there is no PICTURE"}, item.line};
    }
    const Field field = field_of(item, place.usage, options_.mixed);
    const std::uint32_t boundary = place.synchronized ? field.boundary : 1;
    const std::uint64_t slack = slack_before(item, place.at, boundary);
    write_filler(slack, out);
    separate(out);
    if (item.name.empty()) {
      out += fmt::format("{{\"kind\":\"filler\",\"length\":{}{}}}", field.length, occurs_of(item));
    } else {
      const std::string name = names_[item.name] > 1 ? place.group + "." + item.name : item.name;
      const bool leads = item.sign_leads && field.is_signed && field.kind == "zoned";
      out +=
          fmt::format("{{\"name\":{},\"kind\":\"{}\",\"length\":{}{}{}{}{}}}", quoted(name), field.kind, field.length,
                      field.scale == 0 ? "" : fmt::format(",\"scale\":{}", field.scale),
                      field.is_signed ? ",\"signed\":true" : "", leads ? ",\"sign\":\"leading\"" : "", occurs_of(item));
    }
    return times(item, slack, field.length, boundary);
  }

  // Each repetition of a group is as long as a multiple of the boundaries within, so that all lie alike.
  Size write_group(const Item& item, Place place, std::string& out) {
    std::string fields;
    place.group = item.name;
    ++place.depth;
    Size size = write_items(item.children, place, fields);
    if (item.occurs > 1) {
      const std::uint32_t slack = (size.boundary - size.length % size.boundary) % size.boundary;
      write_filler(slack, fields);
      size.length += slack;
    }
    separate(out);
    out += fmt::format("{{\"name\":{},\"fields\":[{}]{}}}", quoted(item.name), fields, occurs_of(item));
    return times(item, 0, size.length, size.boundary);
  }

  const CopybookOptions& options_;
  std::map<std::string, unsigned> names_;
  std::set<std::string> used_;
  bool depending_ = false;  // an item with OCCURS DEPENDING ON has been written
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
