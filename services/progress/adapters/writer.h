#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_WRITER_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_WRITER_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/process/task_thread.h"
#include "services/progress/adapters/current_content.h"
#include "services/progress/adapters/learner_cache.h"
#include "services/progress/adapters/queue_projection.h"
#include "services/progress/adapters/transaction.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// The one writer of the ledger: gathers whatever waits into one transaction, commits it with one fsync, then answers
// all its callers. One thread decides, another commits, a third answers: while one transaction waits for the disk, the
// next is decided on top of it, and decided again when the first fails. Thread-safe.
class Writer {
 public:
  // `on_commit` is called after every commit that recorded something, before its callers are answered; it must not
  // block. The references must outlive the writer.
  Writer(EventStore& store, LearnerCache& cache, const CurrentContent& content, QueueProjection& mentor_queue,
         const Clock& clock, Metrics& metrics, std::function<void()> on_commit);
  ~Writer();  // Stop()

  // Queues a command whose learner id is valid; errors of `Ledger::Record`. The commands of one thread are taken in
  // order.
  void Enqueue(PendingRecord record);

  // Runs `task` between two commits, on the thread that commits: whatever was committed before is shown to all, and
  // nothing is committed meanwhile. It must be short. Before Stop only.
  void BetweenCommits(std::function<void()> task);

  // Refuses new commands, finishes those that wait, ends the threads. Idempotent.
  void Stop();

 private:
  // What the deciding thread does next: commit what it has, decide these too, or end when there are none.
  struct Step {
    bool commit = false;
    std::vector<PendingRecord> records;
  };

  // The deciding thread.
  void DecideAll();
  Step Next(const Transaction& open);
  // What fits beside `decided` actions.
  std::vector<PendingRecord> Take(size_t decided) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Decide(std::vector<PendingRecord> records, Transaction& open);
  void Forget(const PendingRecord& record);  // it was answered without a commit
  // Gives `open` to the committing thread, which is idle, and leaves a new one in its place.
  void HandOver(std::shared_ptr<Transaction>& open);
  // `records`, then those of `open`, without what was taken for granted and without those whose deadline has passed.
  void DecideAgain(std::vector<PendingRecord> records, std::shared_ptr<Transaction>& open);

  // The committing thread.
  void CommitAll();
  void Commit(Transaction& transaction);
  // Answers, or has somebody answer when there is `more` to commit.
  void AnswerCommitted(std::shared_ptr<Transaction> transaction, bool more);
  void DecideLater(std::vector<PendingRecord> records);  // their learners' states were stale
  void Note(const absl::Status& status);
  void Count(const Transaction& transaction);

  EventStore& store_;
  LearnerCache& cache_;
  const CurrentContent& content_;
  QueueProjection& mentor_queue_;
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
  std::condition_variable work_;   // for the deciding thread
  std::condition_variable ready_;  // for the committing thread
  std::deque<PendingRecord> queue_ ABSL_GUARDED_BY(mutex_);
  size_t waiting_actions_ ABSL_GUARDED_BY(mutex_) = 0;  // in the queue or decided, and not being committed
  std::shared_ptr<Transaction> committing_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::function<void()>> between_ ABSL_GUARDED_BY(mutex_);  // BetweenCommits
  std::vector<PendingRecord> stale_ ABSL_GUARDED_BY(mutex_);           // to be decided again, before everything else
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool decided_all_ ABSL_GUARDED_BY(mutex_) = false;
  absl::StatusCode last_failure_ = absl::StatusCode::kOk;  // of the committing thread: logged once, not a commit
  process::TaskThread answers_;  // each answer wakes its caller: a commit that is due does not wait for that
  std::thread decider_;
  std::thread committer_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_WRITER_H_
