#include "services/recommend/adapters/event_applier.h"

#include <algorithm>
#include <utility>

#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

absl::StatusOr<events::v1::LearnerEvent> DecodeEvent(std::string_view bytes) {
  events::v1::LearnerEvent event;
  if (!event.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError("the payload is not a LearnerEvent");
  }
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("learner_id", event.learner_id()));
  if (event.learner_seq() < 1) return absl::InvalidArgumentError("learner_seq is below 1");
  return event;
}

EventApplier::EventApplier(const Models& models, LiveStates& states, StateSaver& saver, const Clock& clock,
                           Metrics& metrics, OnChange on_change)
    : models_(models),
      states_(states),
      saver_(saver),
      clock_(clock),
      on_change_(std::move(on_change)),
      inbox_({.held_per_learner = limits::kMaxHeldPerLearner, .held = limits::kMaxHeldEvents}),
      applied_(metrics.Counter("edirae_recommend_events_applied_total", "Events applied to states.")),
      duplicates_(metrics.Counter("edirae_recommend_events_duplicate_total", "Events that had been applied before.")),
      held_total_(metrics.Counter("edirae_recommend_events_held_total", "Events that came before an earlier one.")),
      no_room_(metrics.Counter("edirae_recommend_events_refused_total", "Events sent back because too many are held.")),
      held_(metrics.Gauge("edirae_recommend_events_held", "Events that wait for an earlier one now.")),
      delay_(metrics.LatencyHistogram("edirae_recommend_event_delay_seconds",
                                      "From the ledger's record time to the new state.")) {}

void EventApplier::Apply(std::vector<Arrival> arrivals) {
  Batch batch;
  for (Arrival& arrival : arrivals) ApplyOne(std::move(arrival), batch);
  held_.Set(static_cast<double>(inbox_.held()));
  Publish(std::move(batch));
}

void EventApplier::ApplyOne(Arrival arrival, Batch& batch) {
  const std::string learner_id = arrival.event.learner_id();
  auto found = batch.learners.find(learner_id);
  if (found == batch.learners.end()) {
    auto state = states_.GetNow(learner_id);
    if (!state.ok()) {
      if (arrival.receipt != nullptr) arrival.receipt->Nak(limits::kRetryPause);
      return;
    }
    found = batch.learners.emplace(learner_id, Working{.before = *std::move(state)}).first;
  }
  Working& working = found->second;
  if (arrival.event.has_learner_erased()) return Erase(std::move(arrival), working, batch);
  std::vector<Arrival> ready;
  switch (inbox_.Offer(arrival, working.applied_seq(), clock_.Now(), ready)) {
    case Admission::kReady:
      return FoldReady(std::move(ready), working, batch);
    case Admission::kHeld:
      return held_total_.Increment();
    case Admission::kDuplicate:
      duplicates_.Increment();
      // Of an erased learner the ledger has nothing to compare with.
      if (arrival.receipt != nullptr && working.applied_seq() != kErasedSeq && repeated_.size() < limits::kMaxDoubted) {
        repeated_.insert(learner_id);
      }
      // Not at once: what it repeats may still be unsaved.
      if (arrival.receipt != nullptr) batch.receipts.push_back(std::move(arrival.receipt));
      return;
    case Admission::kNoRoom:
      no_room_.Increment();
      if (arrival.receipt != nullptr) arrival.receipt->Nak(limits::kNoRoomDelay);
      return;
  }
}

void EventApplier::Erase(Arrival arrival, Working& working, Batch& batch) {
  // What waited for an event that is erased never gets its turn.
  for (Arrival& held : inbox_.Take(arrival.event.learner_id())) {
    if (held.receipt != nullptr) batch.receipts.push_back(std::move(held.receipt));
  }
  if (working.applied_seq() == kErasedSeq) {
    duplicates_.Increment();
  } else {
    working.after = std::make_shared<LearnerState>(*working.before);
    Fold(models_, arrival.event, *working.after);
    applied_.Increment();
  }
  if (arrival.receipt != nullptr) batch.receipts.push_back(std::move(arrival.receipt));
}

void EventApplier::FoldReady(std::vector<Arrival> ready, Working& working, Batch& batch) {
  if (working.after == nullptr) working.after = std::make_shared<LearnerState>(*working.before);
  for (Arrival& next : ready) {
    // Held events that were applied by another way meanwhile come out too.
    if (next.event.learner_seq() == working.after->applied_seq + 1) {
      Fold(models_, next.event, *working.after);
      applied_.Increment();
      const auto& recorded = next.event.record_time();
      const absl::Time record_time = absl::FromUnixSeconds(recorded.seconds()) + absl::Nanoseconds(recorded.nanos());
      delay_.Observe(std::max(0.0, absl::ToDoubleSeconds(clock_.Now() - record_time)));
    }
    if (next.receipt != nullptr) batch.receipts.push_back(std::move(next.receipt));
  }
}

void EventApplier::Publish(Batch batch) {
  std::vector<std::shared_ptr<const LearnerState>> changed;
  for (auto& [learner_id, working] : batch.learners) {
    if (working.after != nullptr) changed.push_back(std::move(working.after));
  }
  for (const auto& state : changed) {
    states_.Put(state);
    on_change_(state);
  }
  if (changed.empty() && batch.receipts.empty()) return;
  saver_.Submit(std::move(changed), std::move(batch.receipts));
}

std::vector<Gap> EventApplier::Gaps() const { return inbox_.GapsSince(clock_.Now() - limits::kGapPatience); }

std::vector<std::string> EventApplier::TakeRepeated() {
  std::vector<std::string> taken(repeated_.begin(), repeated_.end());
  repeated_.clear();
  return taken;
}

absl::StatusOr<int64_t> EventApplier::AppliedSeq(const std::string& learner_id) {
  EDIRAE_ASSIGN_OR_RETURN(const auto state, states_.GetNow(learner_id));
  return state->applied_seq;
}

void EventApplier::Drop(const PartitionSet& partitions) {
  const auto is_gone = [&](const std::string& learner) {
    return partitions[static_cast<size_t>(PartitionOf(learner))];
  };
  inbox_.DropIf(is_gone);
  absl::erase_if(repeated_, is_gone);
}

void EventApplier::GiveBack() {
  for (Arrival& arrival : inbox_.TakeAll()) {
    if (arrival.receipt != nullptr) arrival.receipt->Nak(absl::ZeroDuration());
  }
}

}  // namespace edirae::recommend
