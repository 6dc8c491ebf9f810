// XLSX files made by hand for tests: parts of XML, packed by libzip.
#ifndef HYOJUN_TESTS_BASE_XLSX_PARTS_H_
#define HYOJUN_TESTS_BASE_XLSX_PARTS_H_

#include <zip.h>

#include <cstdlib>
#include <map>
#include <string>
#include <string_view>

namespace hyojun::base {

using Parts = std::map<std::string, std::string>;

struct Packing {
  bool deflate = true;
  std::string password{};  // of all parts; none if empty
};

inline std::string pack(const Parts& parts, const Packing& packing = {}) {
  zip_error_t error;
  zip_source_t* const memory = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(memory);
  zip_t* const archive = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
  for (const auto& [name, content] : parts) {
    const auto index =
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), 0);
    if (index < 0) std::abort();
    const auto entry = static_cast<zip_uint64_t>(index);
    zip_set_file_compression(archive, entry, packing.deflate ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 6);
    if (!packing.password.empty()) zip_file_set_encryption(archive, entry, ZIP_EM_AES_256, packing.password.c_str());
  }
  if (zip_close(archive) != 0 || zip_source_open(memory) != 0) std::abort();
  zip_stat_t stat;
  zip_source_stat(memory, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_read(memory, bytes.data(), bytes.size());
  zip_source_close(memory);
  zip_source_free(memory);
  return bytes;
}

struct Dialect {
  std::string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  std::string relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
};
inline const Dialect kStrict{"http://purl.oclc.org/ooxml/spreadsheetml/main",
                             "http://purl.oclc.org/ooxml/officeDocument/relationships"};

inline std::string relationship(const Dialect& dialect, std::string_view id, std::string_view type,
                                std::string_view target) {
  return "<Relationship Id=\"" + std::string(id) + "\" Type=\"" + dialect.relationships + "/" + std::string(type) +
         "\" Target=\"" + std::string(target) + "\"/>";
}

inline std::string relationships(const std::string& list) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + list +
         "</Relationships>";
}

// A worksheet part with `rows` in its sheetData.
inline std::string worksheet(const std::string& rows, const Dialect& dialect = {}, const std::string& behind = "") {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"" + dialect.main + "\"><sheetData>" + rows +
         "</sheetData>" + behind + "</worksheet>";
}

// A workbook with one sheet 表, with strings and formats (cell format 0: General, 1: m/d/yy, 2: 令和 by custom code).
inline Parts workbook(const std::string& rows, const std::string& strings = "", const Dialect& dialect = {}) {
  const std::string open = "<workbook xmlns=\"" + dialect.main + "\" xmlns:r=\"" + dialect.relationships + "\">";
  return {
      {"_rels/.rels", relationships(relationship(dialect, "rId1", "officeDocument", "xl/workbook.xml"))},
      {"xl/workbook.xml", open + "<sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", relationships(relationship(dialect, "rId1", "worksheet", "worksheets/sheet1.xml") +
                                                   relationship(dialect, "rId2", "sharedStrings", "sharedStrings.xml") +
                                                   relationship(dialect, "rId3", "styles", "styles.xml"))},
      {"xl/sharedStrings.xml", "<sst xmlns=\"" + dialect.main + "\">" + strings + "</sst>"},
      {"xl/styles.xml", "<styleSheet xmlns=\"" + dialect.main +
                            "\"><numFmts><numFmt numFmtId=\"164\" "
                            "formatCode=\"[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
                            "</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
                            "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>"},
      {"xl/worksheets/sheet1.xml", worksheet(rows, dialect)},
  };
}

}  // namespace hyojun::base

#endif  // HYOJUN_TESTS_BASE_XLSX_PARTS_H_
