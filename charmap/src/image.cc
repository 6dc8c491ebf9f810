#include "image.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/sha256.h"

namespace hyojun::charmap::image {

namespace {

constexpr std::uint64_t align(std::uint64_t offset) { return (offset + kAlignment - 1) / kAlignment * kAlignment; }

std::uint8_t hex_digit(char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); }

// A section that must be there, with the size its rows must have.
struct Slot {
  std::string_view tag;
  std::size_t row_size;
};

constexpr std::array kTableSlots = {Slot{"C932", 2},
                                    Slot{"CHAR", sizeof(CharacterRow)},
                                    Slot{"CLSB", 1},
                                    Slot{"CLSD", 1},
                                    Slot{"CLSI", 2},
                                    Slot{"COLL", sizeof(SequenceRow)},
                                    Slot{"HENT", sizeof(HentaiganaRow)},
                                    Slot{"LOOK", sizeof(LookAlikeRow)},
                                    Slot{"META", 1},
                                    Slot{"N582", sizeof(ReferenceRow)},
                                    Slot{"NKAN", sizeof(NonKanjiRow)},
                                    Slot{"PLAN", sizeof(PlainRow)},
                                    Slot{"PLHD", 4},
                                    Slot{"PLNS", 4},
                                    Slot{"POOL", 1},
                                    Slot{"SCNC", 1},
                                    Slot{"SCNU", 1},
                                    Slot{"SCXC", 1},
                                    Slot{"SCXU", 1},
                                    Slot{"SEQH", sizeof(SequenceLine)},
                                    Slot{"SEQU", sizeof(SequenceRow)},
                                    Slot{"SHAP", 4},
                                    Slot{"SHRK", sizeof(ShrinkRow)},
                                    Slot{"SHRN", sizeof(ShrinkNoteRow)},
                                    Slot{"SHRS", 4}};
constexpr std::array kLayerSlots = {Slot{"LAYR", sizeof(LayerRow)}, Slot{"META", 1}, Slot{"POOL", 1}};

template <typename Row>
std::span<const Row> rows(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const Row*>(bytes.data()), bytes.size() / sizeof(Row)};
}

std::string_view text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void assign(Sections& s, std::string_view tag, std::span<const std::uint8_t> bytes) {
  if (tag == "META") s.meta = text(bytes);
  if (tag == "POOL") s.pool = text(bytes);
  if (tag == "CHAR") s.characters = rows<CharacterRow>(bytes);
  if (tag == "HENT") s.hentaigana = rows<HentaiganaRow>(bytes);
  if (tag == "NKAN") s.nonkanji = rows<NonKanjiRow>(bytes);
  if (tag == "PLAN") s.plain = rows<PlainRow>(bytes);
  if (tag == "SEQU") s.sequences = rows<SequenceRow>(bytes);
  if (tag == "COLL") s.collections = rows<SequenceRow>(bytes);
  if (tag == "N582") s.references = rows<ReferenceRow>(bytes);
  if (tag == "SHAP") s.shapes = rows<std::uint32_t>(bytes);
  if (tag == "PLHD") s.placeholders = rows<std::uint32_t>(bytes);
  if (tag == "LOOK") s.look_alikes = rows<LookAlikeRow>(bytes);
  if (tag == "SHRK") s.shrink = rows<ShrinkRow>(bytes);
  if (tag == "SHRN") s.shrink_notes = rows<ShrinkNoteRow>(bytes);
  if (tag == "CLSB") s.bmp_classes = bytes;
  if (tag == "CLSI") s.class_index = rows<std::uint16_t>(bytes);
  if (tag == "CLSD") s.class_blocks = bytes;
  if (tag == "C932") s.cp932 = rows<std::uint16_t>(bytes);
  if (tag == "PLNS") s.plain_starts = rows<std::uint32_t>(bytes);
  if (tag == "SHRS") s.shrink_starts = rows<std::uint32_t>(bytes);
  if (tag == "SEQH") s.sequence_lines = rows<SequenceLine>(bytes);
  if (tag == "SCNU") s.bmp_scan = bytes;
  if (tag == "SCNC") s.cp932_scan = bytes;
  if (tag == "SCXU") s.bmp_scan_x0213 = bytes;
  if (tag == "SCXC") s.cp932_scan_x0213 = bytes;
  if (tag == "LAYR") s.layer = rows<LayerRow>(bytes);
}

base::Result<Header> read_header(std::span<const std::uint8_t> bytes, Kind kind, const std::string& name) {
  Header header;
  if (bytes.size() < sizeof(Header)) return damaged(name, "短すぎます", "it is too short");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic, 8) != kMagic) {
    return damaged(name, "hyojun の表ではありません", "it is no table of hyojun");
  }
  if (header.format != kFormatVersion || header.schema > kSchemaVersion || header.schema == 0) {
    return damaged(name, fmt::format("形式 {}、構成 {} はこの版では読めません", header.format, header.schema),
                   fmt::format("this program does not read format {}, schema {}", header.format, header.schema));
  }
  if (header.kind != static_cast<std::uint32_t>(kind)) {
    return damaged(name, "標準文字表と追加の層を取り違えています", "a table and a layer were mixed up");
  }
  if (header.length != bytes.size() || header.sections > kMaxSections ||
      sizeof(Header) + header.sections * sizeof(DirectoryEntry) > bytes.size()) {
    return damaged(name, "長さが記録と違います", "its length is not the recorded one");
  }
  return header;
}

}  // namespace

