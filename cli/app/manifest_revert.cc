#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "hyojun/base/atomic_file.h"
#include "hyojun/base/number.h"
#include "hyojun/base/sha256.h"
#include "hyojun/charmap/source_writer.h"
#include "manifest_check.h"
#include "source.h"

namespace hyojun::app {

namespace {

using base::ErrorCode;
using charmap::Encoder;
using Bytes = std::vector<std::uint8_t>;

constexpr char32_t kOpen = U'〔';
constexpr char32_t kClose = U'〕';
constexpr std::size_t kLongestInside = 44;

// One unit of an output: a tag, the target of a replacement, or one character.
struct Token {
  std::size_t length = 0;         // bytes of the output
  char32_t character = 0;         // of a character that is carried over
  std::size_t target = SIZE_MAX;  // else the number of a target
  std::optional<Bytes> tag{};     // else the source of a tag
};

// Cuts an output into tokens.
class Tokens {
 public:
  Tokens(const Encoder& encoder, bool tags, const std::vector<std::u32string>& targets)
      : encoder_(encoder), tags_(tags), targets_(targets) {
    for (std::size_t i = 0; i < targets.size(); ++i) by_first_[targets[i][0]].push_back(i);
  }

  // At the front of `rest`; none where it is no text of the encoding.
  std::optional<Token> next(std::span<const std::uint8_t> rest) const {
    const auto first = encoder_.read(rest);
    if (!first) return std::nullopt;
    if (tags_ && first->code_point == kOpen) {
      if (auto tag = read_tag(rest, first->length)) return tag;
    }
    std::size_t longest = 0;
    std::size_t target = SIZE_MAX;
    if (const auto it = by_first_.find(first->code_point); it != by_first_.end()) {
      for (const std::size_t i : it->second) {
        const std::size_t length = length_of(targets_[i], rest);
        if (length <= longest) continue;
        longest = length;
        target = i;
      }
    }
    return longest == 0 ? Token{first->length, first->code_point} : Token{longest, 0, target};
  }

 private:
  // Bytes of `text` at the front of `rest`; 0 if something else stands there.
  std::size_t length_of(const std::u32string& text, std::span<const std::uint8_t> rest) const {
    std::size_t at = 0;
    for (const char32_t c : text) {
      const auto read = at < rest.size() ? encoder_.read(rest.subspan(at)) : std::nullopt;
      if (!read || read->code_point != c) return 0;
      at += read->length;
    }
    return at;
  }

  std::optional<Token> read_tag(std::span<const std::uint8_t> rest, std::size_t at) const {
    std::string inside;
    while (at < rest.size() && inside.size() <= kLongestInside) {
      const auto read = encoder_.read(rest.subspan(at));
      if (!read) return std::nullopt;
      at += read->length;
      if (read->code_point == kClose) {
        auto source = charmap::tag_source(inside);
        if (!source) return std::nullopt;
        return Token{at, 0, SIZE_MAX, std::move(source)};
      }
      if (read->code_point >= 0x80) return std::nullopt;
      inside += static_cast<char>(read->code_point);
    }
    return std::nullopt;
  }

  const Encoder& encoder_;
  const bool tags_;
  const std::vector<std::u32string>& targets_;
  std::map<char32_t, std::vector<std::size_t>> by_first_;
};

// A restored input. A character waits for the next: one code may hold both.
class SourceText {
 public:
  SourceText(charmap::SourceWriter writer, std::size_t variant) : writer_(std::move(writer)) {
    writer_.choose(variant);
  }

  void put(char32_t c) {
    waiting_ += c;
    if (waiting_.size() == 2) write();
  }
  void put_code(std::span<const std::uint8_t> code) {
    write_all();
    writer_.put_code(code, bytes_);
  }
  void end() {
    write_all();
    writer_.end(bytes_);
  }

  const std::string& bytes() const { return bytes_; }
  std::uint64_t unheld() const { return unheld_; }  // characters that the encoding has no code for
  // Characters that may have had another code, and how many there are.
  const std::map<std::u32string, std::uint64_t>& several_codes() const { return several_; }

 private:
  void write_all() {
    while (!waiting_.empty()) write();
  }
  void write() {
    const std::size_t taken = writer_.put(waiting_, bytes_);
    unheld_ += taken == 0;
    const std::u32string character = waiting_.substr(0, std::max<std::size_t>(taken, 1));
    if (writer_.has_several_codes(character)) ++several_[character];
    waiting_.erase(0, character.size());
  }

