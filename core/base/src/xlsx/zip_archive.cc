#include "zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>

namespace hyojun::base {
namespace {

using Failure = tl::unexpected<Error>;

constexpr std::uint64_t kRatioFrom = 1U << 20U;
// [MS-CFB] 2.2; the name of the stream that holds an encrypted workbook, [MS-OFFCRYPTO] 2.3.4.4, in UTF-16LE.
constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::string_view kEncryptedPackage("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);

std::string lower(std::string_view name) {
  std::string out(name);
  std::ranges::transform(out, out.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

Failure damaged(const std::string& name) {
  return reject_file(name, {"XLSX が途中で切れているか、壊れています", "the XLSX file is cut off or damaged"},
                     {"もう一度受け取るか、Excel で開いて保存し直してください",
                      "get the file again, or open it in Excel and save it again"});
}

Failure encrypted(const std::string& name) {
  return reject_file(name, {"パスワードで保護されたファイルです", "the file is protected by a password"},
                     {"Excel で開き、パスワードを外して .xlsx で保存してください",
                      "open it in Excel, remove the password and save it as .xlsx"});
}

Failure too_large(const std::string& name, Text what) {
  return reject_file(name, std::move(what),
                     {"空の行や書式だけのセルを除いて保存し直すか、ファイルを分けてください",
                      "remove empty rows and cells that are only formatted and save it again, or split the file"});
}

Result<void> check_signature(std::string_view bytes, const std::string& name) {
  if (bytes.starts_with(kOle)) {
    if (bytes.find(kEncryptedPackage) != std::string_view::npos) return encrypted(name);
    return reject_file(name, {"古い形式の Excel ファイル (.xls) です", "this is an Excel file of the old kind (.xls)"},
                       {"Excel で開き、.xlsx で保存し直してください", "open it in Excel and save it as .xlsx"});
  }
  if (!bytes.starts_with("PK")) {
    return reject_file(name, {"XLSX ではありません", "this is no XLSX file"},
                       {".xlsx か .csv を指定してください", "give an .xlsx or a .csv file"});
  }
  return {};
}

}  // namespace

Failure reject_file(const std::string& name, Text what, Text next) {
  return fail(ErrorCode::input_rejected, std::move(what), {.file = name}, std::move(next));
}

Text save_again() {
  return {"Excel で開き、.xlsx で保存し直してください", "open it in Excel and save it as .xlsx again"};
}

void ZipPart::Close::operator()(zip_file* file) const noexcept { zip_fclose(file); }
void ZipArchive::Close::operator()(zip* archive) const noexcept { zip_discard(archive); }

Result<std::size_t> ZipPart::read(std::span<char> buffer) {
  const zip_int64_t count = zip_fread(file_.get(), buffer.data(), buffer.size());
  if (count < 0 || static_cast<std::uint64_t>(count) > left_ || (count == 0 && left_ > 0)) {
    return damaged(archive_name_);
  }
  left_ -= static_cast<std::uint64_t>(count);
  return static_cast<std::size_t>(count);
}

Result<ZipArchive> ZipArchive::open(std::string bytes, std::string name, const XlsxLimits& limits) {
  if (bytes.size() > limits.max_file_bytes) {
    return too_large(name, {fmt::format("ファイルが {} バイトを超えています", limits.max_file_bytes),
                            fmt::format("the file is larger than {} bytes", limits.max_file_bytes)});
  }
  if (auto done = check_signature(bytes, name); !done) return Failure(done.error());
  ZipArchive out;
  out.name_ = std::move(name);
  out.limits_ = limits;
  out.bytes_ = std::make_unique<std::string>(std::move(bytes));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const source = zip_source_buffer_create(out.bytes_->data(), out.bytes_->size(), 0, &error);
  if (source != nullptr) out.archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (source != nullptr && out.archive_ == nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (out.archive_ == nullptr) return damaged(out.name_);
  if (auto done = out.list_entries(); !done) return Failure(done.error());
  return out;
}

Result<void> ZipArchive::list_entries() {
  const auto count = static_cast<std::uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(archive_.get(), 0), 0));
  if (count > limits_.max_entries) {
    return too_large(name_, {fmt::format("書庫の中のファイルが {} を超えています", limits_.max_entries),
                             fmt::format("the archive holds more than {} files", limits_.max_entries)});
  }
  std::uint64_t total = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    if (auto done = add_entry(i, total); !done) return done;
  }
  return {};
}

Result<void> ZipArchive::add_entry(std::uint64_t index, std::uint64_t& total) {
  zip_stat_t stat;
  if (zip_stat_index(archive_.get(), index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 ||
      (stat.valid & ZIP_STAT_COMP_SIZE) == 0 || (stat.valid & ZIP_STAT_NAME) == 0) {
    return damaged(name_);
  }
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) return encrypted(name_);
  if (stat.size > limits_.max_total_bytes - total) {
    return too_large(name_, {fmt::format("展開すると {} バイトを超えます", limits_.max_total_bytes),
                             fmt::format("more than {} bytes when unpacked", limits_.max_total_bytes)});
  }
  total += stat.size;
  if (!entries_.emplace(lower(stat.name), index).second) {
    return reject_file(name_, {"同じ名前の部品が二つあります", "the archive holds a part twice"}, save_again());
  }
  return {};
}

bool ZipArchive::has(std::string_view part) const { return entries_.contains(lower(part)); }

Result<ZipPart> ZipArchive::open_part(const std::string& part) const {
  const auto entry = entries_.find(lower(part));
  if (entry == entries_.end()) {
    return reject_file(name_,
                       {fmt::format("XLSX の部品がありません ({})", part),
                        fmt::format("a part of the XLSX file is missing ({})", part)},
                       save_again());
  }
  zip_stat_t stat;
  if (zip_stat_index(archive_.get(), entry->second, 0, &stat) != 0) return damaged(name_);
  const bool too_dense = stat.size > kRatioFrom && stat.size / limits_.max_ratio > stat.comp_size;
  if (too_dense || stat.size > limits_.max_part_bytes) {
    return too_large(
        name_,
        {fmt::format("部品が展開すると大きすぎます ({}: {} バイトが {} バイトに)", part, stat.comp_size, stat.size),
         fmt::format("a part is too large when unpacked ({}: {} bytes become {})", part, stat.comp_size, stat.size)});
  }
  ZipPart out;
  out.file_.reset(zip_fopen_index(archive_.get(), entry->second, 0));
  if (out.file_ == nullptr) return damaged(name_);
  out.archive_name_ = name_;
  out.part_name_ = part;
  out.left_ = stat.size;
  return out;
}

}  // namespace hyojun::base
