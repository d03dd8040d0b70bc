#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_STORE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace edirae::progress {

// An event that is to be recorded. Everything else about it is inside `payload`.
struct NewEvent {
  std::string learner_id;
  int64_t learner_seq = 0;
  std::string payload;  // serialized events.v1.LearnerEvent
  // Only for the event of the action itself; empty for those that followed from it.
  std::string request_id;
  uint64_t request_digest = 0;
  std::string outcome;  // serialized progress.v1.ActionOutcome
};

// An action that was recorded.
struct StoredRequest {
  uint64_t digest = 0;
  std::string outcome;

  friend bool operator==(const StoredRequest&, const StoredRequest&) = default;
};

// Refers to strings that outlive it.
struct RequestKey {
  const std::string& learner_id;
  const std::string& request_id;
};

// An event as it was recorded.
struct StoredEvent {
  int64_t position = 0;
  int64_t learner_seq = 0;
  std::string payload;

  friend bool operator==(const StoredEvent&, const StoredEvent&) = default;
};

// Where in the stream a run of positions lies: `first_position + i` is at `first_stream_seq + i` for i < count.
struct PublishedRun {
  int64_t first_position = 0;
  int64_t first_stream_seq = 0;
  int64_t count = 0;

  friend bool operator==(const PublishedRun&, const PublishedRun&) = default;
};

// How far the relay has come in the stream that was created at `epoch` (Unix nanoseconds; 0: none yet).
struct RelayCursor {
  int64_t epoch = 0;
  int64_t position = 0;    // everything up to here is in the stream
  int64_t stream_seq = 0;  // the highest stream sequence that was acknowledged

  friend bool operator==(const RelayCursor&, const RelayCursor&) = default;
};

// The ledger. Append-only; a position once given is never given again, and reading positions in order never skips one
// that is committed later. Thread-safe; every method may block on the disk.
//
// Errors of every method: UNAVAILABLE (the storage does not answer; try again), RESOURCE_EXHAUSTED (it is full),
// DATA_LOSS (it is damaged). tests/contract holds what every implementation has to prove.
class EventStore {
 public:
  virtual ~EventStore() = default;

  // Records all events or none, and returns the position of the first; the others follow without a gap. When it returns
  // OK they are on disk. ABORTED when a place in a learner's history or a request id is taken: the caller's state is
  // stale.
  virtual absl::StatusOr<int64_t> Append(std::span<const NewEvent> events) = 0;

  // What each request led to, in the same order; nothing for those that were not recorded.
  virtual absl::StatusOr<std::vector<std::optional<StoredRequest>>> FindRequests(std::span<const RequestKey> keys) = 0;

  // A learner's events after `after_seq` in order: at most `max_events`, and none after the one that brings their
  // payloads to `max_bytes`.
  virtual absl::StatusOr<std::vector<StoredEvent>> ReadLearner(const std::string& learner_id, int64_t after_seq,
                                                               int max_events, size_t max_bytes) = 0;

  // The newest place in a learner's history; 0 without one.
  virtual absl::StatusOr<int64_t> LastSeq(const std::string& learner_id) = 0;

  // Whether other processes record in this ledger too. Then what was read of a learner may be stale at any time, and
  // LastSeqs tells.
  virtual bool shared() const { return false; }

  // LastSeq of many learners, in the same order.
  virtual absl::StatusOr<std::vector<int64_t>> LastSeqs(std::span<const std::string> learner_ids) {
    std::vector<int64_t> seqs;
    for (const std::string& learner_id : learner_ids) {
      absl::StatusOr<int64_t> seq = LastSeq(learner_id);
      if (!seq.ok()) return seq.status();
      seqs.push_back(*seq);
    }
    return seqs;
  }

  // Events of all learners after `after_position` in order, at most `max_events`.
  virtual absl::StatusOr<std::vector<StoredEvent>> ReadCommitted(int64_t after_position, int max_events) = 0;

  // The newest position; 0 when nothing was recorded.
  virtual absl::StatusOr<int64_t> LastPosition() = 0;

  // Whether the caller is the one relay that publishes; it asks again and again. Of the relays of a shared ledger one
  // is told true, until it has lost its connection to the ledger or ends. Whoever is told false has to read the cursor
  // anew once it is true again. Without having been told true, the methods below that change something are
  // FAILED_PRECONDITION.
  virtual absl::StatusOr<bool> HoldRelay() { return true; }

  // How far the relay has come.
  virtual absl::StatusOr<RelayCursor> ReadRelayCursor() = 0;

  // Moves the cursor and adds the runs. A run that continues the last one lengthens it; what is known already is
  // skipped.
  virtual absl::Status SaveRelayProgress(const RelayCursor& cursor, std::span<const PublishedRun> runs) = 0;

  // The runs of the cursor's epoch in order of the stream.
  virtual absl::StatusOr<std::vector<PublishedRun>> ReadPublishedRuns() = 0;

  // The stream ends at `last_stream_seq`: forgets what lay behind it, and moves the cursor before the first position
  // that was there. Returns the cursor.
  virtual absl::StatusOr<RelayCursor> RewindRelay(int64_t last_stream_seq) = 0;

  // Reads, and where that costs nothing to others writes, a little where events are kept. OK when Append and the reads
  // can be expected to work.
  virtual absl::Status Probe() { return LastPosition().status(); }

  // There is a new, empty stream: forgets all runs and moves the cursor to the start.
  virtual absl::StatusOr<RelayCursor> StartRelayEpoch(int64_t epoch) = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_STORE_H_
