#ifndef EDIRAE_SERVICES_RECOMMEND_TESTING_FAKE_CHECKPOINT_STORE_H_
#define EDIRAE_SERVICES_RECOMMEND_TESTING_FAKE_CHECKPOINT_STORE_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/recommend/domain/checkpoint_store.h"

namespace edirae::recommend::testing {

// Checkpoints in memory that can be made to fail. Thread-safe.
class FakeCheckpointStore final : public CheckpointStore {
 public:
  const std::string& store_id() const override { return store_id_; }

  absl::StatusOr<std::shared_ptr<const LearnerState>> Load(const std::string& learner_id) override {
    const std::lock_guard lock(mutex_);
    if (!load_error_.ok()) return load_error_;
    const auto found = states_.find(learner_id);
    return found == states_.end() ? nullptr : found->second;
  }

  absl::StatusOr<std::vector<int>> Save(const std::vector<std::shared_ptr<const LearnerState>>& states,
                                        const Claims&) override {
    const std::lock_guard lock(mutex_);
    if (saves_left_ == 0) return absl::UnavailableError("the disk is gone");
    --saves_left_;
    for (const auto& state : states) states_[state->learner_id] = state;
    return std::vector<int>();
  }

  absl::Status Probe() override {
    const std::lock_guard lock(mutex_);
    return saves_left_ == 0 ? absl::UnavailableError("the disk is gone") : load_error_;
  }

  // After `count` more transactions every one fails, as if the process had died: what is not saved is lost.
  void FailAfter(int count) {
    const std::lock_guard lock(mutex_);
    saves_left_ = count;
  }
  void FailLoads(absl::Status error) {
    const std::lock_guard lock(mutex_);
    load_error_ = std::move(error);
  }

 private:
  const std::string store_id_ = "fake";
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const LearnerState>> states_ ABSL_GUARDED_BY(mutex_);
  int saves_left_ ABSL_GUARDED_BY(mutex_) = -1;  // below 0: no end
  absl::Status load_error_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::recommend::testing

#endif  // EDIRAE_SERVICES_RECOMMEND_TESTING_FAKE_CHECKPOINT_STORE_H_
