// 対応表: the decisions of one system as a sheet to be printed and signed. A row a gaiji with a picture of the source
// glyph and of the target; A4 landscape, the header on every page, page numbers, 決裁欄.
#ifndef HYOJUN_CLI_APP_CORRESPONDENCE_SHEET_H_
#define HYOJUN_CLI_APP_CORRESPONDENCE_SHEET_H_

#include <string>
#include <vector>

#include "gaiji_table_file.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::app {

struct CorrespondenceFonts {
  std::string gaiji{};                    // the office's font; empty: no pictures of the source
  std::vector<std::string> references{};  // the fonts of the standard characters; empty: no pictures of the target
};

// Writes the XLSX file `path` (usually AtomicFile::temp_path()). `day`: what the sheet says it stands for. Errors:
// those of the fonts and of XlsxWriter. A glyph that cannot be drawn leaves its cell without a picture.
base::Result<void> write_correspondence(const GaijiTableContent& content, const charmap::Repertoire& repertoire,
                                        const CorrespondenceFonts& fonts, const std::string& day,
                                        const std::string& path);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_CORRESPONDENCE_SHEET_H_
