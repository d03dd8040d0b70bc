#include "services/progress/adapters/outbox_relay.h"

#include <algorithm>

#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "common/status/macros.h"
#include "services/progress/adapters/stream_check.h"

namespace edirae::progress {
namespace {

using SteadyClock = std::chrono::steady_clock;

// The cursor's epoch after an upgrade from a version that published names.
constexpr int64_t kStreamOfNames = -1;

std::chrono::nanoseconds Nanos(absl::Duration duration) { return absl::ToChronoNanoseconds(duration); }

}  // namespace

OutboxRelay::OutboxRelay(RelayOptions options, EventStore& store, const Clock& clock, Metrics& metrics)
    : options_(std::move(options)),
      store_(store),
      clock_(clock),
      age_seconds_(metrics.Gauge("edirae_progress_outbox_age_seconds",
                                 "How long the oldest event that is not yet on the bus has waited.")),
      depth_(metrics.Gauge("edirae_progress_outbox_depth", "Events that are not yet on the bus.")),
      published_(metrics.Counter("edirae_progress_published_total", "Events that the stream acknowledged.")),
      republished_(metrics.Counter("edirae_progress_republished_total",
                                   "Events to publish again because the stream lost them.")),
      connected_(metrics.Gauge("edirae_progress_nats_connected", "1 while the bus is connected.")),
      ledger_behind_(metrics.Gauge("edirae_progress_ledger_behind_stream",
                                   "1 while the stream holds events that the ledger lacks; nothing is published.")) {}

absl::StatusOr<std::unique_ptr<OutboxRelay>> OutboxRelay::Start(RelayOptions options, EventStore& store,
                                                                const Clock& clock, Metrics& metrics) {
  auto relay = std::unique_ptr<OutboxRelay>(new OutboxRelay(std::move(options), store, clock, metrics));
  EDIRAE_RETURN_IF_ERROR(relay->Open());
  return relay;
}

absl::Status OutboxRelay::Open() {
  EDIRAE_ASSIGN_OR_RETURN(cursor_, store_.ReadRelayCursor());
  read_position_ = cursor_.position;
  const auto changed = [this] {
    const std::lock_guard lock(mutex_);
    connection_changed_ = true;
    changed_.notify_one();
  };
  nats::ConnectionOptions connection;
  connection.url = options_.nats_url;
  connection.client_name = "edirae-progress";
  connection.connected = &connected_;
  connection.send_immediately = false;  // a round's messages leave together, at the cost of a millisecond
  connection.on_connected = changed;
  connection.on_disconnected = changed;
  connection.on_error = [](const absl::Status& error) { log::Warn("NATS reports an error", {{"error", error}}); };
  EDIRAE_ASSIGN_OR_RETURN(connection_, nats::Connection::Connect(std::move(connection)));
  jetstream_ = std::make_unique<nats::JetStream>(*connection_);
  eraser_ = std::make_unique<StreamEraser>(store_, *jetstream_, kLearnerEventStream, clock_);
  EDIRAE_ASSIGN_OR_RETURN(
      publisher_, nats::AsyncPublisher::Create(
                      *connection_, {.max_pending = limits::kRelayWindow, .ack_timeout = limits::kRelayAckTimeout}));
  thread_ = std::thread([this] {
    process::NameThread("outbox-relay");
    process::YieldToForeground();  // publishing may lag under load; answers may not
    Run();
  });
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
  if (thread_.joinable()) thread_.join();
  publisher_.reset();
  if (connection_ != nullptr) connection_->Close();
}

void OutboxRelay::Run() {
  while (true) {
    bool erased;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) break;
      erased = std::exchange(erased_, false);
      may_have_more_ = may_have_more_ || std::exchange(woken_, false);
      if (std::exchange(connection_changed_, false)) checked_ = false;
    }
    if (erased) Reread();
    Turn();
    ReportLag();
    Wait();
  }
  publisher_->Drain(limits::kRelayStopWait).IgnoreError();
  TakeAnswers();
  if (leading_ && lost_after_ == kNothingLost) SaveIfDue(true).IgnoreError();
}

