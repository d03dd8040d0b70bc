#include "services/progress/adapters/learner_cache.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/progress/domain/fold.h"
#include "services/progress/limits.h"

namespace edirae::progress {

LearnerCache::LearnerCache(size_t capacity) : shard_capacity_(std::max<size_t>(1, capacity / kShards)) {}

LearnerCache::Shard& LearnerCache::ShardOf(const std::string& learner_id) {
  return shards_[static_cast<size_t>(PartitionOf(learner_id)) % kShards];
}

LearnerCache::Snapshot LearnerCache::Find(const std::string& learner_id) {
  Shard& shard = ShardOf(learner_id);
  const std::lock_guard lock(shard.mutex);
  const auto at = shard.by_id.find(learner_id);
  if (at == shard.by_id.end()) return nullptr;
  shard.newest_first.splice(shard.newest_first.begin(), shard.newest_first, at->second);
  return at->second->snapshot;
}

void LearnerCache::Publish(const std::string& learner_id, Snapshot snapshot) {
  Shard& shard = ShardOf(learner_id);
  const std::lock_guard lock(shard.mutex);
  const auto at = shard.by_id.find(learner_id);
  if (at == shard.by_id.end()) {
    Insert(shard, learner_id, std::move(snapshot));
  } else {
    at->second->snapshot.swap(snapshot);
    shard.newest_first.splice(shard.newest_first.begin(), shard.newest_first, at->second);
  }
}

void LearnerCache::Drop(const std::string& learner_id) {
  Shard& shard = ShardOf(learner_id);
  const std::lock_guard lock(shard.mutex);
  ++shard.removals;
  const auto at = shard.by_id.find(learner_id);
  if (at == shard.by_id.end()) return;
  const auto entry = at->second;
  shard.by_id.erase(at);
  shard.newest_first.erase(entry);
  --size_;
}

void LearnerCache::FollowErasures(int64_t erasures) {
  if (erasures_.exchange(erasures) == erasures) return;
  NoteChange();
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    ++shard.removals;
    size_ -= shard.newest_first.size();
    shard.by_id.clear();
    shard.newest_first.clear();
  }
}

absl::StatusOr<LearnerCache::Snapshot> LearnerCache::FindOrLoad(const std::string& learner_id, EventStore& store) {
  if (Snapshot found = Find(learner_id)) return found;
  Shard& shard = ShardOf(learner_id);
  const uint64_t removals = RemovalsOf(shard);
  EDIRAE_ASSIGN_OR_RETURN(LearnerState state, FoldHistory(learner_id, store));
  return Newest(shard, learner_id, std::make_shared<const LearnerSnapshot>(std::move(state)), removals);
}

absl::StatusOr<LearnerCache::Snapshot> LearnerCache::FindFresh(const std::string& learner_id, int64_t last_seq,
                                                               EventStore& store) {
  Shard& shard = ShardOf(learner_id);
  const uint64_t removals = RemovalsOf(shard);
  Snapshot found = Find(learner_id);
  if (found == nullptr) return FindOrLoad(learner_id, store);
  if (found->state().last_seq() >= last_seq) return found;
  LearnerState state = found->state().Fork();
  EDIRAE_RETURN_IF_ERROR(CatchUp(state, learner_id, store));
  return Newest(shard, learner_id, std::make_shared<const LearnerSnapshot>(std::move(state)), removals);
}

uint64_t LearnerCache::RemovalsOf(Shard& shard) {
  const std::lock_guard lock(shard.mutex);
  return shard.removals;
}

LearnerCache::Snapshot LearnerCache::Newest(Shard& shard, const std::string& learner_id, Snapshot loaded,
                                            uint64_t removals) {
  const std::lock_guard lock(shard.mutex);
  if (const auto at = shard.by_id.find(learner_id); at != shard.by_id.end()) {
    Snapshot& here = at->second->snapshot;
    if (here->state().last_seq() < loaded->state().last_seq()) here = std::move(loaded);
    return here;
  }
  // What was removed meanwhile may have been a newer state of this learner: then this one is good for its caller, whose
  // question is older, but not for those who come later.
  if (shard.removals == removals) Insert(shard, learner_id, loaded);
  return loaded;
}

void LearnerCache::Insert(Shard& shard, const std::string& learner_id, Snapshot snapshot) {
  shard.newest_first.push_front({learner_id, std::move(snapshot)});
  shard.by_id.emplace(shard.newest_first.front().learner_id, shard.newest_first.begin());
  ++size_;
  if (shard.newest_first.size() <= shard_capacity_) return;
  ++shard.removals;
  shard.by_id.erase(shard.newest_first.back().learner_id);
  shard.newest_first.pop_back();
  --size_;
}

absl::StatusOr<LearnerState> FoldHistory(const std::string& learner_id, EventStore& store) {
  LearnerState state;
  EDIRAE_RETURN_IF_ERROR(CatchUp(state, learner_id, store));
  return state;
}

absl::Status CatchUp(LearnerState& state, const std::string& learner_id, EventStore& store) {
  events::v1::LearnerEvent event;
  while (true) {
    EDIRAE_ASSIGN_OR_RETURN(const auto page, store.ReadLearner(learner_id, state.last_seq(), limits::kFoldPage,
                                                               std::numeric_limits<size_t>::max()));
    for (const StoredEvent& stored : page) {
      if (!event.ParseFromString(stored.payload)) {
        return absl::DataLossError(absl::StrCat("position ", stored.position, " is not an event"));
      }
      EDIRAE_RETURN_IF_ERROR(Fold(state, event));
    }
    if (page.size() < limits::kFoldPage) return absl::OkStatus();
  }
}

}  // namespace edirae::progress
