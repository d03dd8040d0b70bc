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
#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/domain/checkpoint_store.h"
#include "services/recommend/domain/state_source.h"

namespace edirae::recommend {

// The learners' states in memory, over the checkpoints. A state is immutable: the applying thread replaces it, readers
// keep what they got. Cold learners are loaded on a thread of its own for readers, which starts with the first of them,
// and in place for the applying thread. Past `max_learners` the least recently used leave, but never one that is not
// saved yet. Of partitions that are not owned nothing is given out: OtherReplica. Thread-safe; a lock is held for a
// look-up at the most.
class LiveStates final : public StateSource {
 public:
  // `on_unknown` gets every learner who was loaded for a reader and has no checkpoint; it must not block. All
  // references must outlive this object.
  LiveStates(CheckpointStore& store, size_t max_learners, Metrics& metrics,
             std::function<void(const std::string&)> on_unknown, const OwnedPartitions& owned);
  ~LiveStates() override;  // Stop()

  void Get(const std::string& learner_id, Callback callback) override;

  // For the applying thread: the newest state, never null. Blocks for a read of the store. UNAVAILABLE when that fails.
  Result GetNow(const std::string& learner_id);

  // For the applying thread: replaces the state with a newer one, which stays in memory until `Saved`.
  void Put(std::shared_ptr<const LearnerState> state);

  // `state`, and what came before it, is in the store.
  void Saved(const LearnerState& state);

  // Forgets the states of the partitions, saved or not.
  void Drop(const PartitionSet& partitions);

  // Answers whoever waits for a load with UNAVAILABLE and ends the loader. Idempotent.
  void Stop();

 private:
  struct Entry {
    std::shared_ptr<const LearnerState> state;  // null while it is being loaded
    int64_t saved_seq = 0;
    uint64_t load_id = 0;           // of the load that may fill it
    std::vector<Callback> waiting;  // for that load
    std::list<std::string>::iterator use;
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
  absl::Status Enqueue(const std::string& learner_id, uint64_t& load_id);
  void RunLoader();
  void Finish(const Load& load, Result read);

  static constexpr size_t kShards = 16;

  CheckpointStore& store_;
  const size_t max_per_shard_;
  const std::function<void(const std::string&)> on_unknown_;
  const OwnedPartitions& owned_;
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
