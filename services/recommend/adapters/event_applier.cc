#include "services/recommend/adapters/event_applier.h"

#include <algorithm>
#include <utility>

#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

absl::Status DecodeEvent(std::string_view bytes, events::v1::LearnerEvent& event) {
  if (!event.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError("the payload is not a LearnerEvent");
  }
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("learner_id", event.learner_id()));
  if (event.learner_seq() < 1) return absl::InvalidArgumentError("learner_seq is below 1");
  return absl::OkStatus();
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
  Batch batch{.now = clock_.Now()};
  batch.receipts.reserve(arrivals.size());
  states_.BeginRound();
  for (Arrival& arrival : arrivals) ApplyOne(arrival, batch);
  held_.Set(static_cast<double>(inbox_.held()));
  Publish(std::move(batch));
}

void EventApplier::ApplyOne(Arrival& arrival, Batch& batch) {
  const std::string learner_id = arrival.event.learner_id();
  const absl::StatusOr<LiveStates::First> first =
      states_.Change(learner_id, [&](LiveStates::Hand& state) { Offer(arrival, state, batch); });
  if (!first.ok()) {
    if (arrival.receipt != nullptr) arrival.receipt->Nak(limits::kRetryPause);
    return;
  }
  if (first->of_round) batch.changed.push_back(learner_id);
  if (first->unsaved) batch.unsaved.push_back(learner_id);
}

void EventApplier::Offer(Arrival& arrival, LiveStates::Hand& state, Batch& batch) {
  if (arrival.event.has_learner_erased()) return Erase(arrival, state, batch);
  switch (inbox_.Offer(arrival, state.Read().applied_seq, batch.now)) {
    case Admission::kReady:
      return FoldReady(arrival, state.Write(), batch);
    case Admission::kHeld:
      return held_total_.Increment();
    case Admission::kDuplicate:
      return NoteRepetition(arrival, state.Read(), batch);
    case Admission::kNoRoom:
      no_room_.Increment();
      if (arrival.receipt != nullptr) arrival.receipt->Nak(limits::kNoRoomDelay);
      return;
  }
}

void EventApplier::NoteRepetition(Arrival& arrival, const LearnerState& state, Batch& batch) {
  duplicates_.Increment();
  if (arrival.receipt == nullptr) return;
  // Of an erased learner the ledger has nothing to compare with.
  if (state.applied_seq != kErasedSeq && repeated_.size() < limits::kMaxDoubted) repeated_.insert(state.learner_id);
  // Not at once: what it repeats may still be unsaved.
  batch.receipts.push_back(std::move(arrival.receipt));
}

void EventApplier::Erase(Arrival& arrival, LiveStates::Hand& state, Batch& batch) {
  // What waited for an event that is erased never gets its turn.
  for (Arrival& held : inbox_.Take(arrival.event.learner_id())) {
    if (held.receipt != nullptr) batch.receipts.push_back(std::move(held.receipt));
  }
  if (state.Read().applied_seq == kErasedSeq) {
    duplicates_.Increment();
  } else {
    Fold(models_, arrival.event, state.Write());
    applied_.Increment();
    batch.erased.insert(arrival.event.learner_id());
  }
  if (arrival.receipt != nullptr) batch.receipts.push_back(std::move(arrival.receipt));
}

void EventApplier::FoldReady(Arrival& arrival, LearnerState& state, Batch& batch) {
  FoldNext(arrival, state, batch);
  while (auto held = inbox_.TakeNext(state.learner_id, state.applied_seq, batch.now)) FoldNext(*held, state, batch);
}

void EventApplier::FoldNext(Arrival& next, LearnerState& state, Batch& batch) {
  // Held events that were applied by another way meanwhile come out too.
  if (next.event.learner_seq() == state.applied_seq + 1) {
    Fold(models_, next.event, state);
    applied_.Increment();
    const auto& recorded = next.event.record_time();
    const absl::Time record_time = absl::FromUnixSeconds(recorded.seconds()) + absl::Nanoseconds(recorded.nanos());
    delay_.Observe(std::max(0.0, absl::ToDoubleSeconds(clock_.Now() - record_time)));
  }
  if (next.receipt != nullptr) batch.receipts.push_back(std::move(next.receipt));
}

void EventApplier::Publish(Batch batch) {
  for (const std::string& learner_id : batch.changed) on_change_(learner_id, batch.erased.contains(learner_id));
  if (batch.unsaved.empty() && batch.receipts.empty()) return;
  saver_.Submit(std::move(batch.unsaved), std::move(batch.receipts));
}

std::vector<Gap> EventApplier::Gaps() const { return inbox_.GapsSince(clock_.Now() - limits::kGapPatience); }

std::vector<std::string> EventApplier::TakeRepeated() {
  std::vector<std::string> taken(repeated_.begin(), repeated_.end());
  repeated_.clear();
  return taken;
}

absl::StatusOr<int64_t> EventApplier::AppliedSeq(const std::string& learner_id) {
  int64_t applied_seq = 0;
  EDIRAE_RETURN_IF_ERROR(
      states_.Change(learner_id, [&](LiveStates::Hand& state) { applied_seq = state.Read().applied_seq; }).status());
  return applied_seq;
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
