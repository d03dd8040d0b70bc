#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_CHECKPOINTER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_CHECKPOINTER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "common/metrics/metrics.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/adapters/state_saver.h"
#include "services/recommend/adapters/unsaved_states.h"
#include "services/recommend/domain/checkpoint_store.h"

namespace edirae::recommend {

// Saves states on a thread of its own and settles events once what they changed is saved. Whoever was submitted
// while the last transaction was under way goes into the next one, each with the state that is the newest then. When
// the store fails it tries again for ever: everything unsaved stays unsettled, and can be applied again after a crash.
// What is of a partition that another replica has claimed since is neither saved nor settled.
// Thread-safe.
class Checkpointer final : public StateSaver {
 public:
  // Gets the partitions that a save left out, and by which claims.
  using OnRefused = std::function<void(const std::vector<int>&, const Claims&)>;

  // `on_refused` runs on the checkpointer's thread. All references must outlive this object.
  Checkpointer(CheckpointStore& store, UnsavedStates& states, Metrics& metrics, const OwnedPartitions& owned,
               OnRefused on_refused = nullptr);
  ~Checkpointer() override;  // Stop()

  // Waits while limits::kMaxUnsavedStates or limits::kMaxUnsavedEvents are unsaved.
  void Submit(std::vector<std::string> learners, std::vector<std::unique_ptr<Receipt>> receipts) override;

  // Forgets what was submitted of the partitions and is not being saved yet. For whoever submits.
  void Drop(const PartitionSet& partitions);

  // From now on Submit does not wait, so that its caller can end.
  void StopWaiting();

  // Saves what was submitted (one attempt) and ends the thread. Nothing may be submitted afterwards. Idempotent.
  void Stop();

 private:
  struct Work {
    absl::flat_hash_set<std::string> learners;
    std::vector<std::unique_ptr<Receipt>> receipts;
    Claims claims;  // by which they were made
    bool empty() const { return learners.empty() && receipts.empty(); }
  };

  void Run();
  // How much of the room for what is unsaved is taken: 0 for none; from 1 on whoever submits waits.
  double Fullness() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ReportUnsaved() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Claim(int partition, Claims& claims) const;
  std::vector<std::shared_ptr<const LearnerState>> NewestOf(const Work& work);
  absl::Status Save(Work& work);
  bool PauseForRetry();  // false when stopping

  CheckpointStore& store_;
  UnsavedStates& states_;
  const OwnedPartitions& owned_;
  const OnRefused on_refused_;
  prometheus::Histogram& latency_;
  prometheus::Histogram& batch_size_;
  prometheus::Counter& failures_;
  prometheus::Gauge& unsaved_gauge_;

  absl::StatusCode last_failure_ = absl::StatusCode::kOk;  // of the thread: logged once

  std::mutex mutex_;
  std::condition_variable changed_;
  Work submitted_ ABSL_GUARDED_BY(mutex_);
  // Of the transaction under way.
  size_t saving_states_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t saving_events_ ABSL_GUARDED_BY(mutex_) = 0;
  bool waiting_allowed_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_CHECKPOINTER_H_
