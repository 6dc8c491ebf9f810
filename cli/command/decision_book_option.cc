#include "decision_book_option.h"

#include "tracker_option.h"

namespace hyojun::cli {

base::Result<core::DecisionBook> open_book(const ParsedArguments& arguments, Context& context,
                                           const std::optional<base::Date>& known_at) {
  const auto store = open_store(arguments, core::Store::Access::read, context, Content::decisions);
  if (!store) return tl::unexpected(store.error());
  return core::DecisionBook::read(*store, known_at);
}

}  // namespace hyojun::cli
