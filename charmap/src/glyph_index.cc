// GlyphIndex::build and what an index says of itself.
#include "hyojun/charmap/glyph_index.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <memory>
#include <thread>

#include "glyph_index_state.h"
#include "glyph_kernel.h"

namespace hyojun::charmap {

namespace {

// One glyph to draw; afterwards, its row.
struct Task {
  glyph::Name name;
  std::uint32_t font;
  GlyphNumber glyph;
  bool is_drawn = false;
  shape::Normal picture{};
  shape::Coarse coarse{};
};

base::Result<std::vector<Task>> tasks_of(const std::string& path, std::uint32_t font, ReferenceFont& reference) {
  const auto source = GlyphSource::open(path);
  if (!source) return tl::unexpected(source.error());
  const auto named = source->named_glyphs();
  if (named.empty()) {
    return base::fail(
        base::ErrorCode::input_rejected,
        {"参照フォントに文字図形名（mjNNNNNN・gjNNNNNN）のグリフがありません",
         "no glyph of the reference font is named as a character (mjNNNNNN, gjNNNNNN)"},
        {.file = path},
        {"IPAmj明朝か、追加文字のフォントを指定してください", "give IPAmj明朝 or the font of the added characters"});
  }
  reference = {path, source->family(), source->version(), source->digest(), static_cast<std::uint32_t>(named.size())};
  std::vector<Task> tasks(named.size());
  for (std::size_t i = 0; i < named.size(); ++i) {
    std::memcpy(tasks[i].name.data(), named[i].name.data(), tasks[i].name.size());
    tasks[i].font = font;
    tasks[i].glyph = named[i].glyph;
  }
  return tasks;
}

// Draws tasks until none is left; each thread opens the fonts for itself.
void draw(const std::vector<std::string>& fonts, std::vector<Task>& tasks, std::atomic<std::size_t>& next) {
  std::vector<std::optional<GlyphSource>> sources(fonts.size());
  const auto maps = std::make_unique<shape::Maps>();
  const auto scratch = std::make_unique<shape::Scratch>();
  const shape::GlyphKernel& kernel = shape::glyph_kernel(best_kernel());
  constexpr std::size_t kBatch = 64;
  for (std::size_t begin = next.fetch_add(kBatch); begin < tasks.size(); begin = next.fetch_add(kBatch)) {
    for (std::size_t i = begin; i < std::min(begin + kBatch, tasks.size()); ++i) {
      Task& task = tasks[i];
      auto& source = sources[task.font];
      if (!source) {
        auto opened = GlyphSource::open(fonts[task.font]);
        if (!opened) continue;  // it could be read a moment ago; its glyphs count as skipped
        source.emplace(std::move(*opened));
      }
      const auto drawing = source->render(task.glyph);
      const auto normal = drawing ? shape::normalise(*drawing) : std::nullopt;
      if (!normal) continue;
      shape::Raw raw;
      kernel.measure(*normal, *maps, &raw, *scratch);
      task.picture = *normal;
      task.coarse = shape::project(raw);
      task.is_drawn = true;
    }
  }
}

}  // namespace

std::optional<glyph::FileStamp> glyph::stamp_of(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  if (failed) return std::nullopt;
  const auto time = std::filesystem::last_write_time(path, failed);
  if (failed) return std::nullopt;
  return FileStamp{size, static_cast<std::int64_t>(time.time_since_epoch().count())};
}

GlyphIndex::GlyphIndex(std::unique_ptr<State> state) : state_(std::move(state)) {}
GlyphIndex::~GlyphIndex() = default;
GlyphIndex::GlyphIndex(GlyphIndex&&) noexcept = default;
GlyphIndex& GlyphIndex::operator=(GlyphIndex&&) noexcept = default;

base::Result<GlyphIndex> GlyphIndex::build(const std::vector<std::string>& fonts, unsigned threads) {
  auto state = std::make_unique<State>();
  State& s = *state;
  std::vector<Task> tasks;
  for (std::uint32_t f = 0; f < fonts.size(); ++f) {
    const auto stamp = glyph::stamp_of(fonts[f]);  // before it is read: a change meanwhile is noticed next time
    auto more = tasks_of(fonts[f], f, s.references.emplace_back());
    if (!more) return tl::unexpected(more.error());
    s.stamps.push_back(stamp.value_or(glyph::FileStamp{}));
    std::ranges::move(*more, std::back_inserter(tasks));
  }
  std::ranges::stable_sort(tasks, {}, &Task::name);
  // Stable: the first font stays. Clang 14, which builds the fuzz targets, cannot compile std::ranges::unique of
  // GCC 12.
  const auto same = [](const Task& a, const Task& b) { return a.name == b.name; };
  tasks.erase(std::unique(tasks.begin(), tasks.end(), same), tasks.end());

  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> workers;
    const unsigned count = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned t = 1; t < count; ++t) workers.emplace_back([&] { draw(fonts, tasks, next); });
    draw(fonts, tasks, next);
  }
  for (const Task& task : tasks) {
    if (!task.is_drawn) {
      ++s.skipped;
      continue;
    }
    s.own_names.push_back(task.name);
    s.own_norms.push_back(task.coarse.inverse_norm);
    s.own_coarse.insert(s.own_coarse.end(), task.coarse.values.begin(), task.coarse.values.end());
    s.own_pictures.push_back(task.picture);
    s.has_added = s.has_added || task.name[0] == 'G';
  }
  s.names = s.own_names;
  s.inverse_norms = s.own_norms;
  s.coarse = s.own_coarse;
  s.pictures = s.own_pictures;
  return GlyphIndex(std::move(state));
}

const std::vector<ReferenceFont>& GlyphIndex::references() const noexcept { return state_->references; }
std::size_t GlyphIndex::size() const noexcept { return state_->names.size(); }
std::string_view GlyphIndex::name(std::uint32_t row) const {
  return {state_->names[row].data(), state_->names[row].size()};
}
std::size_t GlyphIndex::skipped() const noexcept { return state_->skipped; }
bool GlyphIndex::has_added_characters() const noexcept { return state_->has_added; }

}  // namespace hyojun::charmap
