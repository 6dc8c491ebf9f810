#include "test_data.h"

#include "corpus.h"
#include "text_encoder.h"

namespace hyojun::bench {

namespace {

using charmap::Encoding;

constexpr std::size_t kBlock = 64U << 10U;

void cut(TestData& data) {
  const bool utf16 = data.encoding == Encoding::utf16le;
  const std::string_view line_end = utf16 ? std::string_view("\n\0", 2) : "\n";
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

std::vector<TestData> make_test_data(std::size_t bytes, std::string& mix) {
  const auto table = charmap::StandardTable::bundled();
  Corpus corpus({}, table);
  std::vector<TestData> all = {{Encoding::utf8, {}}, {Encoding::cp932, {}}, {Encoding::utf16le, {}}};
  std::vector<TextEncoder> encoders;
  for (TestData& data : all) {
    encoders.emplace_back(data.encoding, *table);
    data.bytes.reserve(bytes + bytes / 8);
  }
  Mix measured;
  Resident resident;
  std::u32string line;
  append_header(false, line);
  line += U'\n';
  for (std::uint64_t header = line.size();;) {
    for (std::size_t i = 0; i < all.size(); ++i) encoders[i].append(line, all[i].bytes);
    for (TestData& data : all) data.characters = header + measured.characters;
    if (all[0].bytes.size() >= bytes) break;
    corpus.next(resident);
    line.clear();
    append_csv(resident.fields, false, line);
    line += U'\n';
    measured.add(resident, line);
  }
  for (TestData& data : all) cut(data);
  mix = measured.text();
  return all;
}

}  // namespace hyojun::bench
