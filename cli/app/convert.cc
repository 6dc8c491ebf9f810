#include "convert.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "dump.h"
#include "hyojun/base/atomic_file.h"
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

// One run over all inputs: into output files, into the stream, or into nothing to see what would be refused.
class ConvertRun {
 public:
  ConvertRun(const ConvertOptions& options, std::shared_ptr<const charmap::Repertoire> repertoire,
             const Progress& progress)
      : options_(options),
        progress_(progress),
        context_{.options = options.source, .repertoire = repertoire, .gaiji = nullptr, .gaiji_encoding = {}} {
    report_.options = options.converter;
    report_.source.repertoire = std::move(repertoire);
    report_.source.scope.columns = options.source.columns;
    report_.source.shapes = options.source.shapes;
    report_.source.shape_exceptions = options.source.shape_exceptions;
  }

  // All targets are opened first: an output that exists is told before the work.
  base::Result<void> open_files(const std::vector<std::string>& targets) {
    for (const std::string& target : targets) {
      auto file = base::AtomicFile::open(target, options_.overwrite);
      if (!file) return tl::unexpected(file.error());
      const auto& removed = file->removed_leftovers();
      report_.removed_leftovers.insert(report_.removed_leftovers.end(), removed.begin(), removed.end());
      files_.push_back(std::move(*file));
    }
    return {};
  }

  base::Result<void> run(const std::vector<std::string>& targets, const OutputSink& stream) {
    for (std::size_t i = 0; i < options_.source.files.size(); ++i) {
      report_.outputs.push_back({targets[i], 0});
      const OutputSink sink = [&](std::span<const std::uint8_t> bytes) -> base::Result<void> {
        if (refused()) return {};
        report_.outputs.back().bytes += bytes.size();
        if (files_.empty()) return stream(bytes);
        return files_[i].write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      };
      if (auto ok = convert_file(options_.source.files[i], sink); !ok) return ok;
    }
    add_gaiji(report_.source, context_);
    if (refused()) {
      if (!files_.empty()) {
        for (auto& output : report_.outputs) output.bytes = 0;
      }
      return {};
    }
    for (auto& file : files_) {
      if (auto ok = file.commit(); !ok) return ok;
    }
    report_.written = true;
    return {};
  }

  bool refused() const { return report_.replacements.count(Action::refused) != 0; }
  ConvertReport take_unwritten() {
    for (auto& output : report_.outputs) output.bytes = 0;
    return take();
  }
  ConvertReport take() { return std::move(report_); }

 private:
  base::Result<void> convert_file(const std::string& name, const OutputSink& sink) {
    auto source = open_source(context_, name);
    if (!source) return tl::unexpected(source.error());
    const auto converter =
        charmap::Converter::make(options_.converter, source->plan->options(), context_.repertoire, context_.gaiji);
    if (!converter) return tl::unexpected(converter.error());
    PartConversion sum;
    const std::uint64_t before = report_.source.bytes();
    const auto after = [&](std::uint64_t end) -> base::Result<void> {
      if (sum.doubt) return tl::unexpected(doubt_error(*sum.doubt, name));
      if (sum.tally.distinct() > charmap::Tally::kTooMany) {
        return tl::unexpected(too_many_error(name, converter->plan().options().encoding));
      }
      if (base::interrupted()) return tl::unexpected(base::interrupted_error());
      if (progress_) progress_(before + end);
      return {};
    };
    const auto file = static_cast<std::uint32_t>(report_.source.files.size());
    const auto state = source->layout != nullptr
                           ? convert_dump(*converter, *source, name, file, sum, sink, after)
                           : convert_parallel(*converter, source->reader, file, std::max(1U, options_.source.threads),
                                              sum, sink, after);
    if (!state) return tl::unexpected(state.error());
    add_warnings(*source, options_.source, *state, sum.counts);
    const charmap::PlanOptions& plan = source->plan->options();
    report_.source.files.push_back(
        {name, plan.encoding, plan.structure, source->reader.bytes_read(), state->record, std::move(source->warnings)});
    for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
      report_.source.counts.outcomes[i] += sum.counts.outcomes[i];
    }
    report_.source.counts.records += sum.counts.records;
    report_.replacements.merge(sum.tally);
    return {};
  }

  const ConvertOptions& options_;
  const Progress& progress_;
  RunContext context_;
  ConvertReport report_;
  std::vector<base::AtomicFile> files_;
};

base::Result<void> check_rereadable(const std::string& file) {
  const auto kind = file == "-" ? base::FileKind::other : base::file_kind(file);
  if (!kind) return tl::unexpected(kind.error());
  std::error_code unknown;
  if (*kind == base::FileKind::none || (file != "-" && std::filesystem::is_regular_file(file, unknown))) return {};
  return base::fail(ErrorCode::usage,
                    {"-o - と --unidentified fail では入力を2度読むので、パイプは使えません",
                     "-o - with --unidentified fail reads the input twice, and a pipe cannot be read again"},
                    {.file = file},
                    {"-o にファイルを指定するか、--unidentified を geta か tag か keep にしてください",
                     "write to a file with -o, or choose --unidentified geta, tag or keep"});
}

base::Result<ConvertReport> convert_to_stream(const ConvertOptions& options,
                                              const std::shared_ptr<const charmap::Repertoire>& repertoire,
                                              const OutputSink& stream, const Progress& progress) {
  const std::vector<std::string> targets = {"-"};
  const bool look_first = options.converter.unidentified == charmap::Unidentified::fail;
  if (look_first) {
    if (auto ok = check_rereadable(options.source.files.front()); !ok) return tl::unexpected(ok.error());
    ConvertRun look(options, repertoire, progress);
    const OutputSink nothing = [](std::span<const std::uint8_t>) { return base::Result<void>(); };
    if (auto ok = look.run(targets, nothing); !ok) return tl::unexpected(ok.error());
    if (look.refused()) return look.take_unwritten();
  }
  ConvertRun run(options, repertoire, progress);
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

std::uint64_t ConvertReport::bytes_written() const {
  std::uint64_t sum = 0;
  for (const Output& output : outputs) sum += output.bytes;
  return sum;
}

bool ConvertReport::used_policy() const {
  for (const Action action : {Action::keep, Action::geta, Action::tag, Action::unselected, Action::refused}) {
    if (replacements.count(action) != 0) return true;
  }
  return replacements.brackets() != 0 ||
         std::ranges::any_of(source.files, [](const FileReport& file) { return !file.warnings.empty(); });
}

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

base::Result<ConvertReport> convert(const ConvertOptions& options,
                                    std::shared_ptr<const charmap::Repertoire> repertoire, const OutputSink& stream,
                                    const Progress& progress) {
  const auto targets = convert_targets(options.source.files, options.output);
  if (!targets) return tl::unexpected(targets.error());
  if (options.output == "-") return convert_to_stream(options, repertoire, stream, progress);
  ConvertRun run(options, std::move(repertoire), progress);
  if (auto ok = run.open_files(*targets); !ok) return tl::unexpected(ok.error());
  if (auto ok = run.run(*targets, stream); !ok) return tl::unexpected(ok.error());
  return run.take();
}

}  // namespace hyojun::app