  charmap::SourceWriter writer_;
  std::u32string waiting_;
  std::string bytes_;
  std::uint64_t unheld_ = 0;
  std::map<std::u32string, std::uint64_t> several_;
};

// A target, with everything that became it.
struct Target {
  std::set<std::string> sources;  // bytes
  std::uint64_t replaced = 0;     // by the manifest
  std::uint64_t found = 0;        // in the outputs
  std::vector<const ManifestEntry*> entries;
};

class Revert {
 public:
  Revert(const Manifest& manifest, Encoder encoder, const charmap::StandardTable& table)
      : manifest_(manifest), encoder_(std::move(encoder)), table_(table) {
    std::map<std::u32string, std::size_t> known;
    for (const ManifestEntry& entry : manifest.entries) {
      const bool same = entry.action == "keep" || entry.action == "unselected";  // its own code points: encoded again
      if (entry.target.empty() || same) continue;
      const auto [it, fresh] = known.emplace(entry.target, targets_.size());
      if (fresh) {
        texts_.push_back(entry.target);
        targets_.emplace_back();
      }
      Target& target = targets_[it->second];
      target.sources.emplace(entry.source.begin(), entry.source.end());
      target.replaced += entry.count;
      target.entries.push_back(&entry);
    }
  }

  base::Result<void> open_outputs() {
    for (const Manifest::File& file : manifest_.files) {
      if (file.output.name == "-") {
        return base::fail(
            ErrorCode::usage,
            {"標準出力への変換は戻せません", "a conversion to standard output is not there to be taken back"}, {},
            {"ファイルへの変換の記録を指定してください", "give the manifest of a conversion to files"});
      }
      auto mapped = base::MappedFile::open(file.output.name);
      if (!mapped) return tl::unexpected(mapped.error());
      const auto bytes = mapped->bytes();
      if (base::sha256_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()}) != file.output.sha256) {
        return base::fail(ErrorCode::input_rejected,
                          {"変換したときのファイルではありません（書き換えられています）",
                           "this is not the file that was written (it has been changed)"},
                          {.file = file.output.name},
                          {"変換したときのファイルに戻してください", "put the file back as it was written"});
      }
      outputs_.push_back(std::move(*mapped));
    }
    return {};
  }

