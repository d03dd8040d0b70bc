#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_FILES_MEMO_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_FILES_MEMO_H_

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "services/progress/adapters/id_hash.h"
#include "services/progress/limits.h"

namespace edirae::progress {

// What look-ups in the index's files found, for as long as the files stay as they are: who decides an event and who
// commits it ask the same, one after the other. Bounded. Not synchronised.
class FilesMemo {
 public:
  // Names what the files hold now. A look-up takes it before, and notes by it what it found.
  uint64_t version() const { return version_; }

  // The files have changed: nothing is known, and look-ups that began before note nothing.
  void Clear() {
    ++version_;
    absent_.clear();
    last_seqs_.clear();
  }

  void NoteAbsent(uint64_t version, absl::string_view learner_id, absl::string_view request_id) {
    if (version != version_) return;
    if (absent_.size() >= limits::kIndexMemo) absent_.clear();
    absent_.insert(IdHashOf(learner_id, request_id));
  }

  void NoteLastSeq(uint64_t version, absl::string_view learner_id, int64_t seq) {
    if (version != version_) return;
    if (last_seqs_.size() >= limits::kIndexMemo) last_seqs_.clear();
    last_seqs_[IdHashOf(learner_id)] = seq;
  }

  // True when the files do not know the request; false when that is not known.
  bool IsAbsent(absl::string_view learner_id, absl::string_view request_id) const {
    return absent_.contains(IdHashOf(learner_id, request_id));
  }

  // The newest place of the learner's history in the files, when that is known.
  std::optional<int64_t> LastSeq(absl::string_view learner_id) const {
    const auto found = last_seqs_.find(IdHashOf(learner_id));
    return found == last_seqs_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  uint64_t version_ = 0;
  absl::flat_hash_set<IdHash> absent_;  // requests
  absl::flat_hash_map<IdHash, int64_t> last_seqs_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_FILES_MEMO_H_
