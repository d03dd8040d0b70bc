#include "services/recommend/adapters/event_consumer.h"

#include <chrono>
#include <utility>

#include "common/ids/ids.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

// INVALID_ARGUMENT for a message that can never be applied.
absl::Status Decode(const nats::Message& message, int partition, events::v1::LearnerEvent& event) {
  EDIRAE_RETURN_IF_ERROR(DecodeEvent(message.data(), event));
  if (PartitionOf(event.learner_id()) == partition) return absl::OkStatus();
  return absl::InvalidArgumentError("the subject has another partition than the learner");
}

}  // namespace

EventConsumer::EventConsumer(std::unique_ptr<EventFeed> feed, EventApplier& applier, GapHealer& healer,
                             const Clock& clock, Metrics& metrics)
    : feed_(std::move(feed)),
      applier_(applier),
      healer_(healer),
      clock_(clock),
      lag_(metrics.Gauge("edirae_recommend_consumer_lag_messages",
                         "Messages of the stream that were not read when the bus last said.")),
      last_answer_(metrics.Gauge("edirae_recommend_consumer_last_answer_timestamp_seconds",
                                 "When the bus was last read without an error.")),
      poisoned_(metrics.Counter("edirae_recommend_events_poisoned_total", "Messages that can never be applied.")),
      batch_size_(metrics.SizeHistogram("edirae_recommend_fetch_messages", "Messages of one fetch.")),
      thread_("event-consumer", [this] { return TakeTurn(); }) {}

EventConsumer::~EventConsumer() { Stop(); }

void EventConsumer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    stop_requested_.notify_all();
  }
  thread_.Join();
}

process::Pace EventConsumer::TakeTurn() {
  const absl::Status read = ReadOnce();
  healer_.Step(applier_);  // also while the bus is away
  if (!Pause(read)) {
    applier_.GiveBack();
    feed_.reset();
    return process::Pace::kStop;
  }
  // Under load suggestions may lag; answers may not.
  return rate_.per_second() >= limits::kBusyRate ? process::Pace::kYielding : process::Pace::kPrompt;
}

absl::Status EventConsumer::ReadOnce() {
  auto messages = feed_->Fetch();
  if (!messages.ok()) return messages.status();
  last_answer_.Set(absl::ToDoubleSeconds(clock_.Now() - absl::UnixEpoch()));
  // A full batch is a backlog: nothing is gained by letting it wait.
  rate_.Add(static_cast<int64_t>(messages->size()), std::chrono::steady_clock::now());
  busy_ = messages->size() >= limits::kBusyFetch && messages->size() < limits::kFetchBatch &&
          rate_.per_second() >= limits::kBusyRate;
  if (!messages->empty()) Take(*messages);
  return MeasureLag();
}

absl::Status EventConsumer::MeasureLag() {
  // What a message says of those behind it is not enough: delivery may have paused.
  if (clock_.Now() < next_measure_) return absl::OkStatus();
  next_measure_ = clock_.Now() + limits::kLagMeasure;
  EDIRAE_ASSIGN_OR_RETURN(const uint64_t lag, feed_->Lag());
  lag_.Set(static_cast<double>(lag));
  return absl::OkStatus();
}

void EventConsumer::Take(const std::vector<nats::Message>& messages) {
  batch_size_.Observe(static_cast<double>(messages.size()));
  std::vector<Arrival> arrivals;
  arrivals.reserve(messages.size());
  for (const nats::Message& message : messages) {
    const std::optional<EventFeed::Wanted> wanted = feed_->Want(message);
    if (!wanted.has_value()) continue;
    Arrival& arrival = arrivals.emplace_back();
    if (const absl::Status decoded = Decode(message, wanted->partition, arrival.event); decoded.ok()) {
      arrival.receipt = feed_->ReceiptOf(*wanted);
    } else {
      arrivals.pop_back();
      Refuse(message, *wanted, decoded);
    }
  }
  applier_.Apply(std::move(arrivals));
}

void EventConsumer::Refuse(const nats::Message& message, const EventFeed::Wanted& wanted, const absl::Status& why) {
  poisoned_.Increment();
  log::Error("passed over an event that can never be applied",
             {{"subject", std::string(message.subject())},
              {"event_id", std::string(message.header("ce-id").value_or(""))},
              {"stream_seq", message.stream_seq()},
              {"reason", why}});
  feed_->Drop(wanted);
}

bool EventConsumer::Pause(const absl::Status& why) {
  if (why.code() != last_error_) {
    last_error_ = why.code();
    if (!why.ok()) log::Warn("cannot read learner events; trying again", {{"error", why}});
  }
  std::unique_lock lock(mutex_);
  if (why.ok()) {
    // Under load, let more events share one round.
    if (busy_)
      stop_requested_.wait_for(lock, absl::ToChronoMilliseconds(limits::kBusyPause), [this] { return stopping_; });
    return !stopping_;
  }
  return !stop_requested_.wait_for(lock, absl::ToChronoMilliseconds(limits::kRetryPause), [this] { return stopping_; });
}

}  // namespace edirae::recommend
