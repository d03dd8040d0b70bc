#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_FRESH_KEYS_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_FRESH_KEYS_H_

#include <mutex>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "services/progress/adapters/pseudonym.h"
#include "services/progress/limits.h"

namespace edirae::progress {

// Keys of learners whose first event is not on disk yet: whoever asks for their pseudonym before gets the one that they
// will have, and nothing is written for a mere question. They end with the process; then such a learner gets another.
// Thread-safe.
class FreshKeys {
 public:
  // The learner's key, a new one when there is none.
  std::string Get(const std::string& learner_id) {
    const std::lock_guard lock(mutex_);
    return GetUnderLock(learner_id);
  }

  // The learner's key, or what `look` finds in the ledger, when there is neither a new key. A first event that is
  // committed meanwhile cannot be missed, because its key is let go after the commit.
  template <class Look>
  auto GetUnless(const std::string& learner_id, Look look) -> decltype(look()) {
    const std::lock_guard lock(mutex_);
    if (const auto known = keys_.find(learner_id); known != keys_.end()) return PseudonymOf(known->second, learner_id);
    auto found = look();
    if (!found.ok() || !found->empty()) return found;
    return PseudonymOf(GetUnderLock(learner_id), learner_id);
  }

  // The learner's key is in the ledger, or nobody's any more.
  void LetGo(const std::string& learner_id) {
    const std::lock_guard lock(mutex_);
    keys_.erase(learner_id);
  }

 private:
  std::string GetUnderLock(const std::string& learner_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (const auto known = keys_.find(learner_id); known != keys_.end()) return known->second;
    if (keys_.size() >= limits::kMaxFreshKeys) keys_.clear();
    return keys_.emplace(learner_id, NewLearnerKey()).first->second;
  }

  std::mutex mutex_;
  absl::flat_hash_map<std::string, std::string> keys_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_FRESH_KEYS_H_
