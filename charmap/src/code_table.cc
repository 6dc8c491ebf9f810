#include "hyojun/charmap/code_table.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <mutex>

#include "code_table_builder.h"
#include "hyojun/base/number.h"
#include "hyojun/charmap/repertoire.h"
#include "table_decoder.h"

namespace hyojun::charmap {

namespace {

using base::ErrorCode;
using base::Text;

bool needs_single_map(Encoding encoding) {
  return encoding == Encoding::jef || encoding == Encoding::keis78 || encoding == Encoding::keis83 ||
         encoding == Encoding::jips_e;
}

bool takes_maps(Encoding encoding) { return unit_of(encoding) == 1; }

tl::unexpected<base::Error> reject(const CodeMap& map, const CodeMapRow& row, std::uint64_t field, Text what,
                                   Text next) {
  return base::fail(ErrorCode::input_rejected, std::move(what),
                    {.file = map.name(), .record = row.record, .field = field}, std::move(next));
}

// Lays one row of a map over the tables; false where the encoding has no such code.
bool apply(CodeTableBuilder& builder, const CodeMapRow& row) {
  Codes& codes = builder.codes();
  if (row.bytes == 1) {
    if (codes.sets[0].lead_length[row.code] != 0) return false;
    builder.set_byte(0, row.code, row.first, row.second);
    return true;
  }
  const unsigned lead = row.code >> (8U * (row.bytes - 1U));
  const Codes::Set& set = codes.sets[codes.doubles];
  if (set.lead_length[lead] != row.bytes) return false;
  for (unsigned rest = row.bytes - 1U; rest > 0; --rest) {
    if (codes.trail[row.code >> (8U * (rest - 1U)) & 0xFFU] == 0) return false;
  }
  builder.set_code(set.plane[lead], row.code, row.first, row.second);
  return true;
}

base::Result<void> check_options(Encoding encoding, const CodeTable::Options& options) {
  const std::string name(encoding_name(encoding));
  if (!has_code_table(encoding) || (!options.maps.empty() && !takes_maps(encoding))) {
    return base::fail(ErrorCode::usage,
                      {name + " に符号表 (--code-map) は使えません", name + " takes no code map (--code-map)"}, {},
                      {"--code-map を外してください", "leave out --code-map"});
  }
  bool single = false;
  for (const CodeMap& map : options.maps) single = single || (!map.rows().empty() && map.rows().front().bytes == 1);
  if (!needs_single_map(encoding) || single) return {};
  return base::fail(
      ErrorCode::usage,
      {name + " の1バイト文字 (EBCDIC か EBCDIK) の符号表がありません",
       "there is no code map for the single-byte half (EBCDIC or EBCDIK) of " + name},
      {}, {"--code-map で2桁の符号の表も指定してください", "give a map of 2-digit codes, too, with --code-map"});
}

base::Result<void> build(CodeTableBuilder& builder) {
  switch (builder.encoding()) {
    case Encoding::shift_jis_2004:
      build_shift_jis_2004(builder);
      break;
    case Encoding::iso_2022_jp:
      build_iso_2022_jp(builder);
      break;
    case Encoding::jef:
    case Encoding::keis78:
    case Encoding::keis83:
      build_jef_or_keis(builder);
      break;
    case Encoding::jips_j:
      build_jips_j(builder);
      break;
    case Encoding::jips_e:
      return build_jips_e(builder);
    case Encoding::juki_net_be:
    case Encoding::juki_net_le:
      build_juki_net(builder);
      break;
    case Encoding::euc_jp_ms:
    case Encoding::euc_jis_2004:
      build_euc(builder);
      break;
    default:
      if (auto ok = build_ibm(builder); !ok) return ok;
  }
  return apply_maps(builder);
}

}  // namespace

base::Result<void> apply_maps(CodeTableBuilder& builder) {
  const auto standard = std::shared_ptr<const StandardTable>(&builder.standard(), [](const StandardTable*) {});
  const Repertoire repertoire = Repertoire::make(standard).value();
  const std::vector<CodeMap>& maps = builder.options().maps;
  for (auto map = maps.rbegin(); map != maps.rend(); ++map) {
    for (const CodeMapRow& row : map->rows()) {
      if (row.second != 0 && !repertoire.forms_sequence(row.first, row.second)) {
        return reject(*map, row, 2, {"2つの符号位置が1つの文字になりません", "the two code points make no character"},
                      {"1つの符号位置か、異体字セレクターとの列を書きます",
                       "write one code point, or one with a variation selector"});
      }
      if (!apply(builder, row)) {
        const std::string name(encoding_name(builder.encoding()));
        return reject(
            *map, row, 1, {name + " にない符号です", "this is no code of " + name},
            {"文字コードと符号表が合っているか確かめてください", "make sure that the map is for this encoding"});
      }
    }
  }
  // A map may say nothing about the end of a line, or call it NEL.
  if (is_ebcdic(builder.encoding())) builder.set_line_ends(0);
  return {};
}

CodeTable::CodeTable(Encoding encoding, std::unique_ptr<const Codes> codes)
    : encoding_(encoding), codes_(std::move(codes)) {}
CodeTable::~CodeTable() = default;

base::Result<std::shared_ptr<const CodeTable>> CodeTable::make(Encoding encoding, const Options& options,
                                                               std::shared_ptr<const StandardTable> standard) {
  if (auto ok = check_options(encoding, options); !ok) return tl::unexpected(ok.error());
  CodeTableBuilder builder(encoding, options, *standard);
  if (auto ok = build(builder); !ok) return tl::unexpected(ok.error());
  if (!builder.gaiji_fit()) {
    return base::fail(ErrorCode::usage,
                      {"外字が私用領域に収まりません", "the gaiji do not fit into the private-use area"}, {},
                      {"--gaiji-first を U+E000 以上で小さくするか、U+F0000 にしてください",
                       "give a smaller --gaiji-first from U+E000, or U+F0000"});
  }
  std::shared_ptr<CodeTable> table(new CodeTable(encoding, builder.finish()));
  for (const CodeMap& map : options.maps) table->map_digests_.push_back(map.digest());
  return std::shared_ptr<const CodeTable>(std::move(table));
}

std::shared_ptr<const CodeTable> CodeTable::bundled(Encoding encoding) {
  static std::mutex mutex;
  static std::array<std::shared_ptr<const CodeTable>, kEncodingCount> made;
  const std::lock_guard lock(mutex);
  auto& table = made.at(static_cast<std::size_t>(encoding));
  if (table == nullptr) {
    const Options none;
    const auto standard = StandardTable::bundled();
    CodeTableBuilder builder(encoding, none, *standard);
    if (!build(builder)) std::abort();
    table.reset(new CodeTable(encoding, builder.finish()));
  }
  return table;
}

std::u32string CodeTable::decode(std::span<const std::uint8_t> code) const {
  TableDecoder<1> decoder(*codes_);
  for (const std::uint8_t set : {std::uint8_t{0}, codes_->doubles}) {
    decoder.set_to(set);
    if (code.empty()) break;
    const Decoded d = decoder.decode(code.data(), code.size(), true);
    if (d.malformed || d.length != code.size() || decoder.is_shift(d)) continue;
    if (!decoder.is_pair(d.code_point)) return {d.code_point};
    const auto& pair = decoder.pair(d.code_point);
    return {pair[0], pair[1]};
  }
  return {};
}

bool CodeTable::has_double_set() const noexcept { return codes_->doubles != 0; }

}  // namespace hyojun::charmap
