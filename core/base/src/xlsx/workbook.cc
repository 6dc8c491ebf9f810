#include "workbook.h"

#include <fmt/format.h>

#include <algorithm>

#include "xml_part.h"

namespace hyojun::base {
namespace {

using Failure = tl::unexpected<Error>;

constexpr std::size_t kMaxSheets = 1000;

struct SheetEntry {
  XlsxSheetInfo info;
  std::string relationship;
};

class Handler : public XmlHandler {
 public:
  bool is_workbook = false;
  ExcelDateSystem date_system = ExcelDateSystem::from_1900;
  std::vector<SheetEntry> sheets;

  void start(std::string_view name, XmlAttributes attributes) override {
    if (name == "workbook") is_workbook = true;
    if (name == "workbookPr") read_properties(attributes);
    if (name == "sheet" && sheets.size() <= kMaxSheets) read_sheet(attributes);
  }
  void end(std::string_view) override {}

 private:
  void read_properties(XmlAttributes attributes) {
    const char* const value = attributes.find("date1904");
    if (value == nullptr) return;
    const std::string_view flag = value;
    if (flag == "1" || flag == "true" || flag == "on") date_system = ExcelDateSystem::from_1904;
  }
  void read_sheet(XmlAttributes attributes) {
    const char* const name = attributes.find("name");
    const char* id = attributes.find("http://schemas.openxmlformats.org/officeDocument/2006/relationships id");
    if (id == nullptr) id = attributes.find("http://purl.oclc.org/ooxml/officeDocument/relationships id");
    const char* const state = attributes.find("state");
    const bool hidden = state != nullptr && std::string_view(state) != "visible";
    sheets.push_back({{name != nullptr ? name : "", hidden}, id != nullptr ? id : ""});
  }
};

Result<std::string> workbook_part(const ZipArchive& archive, const XlsxLimits& limits) {
  if (!archive.has("_rels/.rels")) {
    return reject_file(archive.name(),
                       {"XLSX ではありません (別の種類の書庫です)", "this is no XLSX file but another kind of archive"},
                       {".xlsx か .csv を指定してください", "give an .xlsx or a .csv file"});
  }
  const auto relationships = read_relationships(archive, "", limits);
  if (!relationships) return Failure(relationships.error());
  for (const Relationship& relationship : *relationships) {
    if (relationship.is("officeDocument")) return relationship.target;
  }
  return reject_file(archive.name(), {"ブックがありません", "the file holds no workbook"}, save_again());
}

Result<Handler> read_sheet_list(const ZipArchive& archive, const std::string& part, const XlsxLimits& limits) {
  if (part.ends_with(".bin")) {
    return reject_file(archive.name(),
                       {"バイナリ形式の Excel ファイル (.xlsb) です", "this is a binary Excel file (.xlsb)"},
                       save_again());
  }
  Handler handler;
  if (auto done = read_xml_part(archive, part, limits, handler); !done) return Failure(done.error());
  if (!handler.is_workbook) {
    return reject_file(archive.name(), {"Excel のブックではありません", "this is no Excel workbook"},
                       {".xlsx か .csv を指定してください", "give an .xlsx or a .csv file"});
  }
  if (handler.sheets.size() > kMaxSheets) {
    return reject_file(
        archive.name(),
        {fmt::format("シートが {} を超えています", kMaxSheets), fmt::format("more than {} sheets", kMaxSheets)},
        {"ファイルを分けてください", "split the file"});
  }
  return handler;
}

Result<void> place_sheets(const ZipArchive& archive, const std::vector<SheetEntry>& sheets,
                          const std::vector<Relationship>& relationships, Workbook& out) {
  for (const SheetEntry& sheet : sheets) {
    const auto found = std::ranges::find(relationships, sheet.relationship, &Relationship::id);
    if (found == relationships.end() || sheet.info.name.empty()) {
      return reject_file(archive.name(), {"シートの部品がありません", "the part of a sheet is missing"}, save_again());
    }
    if (!found->is("worksheet")) continue;
    if (!archive.has(found->target)) {
      return reject_file(archive.name(),
                         {fmt::format("シート「{}」の部品がありません", sheet.info.name),
                          fmt::format("the part of the sheet \"{}\" is missing", sheet.info.name)},
                         save_again());
    }
    out.sheets.push_back(sheet.info);
    out.sheet_parts.push_back(found->target);
  }
  if (!out.sheets.empty()) return {};
  return reject_file(archive.name(), {"シートがありません", "the workbook has no sheet"}, save_again());
}

Result<void> read_styles_and_strings(const ZipArchive& archive, const std::vector<Relationship>& relationships,
                                     const XlsxLimits& limits, Workbook& out) {
  for (const Relationship& relationship : relationships) {
    if (relationship.is("styles")) {
      auto formats = read_date_formats(archive, relationship.target, limits);
      if (!formats) return Failure(formats.error());
      out.date_formats = std::move(*formats);
    }
    if (relationship.is("sharedStrings")) {
      auto strings = read_shared_strings(archive, relationship.target, limits);
      if (!strings) return Failure(strings.error());
      out.strings = std::move(*strings);
    }
  }
  return {};
}

}  // namespace

Result<Workbook> read_workbook(const ZipArchive& archive, const XlsxLimits& limits) {
  const auto part = workbook_part(archive, limits);
  if (!part) return Failure(part.error());
  const auto list = read_sheet_list(archive, *part, limits);
  if (!list) return Failure(list.error());
  const auto relationships = read_relationships(archive, *part, limits);
  if (!relationships) return Failure(relationships.error());
  Workbook out;
  out.date_system = list->date_system;
  auto done = place_sheets(archive, list->sheets, *relationships, out).and_then([&] {
    return read_styles_and_strings(archive, *relationships, limits, out);
  });
  if (!done) return Failure(done.error());
  return out;
}

}  // namespace hyojun::base
