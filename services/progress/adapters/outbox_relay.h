#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_OUTBOX_RELAY_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_OUTBOX_RELAY_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "common/clock/clock.h"
#include "common/clock/recent_rate.h"
#include "common/metrics/metrics.h"
#include "common/process/paced_thread.h"
#include "services/progress/adapters/ledger_publisher.h"
#include "services/progress/adapters/nats_event_stream.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/limits.h"

namespace edirae::progress {

struct RelayOptions {
  std::string nats_url;
  StreamRoom stream{};
  PublisherOptions publisher{};
};

// Brings every recorded event to the bus, at least once and in order of position as long as nothing fails. JetStream is
// transport, not truth: the relay remembers how far it has come in which stream, and when the stream was made anew or
// has lost its tail it publishes again what is missing. Of the relays of a shared ledger one publishes, and the others
// are ready to take over. Writers never wait for it. This is the thread and the connection; what it decides, it decides
// in LedgerPublisher. Thread-safe.
class OutboxRelay {
 public:
  // Does not wait for NATS. The references must outlive the relay. Errors of nats::Connection::Connect and of the
  // store.
  static absl::StatusOr<std::unique_ptr<OutboxRelay>> Start(const RelayOptions& options, EventStore& store,
                                                            const Clock& clock, Metrics& metrics);
  ~OutboxRelay();  // Stop()

  // There may be new events. Never blocks.
  void Wake();

  // A learner is about to be erased, or was: what was read of the ledger is not sent any more, but read again. Call it
  // before the ledger forgets them, and after. Never blocks.
  void NoteErasure();

  // Waits shortly for what is under way, saves how far it has come, ends the thread. Idempotent.
  void Stop();

 private:
  OutboxRelay(EventStore& store, Metrics& metrics) : store_(store), metrics_(metrics) {}
  absl::Status Open(const RelayOptions& options, const Clock& clock);
  process::Pace TakeTurn();
  // Waits for news, or until the next turn is due.
  void Wait();
  // Notes how fast events come.
  void MeasureRate();

  EventStore& store_;
  Metrics& metrics_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool answered_ ABSL_GUARDED_BY(mutex_) = false;
  bool woken_ ABSL_GUARDED_BY(mutex_) = false;
  bool connection_changed_ ABSL_GUARDED_BY(mutex_) = false;
  bool erased_ ABSL_GUARDED_BY(mutex_) = false;  // NoteErasure
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  std::unique_ptr<NatsEventStream> stream_;
  // Of the thread.
  std::unique_ptr<LedgerPublisher> publisher_;
  RecentRate rate_;  // of events read
  int64_t rated_position_ = 0;
  std::unique_ptr<process::PacedThread> thread_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_OUTBOX_RELAY_H_
