// What a conversion says of itself once it is done.
#include <algorithm>

#include "convert.h"

namespace hyojun::app {

using charmap::Action;

std::uint64_t ConvertReport::bytes_written() const {
  std::uint64_t sum = 0;
  for (const Output& output : outputs) sum += output.bytes;
  return sum;
}

bool ConvertReport::used_policy() const {
  for (const Action action :
       {Action::keep, Action::geta, Action::tag, Action::unselected, Action::refused, Action::unfit}) {
    if (replacements.count(action) != 0) return true;
  }
  return replacements.brackets() != 0 ||
         std::ranges::any_of(source.files, [](const FileReport& file) { return !file.warnings.empty(); });
}

std::string_view ConvertReport::category(const charmap::ReplacementKey& key) const {
  const charmap::GaijiRow* const row = gaiji == nullptr ? nullptr : gaiji->find(key.source.first);
  return row == nullptr ? std::string_view() : std::string_view(row->category);
}

std::string_view ConvertReport::decision(const charmap::ReplacementKey& key) const {
  const charmap::GaijiRow* const row = gaiji == nullptr ? nullptr : gaiji->find(key.source.first);
  return row == nullptr ? std::string_view() : std::string_view(row->decision);
}

}  // namespace hyojun::app