// One round: what came back, then the state of the stream, then what can go out.
void OutboxRelay::Turn() {
  TakeAnswers();
  const auto now = SteadyClock::now();
  if (now < retry_at_) return;  // a full disk, too, gets a pause
  absl::Status status = Lead();
  if (status.ok() && !leading_) return;
  if (status.ok()) status = SaveIfDue(false);
  if (status.ok() && connection_->connected()) {
    if (!checked_ || now >= next_check_) status = CheckStream();
    if (status.ok()) status = ReadMore();
    if (status.ok()) Send();
    if (status.ok()) status = EraseMore();
  }
  if (!status.ok() || connection_->connected()) Note(status);
  if (status.ok()) return;
  const bool refused = ledger_behind_.Value() > 0;
  retry_at_ = SteadyClock::now() + Nanos(refused ? limits::kRelayRefusedPause : limits::kRelayRetryPause);
}

void OutboxRelay::Note(const absl::Status& status) {
  if (status.code() == last_failure_) return;
  last_failure_ = status.code();
  if (status.ok()) {
    log::Info("the outbox relay publishes again");
  } else if (ledger_behind_.Value() > 0) {
    log::Error("nothing is published until this is mended", {{"error", status}});
  } else {
    log::Warn("the outbox relay will try again", {{"error", status}});
  }
}

absl::Status OutboxRelay::Lead() {
  const absl::StatusOr<bool> held = store_.HoldRelay();
  if (leading_ && held.ok() && *held) return absl::OkStatus();
  if (std::exchange(leading_, false)) {
    log::Warn("stopped publishing: another replica may do it now", {{"reason", held.status()}});
    Quiesce();
  }
  if (!held.ok()) return held.status();
  EDIRAE_ASSIGN_OR_RETURN(const RelayCursor cursor, store_.ReadRelayCursor());
  Resume(cursor, cursor.position);
  checked_ = false;
  lost_after_ = kNothingLost;
  leading_ = *held;
  if (leading_ && store_.shared()) log::Info("this replica publishes", {{"after_position", cursor.position}});
  return absl::OkStatus();
}

absl::StatusOr<nats::StreamState> OutboxRelay::FindStream() {
  auto state = jetstream_->GetStream(kLearnerEventStream);
  if (state.ok() && cursor_.epoch == kStreamOfNames) {
    // What an older version published there names learners.
    if (options_.manage_stream) {
      EDIRAE_RETURN_IF_ERROR(jetstream_->DeleteStream(kLearnerEventStream));
      state = absl::NotFoundError("replaced");
    } else if (state->messages > 0) {
      return absl::FailedPreconditionError(
          "the stream of learner events holds names of learners: remove it and make it anew");
    }
  }
  if (state.status().code() != absl::StatusCode::kNotFound || !options_.manage_stream) return state;
  nats::StreamSettings settings;
  settings.name = kLearnerEventStream;
  settings.subjects = {"learner.events.v1.>"};
  settings.max_age = limits::kStreamMaxAge;
  settings.max_bytes = options_.stream_max_bytes;
  EDIRAE_RETURN_IF_ERROR(jetstream_->EnsureStream(settings));
  log::Info("made the stream of learner events", {{"stream", kLearnerEventStream}});
  return jetstream_->GetStream(kLearnerEventStream);
}

absl::Status OutboxRelay::CheckStream() {
  EDIRAE_ASSIGN_OR_RETURN(const nats::StreamState stream, FindStream());
  EDIRAE_RETURN_IF_ERROR(CheckIsKnown(stream));
  const int64_t epoch = absl::ToUnixNanos(stream.created);
  const int64_t last = std::min(static_cast<int64_t>(stream.last_seq), lost_after_);
  const int64_t before = cursor_.position;
  if (epoch != cursor_.epoch) {
    log::Info("a new stream of learner events: publishing from the start", {{"events", before}});
    Quiesce();
    DropAnswers();
    EDIRAE_ASSIGN_OR_RETURN(const RelayCursor cursor, store_.StartRelayEpoch(epoch));
    Resume(cursor, before);
    eraser_->LookAgain();
  } else if (last < cursor_.stream_seq) {
    Quiesce();
    DropAnswers();
    EDIRAE_RETURN_IF_ERROR(SaveIfDue(true));  // the runs of what was lost tell where to go back to
    EDIRAE_ASSIGN_OR_RETURN(const RelayCursor cursor, store_.RewindRelay(last));
    log::Warn("the stream of learner events lost its tail: publishing it again",
              {{"stream_had", cursor_.stream_seq}, {"stream_has", last}, {"events", before - cursor.position}});
    Resume(cursor, before);
  }
  lost_after_ = kNothingLost;
  checked_ = true;
  next_check_ = SteadyClock::now() + Nanos(options_.check_interval);
  return absl::OkStatus();
}

