#include "test_data.h"

#include <algorithm>
#include <array>

#include "corpus.h"
#include "text_encoder.h"

namespace hyojun::bench {

namespace {

using charmap::Encoding;

constexpr std::size_t kBlock = 64U << 10U;
constexpr std::array<std::string_view, 4> kNames = {"standard", "rare20", "only_rare", "quoted"};

CorpusOptions options_of(CorpusKind kind) {
  CorpusOptions options;
  if (kind == CorpusKind::rare20) options.rare_per_million *= 10;
  options.only_rare = kind == CorpusKind::only_rare;
  return options;
}

void cut(TestData& data) {
  const bool utf16 = data.encoding == Encoding::utf16le;
  const std::string_view line_end = utf16                      ? std::string_view("\n\0", 2)
                                    : is_ebcdic(data.encoding) ? std::string_view("\x15")
                                                               : std::string_view("\n");
  std::string_view rest = data.bytes;
  while (!rest.empty()) {
    std::size_t end = rest.find(line_end, std::min(kBlock, rest.size()));
    while (utf16 && end != rest.npos && end % 2 != 0) end = rest.find(line_end, end + 1);
    end = end == rest.npos ? rest.size() : end + line_end.size();
    data.blocks.push_back(rest.substr(0, end));
    rest.remove_prefix(end);
  }
}

}  // namespace

std::string_view corpus_name(CorpusKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<CorpusKind> find_corpus(std::string_view name) {
  const auto it = std::ranges::find(kNames, name);
  if (it == kNames.end()) return std::nullopt;
  return static_cast<CorpusKind>(it - kNames.begin());
}

std::vector<TestData> make_test_data(std::size_t bytes, CorpusKind kind, std::string& mix) {
  const auto table = charmap::StandardTable::bundled();
  const bool quoted = kind == CorpusKind::quoted;
  Corpus corpus(options_of(kind), table);
  std::vector<TestData> all = {{Encoding::utf8, kind}, {Encoding::cp932, kind}, {Encoding::utf16le, kind}};
  if (kind == CorpusKind::standard) {
    for (const Encoding encoding :
         {Encoding::euc_jp_ms, Encoding::ibm33722, Encoding::ibm954, Encoding::iso_2022_jp, Encoding::shift_jis_2004,
          Encoding::euc_jis_2004, Encoding::ibm930, Encoding::ibm939, Encoding::ibm1390, Encoding::ibm1399}) {
      all.push_back({encoding, kind});
    }
  }
  std::vector<TextEncoder> encoders;
  for (TestData& data : all) {
    encoders.emplace_back(data.encoding, *table);
    data.bytes.reserve(bytes + bytes / 8);
  }
  Mix measured;
  Resident resident;
  std::u32string line;
  append_header(quoted, line);
  line += U'\n';
  for (std::uint64_t header = line.size();;) {
    for (std::size_t i = 0; i < all.size(); ++i) encoders[i].append(line, all[i].bytes);
    for (TestData& data : all) data.characters = header + measured.characters;
    if (all[0].bytes.size() >= bytes) break;
    corpus.next(resident);
    line.clear();
    append_csv(resident.fields, quoted, line);
    line += U'\n';
    measured.add(resident, line);
  }
  for (TestData& data : all) cut(data);
  mix = measured.text();
  return all;
}

}  // namespace hyojun::bench
