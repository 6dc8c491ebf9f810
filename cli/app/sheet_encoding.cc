#include "sheet_encoding.h"

#include <fmt/format.h>

#include <array>

#include "block_convert.h"
#include "hyojun/base/text.h"
#include "tables.h"

namespace hyojun::app {
namespace {

using base::ErrorCode;
using charmap::ConvertResult;
using charmap::Encoding;

base::Result<charmap::Converter> make_converter(Encoding encoding) {
  const auto table = open_tables({});
  if (!table) return tl::unexpected(table.error());
  return charmap::Converter::make(
      {.unidentified = charmap::Unidentified::keep},
      {.encoding = encoding, .structure = {.kind = charmap::Structure::Kind::text, .header = false}}, *table);
}

struct Sheet {
  const std::string& file;
  std::string_view option;
};

tl::unexpected<base::Error> malformed(Encoding encoding, std::uint64_t byte, const Sheet& sheet) {
  return base::fail(ErrorCode::input_rejected,
                    {fmt::format("{} として読めないバイトがあります", charmap::encoding_name(encoding)),
                     fmt::format("a byte is no character in {}", charmap::encoding_name(encoding))},
                    {.file = sheet.file, .byte = byte},
                    {fmt::format("{} か、ファイルを確かめてください", sheet.option),
                     fmt::format("check {}, or the file", sheet.option)});
}

base::Result<std::string> convert_all(const charmap::Converter& converter, Encoding encoding,
                                      std::span<const std::uint8_t> bytes, const Sheet& sheet) {
  std::array<charmap::Replacement, 1024> made;
  charmap::ConvertState state = start_of_file(converter);
  charmap::ScanCounts counts;
  OutputBuffer out;
  for (std::size_t at = 0;;) {
    const auto result = convert(converter, state, bytes.subspan(at), charmap::End::file, counts, made,
                                out.room(bytes.size() + charmap::kConvertRoom));
    out.add(result.written);
    for (std::size_t i = 0; i < result.replacements; ++i) {
      if (made[i].action == charmap::Action::refused) return malformed(encoding, at + made[i].event.offset, sheet);
    }
    at += result.read;
    if (result.reason == ConvertResult::Reason::done || result.reason == ConvertResult::Reason::need_more) break;
  }
  return std::string(reinterpret_cast<const char*>(out.bytes().data()), out.bytes().size());
}

}  // namespace

base::Result<std::string> decode_sheet(std::string bytes, std::optional<Encoding> stated, const std::string& file,
                                       std::string_view option) {
  const std::span data(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  const auto bom = charmap::find_bom(data);
  const Encoding encoding = bom ? bom->encoding : stated.value_or(Encoding::utf8);
  if (encoding != Encoding::utf8) {
    const auto converter = make_converter(encoding);
    if (!converter) return tl::unexpected(converter.error());
    return convert_all(*converter, encoding, data, {file, option});
  }
  const auto byte = base::first_ill_formed(bytes);
  if (!byte || stated) return bytes;  // the reader of CSV names the byte of what is stated to be UTF-8
  return base::fail(
      ErrorCode::input_rejected, {"UTF-8 ではありません", "the table is not UTF-8"}, {.file = file, .byte = *byte},
      {fmt::format("日本語版 Excel の「CSV (コンマ区切り)」なら {} cp932 を付けてください。"
                   "または Excel で「CSV UTF-8」で保存し直してください",
                   option),
       fmt::format("if Excel in Japan saved it as CSV, add {} cp932; or save it again as \"CSV UTF-8\"", option)});
}

}  // namespace hyojun::app
