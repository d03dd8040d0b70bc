#include "services/progress/adapters/outbox_relay.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/log/log.h"
#include "common/status/macros.h"

namespace edirae::progress {

absl::StatusOr<std::unique_ptr<OutboxRelay>> OutboxRelay::Start(const RelayOptions& options, EventStore& store,
                                                                const Clock& clock, Metrics& metrics) {
  auto relay = std::unique_ptr<OutboxRelay>(new OutboxRelay(store, metrics));
  EDIRAE_RETURN_IF_ERROR(relay->Open(options, clock));
  return relay;
}

absl::Status OutboxRelay::Open(const RelayOptions& options, const Clock& clock) {
  // For callbacks of the connection.
  const auto note = [this](bool& flag) {
    const std::lock_guard lock(mutex_);
    flag = true;
    changed_.notify_one();
  };
  nats::ConnectionOptions connection;
  connection.url = options.nats_url;
  connection.client_name = "edirae-progress";
  connection.connected = &metrics_.Gauge("edirae_progress_nats_connected", "1 while the bus is connected.");
  connection.send_immediately = false;  // a round's messages leave together, at the cost of a millisecond
  connection.on_connected = [this, note] { note(connection_changed_); };
  connection.on_disconnected = [this, note] { note(connection_changed_); };
  connection.on_error = [](const absl::Status& error) { log::Warn("NATS reports an error", {{"error", error}}); };
  EDIRAE_ASSIGN_OR_RETURN(
      stream_, NatsEventStream::Connect(std::move(connection), options.stream, [this, note] { note(answered_); }));
  publisher_ = std::make_unique<LedgerPublisher>(
      options.publisher, store_, *stream_, clock, [] { return std::chrono::steady_clock::now(); }, metrics_);
  EDIRAE_RETURN_IF_ERROR(publisher_->Open());
  thread_ = std::make_unique<process::PacedThread>("outbox-relay", [this] { return TakeTurn(); });
  return absl::OkStatus();
}

OutboxRelay::~OutboxRelay() { Stop(); }

void OutboxRelay::Wake() {
  const std::lock_guard lock(mutex_);
  if (woken_) return;
  woken_ = true;
  changed_.notify_one();
}

void OutboxRelay::NoteErasure() {
  const std::lock_guard lock(mutex_);
  erased_ = true;
  changed_.notify_one();
}

void OutboxRelay::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_ != nullptr) thread_->Join();
  publisher_.reset();
  stream_.reset();
}

process::Pace OutboxRelay::TakeTurn() {
  bool erased;
  bool stopping;
  {
    const std::lock_guard lock(mutex_);
    stopping = stopping_;
    answered_ = false;
    erased = std::exchange(erased_, false);
    if (std::exchange(woken_, false)) publisher_->NoteRecorded();
    if (std::exchange(connection_changed_, false)) publisher_->NoteConnection();
  }
  if (stopping) {
    publisher_->Finish();
    return process::Pace::kStop;
  }
  if (erased) publisher_->NoteErasure();
  publisher_->Turn();
  Wait();
  // Under load publishing may lag; answers may not.
  return rate_.per_second() >= limits::kRelayBusyRate ? process::Pace::kYielding : process::Pace::kPrompt;
}

void OutboxRelay::MeasureRate() {
  const int64_t position = publisher_->read_position();
  const int64_t more = position - std::exchange(rated_position_, position);  // below 0 when it goes back
  rate_.Add(std::max<int64_t>(more, 0), std::chrono::steady_clock::now());
}

void OutboxRelay::Wait() {
  if (publisher_->hurried()) return;
  const auto until = publisher_->NextTurn();
  const bool leading = publisher_->leading();
  MeasureRate();
  const size_t waiting = publisher_->window_size();
  const bool busy = waiting >= limits::kRelayBusyWindow && rate_.per_second() >= limits::kRelayBusyRate;
  const absl::Duration pause = waiting < limits::kRelayWindow ? limits::kRelayBusyPause : limits::kRelayBacklogPause;
  std::unique_lock lock(mutex_);
  // A round has costs of its own, here and at the bus: under load, let more events share one.
  if (busy) {
    changed_.wait_for(lock, absl::ToChronoNanoseconds(pause),
                      [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; });
  }
  const bool news = changed_.wait_until(lock, until, [this, leading]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return stopping_ || (leading && (woken_ || connection_changed_ || erased_ || answered_));
  });
  if (!news) publisher_->NoteRecorded();
}

}  // namespace edirae::progress
