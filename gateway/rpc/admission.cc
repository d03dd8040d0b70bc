#include "gateway/rpc/admission.h"

#include "absl/hash/hash.h"

namespace edirae::gateway {

absl::StatusOr<Admission::Slot> Admission::Enter(absl::string_view learner_id) {
  const size_t learner = absl::Hash<absl::string_view>()(learner_id);
  const std::lock_guard lock(mutex_);
  if (in_all_ >= max_in_all_) return refusal_("all learners");
  int& mine = per_learner_[learner];
  if (mine >= max_per_learner_) return refusal_("this learner");
  ++mine;
  ++in_all_;
  return Slot(this, learner);
}

int Admission::in_all() const {
  const std::lock_guard lock(mutex_);
  return in_all_;
}

void Admission::Leave(size_t learner) {
  const std::lock_guard lock(mutex_);
  --in_all_;
  const auto mine = per_learner_.find(learner);
  if (--mine->second == 0) per_learner_.erase(mine);
}

}  // namespace edirae::gateway
