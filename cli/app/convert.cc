#include "convert.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "affected.h"
#include "conversion_rules.h"
#include "dump.h"
#include "hyojun/base/atomic_file.h"
#include "hyojun/base/sha256.h"
#include "manifest.h"
#include "number_convert.h"
#include "source.h"

namespace hyojun::app {

namespace {

using base::ErrorCode;
using charmap::Action;

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

base::Result<std::vector<std::string>> targets_in(const std::vector<std::string>& files, const std::string& folder) {
  std::vector<std::string> targets;
  for (const std::string& file : files) {
    if (file == "-") {
      return base::fail(ErrorCode::usage, {"標準入力には出力の名前がありません", "standard input has no name"},
                        {.file = folder}, {"-o には出力ファイルの名前を指定してください", "name a file with -o"});
    }
    targets.push_back(folder + (folder.ends_with('/') ? "" : "/") + file_name(file));
    if (std::count(targets.begin(), targets.end(), targets.back()) > 1) {
      return base::fail(ErrorCode::usage, {"同じ名前の入力が2つあります", "two inputs have the same name"},
                        {.file = targets.back()}, {"別々に変換してください", "convert them in separate runs"});
    }
  }
  return targets;
}

std::uint64_t count_hangul(const charmap::ReplacementTally& tally) {
  std::uint64_t count = 0;
  for (const auto& [key, counted] : tally.entries()) count += is_hangul(key.source) ? counted->count : 0;
  return count;
}

// One run over all inputs: into output files, into the stream, or into nothing to see what would be refused.
class ConvertRun {
 public:
  ConvertRun(const ConvertOptions& options, std::shared_ptr<const charmap::Repertoire> repertoire,
             const Progress& progress)
      : options_(options),
        account_(options.account || !options.manifest.empty()),
        progress_(progress),
        source_options_(options.source),
        context_{.options = source_options_, .repertoire = repertoire, .gaiji = nullptr, .gaiji_encoding = {}} {
    report_.options = options.converter;
    report_.source.repertoire = std::move(repertoire);
    report_.source.scope.columns = options.source.columns;
    report_.source.scope.juki_columns = options.source.juki_columns;
    report_.source.scope.koseki_columns = options.source.koseki_columns;
    report_.source.shapes = options.source.shapes;
    report_.source.shape_exceptions = options.source.shape_exceptions;
  }

  // Reads the map and the rules.
  base::Result<void> prepare() {
    if (!options_.shrink_map.empty()) {
      auto map = charmap::ShrinkMap::open(options_.shrink_map, *context_.repertoire);
      if (!map) return tl::unexpected(map.error());
      report_.shrink_map = std::make_shared<const charmap::ShrinkMap>(std::move(*map));
    }
    if (options_.rules.empty()) return {};
    auto rules = open_rules(options_.rules, options_.converter.treatment());
    if (!rules) return tl::unexpected(rules.error());
    rules_ = std::move(*rules);
    source_options_.rule_columns = rules_.columns;
    report_.rules_digest = rules_.digest;
    return {};
  }

  // All targets are opened first: an output that exists is told before the work.
  base::Result<void> open_files(const std::vector<std::string>& targets) {
    if (!options_.manifest.empty()) {
      auto manifest = base::AtomicFile::open(options_.manifest, options_.overwrite);
      if (!manifest) return tl::unexpected(manifest.error());
      add_leftovers(manifest->removed_leftovers());
      manifest_.emplace(std::move(*manifest));
    }
    if (!options_.affected.empty()) {
      auto affected = AffectedFile::open(options_.affected, options_.source.key, options_.overwrite);
      if (!affected) return tl::unexpected(affected.error());
      add_leftovers(affected->removed_leftovers());
      affected_.emplace(std::move(*affected));
    }
    if (options_.output == "-") return {};
    for (const std::string& target : targets) {
      auto file = base::AtomicFile::open(target, options_.overwrite);
      if (!file) return tl::unexpected(file.error());
      add_leftovers(file->removed_leftovers());
      files_.push_back(std::move(*file));
    }
    return {};
  }