absl::Status OutboxRelay::CheckIsKnown(const nats::StreamState& stream) {
  if (known_) return absl::OkStatus();
  const absl::Status known = CheckLedgerKnowsStream(*jetstream_, kLearnerEventStream, stream, store_, cursor_);
  ledger_behind_.Set(absl::IsFailedPrecondition(known) ? 1 : 0);
  known_ = known.ok();
  return known;
}

void OutboxRelay::Quiesce() {
  // Cannot fail for long: every message is answered within the acknowledgement's timeout.
  while (!publisher_->Drain(2 * limits::kRelayAckTimeout).ok()) log::Warn("messages are still under way");
}

void OutboxRelay::DropAnswers() {
  const std::lock_guard lock(mutex_);
  answers_.clear();
}

void OutboxRelay::Reread() {
  Quiesce();
  TakeAnswers();
  window_.Clear();
  read_position_ = cursor_.position;
  may_have_more_ = true;
  eraser_->LookAgain();
}

absl::Status OutboxRelay::EraseMore() {
  erasing_ = false;
  if (!eraser_->busy()) return absl::OkStatus();
  EDIRAE_RETURN_IF_ERROR(SaveIfDue(true));  // so that the runs are known up to the cursor
  EDIRAE_ASSIGN_OR_RETURN(erasing_, eraser_->Step(cursor_.position));
  return absl::OkStatus();
}

void OutboxRelay::Resume(const RelayCursor& cursor, int64_t last_position_before) {
  republished_.Increment(static_cast<double>(std::max<int64_t>(0, last_position_before - cursor.position)));
  window_.Clear();
  unsaved_runs_.clear();
  dirty_ = false;
  cursor_ = cursor;
  read_position_ = cursor.position;
  may_have_more_ = true;
}

void OutboxRelay::TakeAnswers() {
  std::vector<Answer> answers;
  {
    const std::lock_guard lock(mutex_);
    answers.swap(answers_);
  }
  for (const Answer& answer : answers) {
    // What follows a loss belongs to a stream that is to be looked at first; it will be published again.
    if (lost_after_ != kNothingLost) return;
    Apply(answer);
  }
  if (lost_after_ != kNothingLost) return;
  if (const auto position = window_.Advance(unsaved_runs_)) {
    cursor_.position = *position;
    if (!std::exchange(dirty_, true)) next_save_ = SteadyClock::now() + Nanos(limits::kRelaySaveInterval);
  }
}

void OutboxRelay::Apply(const Answer& answer) {
  if (!answer.ack.ok()) {
    window_.Fail(answer.first, answer.last);
    checked_ = false;
    retry_at_ = SteadyClock::now() + Nanos(limits::kRelayRetryPause);
    return;
  }
  const auto seq = static_cast<int64_t>(answer.ack->seq);
  const int64_t whole = cursor_.stream_seq + answer.count;
  if (seq < whole && !answer.ack->duplicate) {
    // A sequence is given twice only when the stream went back behind it. When it was the group that the stream did not
    // take whole, publishing more than is missing does no harm: the ids tell.
    lost_after_ = std::max<int64_t>(0, seq - answer.count);
    checked_ = false;
    return;
  }
  cursor_.stream_seq = std::max(cursor_.stream_seq, seq);
  if (answer.count > 1 && (answer.ack->duplicate || seq != whole)) {
    // Some were there before, or somebody else publishes: only one by one do they tell where each stands.
    window_.Fail(answer.first, answer.last);
    return;
  }
  window_.Acknowledge(answer.first, answer.last, seq);
  published_.Increment(static_cast<double>(answer.count));
}

