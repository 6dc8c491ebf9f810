#include "hyojun/charmap/plan.h"

namespace hyojun::charmap {

Plan::Plan(PlanOptions options, std::shared_ptr<const Repertoire> repertoire, std::shared_ptr<const GaijiTable> gaiji)
    : options_(std::move(options)),
      repertoire_(std::move(repertoire)),
      gaiji_(std::move(gaiji)),
      all_columns_(options_.columns.empty()),
      bmp_classes_(repertoire_->table().bmp_classes()),
      cp932_(repertoire_->table().cp932()) {
  for (const std::uint32_t column : options_.columns) {
    if (column >= selected_.size()) selected_.resize(column + 1);
    selected_[column] = 1;
  }
}

Identity Plan::identify(char32_t first, char32_t second) const noexcept {
  const auto kind = static_cast<CodeClass>(repertoire_->table().class_of(first) & kClassMask);
  if (kind != CodeClass::gaiji) return repertoire_->identify(first, second);
  if (gaiji_ != nullptr) {
    if (const GaijiRow* row = gaiji_->find(first)) {
      return {row->target ? Outcome::gaiji_mapped : Outcome::gaiji_unmapped, row->target};
    }
  }
  if (!is_unicode(options_.encoding)) return {Outcome::gaiji_unmapped, std::nullopt};
  return repertoire_->identify(first, second);
}

}  // namespace hyojun::charmap
