#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_STORE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_STORE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

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
  std::string pseudonym;  // of the learner; only ReadCommitted fills it

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

// A tombstone is recorded as the history of `~<pseudonym>`; no learner's id begins so.
inline constexpr char kTombstoneMark = '~';

// That nothing of an erased learner is among what a rebuild reads.
struct ErasureProof {
  int64_t event_count = 0;  // that were recorded before the erasure and are left, each looked at
  absl::Time verify_time;

  friend bool operator==(const ErasureProof&, const ErasureProof&) = default;
};

// What an erasure removed. It names nobody.
struct Erasure {
  std::string pseudonym;
  int64_t tombstone_position = 0;
  int64_t event_count = 0;
  int64_t mentor_act_count = 0;  // events of others that do not name the learner any more
  absl::Time erase_time;
  int64_t stream_message_count = 0;
  std::optional<absl::Time> complete_time;  // nothing while the stream may have something
  std::optional<ErasureProof> proof;

  friend bool operator==(const Erasure&, const Erasure&) = default;
};

struct EraseCommand {
  std::string learner_id;
  std::string receipt_key;  // under which the erasure is found again, for ever
  absl::Time now;
  // The serialized `LearnerErased` event that takes the place of the learner's, who had so many events.
  std::function<std::string(const std::string& pseudonym, int64_t event_count)> make_tombstone;
  std::optional<int64_t> only_at_seq{};  // where the history has to end for the learner to be erased
  // Of what the learner did as a mentor, in the histories of others, ascending; behind `acts_known_to` may be more.
  std::vector<int64_t> act_positions{};
  int64_t acts_known_to = std::numeric_limits<int64_t>::max();
  // Such an event, serialized, with another name instead of the learner's id; nothing for one that does not name them.
  // May be called twice for the same event.
  std::function<std::optional<std::string>(const std::string& payload)> rename_mentor{};
};

// An erasure that the stream has not followed.
struct UnfinishedErasure {
  std::string receipt_key;
  std::string pseudonym;
  int64_t tombstone_position = 0;
  std::vector<int64_t> positions;  // of the learner's events, ascending
  int64_t stream_message_count = 0;
};

// The ledger. Append-only but for erasures; a position once given is never given again, and reading positions in order
// never skips one that is committed later. Thread-safe; every method may block on the disk.
//
// Errors of every method: UNAVAILABLE (the storage does not answer; try again), RESOURCE_EXHAUSTED (it is full),
// DATA_LOSS (it is damaged). tests/contract holds what every implementation has to prove.
class EventStore {
 public:
  virtual ~EventStore() = default;

  // Records all events or none, and returns the position of the first; the others follow without a gap. When it returns
  // OK they are on disk. ABORTED when a place in a learner's history is not the next one or a request id is taken: the
  // caller's state is stale. A learner's first event gives them a key, and with it a pseudonym.
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

  // How many erasures there were when LastSeqs was last asked. With another number than before, histories that other
  // processes have erased since are gone. For shared ledgers.
  virtual int64_t seen_erasures() const { return 0; }

  // Events of all learners after `after_position` in order, at most `max_events`. Erasures leave gaps.
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

  // A learner's pseudonym. Of a learner without a history the one that they will have, unless the process ends first.
  virtual absl::StatusOr<std::string> Pseudonym(const std::string& learner_id) = 0;

  // Whose pseudonym it is; nothing when it is nobody's, or of somebody who was erased.
  virtual absl::StatusOr<std::optional<std::string>> LearnerOf(const std::string& pseudonym) = 0;

  // Learners behind `after_learner_id` in the order of their ids' bytes, at most `max_learners`. Some may have no
  // history.
  virtual absl::StatusOr<std::vector<std::string>> ListLearners(const std::string& after_learner_id,
                                                                int max_learners) = 0;

  // Forgets a learner: their events, requests and key are gone, events of others do not name them as a mentor any more,
  // the tombstone is recorded and the receipt is kept, all or nothing. Traces may be left in files until WipeErased.
  // NOT_FOUND when there is neither history nor pseudonym nor act of a mentor, ABORTED when the history does not end at
  // `only_at_seq`.
  virtual absl::StatusOr<Erasure> Erase(const EraseCommand& command) = 0;

  // Returns when no file of the store's own has anything of erased learners. Opening does the same, so that a crash
  // leaves nothing behind. What a database server keeps of deleted rows, it keeps until it has cleaned up.
  virtual absl::Status WipeErased() = 0;

  // What an erasure removed; nothing when there is none of that key.
  virtual absl::StatusOr<std::optional<Erasure>> FindErasure(const std::string& receipt_key) = 0;

  // Erasures without `complete_time`, in order, at most `max_erasures`.
  virtual absl::StatusOr<std::vector<UnfinishedErasure>> ReadUnfinishedErasures(int max_erasures) = 0;

  // How far the stream has followed an erasure; with a time, it has followed.
  virtual absl::Status SaveErasure(const std::string& receipt_key, int64_t stream_message_count,
                                   std::optional<absl::Time> complete_time) = 0;

  // Keeps the proof of an erasure.
  virtual absl::Status SaveProof(const std::string& receipt_key, const ErasureProof& proof) = 0;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_STORE_H_
