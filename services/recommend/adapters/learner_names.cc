#include "services/recommend/adapters/learner_names.h"

#include <algorithm>
#include <utility>

#include "services/recommend/errors.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

LearnerNames::LearnerNames(PseudonymSource& source, StateSource& states, const Clock& clock, size_t capacity,
                           InUse in_use)
    : source_(source),
      states_(states),
      clock_(clock),
      capacity_(std::max<size_t>(1, capacity)),
      in_use_(std::move(in_use)) {}

void LearnerNames::Get(const std::string& learner_id, Callback callback) {
  if (const auto pseudonym = Known(learner_id)) return GetState(learner_id, *pseudonym, std::move(callback));
  const absl::StatusOr<bool> is_first = WaitForIt(learner_id, callback);
  if (!is_first.ok()) return std::move(callback)(is_first.status());
  if (!*is_first) return;
  source_.Find(learner_id, [this, weak = std::weak_ptr(core_), learner_id](absl::StatusOr<std::string> found) {
    if (const auto alive = weak.lock()) Take(learner_id, std::move(found));
  });
}

std::optional<std::string> LearnerNames::Known(const std::string& learner_id) {
  const std::lock_guard lock(core_->mutex);
  const auto known = core_->entries.find(learner_id);
  if (known == core_->entries.end() || clock_.Now() >= known->second.ask_again) return std::nullopt;
  core_->uses.splice(core_->uses.begin(), core_->uses, known->second.use);
  return known->second.pseudonym;
}

absl::StatusOr<bool> LearnerNames::WaitForIt(const std::string& learner_id, Callback& callback) {
  const std::lock_guard lock(core_->mutex);
  auto waiting = core_->waiting.find(learner_id);
  const bool is_first = waiting == core_->waiting.end();
  if (is_first) {
    if (core_->waiting.size() >= limits::kMaxWaitingLoads) return TooManyLoads();
    waiting = core_->waiting.try_emplace(learner_id).first;
  }
  waiting->second.push_back(std::move(callback));
  return is_first;
}

void LearnerNames::Take(const std::string& learner_id, absl::StatusOr<std::string> pseudonym) {
  std::vector<Callback> waiting;
  {
    const std::lock_guard lock(core_->mutex);
    waiting = std::move(core_->waiting[learner_id]);
    core_->waiting.erase(learner_id);
    if (pseudonym.ok()) {
      Erase(*core_, learner_id);
      core_->uses.push_front(learner_id);
      core_->entries[learner_id] = {*pseudonym, clock_.Now() + limits::kUnprovenPseudonym, core_->uses.begin()};
      core_->learners[*pseudonym] = learner_id;
      Evict();
    }
  }
  for (Callback& waiter : waiting) {
    if (pseudonym.ok()) {
      GetState(learner_id, *pseudonym, std::move(waiter));
    } else {
      std::move(waiter)(StateUnavailable());
    }
  }
}

void LearnerNames::GetState(const std::string& learner_id, const std::string& pseudonym, Callback callback) {
  states_.Get(pseudonym, [core = core_, learner_id, callback = std::move(callback)](Result state) mutable {
    if (state.ok() && (*state)->applied_seq > 0) {
      const std::lock_guard lock(core->mutex);
      const auto known = core->entries.find(learner_id);
      if (known != core->entries.end() && known->second.pseudonym == (*state)->learner_id) {
        known->second.ask_again = absl::InfiniteFuture();
      }
    }
    std::move(callback)(std::move(state));
  });
}

std::optional<std::string> LearnerNames::LearnerOf(const std::string& pseudonym) {
  const std::lock_guard lock(core_->mutex);
  const auto known = core_->learners.find(pseudonym);
  if (known == core_->learners.end()) return std::nullopt;
  Entry& entry = core_->entries.find(known->second)->second;
  entry.ask_again = absl::InfiniteFuture();  // something has happened to them under this pseudonym
  core_->uses.splice(core_->uses.begin(), core_->uses, entry.use);
  return known->second;
}

std::vector<std::string> LearnerNames::LearnersIn(const PartitionSet& partitions) {
  std::vector<std::string> found;
  const std::lock_guard lock(core_->mutex);
  for (const auto& [pseudonym, learner_id] : core_->learners) {
    if (partitions[static_cast<size_t>(PartitionOf(pseudonym))]) found.push_back(learner_id);
  }
  return found;
}

void LearnerNames::Forget(const std::string& pseudonym) {
  const std::lock_guard lock(core_->mutex);
  const auto known = core_->learners.find(pseudonym);
  if (known != core_->learners.end()) Erase(*core_, std::string(known->second));
}

void LearnerNames::Evict() {
  // Those in use are passed over, once each.
  for (size_t looked = 0; core_->entries.size() > capacity_ && looked < core_->entries.size(); ++looked) {
    const auto last = std::prev(core_->uses.end());
    if (in_use_(*last)) {
      core_->uses.splice(core_->uses.begin(), core_->uses, last);
    } else {
      Erase(*core_, std::string(*last));
    }
  }
}

void LearnerNames::Erase(Core& core, const std::string& learner_id) {
  const auto known = core.entries.find(learner_id);
  if (known == core.entries.end()) return;
  core.learners.erase(known->second.pseudonym);
  core.uses.erase(known->second.use);
  core.entries.erase(known);
}

}  // namespace edirae::recommend
