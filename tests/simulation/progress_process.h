#ifndef EDIRAE_TESTS_SIMULATION_PROGRESS_PROCESS_H_
#define EDIRAE_TESTS_SIMULATION_PROGRESS_PROCESS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/metrics/metrics.h"
#include "services/progress/adapters/learner_cache.h"
#include "services/progress/adapters/ledger_publisher.h"
#include "services/progress/adapters/transaction.h"
#include "services/progress/domain/retained_content.h"
#include "tests/simulation/bug.h"
#include "tests/simulation/forgetful_stream.h"
#include "tests/simulation/simulated_store.h"
#include "tests/simulation/simulated_stream.h"

namespace edirae::simulation {

// What progress has in memory, from its start until it is killed: the transactions under way, the states, and the
// relay with its connection. Does step by step what Writer and OutboxRelay do on threads; between any two steps it can
// be destroyed. The references must outlive it.
class ProgressProcess {
 public:
  ProgressProcess(SimulatedStore& store, SimulatedBus& bus, const SimulatedTime& time, const Weather& weather,
                  Dice& dice, const progress::RetainedContent& content, Metrics& metrics, Bug bug);

  // Reads how far the relay has come. Errors of the store: it cannot start.
  absl::Status Open() { return publisher_.Open(); }

  void Enqueue(progress::PendingRecord record) { queue_.push_back(std::move(record)); }

  // Decides what waits.
  void Decide();
  // The next step of a commit: hand over, append, answer.
  void Commit();
  // True between an append and its answers, when nothing else may be done to the ledger.
  bool appended() const { return appended_.has_value(); }
  // Whether nobody waits for an answer.
  bool idle() const { return queue_.empty() && stale_.empty() && committing_ == nullptr && open_->empty(); }

  // A turn of the relay.
  void Relay();
  // The bus takes some of what the relay sent.
  void Carry(size_t groups) { stream_.Carry(groups); }
  void Disconnected();
  void Connected() { publisher_.NoteConnection(); }

  // Erases a learner of whom nothing is under way. Errors of the store.
  absl::StatusOr<progress::Erasure> Erase(const std::string& learner_id);

 private:
  void HandOver();
  void DecideAgain(std::vector<progress::PendingRecord> records);
  void Settle(const absl::Status& status);

  SimulatedStore& store_;
  const SimulatedTime& time_;
  const progress::RetainedContent& content_;
  const Bug bug_;

  progress::LearnerCache cache_{64};
  std::vector<progress::PendingRecord> queue_;
  std::vector<progress::PendingRecord> stale_;
  std::shared_ptr<progress::Transaction> open_;
  std::shared_ptr<progress::Transaction> committing_;
  std::optional<absl::Status> appended_;
  bool answered_ = false;  // by kAckBeforeCommit

  SimulatedStream stream_;
  ForgetfulStream forgetful_;
  progress::LedgerPublisher publisher_;
  bool recorded_ = true;
  std::chrono::steady_clock::time_point next_turn_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_PROGRESS_PROCESS_H_
