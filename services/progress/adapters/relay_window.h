#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_RELAY_WINDOW_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_RELAY_WINDOW_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "services/progress/adapters/cloud_event.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// The events that the relay has read and the stream has not all acknowledged, in order of position. For one thread.
class RelayWindow {
 public:
  // `position` is higher than all before it.
  void Add(int64_t position, CloudEvent event);

  // The first event that is not under way, which from now on is; null when there is none. Valid until the next change.
  struct Outgoing {
    int64_t position;
    const nats::OutgoingMessage* message;
  };
  std::optional<Outgoing> TakeUnsent();

  // The stream has it, at `stream_seq`. Positions that are not in the window are ignored.
  void Acknowledge(int64_t position, int64_t stream_seq);

  // It has to be sent again.
  void Fail(int64_t position);

  // Drops the acknowledged events at the front, adds their places to `runs`, and returns the last of their positions;
  // nothing when the first event still waits.
  std::optional<int64_t> Advance(std::vector<PublishedRun>& runs);

  // When the oldest event was recorded; nothing when the window is empty.
  std::optional<absl::Time> OldestRecordTime() const;

  size_t size() const { return events_.size(); }
  void Clear();

 private:
  enum class State { kUnsent, kUnderWay, kAcknowledged };
  struct Event {
    int64_t position;
    CloudEvent event;
    State state = State::kUnsent;
    int64_t stream_seq = 0;
  };

  // Index of a position; nothing when it is not here.
  std::optional<size_t> IndexOf(int64_t position) const;

  std::deque<Event> events_;
  size_t first_unsent_ = 0;  // nothing before it is unsent
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_RELAY_WINDOW_H_
