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
  // `position` is higher than all before it. `maybe_there`: the stream may have it already, which only an
  // acknowledgement of its own can tell.
  void Add(int64_t position, CloudEvent event, bool maybe_there = false);

  // Events to send together, with consecutive positions or nearly so, of which only the last is acknowledged. The
  // pointers are valid until the window next changes.
  struct Group {
    int64_t first = 0;
    int64_t last = 0;
    std::vector<const nats::OutgoingMessage*> messages;
  };

  // The first events that are not under way, at most `max`, which from now on are; one that failed before or may be
  // there comes alone, so that its acknowledgement speaks of nothing else. Null when there is none.
  std::optional<Group> TakeUnsent(size_t max);

  // The stream has the events from `first` to `last`, the last of them at `last_stream_seq` and the others directly
  // before it. Positions that are not in the window are ignored.
  void Acknowledge(int64_t first, int64_t last, int64_t last_stream_seq);

  // The stream may lack some of the events from `first` to `last`: they have to be sent again, one by one.
  void Fail(int64_t first, int64_t last);

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
    bool alone = false;  // it failed at least once, or may be there already
    int64_t stream_seq = 0;
  };

  // Index of the first event at or behind a position.
  size_t IndexOf(int64_t position) const;

  std::deque<Event> events_;
  size_t first_unsent_ = 0;  // nothing before it is unsent
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_RELAY_WINDOW_H_
