#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_READ_PROGRESS_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_READ_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/recommend/domain/partition_table.h"

namespace edirae::recommend {

// How far each owned partition has been read from the stream, for a reader that starts anew wherever it has to and gets
// messages a second time then: says which of them are new, and up to where everything is settled. Thread-safe.
class ReadProgress {
 public:
  // A partition is read from behind `place`; what it was before does not count. Restart comes before the next message.
  void Open(int partition, const ReadPlace& place);
  void Close(int partition);

  // The marks of all places in `stream`.
  std::set<StreamMark> Marks(int64_t stream) const;

  // The stream is read anew. Places of another stream, behind `last_seq`, or with a mark in `gone`, were lost with what
  // the stream lost: they begin at its start. Returns the first message to read, and whether there were such places.
  struct Start {
    int64_t first_seq = 1;
    bool lost_places = false;
  };
  Start Restart(int64_t stream, int64_t last_seq, const std::set<StreamMark>& gone);

  // A message that has been delivered since.
  void SetMark(StreamMark mark);

  // Message `seq` has come, after everything before it. If it is to be applied, because it is of an open partition, and
  // new or asked for again: which opening of the partition it belongs to.
  std::optional<int64_t> Arrives(int partition, int64_t seq);

  // What became of a message: it is in saved states, or it has to come again, by a restart after `delay`. What is said
  // after that opening has ended is not heard.
  void Settle(int partition, int64_t opening, int64_t seq);
  void Return(int partition, int64_t opening, int64_t seq, absl::Duration delay);
  // Whether a restart is due, because something has to come again.
  bool IsDue(std::chrono::steady_clock::time_point now);

  // Up to where everything is settled, of each open partition.
  ReadPlaces Places() const;
  bool empty() const;

 private:
  struct Partition {
    int64_t opening = 0;
    int64_t stream = 0;
    int64_t read_seq = 0;                // the highest that has come, or that need not come
    StreamMark mark;                     // of the place that it was opened at
    absl::btree_set<int64_t> unsettled;  // those up to it that are not settled
    absl::btree_set<int64_t> returned;   // of these, what has to come again
  };

  const StreamMark& MarkOf(const Partition& partition) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable std::mutex mutex_;
  absl::btree_map<int, Partition> partitions_ ABSL_GUARDED_BY(mutex_);
  // The shortest delay that was asked for since the last look, and when the restart is due by those before.
  std::optional<absl::Duration> new_delay_ ABSL_GUARDED_BY(mutex_);
  std::optional<std::chrono::steady_clock::time_point> restart_time_ ABSL_GUARDED_BY(mutex_);
  int64_t openings_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t passed_seq_ ABSL_GUARDED_BY(mutex_) = 0;  // everything up to here has come since the last restart
  int64_t stream_ ABSL_GUARDED_BY(mutex_) = 0;      // that is being read
  StreamMark mark_ ABSL_GUARDED_BY(mutex_);         // the last of what it has delivered
};

// Restarts `progress` on the stream that has messages up to `last_seq`, after a look at whether its marks are still
// there. `time_at` tells when a message was stored, NOT_FOUND when there is none; its other errors are returned.
absl::StatusOr<ReadProgress::Start> RestartReading(ReadProgress& progress, int64_t stream, int64_t last_seq,
                                                   const std::function<absl::StatusOr<int64_t>(int64_t)>& time_at);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_READ_PROGRESS_H_
