#ifndef EDIRAE_TESTS_SIMULATION_ORACLE_H_
#define EDIRAE_TESTS_SIMULATION_ORACLE_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "edirae/events/v1/learner_event.pb.h"
#include "services/recommend/domain/checkpoint_store.h"
#include "tests/simulation/simulated_bus.h"
#include "tests/simulation/simulated_store.h"

namespace edirae::simulation {

// Knows what clients were told, and nothing else of what happened; compares ledger, stream and consumer with it. Not
// thread-safe.
class Oracle {
 public:
  // A client got an answer: the same one whenever it asks.
  void Acknowledge(const std::string& learner_id, const std::string& request_id, const std::string& outcome);
  // A client was told that nothing was recorded, and never will be.
  void Refuse(const std::string& learner_id, const std::string& request_id);
  // A client was told that everything of the learner is gone.
  void Erase(const std::string& learner_id);
  // The consumer shows a state to whoever watches.
  void Show(const std::string& pseudonym, int64_t applied_seq);
  // The consumer was killed: what it had not saved it may show again.
  void ForgetShown() { shown_.clear(); }
  void Find(std::string what) { findings_.push_back(std::move(what)); }

  // When everything has settled: ledger, stream and consumer say what the clients were told.
  void CheckEnd(SimulatedStore& store, const SimulatedBus& bus, recommend::CheckpointStore& checkpoints);

  // What was wrong; empty when nothing was.
  const std::vector<std::string>& findings() const { return findings_; }

 private:
  using Request = std::pair<std::string, std::string>;  // learner and request id
  struct History {
    std::string pseudonym;
    std::vector<events::v1::LearnerEvent> events;  // as on the bus
  };

  void ReadLedger(SimulatedStore& store);
  void CheckAnswers(SimulatedStore& store);
  void CheckFolds(SimulatedStore& store);
  void CheckStream(const SimulatedBus& bus);
  void CheckConsumer(recommend::CheckpointStore& checkpoints);

  std::map<Request, std::string> outcomes_;
  std::set<Request> refused_;
  std::set<std::string> erased_;          // learners
  std::map<std::string, int64_t> shown_;  // by pseudonym
  std::vector<std::string> findings_;

  // Of the ledger at the end.
  std::map<std::string, History> histories_;  // by learner, or the mark of a tombstone
  std::map<Request, std::string> recorded_;   // ids of actions' events
  std::set<std::string> event_ids_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_ORACLE_H_
