#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHECKPOINT_STORE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHECKPOINT_STORE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/partition_table.h"

namespace edirae::recommend {

// Where states survive a restart, each together with what it has applied. What is lost can be folded again from the
// stream, so that a store may always be dropped. Thread-safe; calls block.
class CheckpointStore {
 public:
  virtual ~CheckpointStore() = default;

  // Names this store for as long as it exists; a new store has a new one: 1 to 64 characters of [A-Za-z0-9_-].
  virtual const std::string& store_id() const = 0;

  // Null for a learner who is not in the store. DATA_LOSS for a damaged state; the errors of the storage.
  virtual absl::StatusOr<std::shared_ptr<const LearnerState>> Load(const std::string& learner_id) = 0;

  // Reads and writes a little. OK when Load and Save can be expected to work.
  virtual absl::Status Probe() = 0;

  // Saves the states, all of them or none; durable when it returns OK. Where replicas share the store, those of
  // partitions that are not held by `claims` any more are left out for ever. Returns these partitions, of the states
  // and of the claims. A store with one owner looks at no claims and returns none.
  virtual absl::StatusOr<std::vector<int>> Save(const std::vector<std::shared_ptr<const LearnerState>>& states,
                                                const Claims& claims) = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHECKPOINT_STORE_H_
