// The bytes of a CSV that people send, as UTF-8, before core reads it: Excel in Japan writes CP932.
//
// A BOM tells the encoding; without one it is what the caller states, and UTF-8 where nothing is stated. Nothing is
// guessed. Gaiji of CP932 stay private-use code points. For TableOptions::decode.
#ifndef HYOJUN_CLI_APP_SHEET_ENCODING_H_
#define HYOJUN_CLI_APP_SHEET_ENCODING_H_

#include <optional>
#include <string>
#include <string_view>

#include "hyojun/base/error.h"
#include "hyojun/charmap/encoding.h"

namespace hyojun::app {

// Fails with input_rejected, with the byte of the file: where a byte is no character of the stated encoding; where
// nothing is stated and the bytes are no UTF-8, naming the option.
// `option`: the one of the command that states it.
base::Result<std::string> decode_sheet(std::string bytes, std::optional<charmap::Encoding> stated,
                                       const std::string& file, std::string_view option = "--encoding");

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_SHEET_ENCODING_H_
