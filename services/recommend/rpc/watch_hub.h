#ifndef EDIRAE_SERVICES_RECOMMEND_RPC_WATCH_HUB_H_
#define EDIRAE_SERVICES_RECOMMEND_RPC_WATCH_HUB_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "common/metrics/metrics.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

// Someone who follows one learner's next steps. Thread-safe, never blocks.
class Watcher {
 public:
  virtual ~Watcher() = default;

  virtual void OnState(
      std::shared_ptr<const LearnerState> state) = 0;  // may come in any order: the highest applied_seq counts
  virtual void OnCurriculum() = 0;                     // another revision is current
  virtual void OnTick() = 0;                           // some time went by
  virtual void Close(const absl::Status& why) = 0;
};

// Knows who watches whom, within bounds, and tells them what changed. One thread ticks for all of them, in place of
// an alarm each. Thread-safe.
class WatchHub {
 public:
  // `metrics` must outlive this object.
  explicit WatchHub(Metrics& metrics);
  ~WatchHub();  // Close()

  // RESOURCE_EXHAUSTED past limits::kMaxWatchers or kMaxWatchersPerLearner; UNAVAILABLE after Close.
  absl::Status Add(const std::string& learner_id, std::shared_ptr<Watcher> watcher);
  void Remove(const std::string& learner_id, const Watcher* watcher);

  // `state` is that of the learner, who is another in it: a pseudonym.
  void PublishState(const std::string& learner_id, const std::shared_ptr<const LearnerState>& state);
  void PublishCurriculum();

  // Whether anybody watches the learner.
  bool IsWatched(const std::string& learner_id) { return !Of(learner_id).empty(); }

  // Closes a learner's watches with UNAVAILABLE: what they show is not true any more.
  void CloseLearner(const std::string& learner_id);

  // Closes all with UNAVAILABLE and refuses new ones. Idempotent.
  void Close();

 private:
  using Watchers = std::vector<std::shared_ptr<Watcher>>;

  Watchers Of(const std::string& learner_id);
  Watchers All();
  void RunTicks();

  prometheus::Gauge& gauge_;
  std::mutex mutex_;
  std::condition_variable closing_;
  absl::flat_hash_map<std::string, Watchers> watchers_ ABSL_GUARDED_BY(mutex_);  // by learner
  size_t count_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread ticker_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_RPC_WATCH_HUB_H_