  base::Result<void> run(const std::vector<std::string>& targets, const OutputSink& stream) {
    for (std::size_t i = 0; i < options_.source.files.size(); ++i) {
      report_.outputs.push_back({targets[i], 0});
      base::Sha256 digest;
      const OutputSink sink = [&](std::span<const std::uint8_t> bytes) -> base::Result<void> {
        if (refused()) return {};
        report_.outputs.back().bytes += bytes.size();
        if (account_) digest.update(bytes);
        if (files_.empty()) return stream(bytes);
        return files_[i].write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      };
      if (auto ok = convert_file(options_.source.files[i], sink); !ok) return ok;
      if (account_) report_.outputs.back().sha256 = digest.digest();
    }
    add_gaiji(report_.source, context_);
    report_.gaiji = context_.gaiji;
    if (!refused()) return commit();
    if (!files_.empty()) {
      for (auto& output : report_.outputs) output.bytes = 0;
    }
    return {};
  }

  bool refused() const { return report_.replacements.count(Action::refused) != 0; }
  ConvertReport take_unwritten() {
    for (auto& output : report_.outputs) output.bytes = 0;
    return take();
  }
  ConvertReport take() { return std::move(report_); }

 private:
  void add_leftovers(const std::vector<std::string>& removed) {
    report_.removed_leftovers.insert(report_.removed_leftovers.end(), removed.begin(), removed.end());
  }

  // What accounts for the output appears with it: last, so that it never stands beside an older one.
  base::Result<void> commit() {
    report_.written = true;
    for (auto& file : files_) {
      if (auto ok = file.commit(); !ok) return ok;
    }
    if (affected_) {
      report_.affected = affected_->rows();
      if (auto ok = affected_->close(); !ok) return ok;
    }
    if (!manifest_) return {};
    if (auto ok = manifest_->write(manifest_text(options_, report_)); !ok) return ok;
    return manifest_->commit();
  }

  base::Result<charmap::Converter> make_converter(const Source& source, const std::string& name) const {
    charmap::ConverterOptions options = options_.converter;
    options.shapes = options_.source.shapes;
    options.shape_exceptions = options_.source.shape_exceptions;
    options.shrink_map = report_.shrink_map;
    options.double_codes =
        account_ || options.to == charmap::TargetEncoding::cp932 || options.to == charmap::TargetEncoding::euc_jp_ms;
    for (std::size_t i = 0; i < source.rule_fields.size(); ++i) {
      const std::uint32_t field = source.rule_fields[i];
      const bool numbers = std::ranges::find(source.numbers, field, &NumberColumn::field) != source.numbers.end();
      if (!(numbers || source.plan->selects(field)) || std::ranges::count(source.rule_fields, field) != 1) {
        return base::fail(
            ErrorCode::usage,
            {"規則の列が --columns にないか、2度あります", "a column of the rules is not in --columns, or twice"},
            {.file = name, .field = field + 1},
            {"規則のファイルと --columns を確かめてください", "check the rules and --columns"});
      }
      options.columns.push_back({field, rules_.treatments[i]});
    }
    return charmap::Converter::make(std::move(options), source.plan->options(), context_.repertoire, context_.gaiji);
  }

  base::Result<void> write_bom(const charmap::Encoder& encoder, const OutputSink& sink) const {
    return options_.bom ? sink(encoder.bom()) : base::Result<void>();
  }

