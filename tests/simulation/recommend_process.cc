#include "tests/simulation/recommend_process.h"

#include <algorithm>
#include <utility>

#include "common/status/macros.h"
#include "services/progress/domain/bus_event.h"
#include "services/recommend/testing/sample.h"

namespace edirae::simulation {
namespace {

constexpr int kPageEvents = 16;
constexpr size_t kLiveLearners = 1000;

}  // namespace

void LedgerReader::Answer(bool is_up) {
  for (Question& question : std::exchange(asked_, {})) {
    if (is_up) {
      std::move(question.callback)(Find(question));
    } else {
      std::move(question.callback)(absl::UnavailableError("progress is down"));
    }
  }
}

absl::StatusOr<std::vector<events::v1::LearnerEvent>> LedgerReader::Find(const Question& question) {
  EDIRAE_ASSIGN_OR_RETURN(const auto learner_id, store_.LearnerOf(question.pseudonym));
  EDIRAE_ASSIGN_OR_RETURN(const auto stored,
                          store_.ReadLearner(learner_id.value_or(progress::kTombstoneMark + question.pseudonym),
                                             question.after_seq, kPageEvents, 1 << 20));
  std::vector<events::v1::LearnerEvent> events(stored.size());
  for (size_t i = 0; i < stored.size(); ++i) {
    if (!events[i].ParseFromString(stored[i].payload)) return absl::DataLossError("a recorded event cannot be read");
    progress::MakePseudonymous(events[i], question.pseudonym);
  }
  return events;
}

RecommendProcess::RecommendProcess(recommend::CheckpointStore& checkpoints, SimulatedBus& bus,
                                   const SimulatedTime& time, Dice& dice, LedgerReader& ledger, Oracle& oracle,
                                   KnownPlaces& known, Metrics& metrics, Bug bug)
    : checkpoints_(checkpoints),
      bus_(bus),
      dice_(dice),
      known_(known),
      bug_(bug),
      healer_(ledger, time.wall(), metrics),
      states_(checkpoints, kLiveLearners, metrics, [](const std::string&) {}),
      applier_(recommend::testing::SampleModels(), states_, saver_, time.wall(), metrics,
               [&oracle](const std::shared_ptr<const recommend::LearnerState>& state) {
                 oracle.Show(state->learner_id, state->applied_seq);
               }) {}

void RecommendProcess::Deliver(size_t most, bool orderly) {
  std::vector<Delivery> deliveries = bus_.Unacknowledged();
  if (!orderly && dice_.Chance(50)) dice_.Shuffle(deliveries);
  if (deliveries.size() > most) deliveries.resize(most);
  if (!orderly) {
    for (size_t i = deliveries.size(); i > 0; --i) {
      if (dice_.Chance(10)) deliveries.push_back(deliveries[i - 1]);
    }
  }
  std::vector<recommend::Arrival> arrivals;
  for (const Delivery& delivery : deliveries) {
    auto receipt = std::make_unique<BusReceipt>(bus_, delivery, known_);
    if (bug_ == Bug::kInboxByStreamSequence && known_.contains(delivery.seq)) {
      receipt->Ack();
      continue;
    }
    auto event = recommend::DecodeEvent(bus_.Payload(delivery));
    if (event.ok()) arrivals.push_back({.event = *std::move(event), .receipt = std::move(receipt)});
  }
  applier_.Apply(std::move(arrivals));
}

void RecommendProcess::Saver::Submit(std::vector<std::shared_ptr<const recommend::LearnerState>> states,
                                     std::vector<std::unique_ptr<recommend::Receipt>> receipts) {
  for (auto& state : states) newest_[state->learner_id] = state;
  std::ranges::move(receipts, std::back_inserter(receipts_));
}

void RecommendProcess::Saver::Save(recommend::CheckpointStore& checkpoints, recommend::LiveStates& live) {
  std::vector<std::shared_ptr<const recommend::LearnerState>> states;
  for (const auto& [learner_id, state] : newest_) states.push_back(state);
  if (!states.empty() && !checkpoints.Save(states, {}).ok()) return;
  for (const auto& state : states) live.Saved(*state);
  newest_.clear();
  for (const auto& receipt : std::exchange(receipts_, {})) receipt->Ack();
}

}  // namespace edirae::simulation
