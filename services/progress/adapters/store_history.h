#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_HISTORY_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_HISTORY_H_

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/process/task_thread.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/domain/history.h"

namespace edirae::progress {

// History over an EventStore and the ledger that writes to it. Erasures, which can take seconds, and their proofs, for
// which the whole ledger is read, have a thread of their own each. Thread-safe.
class StoreHistory final : public History {
 public:
  // `on_erasure` is called before the ledger forgets somebody, and after; it must not block. The references must
  // outlive it, and it is to be stopped before `ledger`.
  StoreHistory(EventStore& store, StoreLedger& ledger, const Clock& clock, Metrics& metrics,
               std::function<void()> on_erasure);
  ~StoreHistory() override;  // Stop()

  void FindPseudonym(std::string learner_id, PseudonymDone done) override;
  void ReadOnBus(std::string pseudonym, int64_t after_seq, int max_events, HistoryDone done) override;
  void Export(ExportOrder order, ExportDone done) override;
  void Erase(EraseOrder order, EraseDone done) override;

  // Erases a learner whose history still ends at `last_seq`, and who has done nothing as a mentor since then, up to
  // traces in files, which the store's WipeErased removes. The receipt's request id is `inactive-` and the day (UTC);
  // its proof is made when somebody asks for it. ABORTED or NOT_FOUND when it does not end there, or when they have.
  // Blocks.
  absl::Status ForgetInactive(const std::string& learner_id, int64_t last_seq, absl::Time inactive_since);

  // Answers everything that waits, then refuses. Idempotent.
  void Stop();

 private:
  absl::StatusOr<ExportPart> ExportNow(const ExportOrder& order);
  absl::StatusOr<Erasure> EraseNow(const EraseOrder& order);
  // What EraseNow does for somebody of whom there is something.
  absl::StatusOr<Erasure> EraseLearner(const std::string& learner_id, const std::string& receipt_key);
  // The erasure itself, between two commits.
  absl::StatusOr<Erasure> Forget(const std::string& learner_id, const std::string& receipt_key,
                                 std::optional<int64_t> only_at_seq);
  // What Forget does while nothing is committed; `reviewed` is what it has learned of others whose work they reviewed.
  absl::StatusOr<Erasure> EraseBetweenCommits(EraseCommand& command, const absl::flat_hash_set<std::string>& reviewed);
  // Has the proof made when there is none. It is no failure when too many wait for theirs: whoever asks for the receipt
  // again asks for the proof too.
  void Prove(const std::string& learner_id, const std::string& receipt_key, const Erasure& erasure);
  // Reads everything that was recorded before an erasure. DATA_LOSS when something of the learner is there.
  absl::StatusOr<ErasureProof> LookFor(const std::string& learner_id, int64_t tombstone_position);

  EventStore& store_;
  StoreLedger& ledger_;
  const Clock& clock_;
  const std::function<void()> on_erasure_;
  prometheus::Counter& erasures_total_;
  process::TaskThread reader_;
  process::TaskThread eraser_;
  std::atomic<bool> stopping_ = false;
  process::TaskThread prover_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_HISTORY_H_