  base::Result<void> convert_file(const std::string& name, const OutputSink& sink) {
    auto source = open_source(context_, name);
    if (!source) return tl::unexpected(source.error());
    const auto converter = make_converter(*source, name);
    if (!converter) return tl::unexpected(converter.error());
    if (auto ok = write_bom(converter->encoder(), sink); !ok) return ok;
    PartConversion sum;
    const charmap::Encoding encoding = source->plan->options().encoding;
    base::Sha256 digest;
    LineEndCounter line_ends(encoding);
    if (account_ && source->bom != 0) add_bom(encoding, digest);
    const std::uint64_t before = report_.source.bytes();
    const auto after = [&](std::uint64_t end, std::span<const std::uint8_t> bytes) -> base::Result<void> {
      if (sum.doubt) return tl::unexpected(doubt_error(*sum.doubt, name));
      if (sum.tally.distinct_at_least() > charmap::Tally::kTooMany) {
        return tl::unexpected(too_many_error(name, converter->plan().options().encoding));
      }
      if (account_) {
        digest.update(bytes);
        line_ends.take(bytes);
      }
      if (base::interrupted()) return tl::unexpected(base::interrupted_error());
      if (progress_) progress_(before + end);
      return {};
    };
    const auto file = static_cast<std::uint32_t>(report_.source.files.size());
    const unsigned threads = std::max(1U, options_.source.threads);
    const auto state = source->layout != nullptr
                           ? convert_dump(*converter, options_.newline, *source, name, file, sum, sink, after)
                       : !source->numbers.empty()
                           ? convert_numbers(*converter, options_.newline, *source, name, file, sum, sink, after)
                           : convert_parallel(*converter, options_.newline, source->reader, file, threads, sum, sink,
                                              options_.output == "-" && options_.stream_waits, after);
    if (!state) return tl::unexpected(state.error());
    if (account_) add_input(*source, digest.digest(), line_ends.ends());
    report_.outside += sum.outside;
    add_warnings(*source, options_.source, *state, sum.counts, [&] { return count_hangul(sum.tally); });
    const charmap::PlanOptions& plan = source->plan->options();
    report_.source.files.push_back(
        {name, plan.encoding, plan.structure, source->reader.bytes_read(), state->record, std::move(source->warnings)});
    for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
      report_.source.counts.outcomes[i] += sum.counts.outcomes[i];
    }
    report_.source.counts.records += sum.counts.records;
    report_.replacements.merge(std::move(sum.tally));
    return affected_ && !refused() ? add_affected(*converter, name) : base::Result<void>();
  }

  // A dump has records, but no line ends.
  void add_input(const Source& source, std::string digest, const LineEnds& ends) {
    report_.inputs.push_back({std::move(digest), source.bom, source.layout == nullptr ? ends : LineEnds()});
    report_.layout_digest = source.layout == nullptr ? "" : source.layout->digest();
    report_.code_map_digests = context_.codes == nullptr ? std::vector<std::string>() : context_.codes->map_digests();
  }

  static void add_bom(charmap::Encoding encoding, base::Sha256& digest) {
    const auto bom = encode(encoding, U'\uFEFF');
    if (bom) digest.update(*bom);
  }

  // Reads the file once more, field by field.
  base::Result<void> add_affected(const charmap::Converter& converter, const std::string& name) {
    auto source = open_source(context_, name);
    if (!source) return tl::unexpected(source.error());
    return list_affected(converter, *source, name, *affected_);
  }

