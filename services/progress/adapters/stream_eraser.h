#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STREAM_ERASER_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STREAM_ERASER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "common/clock/clock.h"
#include "services/progress/adapters/event_stream.h"
#include "services/progress/domain/event_store.h"

namespace edirae::progress {

// The places in a stream where messages of erased events can be: where the runs say that their positions lie, and every
// place from `first_seq` up to `last_seq` of which no run says what is there. Ascending, none before `first_seq`.
std::vector<uint64_t> PlacesToErase(const std::vector<int64_t>& positions, const std::vector<PublishedRun>& runs,
                                    int64_t first_seq, int64_t last_seq);

// Overwrites in the stream what the ledger has erased, a little at a time. Begins with a learner when their tombstone
// is in the stream: what the relay sent of theirs before, on the same connection, is then there too, and it sends
// nothing more. Looks at each message before it erases it, because a stream that was rolled back gives places anew. For
// one thread; the references must outlive it.
class StreamEraser {
 public:
  StreamEraser(EventStore& store, EventStream& stream, const Clock& clock)
      : store_(store), stream_(stream), clock_(clock) {}

  // There may be new erasures, or another stream.
  void LookAgain();

  // Whether there may be something to do.
  bool busy() const { return busy_; }

  // Looks at no more than limits::kErasedMessagesPerRound messages. Everything up to `published_position` is in the
  // stream, and the store knows where. Returns whether to go on at once. Errors of the store and of the stream; the
  // next step tries again.
  absl::StatusOr<bool> Step(int64_t published_position);

 private:
  struct Work {
    UnfinishedErasure erasure;
    std::vector<uint64_t> places;
    size_t next;  // of the places
  };

  absl::Status Begin(int64_t published_position);
  absl::Status EraseOne(uint64_t place);

  EventStore& store_;
  EventStream& stream_;
  const Clock& clock_;
  bool busy_ = true;
  std::optional<Work> work_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STREAM_ERASER_H_
