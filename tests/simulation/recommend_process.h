#ifndef EDIRAE_TESTS_SIMULATION_RECOMMEND_PROCESS_H_
#define EDIRAE_TESTS_SIMULATION_RECOMMEND_PROCESS_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "common/metrics/metrics.h"
#include "services/recommend/adapters/event_applier.h"
#include "services/recommend/adapters/gap_healer.h"
#include "services/recommend/adapters/live_states.h"
#include "services/recommend/domain/history_reader.h"
#include "tests/simulation/bug.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/oracle.h"
#include "tests/simulation/simulated_bus.h"
#include "tests/simulation/simulated_store.h"

namespace edirae::simulation {

// Reads the ledger for the consumer, as progress does for whoever knows a pseudonym; answers when it is told to.
class LedgerReader final : public recommend::HistoryReader {
 public:
  explicit LedgerReader(SimulatedStore& store) : store_(store) {}

  void Read(const std::string& learner_id, int64_t after_seq, Callback callback) override {
    asked_.push_back({learner_id, after_seq, std::move(callback)});
  }
  // Answers everything that was asked; with an error when progress is down.
  void Answer(bool is_up);

 private:
  struct Question {
    std::string pseudonym;
    int64_t after_seq = 0;
    Callback callback;
  };
  absl::StatusOr<std::vector<events::v1::LearnerEvent>> Find(const Question& question);

  SimulatedStore& store_;
  std::vector<Question> asked_;
};

// What the consumer has in memory, from its start until it is killed. Does step by step what EventConsumer and
// Checkpointer do on threads; between any two steps it can be destroyed. The references must outlive it.
class RecommendProcess {
 public:
  // Places of the stream that were acknowledged, which the planted bug remembers for ever.
  using KnownPlaces = std::set<uint64_t>;

  RecommendProcess(recommend::CheckpointStore& checkpoints, SimulatedBus& bus, const SimulatedTime& time, Dice& dice,
                   LedgerReader& ledger, Oracle& oracle, KnownPlaces& known, Metrics& metrics, Bug bug);

  // At most `most` of what is not acknowledged, some of it twice, `orderly` or not.
  void Deliver(size_t most, bool orderly);
  // Saves what has changed, and acknowledges it then.
  void Save() { saver_.Save(checkpoints_, states_); }
  void Heal() { healer_.Step(applier_); }

 private:
  class BusReceipt final : public recommend::Receipt {
   public:
    BusReceipt(SimulatedBus& bus, const Delivery& delivery, KnownPlaces& known)
        : bus_(bus), delivery_(delivery), known_(known) {}
    void Ack() override {
      bus_.Acknowledge(delivery_);
      known_.insert(delivery_.seq);
    }
    void Nak(absl::Duration) override {}  // it comes again as everything that is not acknowledged

   private:
    SimulatedBus& bus_;
    const Delivery delivery_;
    KnownPlaces& known_;
  };
  // Checkpointer, step by step.
  class Saver final : public recommend::StateSaver {
   public:
    void Submit(std::vector<std::shared_ptr<const recommend::LearnerState>> states,
                std::vector<std::unique_ptr<recommend::Receipt>> receipts) override;
    void Save(recommend::CheckpointStore& checkpoints, recommend::LiveStates& states);

   private:
    std::map<std::string, std::shared_ptr<const recommend::LearnerState>> newest_;
    std::vector<std::unique_ptr<recommend::Receipt>> receipts_;
  };

  recommend::CheckpointStore& checkpoints_;
  SimulatedBus& bus_;
  Dice& dice_;
  KnownPlaces& known_;
  const Bug bug_;
  recommend::GapHealer healer_;
  recommend::LiveStates states_;
  Saver saver_;
  recommend::EventApplier applier_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_RECOMMEND_PROCESS_H_
