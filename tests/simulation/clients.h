#ifndef EDIRAE_TESTS_SIMULATION_CLIENTS_H_
#define EDIRAE_TESTS_SIMULATION_CLIENTS_H_

#include <optional>
#include <string>
#include <vector>

#include "edirae/progress/v1/progress_service.pb.h"
#include "services/progress/adapters/transaction.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/oracle.h"

namespace edirae::simulation {

// A few learners, whose clients ask again under the same id until they have an answer, and sometimes when they have
// one. They tell the oracle what they were told. Not thread-safe; the references must outlive it.
class Clients {
 public:
  Clients(Dice& dice, Oracle& oracle, int actions);

  // Something that a client sends now: a new action, one again, or another one under an id that was used. Nothing when
  // there is nothing to send.
  std::optional<progress::PendingRecord> Send();
  // What was sent without an answer is sent again.
  std::optional<progress::PendingRecord> SendAgain();
  // The connection is lost: nothing that was sent gets an answer.
  void Disconnect();

  // A learner who has a history and waits for nothing, if there is one; they do nothing more.
  std::optional<std::string> Retire();

  bool settled() const;

 private:
  enum class Phase { kUnsent, kUnderWay, kUnanswered, kAcknowledged, kRefused };
  struct Asked {
    std::string learner_id;
    progress::v1::LearnerAction action;
    Phase phase = Phase::kUnsent;
  };
  static constexpr int kLearners = 4;

  static size_t NumberOf(const std::string& learner_id) { return static_cast<size_t>(learner_id.back() - '0'); }
  Asked NewAction(int number);
  progress::PendingRecord RecordOf(const std::string& learner_id, const progress::v1::LearnerAction& action,
                                   progress::RecordDone done);
  progress::PendingRecord Start(Asked& asked);
  void Take(Asked& asked, const absl::StatusOr<std::vector<progress::ActionAnswer>>& answers);
  // The same again, of one that was recorded.
  progress::PendingRecord Repeat(const Asked& asked);
  // Another action under the id of one that was recorded.
  progress::PendingRecord Misuse(const Asked& asked);

  Dice& dice_;
  Oracle& oracle_;
  std::vector<Asked> asked_;                              // never grows: callbacks refer to its elements
  std::vector<int> extra_ = std::vector<int>(kLearners);  // repetitions and misuses under way, by learner
  std::vector<bool> retired_ = std::vector<bool>(kLearners);
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_CLIENTS_H_
