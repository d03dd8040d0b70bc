#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_OUTBOX_RELAY_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_OUTBOX_RELAY_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/nats/async_publisher.h"
#include "common/nats/connection.h"
#include "common/nats/jetstream.h"
#include "services/progress/adapters/relay_window.h"
#include "services/progress/adapters/stream_eraser.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/limits.h"

namespace edirae::progress {

// Name of the stream that learner events go to.
inline constexpr char kLearnerEventStream[] = "LEARNER_EVENTS";

struct RelayOptions {
  std::string nats_url;
  // Whether the relay makes the stream when it is not there; otherwise it waits for it.
  bool manage_stream = true;
  int64_t stream_max_bytes = limits::kStreamMaxBytes;
  absl::Duration check_interval = limits::kRelayCheckInterval;
};

// Brings every recorded event to the bus, at least once and in order of position as long as nothing fails. JetStream is
// transport, not truth: the relay remembers how far it has come in which stream, and when the stream was made anew or
// has lost its tail it publishes again what is missing. Of the relays of a shared ledger one publishes, and the others
// are ready to take over. Writers never wait for it. Thread-safe.
class OutboxRelay {
 public:
  // Does not wait for NATS. The references must outlive the relay. Errors of nats::Connection::Connect and of the
  // store.
  static absl::StatusOr<std::unique_ptr<OutboxRelay>> Start(RelayOptions options, EventStore& store, const Clock& clock,
                                                            Metrics& metrics);
  ~OutboxRelay();  // Stop()

  // There may be new events. Never blocks.
  void Wake();

  // A learner is about to be erased, or was: what was read of the ledger is not sent any more, but read again. Call it
  // before the ledger forgets them, and after. Never blocks.
  void NoteErasure();

  // Waits shortly for what is under way, saves how far it has come, ends the thread. Idempotent.
  void Stop();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  // What became of the events from `first` to `last`, which are `count`.
  struct Answer {
    int64_t first;
    int64_t last;
    int64_t count;
    absl::StatusOr<nats::PubAck> ack;
  };
  static constexpr int64_t kNothingLost = std::numeric_limits<int64_t>::max();

  OutboxRelay(RelayOptions options, EventStore& store, const Clock& clock, Metrics& metrics);
  absl::Status Open();
  void Run();
  void Turn();

  // Finds out whether this relay is the one that publishes, and begins anew where the last one was when it becomes
  // that.
  absl::Status Lead();

  // Looks whether the stream is the one that was published to, and still has it all; repairs what is not so.
  absl::Status CheckStream();
  absl::StatusOr<nats::StreamState> FindStream();
  // Refuses a stream that knows more than the ledger; once, because from then on the relay itself is who publishes.
  absl::Status CheckIsKnown(const nats::StreamState& stream);
  // Waits for what is under way, before the cursor moves back or the window is read again.
  void Quiesce();
  void DropAnswers();
  void Reread();
  absl::Status EraseMore();
  void Resume(const RelayCursor& cursor, int64_t last_position_before);

  void TakeAnswers();
  void Apply(const Answer& answer);
  absl::Status ReadMore();
  void Send();
  absl::Status SaveIfDue(bool now);
  // Logs a change of state.
  void Note(const absl::Status& status);
  void ReportLag();
  void Wait();

  const RelayOptions options_;
  EventStore& store_;
  const Clock& clock_;
  prometheus::Gauge& age_seconds_;
  prometheus::Gauge& depth_;
  prometheus::Counter& published_;
  prometheus::Counter& republished_;
  prometheus::Gauge& connected_;
  prometheus::Gauge& ledger_behind_;

  // Of the relay's thread.
  bool leading_ = false;  // this relay is the one that publishes
  RelayCursor cursor_;
  RelayWindow window_;
  int64_t read_position_ = 0;          // everything up to here is in the window or published
  int64_t lost_after_ = kNothingLost;  // an answer showed that the stream had ended here in between
  bool may_have_more_ = true;
  bool checked_ = false;  // the stream is known to be the right one
  bool known_ = false;    // nothing in it was unknown to the ledger when the relay first saw it
  bool dirty_ = false;    // the cursor moved since it was saved
  bool erasing_ = false;  // there is more to erase in the stream, at once
  std::vector<PublishedRun> unsaved_runs_;
  SteadyTime next_check_;
  SteadyTime next_save_;
  SteadyTime retry_at_;                                    // nothing is sent before
  absl::StatusCode last_failure_ = absl::StatusCode::kOk;  // logged once

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Answer> answers_ ABSL_GUARDED_BY(mutex_);
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
  bool connection_changed_ ABSL_GUARDED_BY(mutex_) = false;
  bool erased_ ABSL_GUARDED_BY(mutex_) = false;  // NoteErasure
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  std::unique_ptr<nats::Connection> connection_;
  std::unique_ptr<nats::JetStream> jetstream_;
  std::unique_ptr<StreamEraser> eraser_;
  std::unique_ptr<nats::AsyncPublisher> publisher_;
  std::thread thread_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_OUTBOX_RELAY_H_
