// Dumps of a host: records that a layout describes, identified field by field or converted to CSV.
#ifndef HYOJUN_CLI_APP_DUMP_H_
#define HYOJUN_CLI_APP_DUMP_H_

#include <functional>
#include <string>

#include "block_convert.h"
#include "block_scan.h"
#include "occurrences.h"
#include "parallel_convert.h"
#include "source.h"

namespace hyojun::app {

// Identifies the text of every record of `source`, whose plan has Structure::Kind::field. Every other field is read,
// too, and refused where it is no number. Errors: input_rejected with record, field and byte (a record cut off, a
// length or type that the layout does not know, a field cut off, shift codes that do not return, digits that are none);
// what `after` and `occurrences` fail with.
base::Result<charmap::ScanState> scan_dump(Source& source, const std::string& name, std::uint32_t file, PartTally& sum,
                                           Occurrences& occurrences, const AfterConvertedBlock& after);

// Hands over every field of every record. Errors: as scan_dump().
struct DumpReader {
  // Text without its padding; the state says record, field and the set that it begins in.
  std::function<void(const charmap::ScanState& begin, std::span<const std::uint8_t> bytes)> field;
  std::function<void(std::uint32_t field, const std::string& value)> value;  // of what is no text
  std::function<base::Result<void>()> end;                                   // of a record
};
base::Result<void> each_record(Source& source, const std::string& name, const DumpReader& reader);

// Writes the records as CSV in the converter's target encoding, with the layout's columns as header. Errors: the same;
// usage (a column's name that the target cannot hold); what `sink` fails with.
base::Result<charmap::ScanState> convert_dump(const charmap::Converter& converter, charmap::Newline newline,
                                              Source& source, const std::string& name, std::uint32_t file,
                                              PartConversion& sum, const OutputSink& sink,
                                              const AfterConvertedBlock& after);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_DUMP_H_
