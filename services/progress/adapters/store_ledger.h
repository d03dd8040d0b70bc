#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_LEDGER_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_LEDGER_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "common/process/task_thread.h"
#include "services/progress/adapters/writer.h"
#include "services/progress/domain/ledger.h"

namespace edirae::progress {

// The ledger over an EventStore: the writer records, learners seen lately are answered from memory, and everything that
// needs the disk waits on a thread of its own. Thread-safe.
class StoreLedger final : public Ledger {
 public:
  // The references must outlive it. `on_commit` as for Writer.
  StoreLedger(EventStore& store, const CurrentContent& content, const Clock& clock, Metrics& metrics,
              size_t cached_learners, std::function<void()> on_commit);
  ~StoreLedger() override;  // Stop()

  void Record(RecordCommand command, RecordDone done) override;
  void ReadProgress(std::string learner_id, std::string roadmap_id, ProgressDone done) override;
  void ReadGate(std::string learner_id, std::string roadmap_id, std::string stage_id, GateDone done) override;
  void ExplainDecision(std::string learner_id, std::string event_id, ExplanationDone done) override;
  void ReadHistory(std::string learner_id, int64_t after_seq, int max_events, HistoryDone done) override;

  QueueProjection& queue() { return queue_; }

  // As Writer::BetweenCommits.
  void BetweenCommits(std::function<void()> task) { writer_.BetweenCommits(std::move(task)); }

  // Forgets a learner's state, because something else than the writer has recorded for them.
  void DropState(const std::string& learner_id) { cache_.Drop(learner_id); }

  // Forgets what is known of a learner whose history is gone, and the states of those whose histories do not name them
  // any more.
  void Forget(const std::string& learner_id, const absl::flat_hash_set<std::string>& named_by) {
    if (!named_by.empty()) cache_.NoteChange();
    cache_.Drop(learner_id);
    for (const std::string& other : named_by) cache_.Drop(other);
    queue_.Forget(learner_id);
  }

  // Answers everything that waits, then refuses. Idempotent.
  void Stop();

 private:
  // A state that can be answered from at once; null when the ledger has to be asked.
  LearnerCache::Snapshot AtHand(const std::string& learner_id);
  // The state at the end of the learner's history. Blocks. Errors of EventStore.
  absl::StatusOr<LearnerCache::Snapshot> Newest(const std::string& learner_id);

  EventStore& store_;
  const CurrentContent& content_;
  LearnerCache cache_;
  QueueProjection queue_;  // the writer feeds it
  Writer writer_;
  process::TaskThread reader_;  // hands commands to the writer, so it stops first
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_LEDGER_H_
