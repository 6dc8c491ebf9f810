#include "corpus.h"

#include <algorithm>
#include <cstdio>

#include "half_width.h"

namespace hyojun::bench {

namespace {

constexpr std::uint32_t kCommonSurnames = 550'000;  // of a million
constexpr std::uint32_t kCommonGivenNames = 700'000;
constexpr std::uint32_t kKanjiOfPool = 250'000;  // of the rarer surnames
constexpr char32_t kSpace = U'\u3000';

std::vector<std::uint16_t> choices_of(std::span<const WeightedName> names, std::size_t first, std::size_t last) {
  std::vector<std::uint16_t> choices;
  for (std::size_t i = first; i < last; ++i)
    choices.insert(choices.end(), names[i].weight, static_cast<std::uint16_t>(i));
  return choices;
}

// Digits in ASCII or, with `zero` = '０', in full width.
void append_number(std::u32string& out, std::uint64_t value, unsigned width, char32_t zero = U'0') {
  std::array<char32_t, 20> digits;
  auto at = digits.end();
  for (; value != 0 || width != 0; value /= 10) {
    *--at = zero + static_cast<char32_t>(value % 10);
    if (width != 0) --width;
  }
  out.append(at, digits.end());
}

void append_date(std::u32string& out, std::uint32_t first_year, std::uint32_t years, Random& random) {
  constexpr std::array<std::uint8_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  append_number(out, first_year + random.below(years), 4);
  const std::uint32_t month = random.below(12);
  append_number(out, month + 1, 2);
  append_number(out, 1 + random.below(kDays[month]), 2);
}

// The reading of a kanji in katakana, one of at most three kana where there is one.
std::u32string reading_of(const std::vector<std::string>& readings) {
  for (const std::string& reading : readings) {
    if (reading.size() > 9 || reading.size() % 3 != 0) continue;
    std::u32string kana;
    for (std::size_t i = 0; i < reading.size(); i += 3) {
      const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(reading[i + k]); };
      const char32_t cp = (byte(0) & 0xFU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
      kana += cp >= 0x3041 && cp <= 0x3096 ? cp + 0x60 : cp;
    }
    return kana;
  }
  return {};
}

}  // namespace

void Mix::add(const Resident& resident, std::u32string_view line) {
  ++records;
  rare += resident.rare;
  records_with_rare += resident.rare != 0;
  characters += line.size();
  for (const char32_t cp : line) {
    if (cp < 0x80) {
      ++ascii;
    } else if (is_kanji(cp)) {
      ++kanji;
    } else {
      characters -= is_selector(cp);
    }
  }
}

std::string Mix::text() const {
  const auto percent = [](std::uint64_t a, std::uint64_t b) {
    return b == 0 ? 0.0 : 100.0 * static_cast<double>(a) / static_cast<double>(b);
  };
  std::array<char, 300> line;
  std::snprintf(line.data(), line.size(),
                "%llu records, %.1f characters a record; of the characters %.1f %% ASCII, %.1f %% kanji, %.3f %% rare; "
                "%.1f %% of the records have a rare one",
                static_cast<unsigned long long>(records),
                records == 0 ? 0.0 : static_cast<double>(characters) / static_cast<double>(records),
                percent(ascii, characters), percent(kanji, characters), percent(rare, characters),
                percent(records_with_rare, records));
  return line.data();
}

Corpus::Corpus(const CorpusOptions& options, std::shared_ptr<const charmap::StandardTable> table)
    : options_(options),
      table_(std::move(table)),
      rare_(*table_),
      random_(options.seed),
      towns_(make_towns()),
      surname_choices_(choices_of(surnames(), 0, surnames().size())),
      mens_choices_(choices_of(given_names(), 0, kMensNames)),
      womens_choices_(choices_of(given_names(), kMensNames, given_names().size())) {
  make_pool();
}

void Corpus::make_pool() {
  for (unsigned code = 0x889F; code <= 0xEAA4; ++code) {
    const char32_t kanji = table_->cp932()[code];
    if (kanji == 0 || !is_kanji(kanji)) continue;
    std::u32string kana = reading_of(table_->record(*table_->find(kanji)).readings);
    if (!kana.empty()) pool_.push_back({kanji, std::move(kana)});
  }
}

const WeightedName& Corpus::weighted(std::span<const WeightedName> names, const std::vector<std::uint16_t>& choices) {
  return names[choices[random_.below(choices.size())]];
}

void Corpus::append_name_kanji(std::u32string_view kanji, std::u32string& out, std::size_t& rare) {
  for (const char32_t cp : kanji) {
    if (is_kanji(cp) && random_.chance(options_.rare_per_million)) {
      out += rare_.instead_of(cp, random_);
      ++rare;
    } else {
      out += cp;
    }
  }
}

void Corpus::surname(Resident& out) {
  std::u32string& name = out.fields[kName];
  std::u32string& kana = out.fields[kKana];
  if (random_.chance(kCommonSurnames)) {
    const WeightedName& common = weighted(surnames(), surname_choices_);
    append_name_kanji(common.kanji, name, out.rare);
    kana += common.kana;
    return;
  }
  if (random_.chance(kKanjiOfPool)) {
    const PoolKanji& first = pool_[random_.mostly_small(pool_.size())];
    append_name_kanji({&first.kanji, 1}, name, out.rare);
    kana += first.kana;
  } else {
    const NamePart& first = surname_firsts()[random_.below(surname_firsts().size())];
    append_name_kanji(first.kanji, name, out.rare);
    kana += first.kana;
  }
  const NamePart& second = surname_seconds()[random_.below(surname_seconds().size())];
  append_name_kanji(second.kanji, name, out.rare);
  kana += second.kana;
}

void Corpus::given_name(Resident& out, bool man) {
  std::u32string& name = out.fields[kName];
  std::u32string& kana = out.fields[kKana];
  if (random_.chance(kCommonGivenNames)) {
    const WeightedName& common = weighted(given_names(), man ? mens_choices_ : womens_choices_);
    append_name_kanji(common.kanji, name, out.rare);
    kana += common.kana;
    return;
  }
  const auto endings = man ? mens_endings() : womens_endings();
  for (const auto parts : {given_firsts(), endings}) {
    const NamePart& part = parts[random_.below(parts.size())];
    append_name_kanji(part.kanji, name, out.rare);
    kana += part.kana;
  }
}

void Corpus::address(Resident& out) {
  const Town& town = towns_[random_.below(towns_.size())];
  append_number(out.fields[kPostalCode], town.postal_code / 10'000, 3);
  out.fields[kPostalCode] += U'-';
  append_number(out.fields[kPostalCode], town.postal_code % 10'000, 4);

  std::u32string& address = out.fields[kAddress];
  address += town.city;
  append_name_kanji(town.name, address, out.rare);
  const auto number = [&](std::uint32_t bound) { append_number(address, 1 + random_.mostly_small(bound), 1, U'０'); };
  const std::uint32_t style = random_.below(10);
  number(style < 8 ? 9 : 4000);
  address += style < 6 ? U"丁目" : style < 8 ? U"－" : U"番地";
  number(40);
  if (style >= 8) return;
  address += style < 6 ? U"番" : U"－";
  number(30);
  if (style < 6) address += U'号';
  if (!random_.chance(200'000)) return;
  address += random_.chance(500'000) ? U"　コーポ" : U"　メゾン";
  address += surname_firsts()[random_.below(surname_firsts().size())].kanji;
  append_number(address, 101 + random_.below(8) + 100 * random_.below(5), 3, U'０');
}

void Corpus::next_only_rare(Resident& out) {
  constexpr std::uint32_t kLongest = 12;  // characters of a field
  for (std::u32string& field : out.fields) {
    for (std::uint32_t left = 1 + random_.below(kLongest); left != 0; --left) {
      field += rare_.never_plain(random_);
      ++out.rare;
    }
  }
}

void Corpus::next(Resident& out) {
  for (std::u32string& field : out.fields) field.clear();
  out.rare = 0;
  if (options_.only_rare) return next_only_rare(out);
  const bool man = random_.chance(488'000);
  append_number(out.fields[kNumber], 1'000'000'000 + 7 * ++number_, 10);
  surname(out);
  out.fields[kName] += kSpace;
  out.fields[kKana] += kSpace;
  given_name(out, man);
  if (options_.half_width_kana) to_half_width(out.fields[kKana]);
  append_date(out.fields[kBirth], 1925, 100, random_);
  out.fields[kSex] += man ? U'男' : U'女';
  address(out);
  append_date(out.fields[kMoved], 1990, 36, random_);
}

void append_csv(std::span<const std::u32string> fields, bool quoted, std::u32string& out) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::u32string& field = fields[i];
    if (i != 0) out += U',';
    if (!quoted && field.find_first_of(U",\"\r\n") == std::u32string::npos) {
      out += field;
      continue;
    }
    out += U'"';
    for (const char32_t cp : field) out.append(cp == U'"' ? 2 : 1, cp);
    out += U'"';
  }
}

void append_header(bool quoted, std::u32string& out) {
  const std::vector<std::u32string> names(kHeader.begin(), kHeader.end());
  append_csv(names, quoted, out);
}

}  // namespace hyojun::bench
