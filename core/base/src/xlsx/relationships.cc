#include <fmt/format.h>

#include <optional>

#include "workbook.h"
#include "xml_part.h"

namespace hyojun::base {
namespace {

using Failure = tl::unexpected<Error>;

struct RawRelationship {
  Relationship relationship;
  bool external = false;
};

class Handler : public XmlHandler {
 public:
  std::vector<RawRelationship> found;

  void start(std::string_view name, XmlAttributes attributes) override {
    if (name != "Relationship") return;
    const auto text = [&attributes](std::string_view key) {
      const char* const value = attributes.find(key);
      return std::string(value != nullptr ? value : "");
    };
    found.push_back({{text("Id"), text("Type"), text("Target")}, text("TargetMode") == "External"});
  }
  void end(std::string_view) override {}
};

std::string folder_of(const std::string& part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

// "xl/", "../a/b.xml" → "a/b.xml"; none if it leaves the archive.
std::optional<std::string> resolve(const std::string& folder, std::string_view target) {
  const bool absolute = target.starts_with('/');
  const std::string path = absolute ? std::string(target.substr(1)) : folder + std::string(target);
  std::string out;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view segment = std::string_view(path).substr(at, end - at);
    at = end + 1;
    if (segment.empty() || segment == ".") continue;
    if (segment == "..") {
      if (out.empty()) return std::nullopt;
      const std::size_t slash = out.rfind('/');
      out.erase(slash == std::string::npos ? 0 : slash);
      continue;
    }
    if (!out.empty()) out += '/';
    out += segment;
  }
  return out;
}

std::string relationships_part(const std::string& part) {
  const std::string folder = folder_of(part);
  return folder + "_rels/" + part.substr(folder.size()) + ".rels";
}

}  // namespace

bool Relationship::is(std::string_view word) const {
  for (const std::string_view space : {"http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
                                       "http://purl.oclc.org/ooxml/officeDocument/relationships/"}) {
    if (type.size() == space.size() + word.size() && type.starts_with(space) && type.ends_with(word)) return true;
  }
  return false;
}

Result<std::vector<Relationship>> read_relationships(const ZipArchive& archive, const std::string& part,
                                                     const XlsxLimits& limits) {
  Handler handler;
  if (auto done = read_xml_part(archive, relationships_part(part), limits, handler); !done)
    return Failure(done.error());
  std::vector<Relationship> out;
  for (RawRelationship& raw : handler.found) {
    if (raw.external) continue;
    auto target = resolve(folder_of(part), raw.relationship.target);
    if (!target) {
      return reject_file(archive.name(), {"書庫の外を指す部品があります", "a part points outside the archive"},
                         save_again());
    }
    raw.relationship.target = std::move(*target);
    out.push_back(std::move(raw.relationship));
  }
  return out;
}

}  // namespace hyojun::base
