#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_WRITER_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_WRITER_H_

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "services/progress/adapters/current_content.h"
#include "services/progress/adapters/learner_cache.h"
#include "services/progress/adapters/transaction.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// The one writer of the ledger: gathers whatever waits into one transaction, commits it with one fsync, then answers
// all its callers. While it commits, the next ones gather. Thread-safe.
class Writer {
 public:
  // `on_commit` is called after every commit that recorded something, before its callers are answered; it must not
  // block. The references must outlive the writer.
  Writer(EventStore& store, LearnerCache& cache, const CurrentContent& content, const Clock& clock, Metrics& metrics,
         std::function<void()> on_commit);
  ~Writer();  // Stop()

  // Queues a command whose learner id is valid; errors of `Ledger::Record`. The commands of one thread are taken in
  // order.
  void Enqueue(PendingRecord record);

  // Refuses new commands, finishes those that wait, ends the thread. Idempotent.
  void Stop();

 private:
  void Run();
  std::vector<PendingRecord> Take();
  void Write(std::vector<PendingRecord> batch);
  void DropExpired(std::vector<PendingRecord>& batch);
  // Runs `batch` until it is on disk or has failed.
  absl::Status Commit(const std::vector<PendingRecord>& batch, std::unique_ptr<Transaction>& transaction);
  void Count(const Transaction& transaction);

  EventStore& store_;
  LearnerCache& cache_;
  const CurrentContent& content_;
  const Clock& clock_;
  Metrics& metrics_;
  const std::function<void()> on_commit_;

  prometheus::Histogram& commit_seconds_;
  prometheus::Histogram& batch_actions_;
  prometheus::Gauge& queued_;
  prometheus::Gauge& cached_learners_;
  prometheus::Counter& duplicates_;
  prometheus::Counter& failed_commits_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<PendingRecord> queue_ ABSL_GUARDED_BY(mutex_);
  size_t queued_actions_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::StatusCode last_failure_ =
      absl::StatusCode::kOk;  // of the writer's thread: a failure is logged once, not a commit
  std::thread thread_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_WRITER_H_
