#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_PUBLISHER_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_PUBLISHER_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "services/progress/adapters/event_stream.h"
#include "services/progress/adapters/relay_window.h"
#include "services/progress/adapters/stream_eraser.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/limits.h"

namespace edirae::progress {

struct PublisherOptions {
  // Whether it makes the stream when it is not there; otherwise it waits for it.
  bool manage_stream = true;
  absl::Duration check_interval = limits::kRelayCheckInterval;
};

// Everything that the outbox relay knows and decides, turn by turn: what to publish next, what an answer means, whether
// the stream is still the one that was published to, and from where to publish again. No thread, no connection, no
// waiting of its own: OutboxRelay drives it with NATS, tests/simulation with a stream that fails by a seed. For one
// thread.
class LedgerPublisher {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;
  using SteadyNow = std::function<SteadyTime()>;

  // `clock` tells when something happened, `now` how long it takes. The references must outlive it.
  LedgerPublisher(PublisherOptions options, EventStore& store, EventStream& stream, const Clock& clock, SteadyNow now,
                  Metrics& metrics);

  // Reads how far it has come. Errors of the store. First.
  absl::Status Open();

  // There may be new events.
  void NoteRecorded() { may_have_more_ = true; }
  // The stream was connected or disconnected.
  void NoteConnection() { checked_ = false; }
  // Learners were erased, or are about to be: what was read of the ledger is not sent any more, but read again.
  void NoteErasure();

  // One round: what came back, then the state of the stream, then what can go out.
  void Turn();

  // When to take a turn at the latest, if there is no news.
  SteadyTime NextTurn() const;
  // Whether to take the next turn at once.
  bool hurried() const { return erasing_; }
  // Whether it is this one that publishes; otherwise news is nothing to it.
  bool leading() const { return leading_; }
  // Events that were read and are not acknowledged.
  size_t window_size() const { return window_.size(); }
  // Of the newest event that was read.
  int64_t read_position() const { return read_position_; }

  // Waits shortly for what is under way, and saves how far it has come. The last call.
  void Finish();

 private:
  // A group that was sent, and what became of it.
  struct Sent {
    int64_t first = 0;
    int64_t last = 0;
    int64_t count = 0;
    std::optional<absl::StatusOr<nats::PubAck>> ack;
  };
  static constexpr int64_t kNothingLost = std::numeric_limits<int64_t>::max();

  absl::Status Work();
  // Finds out whether this is the one that publishes, and begins anew where the last one was when it becomes that.
  absl::Status Lead();

  // Looks whether the stream is the one that was published to, and still has it all; repairs what is not so.
  absl::Status CheckStream();
  absl::StatusOr<nats::StreamState> FindStream();
  // Refuses a stream that knows more than the ledger; once, because from then on it is this that publishes.
  absl::Status CheckIsKnown(const nats::StreamState& stream);
  // Waits for what is under way, before the cursor moves back or the window is read again.
  void Quiesce();
  absl::Status EraseMore();
  void Resume(const RelayCursor& cursor, int64_t last_position_before);

  void TakeAnswers();
  void Apply(const Sent& group);
  absl::Status ReadMore();
  void Send();
  absl::Status SaveIfDue(bool now);
  // Logs a change of state.
  void Note(const absl::Status& status);
  void ReportLag();

  const PublisherOptions options_;
  EventStore& store_;
  EventStream& stream_;
  const Clock& clock_;
  const SteadyNow now_;
  StreamEraser eraser_;
  prometheus::Gauge& age_seconds_;
  prometheus::Gauge& depth_;
  prometheus::Counter& published_;
  prometheus::Counter& republished_;
  prometheus::Gauge& ledger_behind_;

  bool leading_ = false;  // this is the one that publishes
  RelayCursor cursor_;
  RelayWindow window_;
  std::deque<Sent> sent_;              // in order; what lies behind one without an answer has to wait
  std::optional<int64_t> stream_end_;  // of the stream when the first of them was sent; nothing when it is not certain
  int64_t read_position_ = 0;          // everything up to here is in the window or published
  int64_t sent_position_ = 0;          // nothing behind it was sent since the last beginning
  int64_t lost_after_ = kNothingLost;  // an answer showed that the stream had ended here in between
  bool may_have_more_ = true;
  bool checked_ = false;  // the stream is known to be the right one
  bool known_ = false;    // nothing in it was unknown to the ledger when it was first seen
  bool dirty_ = false;    // the cursor moved since it was saved
  bool erasing_ = false;  // there is more to erase in the stream, at once
  std::vector<PublishedRun> unsaved_runs_;
  SteadyTime next_check_;
  SteadyTime next_save_;
  SteadyTime retry_at_;                                    // nothing is sent before
  absl::StatusCode last_failure_ = absl::StatusCode::kOk;  // logged once
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_LEDGER_PUBLISHER_H_
