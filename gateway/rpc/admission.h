#ifndef EDIRAE_GATEWAY_RPC_ADMISSION_H_
#define EDIRAE_GATEWAY_RPC_ADMISSION_H_

#include <cstddef>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace edirae::gateway {

// Counts what is under way, in all and for each learner, and refuses what is too much. Thread-safe; must outlive its
// slots.
class Admission {
 public:
  // `refusal` makes the error for "this learner" or "all learners".
  using Refusal = absl::Status (*)(absl::string_view whose);

  Admission(int max_in_all, int max_per_learner, Refusal refusal)
      : max_in_all_(max_in_all), max_per_learner_(max_per_learner), refusal_(refusal) {}

  // One place among what is under way; gives it back when destroyed.
  class Slot {
   public:
    Slot() = default;
    Slot(Slot&& other) noexcept : admission_(std::exchange(other.admission_, nullptr)), learner_(other.learner_) {}
    Slot& operator=(Slot&& other) noexcept {
      std::swap(admission_, other.admission_);
      std::swap(learner_, other.learner_);
      return *this;
    }
    ~Slot() {
      if (admission_ != nullptr) admission_->Leave(learner_);
    }

   private:
    friend class Admission;
    Slot(Admission* admission, size_t learner) : admission_(admission), learner_(learner) {}

    Admission* admission_ = nullptr;
    size_t learner_ = 0;
  };

  absl::StatusOr<Slot> Enter(absl::string_view learner_id);

  int in_all() const;

 private:
  void Leave(size_t learner);

  const int max_in_all_;
  const int max_per_learner_;
  const Refusal refusal_;
  mutable std::mutex mutex_;
  int in_all_ ABSL_GUARDED_BY(mutex_) = 0;
  // By a 64-bit hash that is seeded in each process: no allocation a call, and no one can aim at another's key.
  absl::flat_hash_map<size_t, int> per_learner_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_RPC_ADMISSION_H_
