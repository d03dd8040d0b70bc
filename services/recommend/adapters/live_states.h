#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_LIVE_STATES_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_LIVE_STATES_H_

#include <array>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/adapters/unsaved_states.h"
#include "services/recommend/domain/checkpoint_store.h"
#include "services/recommend/domain/state_source.h"

namespace edirae::recommend {

// The learners' states in memory, over the checkpoints. A state that somebody has got never changes; until then the
// applying thread changes it in place, and after that a copy. Cold learners are loaded on a thread of its own for
// readers, which starts with the first of them, and in place for the applying thread. Past `max_learners` the least
// recently used leave, but never one that is not saved yet. Of partitions that are not owned nothing is given out:
// OtherReplica. Thread-safe; a lock is held for a look-up, or for a change of one state.
class LiveStates final : public StateSource, public UnsavedStates {
  struct Entry;

 public:
  // `on_unknown` gets every learner who was loaded for a reader and has no checkpoint; it must not block. All
  // references must outlive this object.
  LiveStates(CheckpointStore& store, size_t max_learners, Metrics& metrics,
             std::function<void(const std::string&)> on_unknown, const OwnedPartitions& owned);
  ~LiveStates() override;  // Stop()

  void Get(const std::string& learner_id, Callback callback) override;

  // A state in the hands of the applying thread.
  class Hand {
   public:
    explicit Hand(Entry& entry) : entry_(entry) {}
    const LearnerState& Read() const;
    // To be changed, in place when nobody has got it.
    LearnerState& Write();

   private:
    Entry& entry_;
  };
  // Of what a change was the first for its learner.
  struct First {
    bool of_round = false;  // since BeginRound
    bool unsaved = false;   // since ToSave
  };

  // For the applying thread: lets `change` have the newest state; readers see it before or after. Nothing else of this
  // object may be called from there. Blocks for a read of the store. UNAVAILABLE when that fails. What changed stays in
  // memory until `Saved`.
  absl::StatusOr<First> Change(const std::string& learner_id, absl::FunctionRef<void(Hand&)> change);
  // For the applying thread.
  void BeginRound() { ++round_; }
  // For the applying thread: the newest state, never null. Blocks and fails as Change.
  Result GetNow(const std::string& learner_id);

  std::shared_ptr<const LearnerState> ToSave(const std::string& learner_id) override;
  void Saved(const LearnerState& state) override;

  // Forgets the states of the partitions, saved or not.
  void Drop(const PartitionSet& partitions);

  // Answers whoever waits for a load with UNAVAILABLE and ends the loader. Idempotent.
  void Stop();

 private:
  struct Entry {
    std::shared_ptr<const LearnerState> state;  // null while it is being loaded
    LearnerState* own = nullptr;                // the same when nobody has got it: it may be changed
    int64_t saved_seq = 0;
    uint64_t round = 0;             // of the newest change
    bool noted = false;             // changed since ToSave
    uint64_t load_id = 0;           // of the load that may fill it
    std::vector<Callback> waiting;  // for that load
    std::list<std::string>::iterator use;

    // For somebody who keeps it.
    const std::shared_ptr<const LearnerState>& Show() {
      own = nullptr;
      return state;
    }
  };
  struct Shard {
    std::mutex mutex;
    absl::flat_hash_map<std::string, Entry> entries ABSL_GUARDED_BY(mutex);
    std::list<std::string> uses ABSL_GUARDED_BY(mutex);  // most recent first
  };
  struct Load {
    std::string learner_id;
    uint64_t id;
  };

  Shard& ShardOf(const std::string& learner_id);
  // Finds or adds the entry and marks it as used.
  Entry& Use(Shard& shard, const std::string& learner_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex);
  void Evict(Shard& shard) ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex);
  void Erase(Shard& shard, const std::string& learner_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(shard.mutex);
  // From the store, or the empty state.
  Result Read(const std::string& learner_id);
  // For the applying thread: runs `use` on the learner's entry, whose state is there, under the lock.
  absl::Status With(const std::string& learner_id, absl::FunctionRef<void(Entry&)> use);
  absl::Status Enqueue(const std::string& learner_id, uint64_t& load_id);
  void RunLoader();
  void Finish(const Load& load, Result read);

  static constexpr size_t kShards = 16;

  CheckpointStore& store_;
  const size_t max_per_shard_;
  const std::function<void(const std::string&)> on_unknown_;
  const OwnedPartitions& owned_;
  uint64_t round_ = 0;  // of the applying thread
  prometheus::Gauge& live_;
  prometheus::Counter& loads_;
  prometheus::Counter& failed_loads_;
  std::array<Shard, kShards> shards_;

  std::mutex queue_mutex_;
  std::condition_variable queue_changed_;
  std::deque<Load> queue_ ABSL_GUARDED_BY(queue_mutex_);
  uint64_t next_load_id_ ABSL_GUARDED_BY(queue_mutex_) = 1;
  bool stopping_ ABSL_GUARDED_BY(queue_mutex_) = false;
  std::thread loader_;  // started under queue_mutex_, never after stopping_
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_LIVE_STATES_H_
