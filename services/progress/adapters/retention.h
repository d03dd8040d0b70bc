#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_RETENTION_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_RETENTION_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// Erases learners of whom nothing was recorded for a while. Looks at all of them once a day on a thread of its own, at
// low priority. Age is counted from the newest event of the whole ledger, or from now when that is earlier: a clock
// that jumps ahead makes nobody old, and on a platform that stands still nobody ages. Several processes may do it on a
// shared ledger.
class Retention {
 public:
  // Erases a learner whose history still ends at `last_seq`, and of whom nothing else was recorded since then, up to
  // traces that WipeErased removes. ABORTED or NOT_FOUND when that does not hold.
  using Forget =
      std::function<absl::Status(const std::string& learner_id, int64_t last_seq, absl::Time inactive_since)>;

  // `keep` (> 0) is how long a learner is kept after their last event. The references must outlive it.
  Retention(EventStore& store, const Clock& clock, absl::Duration keep, Forget forget, Metrics& metrics);
  ~Retention();  // Stop()

  // Begins to look by itself, `first` after now.
  void Start(absl::Duration first);

  // Looks at every learner once, and returns how many were erased. UNAVAILABLE when stopping, otherwise the store's
  // errors.
  absl::StatusOr<int64_t> Sweep();

  // Ends between two learners. Idempotent.
  void Stop();

 private:
  void Run(absl::Duration first);
  absl::StatusOr<absl::Time> Cutoff();
  // How many of these were erased.
  absl::StatusOr<int64_t> SweepPage(const std::vector<std::string>& learner_ids, absl::Time cutoff);
  // When something was last recorded of them; nothing when they are gone.
  absl::StatusOr<std::optional<absl::Time>> LastRecorded(const std::string& learner_id, int64_t last_seq);
  bool Pause(absl::Duration pause);  // false when stopping

  EventStore& store_;
  const Clock& clock_;
  const absl::Duration keep_;
  const Forget forget_;
  prometheus::Counter& erased_;
  prometheus::Gauge& last_sweep_;
  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_RETENTION_H_