tl::unexpected<base::Error> damaged(const std::string& name, const std::string& ja, const std::string& en) {
  return base::fail(base::ErrorCode::damaged,
                    {"表が壊れているか、読めない版です: " + ja, "damaged or unreadable table: " + en}, {.file = name},
                    {"元のファイルを取り直すか、作り直してください", "fetch the file again or make it anew"});
}

std::array<std::uint8_t, 32> digest(std::span<const std::uint8_t> bytes) {
  base::Sha256 sha;
  sha.update(bytes.first(kDigestOffset));
  sha.update(bytes.subspan(sizeof(Header)));
  const std::string hex = sha.digest();
  std::array<std::uint8_t, 32> result{};
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] = static_cast<std::uint8_t>(hex_digit(hex[2 * i]) << 4 | hex_digit(hex[2 * i + 1]));
  }
  return result;
}

std::string hex_digest(const Header& header) {
  std::string hex;
  for (const std::uint8_t byte : header.digest) hex += fmt::format("{:02x}", byte);
  return hex;
}

base::Result<Sections> open(std::span<const std::uint8_t> bytes, Kind kind, const std::string& name) {
  const auto header = read_header(bytes, kind, name);
  if (!header) return tl::unexpected(header.error());
  const std::span<const Slot> slots =
      kind == Kind::table ? std::span<const Slot>(kTableSlots) : std::span<const Slot>(kLayerSlots);
  Sections result;
  result.bytes = bytes;
  std::size_t found = 0;
  std::uint64_t expected = align(sizeof(Header) + header->sections * sizeof(DirectoryEntry));
  for (std::uint32_t i = 0; i < header->sections; ++i) {
    DirectoryEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(Header) + i * sizeof entry, sizeof entry);
    const std::string_view tag(entry.tag, 4);
    const auto slot = std::ranges::find(slots, tag, &Slot::tag);
    // Sections stand one behind the other without gaps, so overlap and overflow are impossible once this holds.
    if (slot == slots.end() || static_cast<std::size_t>(slot - slots.begin()) != found ||
        entry.row_size != slot->row_size || entry.offset != expected || entry.offset > bytes.size() ||
        entry.size > bytes.size() - entry.offset || entry.size % entry.row_size != 0) {
      return damaged(name, "目次が合いません", "its directory does not fit");
    }
    assign(result, tag, bytes.subspan(entry.offset, entry.size));
    expected = align(entry.offset + entry.size);
    ++found;
  }
  if (found != slots.size() || expected != align(bytes.size())) {
    return damaged(name, "目次が合いません", "its directory does not fit");
  }
  return result;
}

void Writer::add_bytes(std::string_view tag, std::size_t row_size, std::span<const std::uint8_t> bytes) {
  sections_.push_back({std::string(tag), static_cast<std::uint32_t>(row_size), {bytes.begin(), bytes.end()}});
}

std::vector<std::uint8_t> Writer::finish(Kind kind) const {
  std::vector<const Section*> order;
  for (const Section& s : sections_) order.push_back(&s);
  std::ranges::sort(order, {}, [](const Section* s) { return s->tag; });

  std::vector<std::uint8_t> out(align(sizeof(Header) + order.size() * sizeof(DirectoryEntry)));
  for (std::size_t i = 0; i < order.size(); ++i) {
    DirectoryEntry entry{{}, order[i]->row_size, out.size(), order[i]->bytes.size()};
    std::memcpy(entry.tag, order[i]->tag.data(), sizeof entry.tag);
    std::memcpy(out.data() + sizeof(Header) + i * sizeof entry, &entry, sizeof entry);
    out.insert(out.end(), order[i]->bytes.begin(), order[i]->bytes.end());
    out.resize(align(out.size()));
  }
  Header header{{},
                kFormatVersion,
                kSchemaVersion,
                static_cast<std::uint32_t>(kind),
                static_cast<std::uint32_t>(order.size()),
                out.size(),
                {}};
  std::memcpy(header.magic, kMagic.data(), sizeof header.magic);
  std::memcpy(out.data(), &header, sizeof header);
  const auto sum = digest(out);
  std::memcpy(out.data() + kDigestOffset, sum.data(), sum.size());
  return out;
}

std::uint32_t StringPool::add(std::string_view text) {
  if (text.empty()) return 0;
  const auto [it, inserted] = offsets_.try_emplace(std::string(text), static_cast<std::uint32_t>(bytes_.size()));
  if (inserted) bytes_.append(text).push_back('\0');
  return it->second;
}

}  // namespace hyojun::charmap::image
