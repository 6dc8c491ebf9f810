#include "xml_part.h"

#include <expat.h>
#include <fmt/format.h>

#include <cstring>
#include <memory>

#include "hyojun/base/platform.h"

namespace hyojun::base {

namespace {

using Failure = tl::unexpected<Error>;

constexpr char kSeparator = ' ';  // between namespace and local name: no URI holds one
constexpr int kBlock = 1 << 16;

// The local name; null if it is of none of our namespaces.
const char* local_name(const char* name) {
  for (const std::string_view space : {kMainTransitional, kMainStrict, kPackageRelationships}) {
    if (std::strncmp(name, space.data(), space.size()) == 0 && name[space.size()] == kSeparator) {
      return name + space.size() + 1;
    }
  }
  return nullptr;
}

}  // namespace

const char* XmlAttributes::find(std::string_view name) const noexcept {
  for (const char* const* at = list_; *at != nullptr; at += 2) {
    if (name == *at) return at[1];
  }
  return nullptr;
}

void XmlHandler::reject(Error error) {
  if (!failure_) failure_ = std::move(error);
  XML_StopParser(parser_, XML_FALSE);
}

class XmlPart {
 public:
  XmlPart(const ZipArchive& archive, const std::string& part, const XlsxLimits& limits, XmlHandler& handler)
      : archive_(archive), part_(part), limits_(limits), handler_(handler) {}

  Result<void> run();

 private:
  static void on_start(void* self, const char* name, const char** attributes);
  static void on_end(void* self, const char* name);
  static void on_text(void* self, const char* text, int length);
  static void on_doctype(void* self, const char* name, const char* system, const char* id, int internal);

  Result<bool> feed(ZipPart& stream);
  Failure reject(Text what) const;
  void stop(Text what) { handler_.reject(reject(std::move(what)).value()); }

  const ZipArchive& archive_;
  const std::string& part_;
  const XlsxLimits& limits_;
  XmlHandler& handler_;
  std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_{nullptr, XML_ParserFree};
  std::uint32_t depth_ = 0;
  std::uint32_t foreign_ = 0;  // depth inside an element of another namespace
  std::uint64_t blank_ = 0;    // bytes since the last element
};

Failure XmlPart::reject(Text what) const {
  const auto line = XML_GetCurrentLineNumber(parser_.get());
  return reject_file(
      archive_.name(),
      {fmt::format("{} ({} の {} 行)", what.ja, part_, line), fmt::format("{} ({}, line {})", what.en, part_, line)},
      save_again());
}

void XmlPart::on_start(void* self, const char* name, const char** attributes) {
  auto& part = *static_cast<XmlPart*>(self);
  if (part.handler_.rejected()) return;
  part.blank_ = 0;
  if (++part.depth_ > part.limits_.max_depth) {
    return part.stop({"XML の入れ子が深すぎます", "the XML is nested too deeply"});
  }
  const char* const local = part.foreign_ > 0 ? nullptr : local_name(name);
  if (local == nullptr) {
    ++part.foreign_;
  } else {
    part.handler_.start(local, XmlAttributes(attributes));
  }
}

void XmlPart::on_end(void* self, const char* name) {
  auto& part = *static_cast<XmlPart*>(self);
  if (part.handler_.rejected()) return;
  part.blank_ = 0;
  --part.depth_;
  if (part.foreign_ > 0) {
    --part.foreign_;
  } else {
    part.handler_.end(local_name(name));
  }
}

void XmlPart::on_text(void* self, const char* text, int length) {
  auto& part = *static_cast<XmlPart*>(self);
  if (part.handler_.rejected() || part.foreign_ > 0) return;
  part.handler_.text({text, static_cast<std::size_t>(length)});
}

void XmlPart::on_doctype(void* self, const char*, const char*, const char*, int) {
  static_cast<XmlPart*>(self)->stop({"XML に DTD があります", "the XML holds a DTD"});
}

// One block; false after the last one.
Result<bool> XmlPart::feed(ZipPart& stream) {
  if (interrupted()) return Failure(interrupted_error());
  void* const buffer = XML_GetBuffer(parser_.get(), kBlock);
  if (buffer == nullptr) return reject({"XML を読めません", "the XML cannot be read"});
  const auto count = stream.read({static_cast<char*>(buffer), kBlock});
  if (!count) return Failure(count.error());
  blank_ += *count;
  const auto status = XML_ParseBuffer(parser_.get(), static_cast<int>(*count), *count == 0 ? 1 : 0);
  if (handler_.failure_) return Failure(*handler_.failure_);
  if (status != XML_STATUS_OK) return reject({"XML が正しくありません", "the XML is not well-formed"});
  if (blank_ > limits_.max_blank_bytes) {
    return reject({fmt::format("空白などが {} バイトを超えて続きます", limits_.max_blank_bytes),
                   fmt::format("more than {} bytes of blanks or the like", limits_.max_blank_bytes)});
  }
  return *count > 0;
}

Result<void> XmlPart::run() {
  auto stream = archive_.open_part(part_);
  if (!stream) return Failure(stream.error());
  parser_.reset(XML_ParserCreateNS(nullptr, kSeparator));
  if (parser_ == nullptr) return fail(ErrorCode::environment, {"メモリが足りません", "not enough memory"});
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser_.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  handler_.parser_ = parser_.get();
  while (true) {
    const auto more = feed(*stream);
    if (!more) return Failure(more.error());
    if (!*more) return {};
  }
}

Result<void> read_xml_part(const ZipArchive& archive, const std::string& part, const XlsxLimits& limits,
                           XmlHandler& handler) {
  return XmlPart(archive, part, limits, handler).run();
}

}  // namespace hyojun::base
