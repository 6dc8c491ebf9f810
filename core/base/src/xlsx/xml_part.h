// A part of the archive as XML events, by expat, within limits. DTDs are refused; elements of other namespaces are
// skipped with all they hold.
#ifndef HYOJUN_BASE_SRC_XLSX_XML_PART_H_
#define HYOJUN_BASE_SRC_XLSX_XML_PART_H_

#include <optional>
#include <string_view>

#include "zip_archive.h"

struct XML_ParserStruct;

namespace hyojun::base {

// Attributes as expat gives them: name, value, …, null. Those of a namespace are named "URI local".
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* list) noexcept : list_(list) {}
  // Null if absent.
  const char* find(std::string_view name) const noexcept;
  const char* const* begin() const noexcept { return list_; }

 private:
  const char* const* list_;
};

// The elements of a part, in order. Names are local ones of the part's namespace.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, XmlAttributes attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view) {}

 protected:
  // Ends the reading; the first error counts.
  void reject(Error error);
  bool rejected() const noexcept { return failure_.has_value(); }

 private:
  friend class XmlPart;
  XML_ParserStruct* parser_ = nullptr;
  std::optional<Error> failure_{};
};

// The namespaces of a workbook's parts, of its r:id attributes, and of relationship parts.
inline constexpr std::string_view kMainTransitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
inline constexpr std::string_view kMainStrict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
inline constexpr std::string_view kPackageRelationships =
    "http://schemas.openxmlformats.org/package/2006/relationships";

// Reads `part` to its end. Fails with the handler's error, or with input_rejected naming part and line.
Result<void> read_xml_part(const ZipArchive& archive, const std::string& part, const XlsxLimits& limits,
                           XmlHandler& handler);

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_SRC_XLSX_XML_PART_H_
