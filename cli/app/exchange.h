// A slice of a store for one municipality, out and back in.
//
// A slice is a store of its own (hyojun.db) whose scope is the municipality. It holds what was imported of it, with the
// identities of the imports, and nothing of any other body; no judgement of the prefecture, and notes only if asked.
// Merging takes in the imports that are new, each as an import of its own. What both sides said of one cell, fact or
// note for one day, and said differently, is a conflict: it is reported and left out, so that nothing is overwritten.
// An import that was withdrawn over there is withdrawn here, too, if it speaks of no body beyond the slice; otherwise
// that is told. A whole store merges like a slice, with its judgements.
#ifndef HYOJUN_CLI_APP_EXCHANGE_H_
#define HYOJUN_CLI_APP_EXCHANGE_H_

#include <string>
#include <vector>

#include "hyojun/core/state.h"
#include "hyojun/core/store.h"

namespace hyojun::app {

struct ExportContent {
  std::vector<core::ImportDraft> drafts;
  std::size_t notes = 0;  // notes in the drafts
};

// What a slice of `body` would hold.
base::Result<ExportContent> slice_of(const core::Store& store, std::size_t body, bool with_notes);
// Makes the slice. Fails with usage if there is a file already.
base::Result<void> write_slice(const core::Store& store, std::size_t body, const ExportContent& content,
                               const std::string& path);

struct MergeConflict {
  std::string body;      // code
  std::size_t business;  // 0: the body itself
  std::string subject;   // of what: a step, an indicator, a kind
  std::string as_of;
  std::string ours;
  std::string theirs;
};

struct MergePlan {
  std::vector<core::ImportDraft> drafts;  // without what conflicts
  std::vector<MergeConflict> conflicts;
  std::size_t known = 0;        // imports that are here already
  std::size_t withdrawn = 0;    // of the drafts: withdrawals of imports that are here, after all others
  std::size_t withdrawals = 0;  // of imports that are here, but speak of other bodies: told, not taken over
};

// What merging `slice` into `store` would do. Fails with input_rejected if the slice speaks of a body outside the
// store's scope.
base::Result<MergePlan> plan_merge(const core::Store& store, const core::Store& slice, const std::string& actor,
                                   const std::string& tool);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_EXCHANGE_H_
