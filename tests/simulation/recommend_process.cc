#include "tests/simulation/recommend_process.h"

#include <algorithm>
#include <utility>

#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/progress/domain/bus_event.h"
#include "services/recommend/testing/owns_all.h"
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

RecommendProcess::RecommendProcess(const Parts& parts, Metrics& metrics, Bug bug)
    : parts_(parts),
      bug_(bug),
      healer_(parts.ledger, parts.time.wall(), metrics),
      states_(
          parts.checkpoints, kLiveLearners, metrics, [](const std::string&) {}, recommend::testing::OwnsAll()),
      applier_(recommend::testing::SampleModels(), states_, saver_, parts.time.wall(), metrics,
               [this](const std::string& learner_id, bool) {
                 parts_.oracle.Show(learner_id, (*states_.GetNow(learner_id))->applied_seq);
               }) {
  for (int partition = 0; partition < kPartitions; ++partition) {
    const auto saved = parts.places.find(partition);
    progress_->Open(partition, saved == parts.places.end() ? recommend::ReadPlace() : saved->second);
  }
}

bool RecommendProcess::Reads() {
  if (progress_->IsDue(parts_.time.steady())) reading_ = -1;
  if (reading_ == parts_.bus.readings()) return true;
  const auto stream = parts_.bus.GetState();
  if (!stream.ok()) return false;
  const auto start = Restart(*stream);
  if (!start.ok()) return false;
  reading_ = parts_.bus.readings();
  next_seq_ = start->first_seq;
  return true;
}

absl::StatusOr<recommend::ReadProgress::Start> RecommendProcess::Restart(const nats::StreamState& stream) {
  const int64_t created = absl::ToUnixNanos(stream.created);
  const auto last_seq = static_cast<int64_t>(stream.last_seq);
  if (bug_ == Bug::kPlacesWithoutMarks) return progress_->Restart(created, last_seq, {});
  return recommend::RestartReading(*progress_, created, last_seq, [this](int64_t seq) -> absl::StatusOr<int64_t> {
    EDIRAE_ASSIGN_OR_RETURN(const auto message, parts_.bus.GetMessage(static_cast<uint64_t>(seq)));
    return absl::ToUnixNanos(message.time);
  });
}

void RecommendProcess::Deliver(size_t most, bool orderly) {
  if (!Reads()) return;
  std::vector<recommend::Arrival> arrivals;
  const auto end = static_cast<int64_t>(parts_.bus.last_seq());
  for (size_t i = 0; i < most && next_seq_ <= end; ++i) {
    const int64_t seq = next_seq_++;
    const auto message = parts_.bus.GetMessage(static_cast<uint64_t>(seq));
    if (!message.ok()) continue;  // erased
    if (!orderly && parts_.dice.Chance(3)) {
      reading_ = -1;  // seen by the one behind it
      break;
    }
    progress_->SetMark({.seq = seq, .time = absl::ToUnixNanos(message->time)});
    Take(seq, *message, arrivals);
  }
  // More than the stream does, whose order is the relay's.
  if (!orderly && parts_.dice.Chance(50)) parts_.dice.Shuffle(arrivals);
  applier_.Apply(std::move(arrivals));
}

void RecommendProcess::Take(int64_t seq, const nats::StoredMessage& message,
                            std::vector<recommend::Arrival>& arrivals) {
  recommend::Arrival arrival;
  if (!recommend::DecodeEvent(message.payload, arrival.event).ok()) {
    return parts_.oracle.Find("an event on the bus cannot be read");
  }
  const int partition = PartitionOf(arrival.event.learner_id());
  const std::optional<int64_t> opening = progress_->Arrives(partition, seq);
  if (!opening.has_value()) return;
  auto receipt = std::make_unique<NotedReceipt>(progress_, partition, *opening, seq, parts_.known);
  if (bug_ == Bug::kInboxByStreamSequence && parts_.known.contains(seq)) return receipt->Ack();
  arrival.receipt = std::move(receipt);
  arrivals.push_back(std::move(arrival));
}

bool RecommendProcess::HasReadAll() const {
  const auto stream = parts_.bus.GetState();
  if (!stream.ok()) return false;
  const auto is_read = [&](const auto& place) {
    return place.second.stream == absl::ToUnixNanos(stream->created) &&
           place.second.seq >= static_cast<int64_t>(stream->last_seq);
  };
  return reading_ == parts_.bus.readings() && std::ranges::all_of(progress_->Places(), is_read);
}

void RecommendProcess::Saver::Submit(std::vector<std::string> learners,
                                     std::vector<std::unique_ptr<recommend::Receipt>> receipts) {
  learners_.insert(learners.begin(), learners.end());
  std::ranges::move(receipts, std::back_inserter(receipts_));
}

void RecommendProcess::Saver::Save(recommend::CheckpointStore& checkpoints, recommend::LiveStates& live) {
  std::vector<std::shared_ptr<const recommend::LearnerState>> states;
  for (const std::string& learner_id : learners_) states.push_back(live.ToSave(learner_id));
  if (!states.empty() && !checkpoints.Save(states, {}).ok()) return;
  for (const auto& state : states) live.Saved(*state);
  learners_.clear();
  for (const auto& receipt : std::exchange(receipts_, {})) receipt->Ack();
}

}  // namespace edirae::simulation