absl::Status OutboxRelay::ReadMore() {
  while (may_have_more_ && window_.size() < limits::kRelayWindow &&
         unsaved_runs_.size() < limits::kRelayMaxUnsavedRuns) {
    const int room = static_cast<int>(limits::kRelayWindow - window_.size());
    const int wanted = std::min(room, limits::kRelayReadPage);
    EDIRAE_ASSIGN_OR_RETURN(std::vector<StoredEvent> events, store_.ReadCommitted(read_position_, wanted));
    for (StoredEvent& event : events) {
      EDIRAE_ASSIGN_OR_RETURN(CloudEvent cloud, ToCloudEvent(event.payload, event.pseudonym));
      if (cloud.is_tombstone) eraser_->LookAgain();  // another replica may have recorded it
      window_.Add(event.position, std::move(cloud));
      read_position_ = event.position;
    }
    may_have_more_ = static_cast<int>(events.size()) == wanted;
  }
  return absl::OkStatus();
}

void OutboxRelay::Send() {
  while (const auto group = window_.TakeUnsent(limits::kRelayGroup)) {
    const int64_t first = group->first, last = group->last, count = static_cast<int64_t>(group->messages.size());
    const absl::Status sent =
        publisher_->PublishGroup(group->messages, [this, first, last, count](absl::StatusOr<nats::PubAck> ack) {
          const std::lock_guard lock(mutex_);
          answers_.push_back({first, last, count, std::move(ack)});
          if (answers_.size() == 1) changed_.notify_one();
        });
    if (sent.ok()) continue;
    window_.Fail(first, last);
    if (sent.code() != absl::StatusCode::kResourceExhausted) log::Warn("cannot publish", {{"error", sent}});
    retry_at_ = SteadyClock::now() + Nanos(limits::kRelayRetryPause);
    return;
  }
}

absl::Status OutboxRelay::SaveIfDue(bool now) {
  if (!dirty_ || (!now && SteadyClock::now() < next_save_)) return absl::OkStatus();
  EDIRAE_RETURN_IF_ERROR(store_.SaveRelayProgress(cursor_, unsaved_runs_));
  unsaved_runs_.clear();
  dirty_ = false;
  return absl::OkStatus();
}

void OutboxRelay::ReportLag() {
  const int64_t depth = store_.LastPosition().value_or(cursor_.position) - cursor_.position;
  depth_.Set(static_cast<double>(depth));
  std::optional<absl::Time> oldest = window_.OldestRecordTime();
  if (!oldest && depth > 0) {  // nothing was read yet, because NATS is not there
    const auto next = store_.ReadCommitted(cursor_.position, 1);
    if (next.ok() && !next->empty()) {
      const auto cloud = ToCloudEvent(next->front().payload, next->front().pseudonym);
      if (cloud.ok()) oldest = cloud->record_time;
    }
  }
  age_seconds_.Set(oldest ? absl::ToDoubleSeconds(clock_.Now() - *oldest) : 0);
}

void OutboxRelay::Wait() {
  if (erasing_) return;
  // Nobody wakes us for what another replica recorded.
  const bool look_often = leading_ && store_.shared();
  SteadyTime until = SteadyClock::now() + Nanos(look_often ? limits::kRelaySharedPoll : limits::kRelayPoll);
  if (dirty_) until = std::min(until, std::max(next_save_, retry_at_));
  if (retry_at_ > SteadyClock::now()) until = std::min(until, retry_at_);
  if (checked_) until = std::min(until, next_check_);
  std::unique_lock lock(mutex_);
  // A round has costs of its own, here and at the bus: under load, let more events share one.
  if (window_.size() >= limits::kRelayBusyWindow) {
    changed_.wait_for(lock, Nanos(limits::kRelayBusyPause),
                      [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; });
  }
  const bool news = changed_.wait_until(lock, until, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return stopping_ || (leading_ && (woken_ || connection_changed_ || erased_ || !answers_.empty()));
  });
  if (!news) may_have_more_ = true;
}

}  // namespace edirae::progress
