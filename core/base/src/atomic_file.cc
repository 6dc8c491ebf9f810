#include "hyojun/base/atomic_file.h"

#include <fmt/format.h>

#include <optional>

#include "hyojun/base/number.h"

namespace hyojun::base {
namespace {

constexpr std::string_view kMarker = ".hyojun-";
constexpr std::string_view kSuffix = ".tmp";

struct Place {
  std::string folder;  // with its last slash, or empty for the current folder
  std::string name;
};

Place split(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {"", path};
  return {path.substr(0, slash + 1), path.substr(slash + 1)};
}

std::string prefix_of(const std::string& name) { return fmt::format(".{}{}", name, kMarker); }

// The process in the name of a temporary file with `prefix`; none if `name` is not one.
std::optional<std::uint64_t> owner_of(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix) || !name.ends_with(kSuffix)) return std::nullopt;
  if (name.size() < prefix.size() + kSuffix.size()) return std::nullopt;
  name.remove_prefix(prefix.size());
  name.remove_suffix(kSuffix.size());
  const auto process = parse_unsigned(name, 1, UINT32_MAX);
  return process ? std::optional(*process) : std::nullopt;
}

// A process number alone does not tell: in containers that share a folder the same number lives many times, and this
// run may have the number of the dead one. The lock tells; the number protects the moment before the lock is taken.
bool is_leftover(const std::string& path, std::uint64_t owner) {
  return (owner == process_id() || !process_is_running(owner)) && is_abandoned(path);
}

std::vector<std::string> remove_leftovers(const Place& place) {
  std::vector<std::string> removed;
  const std::string prefix = prefix_of(place.name);
  // A folder that can be written but not listed has no leftovers that could be found: no reason to stop.
  const auto names = folder_names(place.folder.empty() ? "." : place.folder);
  if (!names) return removed;
  for (const std::string& name : *names) {
    const auto owner = owner_of(name, prefix);
    const std::string path = place.folder + name;
    if (owner && is_leftover(path, *owner) && remove_file(path)) removed.push_back(path);
  }
  return removed;
}

Result<void> check_target(const std::string& target, Overwrite overwrite) {
  const Place place = split(target);
  const auto kind = place.name.empty() || target == "-" ? FileKind::directory : file_kind(target);
  if (!kind) return tl::unexpected<Error>(kind.error());
  switch (*kind) {
    case FileKind::none:
      return {};
    case FileKind::regular:
      if (overwrite == Overwrite::replace) return {};
      return fail(ErrorCode::usage, {"出力先のファイルが既にあります", "the output file exists already"},
                  {.file = target},
                  {"上書きするなら --force を付けてください", "give --force to overwrite it, or another name"});
    case FileKind::directory:
    case FileKind::other:
      break;
  }
  return fail(ErrorCode::usage,
              {"出力先がフォルダー、リンク又は装置です", "the output is a folder, a link or a device"},
              {.file = target}, {"通常のファイルの名前を指定してください", "give the name of a regular file"});
}

}  // namespace

Result<AtomicFile> AtomicFile::open(const std::string& target, Overwrite overwrite) {
  const auto checked = check_target(target, overwrite);
  if (!checked) return tl::unexpected<Error>(checked.error());
  const Place place = split(target);
  auto leftovers = remove_leftovers(place);
  std::string temp_path = fmt::format("{}{}{}{}", place.folder, prefix_of(place.name), process_id(), kSuffix);
  auto file = OutputFile::create(temp_path);
  if (!file) {
    Error error = file.error();
    error.where.file = target;  // the user knows the target, not the temporary name
    return tl::unexpected<Error>(std::move(error));
  }
  return AtomicFile(target, std::move(temp_path), overwrite, std::move(*file), std::move(leftovers));
}

AtomicFile::AtomicFile(std::string target, std::string temp_path, Overwrite overwrite, OutputFile file,
                       std::vector<std::string> removed_leftovers)
    : target_(std::move(target)),
      temp_path_(std::move(temp_path)),
      overwrite_(overwrite),
      file_(std::move(file)),
      removed_leftovers_(std::move(removed_leftovers)) {}

AtomicFile::~AtomicFile() { discard(); }

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)),
      temp_path_(std::exchange(other.temp_path_, {})),
      overwrite_(other.overwrite_),
      file_(std::move(other.file_)),
      removed_leftovers_(std::move(other.removed_leftovers_)) {}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
  if (this != &other) {
    discard();
    target_ = std::move(other.target_);
    temp_path_ = std::exchange(other.temp_path_, {});
    overwrite_ = other.overwrite_;
    file_ = std::move(other.file_);
    removed_leftovers_ = std::move(other.removed_leftovers_);
  }
  return *this;
}

void AtomicFile::discard() noexcept {
  if (!temp_path_.empty()) remove_file(temp_path_);
  temp_path_.clear();
}

Result<void> AtomicFile::write(std::string_view bytes) {
  return file_.write(bytes).map_error([this](Error error) {
    error.where.file = target_;
    return error;
  });
}

Result<void> AtomicFile::commit() {
  if (temp_path_.empty()) return fail(ErrorCode::bug, {"commit() が二度呼ばれました", "commit() was called twice"});
  const auto publish = [this] { return publish_file(temp_path_, target_, overwrite_); };
  // Closed only after the rename: the lock keeps another run from taking the file for a leftover in between.
  auto done = file_.sync().and_then(publish);
  if (!done) {
    discard();
    done.error().where.file = target_;
    return done;
  }
  temp_path_.clear();
  const std::string folder = split(target_).folder;
  return file_.close().and_then([&folder] { return sync_folder(folder.empty() ? "." : folder); });
}

}  // namespace hyojun::base
