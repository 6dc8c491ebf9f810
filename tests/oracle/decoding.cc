#include "decoding.h"

#include <map>

#include "tsv.h"

namespace hyojun::oracle {

namespace {

struct Range {
  unsigned low, high;
  bool holds(unsigned byte) const { return low <= byte && byte <= high; }
};

// The Unicode Standard, table 3-7: well-formed UTF-8 byte sequences.
const std::vector<std::vector<Range>> kWellFormed = {
    {{0x00, 0x7F}},
    {{0xC2, 0xDF}, {0x80, 0xBF}},
    {{0xE0, 0xE0}, {0xA0, 0xBF}, {0x80, 0xBF}},
    {{0xE1, 0xEC}, {0x80, 0xBF}, {0x80, 0xBF}},
    {{0xED, 0xED}, {0x80, 0x9F}, {0x80, 0xBF}},
    {{0xEE, 0xEF}, {0x80, 0xBF}, {0x80, 0xBF}},
    {{0xF0, 0xF0}, {0x90, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}},
    {{0xF1, 0xF3}, {0x80, 0xBF}, {0x80, 0xBF}, {0x80, 0xBF}},
    {{0xF4, 0xF4}, {0x80, 0x8F}, {0x80, 0xBF}, {0x80, 0xBF}},
};

char32_t utf8_value(const Bytes& bytes, std::size_t at, std::size_t length) {
  if (length == 1) return bytes[at];
  // The first byte has `length` ones and a zero before its bits; each other byte has 10.
  char32_t value = bytes[at] % (1U << (7 - length));
  for (std::size_t i = 1; i < length; ++i) value = value * 64 + bytes[at + i] % 64;
  return value;
}

Piece utf8_piece(const Bytes& bytes, std::size_t at) {
  for (const std::vector<Range>& row : kWellFormed) {
    if (!row[0].holds(bytes[at])) continue;
    std::size_t fits = 1;
    while (fits < row.size() && at + fits < bytes.size() && row[fits].holds(bytes[at + fits])) ++fits;
    if (fits == row.size()) return {at, fits, false, utf8_value(bytes, at, fits)};
    return {at, fits, true, 0};  // a maximal subpart
  }
  return {at, 1, true, 0};
}

Piece utf16_piece(const Bytes& bytes, std::size_t at, bool big) {
  const auto unit = [&](std::size_t i) {
    return big ? bytes[i] * 256U + bytes[i + 1] : bytes[i + 1] * 256U + bytes[i];
  };
  if (at + 1 == bytes.size()) return {at, 1, true, 0};
  const unsigned one = unit(at);
  if (one < 0xD800 || one > 0xDFFF) return {at, 2, false, one};
  if (one < 0xDC00 && at + 3 < bytes.size()) {
    const unsigned two = unit(at + 2);
    if (two >= 0xDC00 && two <= 0xDFFF) return {at, 4, false, 0x10000 + (one - 0xD800) * 0x400 + (two - 0xDC00)};
  }
  return {at, 2, true, 0};
}

// Double-byte code → code point: the list, and the gaiji area by its convention (10 leads of 188 codes from U+E000).
const std::map<unsigned, char32_t>& cp932_pairs() {
  static const std::map<unsigned, char32_t> pairs = [] {
    std::map<unsigned, char32_t> result;
    for (const Row& row : read_tsv("cp932.tsv")) {
      result[static_cast<unsigned>(std::stoul(row.at("code"), nullptr, 16))] = code_points(row.at("ucs"))[0];
    }
    char32_t gaiji = 0xE000;
    for (unsigned lead = 0xF0; lead <= 0xF9; ++lead) {
      for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
        if (trail != 0x7F) result[lead * 256 + trail] = gaiji++;
      }
    }
    return result;
  }();
  return pairs;
}

Piece cp932_piece(const Bytes& bytes, std::size_t at) {
  const unsigned byte = bytes[at];
  if (byte <= 0x7F) return {at, 1, false, byte};
  if (byte >= 0xA1 && byte <= 0xDF) return {at, 1, false, 0xFF61 + byte - 0xA1};
  const bool lead = (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
  if (!lead || at + 1 == bytes.size()) return {at, 1, true, 0};
  const unsigned trail = bytes[at + 1];
  const bool good = (trail >= 0x40 && trail <= 0x7E) || (trail >= 0x80 && trail <= 0xFC);
  if (!good) return {at, 1, true, 0};
  const auto it = cp932_pairs().find(byte * 256 + trail);
  if (it == cp932_pairs().end()) return {at, 2, true, 0};
  return {at, 2, false, it->second};
}

void encode_utf8(char32_t cp, Bytes& out) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<std::uint8_t>(byte)); };
  if (cp < 0x80) return put(cp);
  if (cp < 0x800) {
    put(0xC0 + cp / 64);
  } else if (cp < 0x10000) {
    put(0xE0 + cp / 4096);
    put(0x80 + cp / 64 % 64);
  } else {
    put(0xF0 + cp / 262144);
    put(0x80 + cp / 4096 % 64);
    put(0x80 + cp / 64 % 64);
  }
  put(0x80 + cp % 64);
}

void encode_utf16(char32_t cp, bool big, Bytes& out) {
  const auto put = [&](char32_t unit) {
    out.push_back(static_cast<std::uint8_t>(big ? unit / 256 : unit % 256));
    out.push_back(static_cast<std::uint8_t>(big ? unit % 256 : unit / 256));
  };
  if (cp < 0x10000) return put(cp);
  put(0xD800 + (cp - 0x10000) / 0x400);
  put(0xDC00 + (cp - 0x10000) % 0x400);
}

void encode_cp932(char32_t cp, Bytes& out) {
  static const std::map<char32_t, unsigned> codes = [] {
    std::map<char32_t, unsigned> result;
    for (const auto& [code, character] : cp932_pairs()) result.emplace(character, code);
    for (unsigned byte = 0; byte < 0x80; ++byte) result[byte] = byte;
    for (unsigned byte = 0xA1; byte <= 0xDF; ++byte) result[0xFF61 + byte - 0xA1] = byte;
    return result;
  }();
  const auto it = codes.find(cp);
  const unsigned code = it == codes.end() ? '?' : it->second;
  if (code > 0xFF) out.push_back(static_cast<std::uint8_t>(code / 256));
  out.push_back(static_cast<std::uint8_t>(code % 256));
}

}  // namespace

std::vector<Piece> decode(Encoding encoding, const Bytes& bytes) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < bytes.size(); at += pieces.back().length) {
    switch (encoding) {
      case Encoding::utf8:
        pieces.push_back(utf8_piece(bytes, at));
        break;
      case Encoding::utf16le:
        pieces.push_back(utf16_piece(bytes, at, false));
        break;
      case Encoding::utf16be:
        pieces.push_back(utf16_piece(bytes, at, true));
        break;
      case Encoding::cp932:
        pieces.push_back(cp932_piece(bytes, at));
        break;
    }
  }
  return pieces;
}

Bytes encode(Encoding encoding, const std::u32string& text) {
  Bytes out;
  for (const char32_t cp : text) {
    switch (encoding) {
      case Encoding::utf8:
        encode_utf8(cp, out);
        break;
      case Encoding::utf16le:
        encode_utf16(cp, false, out);
        break;
      case Encoding::utf16be:
        encode_utf16(cp, true, out);
        break;
      case Encoding::cp932:
        encode_cp932(cp, out);
        break;
    }
  }
  return out;
}

}  // namespace hyojun::oracle
