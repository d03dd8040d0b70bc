#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_LEARNER_NAMES_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_LEARNER_NAMES_H_

#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "common/clock/clock.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/domain/pseudonym_source.h"
#include "services/recommend/domain/state_source.h"

namespace edirae::recommend {

// The states by the learners' own ids: states and events know them by pseudonyms, callers by ids. Remembers who is who,
// in memory only, for those who asked last, and never forgets somebody who is `in_use`. A learner whose history has not
// begun is asked for again after a while: they may get another pseudonym. Thread-safe; locks are held for a look-up.
class LearnerNames final : public StateSource {
 public:
  using InUse = std::function<bool(const std::string& learner_id)>;

  // The references must outlive it; callbacks of `source` may come later.
  LearnerNames(PseudonymSource& source, StateSource& states, const Clock& clock, size_t capacity, InUse in_use);

  // As StateSource, for a learner's own id. UNAVAILABLE too when their pseudonym cannot be found out,
  // RESOURCE_EXHAUSTED when too many are being asked for.
  void Get(const std::string& learner_id, Callback callback) override;

  // Whose pseudonym it is; nothing when nobody asked for them lately.
  std::optional<std::string> LearnerOf(const std::string& pseudonym);

  // Those of the partitions who asked lately.
  std::vector<std::string> LearnersIn(const PartitionSet& partitions);

  // The learner was erased: the pseudonym is nobody's.
  void Forget(const std::string& pseudonym);

 private:
  struct Entry {
    std::string pseudonym;
    absl::Time ask_again;  // infinite once a history has begun
    std::list<std::string>::iterator use;
  };
  // What callbacks of the source touch.
  struct Core {
    std::mutex mutex;
    absl::flat_hash_map<std::string, Entry> entries ABSL_GUARDED_BY(mutex);         // by learner
    absl::flat_hash_map<std::string, std::string> learners ABSL_GUARDED_BY(mutex);  // by pseudonym
    std::list<std::string> uses ABSL_GUARDED_BY(mutex);                             // most recent first
    absl::flat_hash_map<std::string, std::vector<Callback>> waiting ABSL_GUARDED_BY(mutex);
  };

  // Their pseudonym, when it is known and need not be asked for again.
  std::optional<std::string> Known(const std::string& learner_id);
  // Lets the callback wait for the pseudonym; whether it is the first to do so, who has to ask. RESOURCE_EXHAUSTED
  // leaves the callback alone.
  absl::StatusOr<bool> WaitForIt(const std::string& learner_id, Callback& callback);
  void Take(const std::string& learner_id, absl::StatusOr<std::string> pseudonym);
  void GetState(const std::string& learner_id, const std::string& pseudonym, Callback callback);
  void Evict() ABSL_EXCLUSIVE_LOCKS_REQUIRED(core_->mutex);
  static void Erase(Core& core, const std::string& learner_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(core.mutex);

  PseudonymSource& source_;
  StateSource& states_;
  const Clock& clock_;
  const size_t capacity_;
  const InUse in_use_;
  const std::shared_ptr<Core> core_ = std::make_shared<Core>();
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_LEARNER_NAMES_H_
