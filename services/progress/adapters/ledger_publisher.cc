#include "services/progress/adapters/ledger_publisher.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/progress/adapters/cloud_event.h"
#include "services/progress/adapters/stream_check.h"

namespace edirae::progress {
namespace {

// The cursor's epoch after an upgrade from a version that published names.
constexpr int64_t kStreamOfNames = -1;

std::chrono::nanoseconds Nanos(absl::Duration duration) { return absl::ToChronoNanoseconds(duration); }

}  // namespace

LedgerPublisher::LedgerPublisher(PublisherOptions options, EventStore& store, EventStream& stream, const Clock& clock,
                                 SteadyNow now, Metrics& metrics)
    : options_(options),
      store_(store),
      stream_(stream),
      clock_(clock),
      now_(std::move(now)),
      eraser_(store, stream, clock),
      age_seconds_(metrics.Gauge("edirae_progress_outbox_age_seconds",
                                 "How long the oldest event that is not yet on the bus has waited.")),
      depth_(metrics.Gauge("edirae_progress_outbox_depth", "Events that are not yet on the bus.")),
      published_(metrics.Counter("edirae_progress_published_total", "Events that the stream acknowledged.")),
      republished_(metrics.Counter("edirae_progress_republished_total",
                                   "Events to publish again because the stream lost them.")),
      ledger_behind_(metrics.Gauge("edirae_progress_ledger_behind_stream",
                                   "1 while the stream holds events that the ledger lacks; nothing is published.")) {}

absl::Status LedgerPublisher::Open() {
  EDIRAE_ASSIGN_OR_RETURN(cursor_, store_.ReadRelayCursor());
  read_position_ = cursor_.position;
  return absl::OkStatus();
}

void LedgerPublisher::NoteErasure() {
  Quiesce();
  TakeAnswers();
  window_.Clear();
  sent_.clear();
  stream_end_.reset();
  read_position_ = cursor_.position;
  may_have_more_ = true;
  eraser_.LookAgain();
}

void LedgerPublisher::Turn() {
  TakeAnswers();
  if (now_() >= retry_at_) {  // a full disk, too, gets a pause
    const absl::Status status = Work();
    if (!status.ok() || (leading_ && stream_.connected())) Note(status);
    if (!status.ok()) {
      const bool refused = ledger_behind_.Value() > 0;
      retry_at_ = now_() + Nanos(refused ? limits::kRelayRefusedPause : limits::kRelayRetryPause);
    }
  }
  ReportLag();
}

absl::Status LedgerPublisher::Work() {
  EDIRAE_RETURN_IF_ERROR(Lead());
  if (!leading_) return absl::OkStatus();
  EDIRAE_RETURN_IF_ERROR(SaveIfDue(false));
  if (!stream_.connected()) return absl::OkStatus();
  if (!checked_ || now_() >= next_check_) EDIRAE_RETURN_IF_ERROR(CheckStream());
  EDIRAE_RETURN_IF_ERROR(ReadMore());
  Send();
  return EraseMore();
}

LedgerPublisher::SteadyTime LedgerPublisher::NextTurn() const {
  const SteadyTime now = now_();
  // Nobody wakes us for what another replica recorded.
  const bool look_often = leading_ && store_.shared();
  SteadyTime until = now + Nanos(look_often ? limits::kRelaySharedPoll : limits::kRelayPoll);
  if (dirty_) until = std::min(until, std::max(next_save_, retry_at_));
  if (retry_at_ > now) until = std::min(until, retry_at_);
  if (checked_) until = std::min(until, next_check_);
  return until;
}

void LedgerPublisher::Finish() {
  stream_.Drain(limits::kRelayStopWait).IgnoreError();
  TakeAnswers();
  if (leading_ && lost_after_ == kNothingLost) SaveIfDue(true).IgnoreError();
}

void LedgerPublisher::Note(const absl::Status& status) {
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

absl::Status LedgerPublisher::Lead() {
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

absl::StatusOr<nats::StreamState> LedgerPublisher::FindStream() {
  auto state = stream_.GetState();
  if (state.ok() && cursor_.epoch == kStreamOfNames) {
    // What an older version published there names learners.
    if (options_.manage_stream) {
      EDIRAE_RETURN_IF_ERROR(stream_.Remove());
      state = absl::NotFoundError("replaced");
    } else if (state->messages > 0) {
      return absl::FailedPreconditionError(
          "the stream of learner events holds names of learners: remove it and make it anew");
    }
  }
  if (state.status().code() != absl::StatusCode::kNotFound || !options_.manage_stream) return state;
  EDIRAE_RETURN_IF_ERROR(stream_.Make());
  log::Info("made the stream of learner events", {{"stream", kLearnerEventStream}});
  return stream_.GetState();
}

absl::Status LedgerPublisher::CheckStream() {
  const bool nothing_under_way = sent_.empty();
  EDIRAE_ASSIGN_OR_RETURN(const nats::StreamState stream, FindStream());
  EDIRAE_RETURN_IF_ERROR(CheckIsKnown(stream));
  const int64_t epoch = absl::ToUnixNanos(stream.created);
  const int64_t last = std::min(static_cast<int64_t>(stream.last_seq), lost_after_);
  const int64_t before = cursor_.position;
  if (epoch != cursor_.epoch) {
    log::Info("a new stream of learner events: publishing from the start", {{"events", before}});
    Quiesce();
    stream_.TakeAnswers();
    EDIRAE_ASSIGN_OR_RETURN(const RelayCursor cursor, store_.StartRelayEpoch(epoch));
    Resume(cursor, before);
    eraser_.LookAgain();
  } else if (last < cursor_.stream_seq || lost_after_ != kNothingLost) {
    Quiesce();
    stream_.TakeAnswers();
    EDIRAE_RETURN_IF_ERROR(SaveIfDue(true));  // the runs of what was lost tell where to go back to
    EDIRAE_ASSIGN_OR_RETURN(const RelayCursor cursor, store_.RewindRelay(last));
    log::Warn("the stream of learner events lost its tail: publishing it again",
              {{"stream_had", cursor_.stream_seq}, {"stream_has", last}, {"events", before - cursor.position}});
    Resume(cursor, before);
  }
  if (nothing_under_way) stream_end_ = static_cast<int64_t>(stream.last_seq);
  lost_after_ = kNothingLost;
  checked_ = true;
  next_check_ = now_() + Nanos(options_.check_interval);
  return absl::OkStatus();
}

absl::Status LedgerPublisher::CheckIsKnown(const nats::StreamState& stream) {
  if (known_) return absl::OkStatus();
  absl::Status known = CheckLedgerKnowsStream(stream_, stream, store_, cursor_);
  ledger_behind_.Set(absl::IsFailedPrecondition(known) ? 1 : 0);
  known_ = known.ok();
  return known;
}

void LedgerPublisher::Quiesce() {
  // Cannot fail for long: every message is answered within the acknowledgement's timeout.
  while (!stream_.Drain(2 * limits::kRelayAckTimeout).ok()) log::Warn("messages are still under way");
}

absl::Status LedgerPublisher::EraseMore() {
  erasing_ = false;
  if (!eraser_.busy()) return absl::OkStatus();
  EDIRAE_RETURN_IF_ERROR(SaveIfDue(true));  // so that the runs are known up to the cursor
  EDIRAE_ASSIGN_OR_RETURN(erasing_, eraser_.Step(cursor_.position));
  return absl::OkStatus();
}

void LedgerPublisher::Resume(const RelayCursor& cursor, int64_t last_position_before) {
  republished_.Increment(static_cast<double>(std::max<int64_t>(0, last_position_before - cursor.position)));
  window_.Clear();
  sent_.clear();
  stream_end_.reset();
  unsaved_runs_.clear();
  dirty_ = false;
  cursor_ = cursor;
  read_position_ = cursor.position;
  sent_position_ = 0;  // what the stream lost goes out in groups again
  may_have_more_ = true;
}

void LedgerPublisher::TakeAnswers() {
  for (PublishAnswer& answer : stream_.TakeAnswers()) {
    const auto sent = std::ranges::find_if(
        sent_, [&](const Sent& group) { return group.first == answer.first && !group.ack.has_value(); });
    if (sent != sent_.end()) sent->ack = std::move(answer.ack);
  }
  // In the order of sending: only so does the sequence of one say where the next has to be.
  while (!sent_.empty() && sent_.front().ack.has_value()) {
    // What follows a loss belongs to a stream that is to be looked at first; it will be published again.
    if (lost_after_ != kNothingLost) return;
    Apply(sent_.front());
    sent_.pop_front();
  }
  if (lost_after_ != kNothingLost) return;
  if (const auto position = window_.Advance(unsaved_runs_)) {
    cursor_.position = *position;
    if (!std::exchange(dirty_, true)) next_save_ = now_() + Nanos(limits::kRelaySaveInterval);
  }
}

void LedgerPublisher::Apply(const Sent& group) {
  const std::optional<int64_t> end_before = std::exchange(stream_end_, std::nullopt);
  const absl::StatusOr<nats::PubAck>& ack = *group.ack;
  if (!ack.ok()) {
    window_.Fail(group.first, group.last);
    checked_ = false;
    retry_at_ = now_() + Nanos(limits::kRelayRetryPause);
    return;
  }
  const auto seq = static_cast<int64_t>(ack->seq);
  if (seq < cursor_.stream_seq + group.count && !ack->duplicate) {
    // A sequence is given twice only when the stream went back behind it. When it was the group that the stream did not
    // take whole, publishing more than is missing does no harm: the ids tell.
    lost_after_ = std::max<int64_t>(0, seq - group.count);
    checked_ = false;
    return;
  }
  cursor_.stream_seq = std::max(cursor_.stream_seq, seq);
  if (!ack->duplicate) stream_end_ = seq;
  if (group.count > 1 && (ack->duplicate || !end_before.has_value() || seq != *end_before + group.count)) {
    // Some were there before, or are not there: only one by one do they tell where each stands.
    window_.Fail(group.first, group.last);
    return;
  }
  window_.Acknowledge(group.first, group.last, seq);
  published_.Increment(static_cast<double>(group.count));
}

absl::Status LedgerPublisher::ReadMore() {
  while (may_have_more_ && window_.size() < limits::kRelayWindow &&
         unsaved_runs_.size() < limits::kRelayMaxUnsavedRuns) {
    const int room = static_cast<int>(limits::kRelayWindow - window_.size());
    const int wanted = std::min(room, limits::kRelayReadPage);
    EDIRAE_ASSIGN_OR_RETURN(std::vector<StoredEvent> events, store_.ReadCommitted(read_position_, wanted));
    for (StoredEvent& event : events) {
      EDIRAE_ASSIGN_OR_RETURN(CloudEvent cloud, ToCloudEvent(event.payload, event.pseudonym));
      if (cloud.is_tombstone) eraser_.LookAgain();  // another replica may have recorded it
      window_.Add(event.position, std::move(cloud), event.position <= sent_position_);
      read_position_ = event.position;
    }
    may_have_more_ = static_cast<int>(events.size()) == wanted;
  }
  return absl::OkStatus();
}

void LedgerPublisher::Send() {
  while (const auto group = window_.TakeUnsent(limits::kRelayGroup)) {
    sent_position_ = std::max(sent_position_, group->last);
    const absl::Status sent = stream_.Publish(*group);
    if (sent.ok()) {
      sent_.push_back({group->first, group->last, static_cast<int64_t>(group->messages.size()), std::nullopt});
      continue;
    }
    stream_end_.reset();  // it may have taken some of them
    window_.Fail(group->first, group->last);
    if (sent.code() != absl::StatusCode::kResourceExhausted) log::Warn("cannot publish", {{"error", sent}});
    retry_at_ = now_() + Nanos(limits::kRelayRetryPause);
    return;
  }
}

absl::Status LedgerPublisher::SaveIfDue(bool now) {
  if (!dirty_ || (!now && now_() < next_save_)) return absl::OkStatus();
  EDIRAE_RETURN_IF_ERROR(store_.SaveRelayProgress(cursor_, unsaved_runs_));
  unsaved_runs_.clear();
  dirty_ = false;
  return absl::OkStatus();
}

void LedgerPublisher::ReportLag() {
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

}  // namespace edirae::progress
