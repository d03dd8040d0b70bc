#ifndef EDIRAE_TESTS_SIMULATION_RECOMMEND_PROCESS_H_
#define EDIRAE_TESTS_SIMULATION_RECOMMEND_PROCESS_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/metrics/metrics.h"
#include "services/recommend/adapters/event_applier.h"
#include "services/recommend/adapters/gap_healer.h"
#include "services/recommend/adapters/live_states.h"
#include "services/recommend/adapters/place_receipt.h"
#include "services/recommend/adapters/read_progress.h"
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

// What the consumer has in memory, from its start until it is killed. Does step by step what EventFeed, EventConsumer,
// Checkpointer and PartitionKeeper do on threads; between any two steps it can be destroyed.
class RecommendProcess {
 public:
  // Places of the stream that were settled, which the planted bug remembers for ever.
  using KnownPlaces = std::set<int64_t>;

  // What it is given; all must outlive it.
  struct Parts {
    recommend::CheckpointStore& checkpoints;
    recommend::ReadPlaces& places;
    SimulatedBus& bus;
    const SimulatedTime& time;
    Dice& dice;
    LedgerReader& ledger;
    Oracle& oracle;
    KnownPlaces& known;
  };
  RecommendProcess(const Parts& parts, Metrics& metrics, Bug bug);

  // At most `most` of what comes next in the stream. Unless it is `orderly`, some of it gets lost on the way, or comes
  // out of its order.
  void Deliver(size_t most, bool orderly);
  // Saves what has changed, and settles it then.
  void Save() { saver_.Save(parts_.checkpoints, states_); }
  // Saves how far the stream was read.
  void KeepPlaces() { parts_.places = progress_->Places(); }
  void Heal() { healer_.Step(applier_); }

  // Whether the whole stream is in saved states.
  bool HasReadAll() const;

 private:
  // Notes what was settled, for the planted bug.
  class NotedReceipt final : public recommend::Receipt {
   public:
    NotedReceipt(std::shared_ptr<recommend::ReadProgress> progress, int partition, int64_t opening, int64_t seq,
                 KnownPlaces& known)
        : Receipt(partition), receipt_(std::move(progress), partition, opening, seq), seq_(seq), known_(known) {}
    void Ack() override {
      known_.insert(seq_);
      receipt_.Ack();
    }
    void Nak(absl::Duration delay) override { receipt_.Nak(delay); }

   private:
    recommend::PlaceReceipt receipt_;
    const int64_t seq_;
    KnownPlaces& known_;
  };
  // Checkpointer, step by step.
  class Saver final : public recommend::StateSaver {
   public:
    void Submit(std::vector<std::string> learners, std::vector<std::unique_ptr<recommend::Receipt>> receipts) override;
    void Save(recommend::CheckpointStore& checkpoints, recommend::LiveStates& states);

   private:
    std::set<std::string> learners_;  // who has changed
    std::vector<std::unique_ptr<recommend::Receipt>> receipts_;
  };

  // Whether the stream can be read on, from next_seq_. Begins anew where it has to.
  bool Reads();
  absl::StatusOr<recommend::ReadProgress::Start> Restart(const nats::StreamState& stream);
  void Take(int64_t seq, const nats::StoredMessage& message, std::vector<recommend::Arrival>& arrivals);

  const Parts parts_;
  const Bug bug_;
  const std::shared_ptr<recommend::ReadProgress> progress_ = std::make_shared<recommend::ReadProgress>();
  int reading_ = -1;  // as the bus counts them; -1: begin anew
  int64_t next_seq_ = 0;
  recommend::GapHealer healer_;
  recommend::LiveStates states_;
  Saver saver_;
  recommend::EventApplier applier_;
};

}  // namespace edirae::simulation

#endif  // EDIRAE_TESTS_SIMULATION_RECOMMEND_PROCESS_H_
