// The image loader: bytes as they are, and a small sound image with edits, signed again so that the content is reached.
// Input of edits: section (1 byte), offset (3 bytes), value (1 byte), over and over; from E0 it cuts at the offset.
#include <algorithm>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "fuzz.h"
#include "image.h"

using namespace hyojun;
using namespace hyojun::charmap;

namespace {

struct Parts {
  std::string meta = "version\t1\nunicode\t17.0\nsource\ta\t1\tfree\n";
  std::string pool = std::string("\0text\0", 6);
  std::vector<image::CharacterRow> characters = std::vector<image::CharacterRow>(2);
  std::vector<image::HentaiganaRow> hentaigana = {{90001, 0x1B002, 900010, 0x5B89, 1, 1, 1, 0, {}}};
  std::vector<image::NonKanjiRow> nonkanji = {{U'a', 0, 1, 0}};
  std::vector<image::PlainRow> plain = {{U'a', 0x10000000}, {0x4E00, 0}, {0x1B002, 0x20000000}};
  std::vector<image::SequenceRow> sequences = {{0x4E00, 0xE0100, 0}};
  std::vector<image::SequenceRow> collections = {{0x4E00, 0xE0101, 1}};
  std::vector<image::SequenceLine> sequence_lines = std::vector<image::SequenceLine>(image::kSequenceLines);
  std::vector<image::ReferenceRow> references = {{0x5F20, 0x5F35, 0, 1}};
  std::vector<std::uint32_t> shapes = {0x8FBB};
  std::vector<std::uint32_t> placeholders = {0x3013};
  std::vector<image::LookAlikeRow> look_alikes = {{0x30ED, 0x53E3, 2, 0}, {0x53E3, 0x30ED, 0, 2}};
  std::vector<std::uint8_t> bmp = std::vector<std::uint8_t>(0x10000, 5);
  std::vector<std::uint16_t> index = std::vector<std::uint16_t>(0x1000, 0);
  std::vector<std::uint8_t> blocks = std::vector<std::uint8_t>(256, 5);
  std::vector<std::uint16_t> cp932 = std::vector<std::uint16_t>(0x10000, 0);
  std::vector<std::uint8_t> scan = std::vector<std::uint8_t>(0x10000, kScanEvent);
  std::vector<image::ShrinkRow> shrink = {{0, 0x5B89, 0, 1, 1, {1, 16, 34}, 0}};
  std::vector<image::ShrinkNoteRow> shrink_notes = {{1, 1}};
  std::vector<std::uint32_t> plain_starts, shrink_starts = {0, 1, 1};
};

using Edit = std::function<void(unsigned section, std::vector<std::uint8_t>& bytes)>;

template <typename Row>
void add(image::Writer& writer, std::string_view tag, std::span<const Row> rows, unsigned section, const Edit& edit) {
  std::vector<std::uint8_t> bytes(rows.size_bytes());
  if (!bytes.empty()) std::memcpy(bytes.data(), rows.data(), bytes.size());
  edit(section, bytes);
  std::vector<Row> edited(bytes.size() / sizeof(Row));
  if (!edited.empty()) std::memcpy(edited.data(), bytes.data(), edited.size() * sizeof(Row));
  writer.add(tag, std::span<const Row>(edited));
}

std::vector<std::uint8_t> forge(const Edit& edit) {
  Parts p;
  p.characters[0].number = 1;
  p.characters[1].number = 2;
  for (std::size_t key = 0; key <= image::kPlainKeys; ++key) {
    const auto first = std::ranges::lower_bound(p.plain, key << 8U, {}, &image::PlainRow::code_point);
    p.plain_starts.push_back(static_cast<std::uint32_t>(first - p.plain.begin()));
  }
  const auto fill = [](std::vector<std::uint8_t>& classes, std::size_t first, std::size_t count, CodeClass kind) {
    std::fill_n(classes.begin() + static_cast<std::ptrdiff_t>(first), count, static_cast<std::uint8_t>(kind));
  };
  for (const std::size_t second : {0x02E5, 0x02E9, 0x0300, 0x0301}) fill(p.bmp, second, 1, CodeClass::second_of_x0213);
  fill(p.bmp, 0x3099, 2, CodeClass::voiced_mark);
  fill(p.bmp, 0xFE00, 16, CodeClass::selector);
  p.blocks.resize(512, 5);
  fill(p.blocks, 256, 240, CodeClass::selector);  // U+E0100–E01EF
  p.index[(0xE0100 - 0x10000) >> 8U] = 1;
  const std::uint32_t key = image::sequence_key(0x4E00, 0xE0100);
  p.sequence_lines[image::sequence_line(key)].keys[0] = key;
  image::Writer w;
  add(w, "META", std::span<const char>(p.meta), 0, edit);
  add(w, "POOL", std::span<const char>(p.pool), 1, edit);
  add(w, "CHAR", std::span<const image::CharacterRow>(p.characters), 2, edit);
  add(w, "HENT", std::span<const image::HentaiganaRow>(p.hentaigana), 3, edit);
  add(w, "NKAN", std::span<const image::NonKanjiRow>(p.nonkanji), 4, edit);
  add(w, "PLAN", std::span<const image::PlainRow>(p.plain), 5, edit);
  add(w, "SEQU", std::span<const image::SequenceRow>(p.sequences), 6, edit);
  add(w, "COLL", std::span<const image::SequenceRow>(p.collections), 7, edit);
  add(w, "N582", std::span<const image::ReferenceRow>(p.references), 8, edit);
  add(w, "SHAP", std::span<const std::uint32_t>(p.shapes), 9, edit);
  add(w, "PLHD", std::span<const std::uint32_t>(p.placeholders), 10, edit);
  add(w, "LOOK", std::span<const image::LookAlikeRow>(p.look_alikes), 11, edit);
  add(w, "CLSB", std::span<const std::uint8_t>(p.bmp), 12, edit);
  add(w, "CLSI", std::span<const std::uint16_t>(p.index), 13, edit);
  add(w, "CLSD", std::span<const std::uint8_t>(p.blocks), 14, edit);
  add(w, "C932", std::span<const std::uint16_t>(p.cp932), 15, edit);
  add(w, "SEQH", std::span<const image::SequenceLine>(p.sequence_lines), 16, edit);
  add(w, "PLNS", std::span<const std::uint32_t>(p.plain_starts), 17, edit);
  add(w, "SHRK", std::span<const image::ShrinkRow>(p.shrink), 18, edit);
  add(w, "SHRN", std::span<const image::ShrinkNoteRow>(p.shrink_notes), 19, edit);
  add(w, "SHRS", std::span<const std::uint32_t>(p.shrink_starts), 20, edit);
  add(w, "SCNU", std::span<const std::uint8_t>(p.scan), 21, edit);
  add(w, "SCNC", std::span<const std::uint8_t>(p.scan), 22, edit);
  add(w, "SCXU", std::span<const std::uint8_t>(p.scan), 23, edit);
  add(w, "SCXC", std::span<const std::uint8_t>(p.scan), 24, edit);
  return w.finish(image::Kind::table);
}

// After it is accepted, nothing it says may lead outside.
void use(const StandardTable& table) {
  (void)table.info();
  for (char32_t cp = 0; cp <= 0x10FFFF; cp += 251) (void)table.class_of(cp);
  for (const char32_t cp : {char32_t{U'a'}, char32_t{0x4E00}, char32_t{0x1B002}, char32_t{0x5F20}, char32_t{0x30ED}}) {
    if (const auto id = table.find(cp))
      fuzz::require(table.record(*id).name == table.name(*id), "a record has its name");
    (void)table.references(cp);
    (void)table.look_alikes(cp);
    (void)table.with_ucs(cp);
  }
  for (const char32_t second : {char32_t{0xE0100}, char32_t{0xE0101}, char32_t{0x3099}}) {
    if (const auto id = table.find(0x4E00, second)) (void)table.record(*id);
  }
  for (const CharacterId id : table.all()) (void)table.shrink_candidates(id);
  (void)StandardTable::collection_names(table.collections(0x4E00, 0xE0101));
  (void)table.with_reading("text");
  (void)table.with_radical(1, 0);
}

void load(const std::vector<std::uint8_t>& bytes) {
  const auto table = StandardTable::from_bytes(bytes, "fuzz");
  if (table) {
    use(**table);
  } else {
    fuzz::require(table.error().code == base::ErrorCode::damaged, "refused as damaged");
  }
}

}  // namespace

// What is edited is a table that is accepted: otherwise no edit would reach the checks of the content.
const bool sound = [] {
  const auto bytes = forge([](unsigned, std::vector<std::uint8_t>&) {});
  fuzz::require(StandardTable::from_bytes(bytes, "fuzz").has_value(), "the small image is sound");
  return true;
}();

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  load({data, data + size});
  load(forge([&](unsigned section, std::vector<std::uint8_t>& bytes) {
    for (std::size_t at = 0; at + 5 <= size; at += 5) {
      const std::size_t offset = data[at + 1] << 16 | data[at + 2] << 8 | data[at + 3];
      if (data[at] % 32 != section) continue;
      if (data[at] >= 0xE0) {
        bytes.resize(std::min(bytes.size(), offset));
      } else if (!bytes.empty()) {
        bytes[offset % bytes.size()] = data[at + 4];
      }
    }
  }));
  return 0;
}
