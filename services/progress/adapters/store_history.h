#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_HISTORY_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_HISTORY_H_

#include <functional>
#include <string>

#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/process/task_thread.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/domain/history.h"

namespace edirae::progress {

// History over an EventStore and the ledger that writes to it. Erasures, which can take seconds, have a thread of their
// own. Thread-safe.
class StoreHistory final : public History {
 public:
  // `on_erasure` is called before the ledger forgets somebody, and after; it must not block. The references must
  // outlive it, and it is to be stopped before `ledger`.
  StoreHistory(EventStore& store, StoreLedger& ledger, const Clock& clock, Metrics& metrics,
               std::function<void()> on_erasure);
  ~StoreHistory() override;  // Stop()

  void FindPseudonym(std::string learner_id, PseudonymDone done) override;
  void ReadOnBus(std::string pseudonym, int64_t after_seq, int max_events, HistoryDone done) override;
  void Erase(std::string learner_id, std::string request_id, EraseDone done) override;

  // Answers everything that waits, then refuses. Idempotent.
  void Stop();

 private:
  absl::StatusOr<Erasure> EraseNow(const std::string& learner_id, const std::string& request_id);

  EventStore& store_;
  StoreLedger& ledger_;
  const Clock& clock_;
  const std::function<void()> on_erasure_;
  prometheus::Counter& erasures_total_;
  process::TaskThread reader_;
  process::TaskThread eraser_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_HISTORY_H_