  const ConvertOptions& options_;
  const bool account_;
  const Progress& progress_;
  IdentifyOptions source_options_;  // with the columns of the rules
  ConversionRules rules_;
  RunContext context_;
  ConvertReport report_;
  std::vector<base::AtomicFile> files_;
  std::optional<base::AtomicFile> manifest_;
  std::optional<AffectedFile> affected_;
};

// `why`: what reads the inputs twice, and what to do without.
base::Result<void> check_rereadable(const std::vector<std::string>& files, const base::Text& why, base::Text next) {
  for (const std::string& file : files) {
    const auto kind = file == "-" ? base::FileKind::other : base::file_kind(file);
    if (!kind) return tl::unexpected(kind.error());
    std::error_code unknown;
    if (*kind == base::FileKind::none || (file != "-" && std::filesystem::is_regular_file(file, unknown))) continue;
    return base::fail(ErrorCode::usage,
                      {why.ja + " では入力を2度読むので、パイプは使えません",
                       why.en + " reads the input twice, and a pipe cannot be read again"},
                      {.file = file}, std::move(next));
  }
  return {};
}

base::Result<void> to_nothing(std::span<const std::uint8_t>) { return {}; }

base::Result<ConvertReport> convert_to_stream(const ConvertOptions& options,
                                              const std::shared_ptr<const charmap::Repertoire>& repertoire,
                                              const OutputSink& stream, const Progress& progress) {
  const std::vector<std::string> targets = {"-"};
  const bool look_first = options.converter.unidentified == charmap::Unidentified::fail;
  if (look_first) {
    const auto readable =
        check_rereadable(options.source.files, {"-o - と --unidentified fail", "-o - with --unidentified fail"},
                         {"-o にファイルを指定するか、--unidentified を geta か tag か keep にしてください",
                          "write to a file with -o, or choose --unidentified geta, tag or keep"});
    if (!readable) return tl::unexpected(readable.error());
    ConvertRun look(options, repertoire, progress);
    if (auto ok = look.prepare(); !ok) return tl::unexpected(ok.error());
    if (auto ok = look.run(targets, to_nothing); !ok) return tl::unexpected(ok.error());
    if (look.refused()) return look.take_unwritten();
  }
  ConvertRun run(options, repertoire, progress);
  if (auto ok = run.prepare(); !ok) return tl::unexpected(ok.error());
  if (auto ok = run.open_files(targets); !ok) return tl::unexpected(ok.error());
  if (auto ok = run.run(targets, stream); !ok) return tl::unexpected(ok.error());
  if (look_first && run.refused()) {
    return base::fail(ErrorCode::environment,
                      {"変換の途中で入力が変わりました", "the input changed while it was converted"},
                      {.file = options.source.files.front()},
                      {"書き込みが終わってから、もう一度実行してください", "run it again when nobody writes to it"});
  }
  return run.take();
}

}  // namespace

base::Result<std::vector<std::string>> convert_targets(const std::vector<std::string>& files,
                                                       const std::string& output) {
  std::error_code unknown;
  if (output != "-" && std::filesystem::is_directory(output, unknown)) return targets_in(files, output);
  if (files.size() == 1) return std::vector{output};
  return base::fail(ErrorCode::usage,
                    {"入力が2つ以上あるときは、-o に既にあるフォルダーを指定します",
                     "several inputs need an existing folder as the output"},
                    {.file = output},
                    {"フォルダーを作って -o に指定してください（入力と同じ名前で書きます）",
                     "make a folder and give it with -o; the files get the names of the inputs"});
}

base::Result<ConvertReport> convert_to_nothing(const ConvertOptions& options,
                                               std::shared_ptr<const charmap::Repertoire> repertoire,
                                               const std::vector<std::string>& targets, const Progress& progress) {
  ConvertRun run(options, std::move(repertoire), progress);
  if (auto ok = run.prepare(); !ok) return tl::unexpected(ok.error());
  if (auto ok = run.run(targets, to_nothing); !ok) return tl::unexpected(ok.error());
  return run.take();
}

base::Result<ConvertReport> convert(const ConvertOptions& options,
                                    std::shared_ptr<const charmap::Repertoire> repertoire, const OutputSink& stream,
                                    const Progress& progress) {
  const auto targets = convert_targets(options.source.files, options.output);
  if (!targets) return tl::unexpected(targets.error());
  if (!options.affected.empty()) {
    const auto ok = check_rereadable(options.source.files, {"--affected", "--affected"},
                                     {"入力をファイルにしてください", "put the input into a file"});
    if (!ok) return tl::unexpected(ok.error());
  }
  if (options.output == "-") return convert_to_stream(options, repertoire, stream, progress);
  ConvertRun run(options, std::move(repertoire), progress);
  if (auto ok = run.prepare(); !ok) return tl::unexpected(ok.error());
  if (auto ok = run.open_files(*targets); !ok) return tl::unexpected(ok.error());
  if (auto ok = run.run(*targets, stream); !ok) return tl::unexpected(ok.error());
  return run.take();
}

}  // namespace hyojun::app
