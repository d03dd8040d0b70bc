#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_QUEUE_PROJECTION_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_QUEUE_PROJECTION_H_

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/domain/mentor_acts.h"
#include "services/progress/domain/mentor_queue.h"

namespace edirae::progress {

// Where a mentor's acts are, ascending, and up to where in the ledger all of them are known.
struct KnownActs {
  std::vector<int64_t> positions;
  int64_t known_to = 0;
};

// The mentors' queue in memory, and where each mentor's acts are: a thread of its own reads the ledger from its
// beginning, and from there on the writer tells what it has committed. A shared ledger is read on, so that what other
// replicas commit is seen within limits::kQueuePause. Nothing of it is stored, so that it is never a second truth.
// Thread-safe.
class QueueProjection final : public MentorQueue {
 public:
  // Begins to read. The references must outlive it.
  QueueProjection(EventStore& store, const Clock& clock, Metrics& metrics);
  ~QueueProjection() override;  // Stop()

  absl::StatusOr<QueuePage> List(QueueQuery query) const override;
  absl::StatusOr<std::string> LearnerOf(const std::string& submission_id) const override;

  // Takes events that were committed, in order of the ledger. For the writer, before it answers their callers; costs it
  // nothing while the ledger is being read, because they are read too.
  void Follow(const std::vector<QueueEvent>& committed);

  // Where the acts of a mentor are. UNAVAILABLE with reason QUEUE_NOT_READY until the ledger was read.
  absl::StatusOr<KnownActs> ActsOf(const std::string& mentor_id) const;

  // Has a shared ledger read up to what all replicas have committed so far; OK at once when it is not shared. Blocks
  // for limits::kQueuePatience at most; then, and until the ledger was read, as ActsOf.
  absl::Status CatchUp();

  // Drops what a learner has handed in, whose history is gone, and the name of who was a mentor.
  void Forget(const std::string& learner_id);

  // Ends the reading. Idempotent.
  void Stop();

 private:
  void ReadAll();
  // Reads one page; false when the reading is over. What is no event is passed over: a damaged one would keep everybody
  // from being erased.
  absl::StatusOr<bool> ReadPage();
  void Take(const QueueEvent& next) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status CheckReady() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  EventStore& store_;
  const Clock& clock_;
  prometheus::Gauge& waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;  // to be stopped or hurried, or another page was read
  MilestoneQueue queue_ ABSL_GUARDED_BY(mutex_);
  MentorActs acts_ ABSL_GUARDED_BY(mutex_);
  int64_t position_ ABSL_GUARDED_BY(mutex_) = 0;  // everything up to here is applied
  bool ready_ ABSL_GUARDED_BY(mutex_) = false;
  bool hurried_ ABSL_GUARDED_BY(mutex_) = false;  // somebody waits for what others committed
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread reader_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_QUEUE_PROJECTION_H_
