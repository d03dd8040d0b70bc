#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_CONSUMER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_CONSUMER_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "common/clock/clock.h"
#include "common/clock/recent_rate.h"
#include "common/metrics/metrics.h"
#include "common/process/paced_thread.h"
#include "services/recommend/adapters/event_applier.h"
#include "services/recommend/adapters/event_feed.h"
#include "services/recommend/adapters/gap_healer.h"

namespace edirae::recommend {

// Reads the bus on a thread of its own, for as long as it lives: waits out a server that is down and a stream that is
// not there (yet, or was deleted). Events that can never be applied are logged, counted and never asked for again, so
// that the others go on; the ledger still has them.
class EventConsumer {
 public:
  // Starts reading. All references must outlive this object.
  EventConsumer(std::unique_ptr<EventFeed> feed, EventApplier& applier, GapHealer& healer, const Clock& clock,
                Metrics& metrics);
  ~EventConsumer();  // Stop()

  // Ends the thread; what is held comes again at the next start. Idempotent.
  void Stop();

 private:
  process::Pace TakeTurn();
  // One fetch; an error when the bus could not be read.
  absl::Status ReadOnce();
  absl::Status MeasureLag();
  void Take(const std::vector<nats::Message>& messages);
  void Refuse(const nats::Message& message, const EventFeed::Wanted& wanted, const absl::Status& why);
  bool Pause(const absl::Status& why);  // false when stopping

  std::unique_ptr<EventFeed> feed_;  // until the thread ends
  EventApplier& applier_;
  GapHealer& healer_;
  const Clock& clock_;
  prometheus::Gauge& lag_;
  prometheus::Gauge& last_answer_;
  prometheus::Counter& poisoned_;
  prometheus::Histogram& batch_size_;
  absl::Time next_measure_ = absl::InfinitePast();
  absl::StatusCode last_error_ = absl::StatusCode::kOk;  // logged once
  bool busy_ = false;  // of the thread: events come fast, and the last fetch was a large one, though not a full one
  RecentRate rate_;    // of the thread, of messages

  std::mutex mutex_;
  std::condition_variable stop_requested_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  process::PacedThread thread_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_EVENT_CONSUMER_H_
