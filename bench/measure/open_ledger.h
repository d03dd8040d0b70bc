#ifndef EDIRAE_BENCH_MEASURE_OPEN_LEDGER_H_
#define EDIRAE_BENCH_MEASURE_OPEN_LEDGER_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/load/interrupt.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/testing/temp_folder.h"
#include "services/progress/adapters/sqlite_event_store.h"
#include "services/progress/adapters/store_ledger.h"

namespace edirae::bench {

// progress without gRPC, catalog service and bus: ledger, writer and learner cache as the program has them, over SQLite
// in a temporary folder, with a generated catalog of 24 concepts and 240 questions. Time is its own, so that answers
// can be months apart. For one thread.
class OpenLedger {
 public:
  // Errors of SqliteEventStore::Open.
  static absl::StatusOr<std::unique_ptr<OpenLedger>> Make();

  progress::SqliteEventStore& store() { return *store_; }

  // Reads where a learner stands, as `GetRoadmapProgress` does; how long that took.
  absl::StatusOr<absl::Duration> TimeRead(const std::string& learner_id);

  // Lets `sittings` learners one after the other answer 16 questions each, as one request each, a few requests at a
  // time and a day apart; `learner_of` names the learner of each sitting. Returns this process's processor time for
  // each event that the ledger recorded, what followed from answers included. DATA_LOSS when it took an answer for
  // none.
  absl::StatusOr<absl::Duration> CostOfSittings(int64_t sittings, const std::function<std::string(int64_t)>& learner_of,
                                                const Interrupt& interrupt);

 private:
  OpenLedger();
  absl::Status Open();
  progress::v1::LearnerAction NextAnswer();

  const testing::TempFolder folder_;
  FakeClock clock_;
  Metrics metrics_;
  progress::CurrentContent content_;
  std::vector<progress::v1::LearnerAction> answers_;  // one to each question
  int64_t answered_ = 0;
  std::unique_ptr<progress::SqliteEventStore> store_;
  std::unique_ptr<progress::StoreLedger> ledger_;
};

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_MEASURE_OPEN_LEDGER_H_
