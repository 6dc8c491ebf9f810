// What a store says of some bodies, import by import: what a slice is made of, and what a merge reads out of one.
#ifndef HYOJUN_CLI_APP_SLICE_H_
#define HYOJUN_CLI_APP_SLICE_H_

#include <functional>
#include <string_view>
#include <vector>

#include "hyojun/core/state.h"

namespace hyojun::app {

struct SliceOptions {
  bool with_notes = false;
  bool with_judgement = false;  // 県の見立て
};

// True for the codes of the bodies that are asked for.
using BodyFilter = std::function<bool(std::string_view code)>;

// The imports that stand and say something of these bodies, in the order they were recorded, each with its identity
// and with nothing of other bodies. One pass over the store.
base::Result<std::vector<core::ImportDraft>> standing_content(const core::Store& store, const BodyFilter& wanted,
                                                              const SliceOptions& options);

// True if a draft says nothing.
inline bool is_empty(const core::ImportDraft& draft) {
  return draft.lines.empty() && draft.facts.empty() && draft.notes.empty();
}

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_SLICE_H_
