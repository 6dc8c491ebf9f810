// Collects the gaiji of a system: what the data uses, what the office's own list says, what its font draws.
//
// Gaiji are joined by their code. The same input gives the same result on any number of threads.
#ifndef HYOJUN_CLI_APP_GAIJI_SCAN_H_
#define HYOJUN_CLI_APP_GAIJI_SCAN_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "decision_columns.h"
#include "gaiji_list.h"
#include "identify.h"

namespace hyojun::app {

// What a font draws of the private use areas.
struct FontGlyphs {
  std::string label;                          // name, version and digest, for people
  std::map<char32_t, std::string> digests{};  // code point → SHA-256 of the outline; empty for a glyph without ink
};

struct FoundGaiji {
  std::string code;  // charmap::gaiji_code_text
  char32_t code_point = 0;
  std::uint64_t count = 0;                 // in the data
  std::vector<charmap::Position> first{};  // at most three; file is an index into GaijiScan::data.files
  std::optional<GaijiListRow> listed{};    // its row of the list
  std::optional<std::string> glyph{};      // its digest, if the font has it
  NumberAnswer numbers{};

  bool in_data() const { return count > 0; }
};

struct GaijiScan {
  Report data{};  // of identify(), without any gaiji table
  charmap::Encoding encoding = charmap::Encoding::utf8;
  std::string system{};
  bool has_list = false;
  GaijiList list{};  // its rows are in `gaiji`; where it has problems nothing else is filled in
  bool has_font = false;
  std::vector<FoundGaiji> gaiji{};  // by code point

  std::size_t used() const;          // in the data
  std::size_t unused() const;        // in the list or the font, not in the data
  std::size_t not_listed() const;    // in the data, not in the list; 0 without a list
  std::size_t not_drawn() const;     // in the data, not in the font; 0 without a font
  std::size_t drawn_unused() const;  // in the font, not in the data; 0 without a font
  std::size_t with_candidate() const;
  bool found_something() const;  // something does not agree: exit code 1
};

struct GaijiScanRequest {
  IdentifyOptions data;                              // no files: the encoding must be stated
  std::string list{};                                // path, or empty
  std::optional<charmap::Encoding> list_encoding{};  // of a CSV without BOM; none: UTF-8
  const FontGlyphs* font = nullptr;
};

// Errors: as identify() and read_gaiji_list(); usage (files of different encodings; no encoding).
base::Result<GaijiScan> scan_gaiji(const GaijiScanRequest& request,
                                   std::shared_ptr<const charmap::Repertoire> repertoire,
                                   const Progress& progress = {});

// Rows of a file of decisions: the first candidate of each gaiji with its basis, nobody's decision yet; `unused` where
// the data does not hold the gaiji and `mark_unused` is asked for.
std::vector<DecisionSheetRow> draft_of(const GaijiScan& scan, bool mark_unused);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_SCAN_H_
