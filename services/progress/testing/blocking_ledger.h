#ifndef EDIRAE_SERVICES_PROGRESS_TESTING_BLOCKING_LEDGER_H_
#define EDIRAE_SERVICES_PROGRESS_TESTING_BLOCKING_LEDGER_H_

#include <future>
#include <string>
#include <vector>

#include "services/progress/domain/ledger.h"

// A ledger as a test likes to call it. Whoever waits for an answer that never comes is ended by the test's time limit.
namespace edirae::progress {

using RecordAnswer = absl::StatusOr<std::vector<ActionAnswer>>;

// Starts a command; the answer comes later.
std::future<RecordAnswer> StartRecord(Ledger& ledger, const std::string& learner_id,
                                      const std::vector<v1::LearnerAction>& actions,
                                      absl::Time deadline = absl::InfiniteFuture());

RecordAnswer Record(Ledger& ledger, const std::string& learner_id, const std::vector<v1::LearnerAction>& actions,
                    absl::Time deadline = absl::InfiniteFuture());

// Records one action that must be accepted; aborts the program when it is not.
v1::ActionOutcome RecordOne(Ledger& ledger, const std::string& learner_id, const v1::LearnerAction& action);

absl::StatusOr<v1::RoadmapProgress> ReadProgress(Ledger& ledger, const std::string& learner_id,
                                                 const std::string& roadmap_id = "path");

absl::StatusOr<HistoryPage> ReadHistory(Ledger& ledger, const std::string& learner_id, int64_t after_seq = 0,
                                        int max_events = 1000);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_TESTING_BLOCKING_LEDGER_H_
