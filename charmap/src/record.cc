// StandardTable::record: a row of the image as text to show.
#include <fmt/format.h>

#include <charconv>

#include "hyojun/base/number.h"
#include "hyojun/charmap/table.h"
#include "image.h"

namespace hyojun::charmap {

namespace {

using image::Sections;

std::string one(std::uint32_t cp) {
  const char32_t text[1] = {cp};
  return cp == 0 ? std::string() : base::format_code_points({text, 1});
}

std::string pair(const std::uint32_t (&s)[2]) {
  const char32_t text[2] = {s[0], s[1]};
  return s[0] == 0 ? std::string() : base::format_code_points({text, 2});
}

std::vector<std::string> entries(std::string_view list) {
  std::vector<std::string> result;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    result.emplace_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return result;
}

std::vector<std::pair<unsigned, int>> radicals(std::string_view list) {
  std::vector<std::pair<unsigned, int>> result;
  for (const std::string& entry : entries(list)) {
    std::pair<unsigned, int> r{};
    const char* const end = entry.data() + entry.size();
    const auto [dot, error] = std::from_chars(entry.data(), end, r.first);
    if (error == std::errc() && dot != end) std::from_chars(dot + 1, end, r.second);
    result.push_back(r);
  }
  return result;
}

// The IVS stands first: it alone says the shape whatever the font.
void add_texts(const image::CharacterRow& r, CharacterRecord& out) {
  const auto add = [&](std::u32string text) {
    if (std::find(out.text.begin(), out.text.end(), text) == out.text.end()) out.text.push_back(std::move(text));
  };
  if (r.ivs[0] != 0) add({r.ivs[0], r.ivs[1]});
  if (r.duplicate_ivs[0] != 0) add({r.duplicate_ivs[0], r.duplicate_ivs[1]});
  if (r.svs[0] != 0) add({r.svs[0], r.svs[1]});
  if (r.implemented != 0) add({r.implemented});
}

CharacterRecord mj_record(const Sections& s, const image::CharacterRow& r) {
  CharacterRecord out;
  add_texts(r, out);
  out.ucs = one(r.ucs);
  out.implemented = one(r.implemented);
  if (r.ivs[0] != 0) out.ivs.push_back(pair(r.ivs));
  if (r.duplicate_ivs[0] != 0) out.ivs.push_back(pair(r.duplicate_ivs));
  out.svs = pair(r.svs);
  out.compat = one(r.compat);
  out.koseki = r.koseki == image::kNone ? "" : fmt::format("{:06}", r.koseki);
  out.juki = r.juki == 0 ? "" : fmt::format("J+{:04X}", r.juki);
  out.toki = r.toki == image::kNone ? "" : fmt::format("{:08}", r.toki);
  out.nyukan_seiji = r.nyukan_seiji == 0 ? "" : fmt::format("0x{:X}", r.nyukan_seiji);
  out.nyukan_gaiji = r.nyukan_gaiji == 0 ? "" : fmt::format("0x{:X}", r.nyukan_gaiji);
  out.policy = s.string(r.policy);
  out.x0213 = s.string(r.x0213);
  out.x0213_class = r.x0213_class == 255 ? "" : fmt::format("{}", r.x0213_class);
  out.x0213_unification = s.string(r.unification);
  out.x0212 = s.string(r.x0212);
  out.strokes = r.strokes;
  out.radicals = radicals(s.string(r.radicals));
  out.readings = entries(s.string(r.readings));
  out.note = s.string(r.note);
  return out;
}

CharacterRecord hentaigana_record(const Sections& s, const image::HentaiganaRow& r) {
  CharacterRecord out;
  if (r.code_point != 0) out.text.push_back({r.code_point});
  out.ucs = out.implemented = one(r.code_point);
  out.koseki = r.koseki == image::kNone ? "" : fmt::format("{:06}", r.koseki);
  out.readings = entries(s.string(r.phonetic));
  out.note = s.string(r.note);
  out.origin = fmt::format("hentaigana, 字母 {}", one(r.jibo));
  return out;
}

CharacterRecord nonkanji_record(const Sections& s, const image::NonKanjiRow& r) {
  CharacterRecord out;
  out.text.push_back(r.second == 0 ? std::u32string{r.first} : std::u32string{r.first, r.second});
  if (r.second == 0) out.ucs = out.implemented = one(r.first);
  out.origin = s.string(r.origins);
  return out;
}

}  // namespace

CharacterRecord StandardTable::record(CharacterId id) const {
  const Sections& s = sections();
  CharacterRecord out = id.list == CharacterId::List::mj           ? mj_record(s, s.characters[id.index])
                        : id.list == CharacterId::List::hentaigana ? hentaigana_record(s, s.hentaigana[id.index])
                                                                   : nonkanji_record(s, s.nonkanji[id.index]);
  out.name = name(id);
  return out;
}

}  // namespace hyojun::charmap
