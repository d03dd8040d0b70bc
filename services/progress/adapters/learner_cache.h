#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEARNER_CACHE_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEARNER_CACHE_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/progress/adapters/learner_snapshot.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// The committed states of the learners seen last. A cache and nothing more: what is not here is folded from the ledger.
// Thread-safe. A reader holds a lock only while it copies a pointer.
class LearnerCache {
 public:
  using Snapshot = std::shared_ptr<const LearnerSnapshot>;

  // Holds about `capacity` learners, at least one of each shard.
  explicit LearnerCache(size_t capacity);

  // Null when the learner is not here.
  Snapshot Find(const std::string& learner_id);

  // Replaces a learner's state with a newer, committed one. For the writer.
  void Publish(const std::string& learner_id, Snapshot snapshot);

  // Forgets a learner whose state may be stale.
  void Drop(const std::string& learner_id);

  // Recorded events were changed: whoever holds states from before, which are no longer what is folded from the ledger,
  // must not show them or build on them. Then those learners are to be dropped.
  void NoteChange() { ++changes_; }
  // How often that was.
  int64_t changes() const { return changes_; }

  // Forgets everybody when `erasures`, EventStore::seen_erasures(), is another number than the last time: a history may
  // have ended that somebody is remembered by. Before FindFresh.
  void FollowErasures(int64_t erasures);

  // The learner's state, folded from `store` when it is not here. Blocks on the disk then. Errors of EventStore.
  absl::StatusOr<Snapshot> FindOrLoad(const std::string& learner_id, EventStore& store);

  // As FindOrLoad, but no older than `last_seq`, which the ledger has reached: a state that is here and older is
  // brought up with the events that it lacks.
  absl::StatusOr<Snapshot> FindFresh(const std::string& learner_id, int64_t last_seq, EventStore& store);

  size_t size() const { return size_; }

 private:
  struct Entry {
    std::string learner_id;
    Snapshot snapshot;
  };
  struct Shard {
    std::mutex mutex;
    std::list<Entry> newest_first ABSL_GUARDED_BY(mutex);
    absl::flat_hash_map<absl::string_view, std::list<Entry>::iterator> by_id ABSL_GUARDED_BY(mutex);
    uint64_t removals ABSL_GUARDED_BY(mutex) = 0;
  };
  static constexpr size_t kShards = 64;

  // `loaded`, which was read when `removals` was the shard's, unless what is here is as new.
  Snapshot Newest(Shard& shard, const std::string& learner_id, Snapshot loaded, uint64_t removals);
  static uint64_t RemovalsOf(Shard& shard);
  Shard& ShardOf(const std::string& learner_id);
  void Insert(Shard& shard, const std::string& learner_id, Snapshot snapshot)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex);

  const size_t shard_capacity_;
  std::array<Shard, kShards> shards_;
  std::atomic<size_t> size_ = 0;
  std::atomic<int64_t> erasures_ = 0;
  std::atomic<int64_t> changes_ = 0;
};

// Folds what `state` lacks of a learner's history. Errors as FoldHistory.
absl::Status CatchUp(LearnerState& state, const std::string& learner_id, EventStore& store);

// Folds a learner's whole history. DATA_LOSS when it has a gap, and the errors of EventStore.
absl::StatusOr<LearnerState> FoldHistory(const std::string& learner_id, EventStore& store);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEARNER_CACHE_H_
