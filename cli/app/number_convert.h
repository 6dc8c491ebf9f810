// Converts files some columns of which hold numbers of characters (number_column.h).
#ifndef HYOJUN_CLI_APP_NUMBER_CONVERT_H_
#define HYOJUN_CLI_APP_NUMBER_CONVERT_H_

#include "parallel_convert.h"
#include "source.h"

namespace hyojun::app {

// As convert_parallel(), on the calling thread alone: every field of Source::numbers is written as the characters that
// its numbers name, everything else as without. Errors: the same; input_rejected (a field of over 1 MiB).
base::Result<charmap::ScanState> convert_numbers(const charmap::Converter& converter, charmap::Newline newline,
                                                 Source& source, const std::string& name, std::uint32_t file,
                                                 PartConversion& sum, const OutputSink& sink,
                                                 const AfterConvertedBlock& after);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_NUMBER_CONVERT_H_