  // Whether every target stands for one source wherever it stands.
  void look() {
    const Tokens tokens(encoder_, tags(), texts_);
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      auto rest = outputs_[i].bytes().subspan(bom_of_output());
      while (!rest.empty()) {
        const auto token = tokens.next(rest);
        if (!token) break;  // cannot be: the file is as it was written; the digest will tell
        if (token->target != SIZE_MAX) ++targets_[token->target].found;
        rest = rest.subspan(token->length);
      }
      look_at_file(manifest_.files[i]);
    }
    for (std::size_t i = 0; i < targets_.size(); ++i) look_at(targets_[i], texts_[i]);
  }

  base::Result<void> restore(const std::vector<std::string>& names, base::Overwrite overwrite) {
    std::vector<base::AtomicFile> files;
    for (const std::string& name : names) {
      auto file = base::AtomicFile::open(name, overwrite);
      if (!file) return tl::unexpected(file.error());
      files.push_back(std::move(*file));
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
      const auto bytes = restore_file(i);
      if (!bytes) return tl::unexpected(bytes.error());
      if (!report.restored()) continue;
      if (auto ok = files[i].write(*bytes); !ok) return ok;
      report.files.push_back({names[i], bytes->size()});
    }
    if (!report.restored()) {
      report.files.clear();
      return {};
    }
    for (auto& file : files) {
      if (auto ok = file.commit(); !ok) return ok;
    }
    return {};
  }

  RevertReport report;

 private:
  bool tags() const {
    const auto tagged = [](const ManifestEntry& e) { return e.target.empty(); };
    return manifest_.tagged_brackets != 0 || std::ranges::any_of(manifest_.entries, tagged);
  }
  std::size_t bom_of_output() const { return manifest_.options.bom ? encoder_.bom().size() : 0; }

  void look_at_file(const Manifest::File& file) {
    const LineEnds& ends = file.line_ends;
    const bool several = (ends.lf != 0) + (ends.crlf != 0) + (ends.cr != 0) > 1;
    if (manifest_.options.newline != charmap::Newline::keep && several) {
      report.losses.push_back({Irreversible::line_ends, {}, {}, {}, ends.lf + ends.crlf + ends.cr, file.name});
    }
    if (!manifest_.options.source.layout.empty()) {
      report.losses.push_back({Irreversible::layout, {}, {}, {}, 1, file.name});
    }
  }

  void look_at(const Target& target, const std::u32string& text) {
    const bool several = target.sources.size() > 1;
    if (!several && target.found == target.replaced) return;
    const Irreversible reason = several                          ? Irreversible::several_sources
                                : target.found > target.replaced ? Irreversible::also_text
                                                                 : Irreversible::dropped;
    for (const ManifestEntry* entry : target.entries) {
      report.losses.push_back({reason, entry->action, base::format_hex(entry->source), text, entry->count, {}});
    }
  }

  // The bytes of an input, or a loss in the report. Systems differ in how they write the same text: the digest decides.
  base::Result<std::string> restore_file(std::size_t i) {
    const Manifest::File& file = manifest_.files[i];
    const auto codes = open_codes(manifest_.options.source, file.encoding);
    if (!codes) return tl::unexpected(codes.error());
    if (*codes != nullptr && (*codes)->map_digests() != manifest_.code_map_digests) return other_code_map();
    const auto writer = charmap::SourceWriter::make(file.encoding, *codes, table_);
    if (!writer) return tl::unexpected(writer.error());
    std::optional<SourceText> first;
    for (std::size_t variant = 0; variant < writer->variants(); ++variant) {
      SourceText text(*writer, variant);
      write_source(i, text);
      if (base::sha256_hex(text.bytes()) == file.sha256) return text.bytes();
      if (!first) first.emplace(std::move(text));
    }
    for (const auto& [character, count] : first->several_codes()) {
      report.losses.push_back({Irreversible::several_codes, {}, {}, character, count, file.name});
    }
    const Irreversible reason = first->unheld() == 0 ? Irreversible::digest : Irreversible::encoding;
    report.losses.push_back({reason, {}, {}, {}, std::max<std::uint64_t>(first->unheld(), 1), file.name});
    return std::string();
  }

  base::Result<std::string> other_code_map() const {
    return base::fail(ErrorCode::input_rejected,
                      {"符号表が変換したときのものではありません", "a code map is not that of the conversion"},
                      {.file = manifest_.options.source.code_maps.front()},
                      {"変換したときの符号表に戻してください", "put the code map back as it was"});
  }

  void write_source(std::size_t i, SourceText& out) const {
    const Manifest::File& file = manifest_.files[i];
    const Tokens tokens(encoder_, tags(), texts_);
    if (file.bom != 0) out.put(U'\uFEFF');
    auto rest = outputs_[i].bytes().subspan(bom_of_output());
    while (!rest.empty()) {
      const auto token = tokens.next(rest);
      if (!token) break;
      rest = rest.subspan(token->length);
      if (token->tag) {
        out.put_code(*token->tag);
      } else if (token->target != SIZE_MAX) {
        const std::string& source = *targets_[token->target].sources.begin();
        out.put_code({reinterpret_cast<const std::uint8_t*>(source.data()), source.size()});
      } else if (manifest_.options.newline != charmap::Newline::keep &&
                 (token->character == U'\n' || token->character == U'\r')) {
        if (token->character == U'\r') continue;  // of CR LF; the LF follows
        if (file.line_ends.crlf + file.line_ends.cr != 0) out.put(U'\r');
        if (file.line_ends.crlf + file.line_ends.lf != 0) out.put(U'\n');
      } else {
        out.put(token->character);
      }
    }
    out.end();
  }

  const Manifest& manifest_;
  const Encoder encoder_;
  const charmap::StandardTable& table_;
  std::vector<base::MappedFile> outputs_;
  std::vector<std::u32string> texts_;
  std::vector<Target> targets_;  // of the texts
};

}  // namespace

base::Result<RevertReport> revert_conversion(const Manifest& manifest, const std::string& output,
                                             base::Overwrite overwrite, const charmap::StandardTable& table) {
  std::vector<std::string> names;
  for (const Manifest::File& file : manifest.files) names.push_back(file.name == "-" ? "stdin" : file.name);
  const auto targets = convert_targets(names, output);
  if (!targets) return tl::unexpected(targets.error());
  auto encoder = Encoder::make(manifest.options.converter.to, table);
  if (!encoder) return tl::unexpected(encoder.error());
  Revert revert(manifest, std::move(*encoder), table);
  if (auto ok = revert.open_outputs(); !ok) return tl::unexpected(ok.error());
  revert.look();
  if (!revert.report.restored()) return std::move(revert.report);
  if (auto ok = revert.restore(*targets, overwrite); !ok) return tl::unexpected(ok.error());
  return std::move(revert.report);
}

}  // namespace hyojun::app
