#include "hyojun/charmap/plan.h"

#include "code_bits.h"
#include "run_tables.h"
#include "tile.h"

namespace hyojun::charmap {

namespace {

// Without a look at a table: this is asked of every character that is no plain one.
bool is_gaiji(char32_t cp) noexcept { return is_private_use(cp); }

const std::uint8_t* kernel_scan_of(const StandardTable& table, const PlanOptions& options) noexcept {
  const bool limited = options.limit == Limit::jisx0213;
  if (options.encoding == Encoding::cp932) return limited ? table.cp932_scan_x0213() : table.cp932_scan();
  return limited ? table.bmp_scan_x0213() : table.bmp_scan();
}

}  // namespace

Plan::Plan(PlanOptions options, std::shared_ptr<const Repertoire> repertoire, std::shared_ptr<const GaijiTable> gaiji)
    : options_(std::move(options)),
      repertoire_(std::move(repertoire)),
      gaiji_(std::move(gaiji)),
      all_columns_(options_.columns.empty()),
      bmp_classes_(repertoire_->table().bmp_classes()),
      bmp_scan_(repertoire_->table().bmp_scan()),
      kernel_scan_(kernel_scan_of(repertoire_->table(), options_)),
      cp932_(repertoire_->table().cp932()) {
  if (options_.codes == nullptr && has_code_table(options_.encoding)) {
    options_.codes = CodeTable::bundled(options_.encoding);
  }
  for (const std::uint32_t column : options_.columns) {
    if (column >= selected_.size()) selected_.resize(column + 1);
    selected_[column] = 1;
  }
  if (options_.limit == Limit::watched) watch();
  if (options_.kernel == Kernel::avx512 && tile_functions(options_).bare != nullptr) {
    code_bits_ = std::make_shared<const CodeBits>(kernel_scan_, options_.encoding == Encoding::cp932);
  }
  run_tables_ = RunTables::make(options_, bmp_classes_);
}

// The table's bytes with kOutsideX0213 and kScanEvent for exactly what is watched.
void Plan::watch() {
  constexpr std::size_t kPoints = 0x10000;
  const std::shared_ptr<std::uint8_t[]> classes(new std::uint8_t[kPoints]);
  const std::shared_ptr<std::uint8_t[]> scan(new std::uint8_t[kPoints]);
  const bool by_code = options_.encoding == Encoding::cp932;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const bool watched = options_.watched->contains(static_cast<char32_t>(i));
    classes[i] = static_cast<std::uint8_t>((bmp_classes_[i] & ~kOutsideX0213) | (watched ? kOutsideX0213 : 0));
    const auto cp = by_code ? char32_t{cp932_[i]} : static_cast<char32_t>(i);
    scan[i] = cp >= 0x80 && options_.watched->contains(cp) ? kScanEvent : kernel_scan_[i];
  }
  own_classes_ = classes;
  own_scan_ = scan;
  bmp_classes_ = own_classes_.get();
  kernel_scan_ = own_scan_.get();
}

const GaijiRow* Plan::gaiji_row(char32_t code_point) const noexcept {
  return gaiji_ == nullptr ? nullptr : gaiji_->find(code_point);
}

Identity Plan::identify(char32_t first, char32_t second) const noexcept {
  if (!is_gaiji(first)) return repertoire_->identify(first, second);
  if (const GaijiRow* row = gaiji_row(first)) {
    return {row->target ? Outcome::gaiji_mapped : Outcome::gaiji_unmapped, row->target};
  }
  if (!is_unicode(options_.encoding)) return {Outcome::gaiji_unmapped, std::nullopt};
  return repertoire_->identify(first, second);
}

Outcome Plan::outcome(char32_t first, char32_t second) const noexcept {
  if (!is_gaiji(first)) return repertoire_->outcome(first, second);
  if (const GaijiRow* row = gaiji_row(first)) return row->target ? Outcome::gaiji_mapped : Outcome::gaiji_unmapped;
  return is_unicode(options_.encoding) ? repertoire_->outcome(first, second) : Outcome::gaiji_unmapped;
}

}  // namespace hyojun::charmap
