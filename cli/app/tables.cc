#include "tables.h"

#include <algorithm>

namespace hyojun::app {

using charmap::Layer;
using charmap::Repertoire;
using charmap::StandardTable;

base::Result<std::shared_ptr<const Repertoire>> open_tables(const std::vector<std::string>& paths) {
  std::shared_ptr<const StandardTable> table;
  std::vector<std::string> layer_paths;
  for (const std::string& path : paths) {
    const auto kind = charmap::table_file_kind(path);
    if (!kind) return tl::unexpected(kind.error());
    if (*kind == charmap::TableFileKind::layer) {
      layer_paths.push_back(path);
      continue;
    }
    if (table) {
      return base::fail(base::ErrorCode::usage,
                        {"標準文字表は1つだけ指定できます", "only one standard table can be given"}, {.file = path},
                        {"--table に指定する表を1つにしてください", "give one table with --table"});
    }
    auto opened = StandardTable::open(path);
    if (!opened) return tl::unexpected(opened.error());
    table = std::move(*opened);
  }
  if (!table) table = StandardTable::bundled();
  std::vector<Layer> layers;
  for (const std::string& path : layer_paths) {
    auto layer = Layer::open(path, *table);
    if (!layer) return tl::unexpected(layer.error());
    // The same layer named twice (by --table and in a script's variable) is one layer.
    const std::string digest = layer->digest();
    if (std::ranges::find(layers, digest, &Layer::digest) == layers.end()) layers.push_back(std::move(*layer));
  }
  auto repertoire = Repertoire::make(std::move(table), std::move(layers));
  if (!repertoire) return tl::unexpected(repertoire.error());
  return std::make_shared<const Repertoire>(std::move(*repertoire));
}

}  // namespace hyojun::app
