#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_READ_PROGRESS_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_READ_PROGRESS_H_

#include <cstdint>
#include <mutex>
#include <set>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
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

  // The stream is read anew. Places of another stream, or behind `last_seq`, were lost with what the stream lost: they
  // begin at its start. Returns the first message to read, and whether there were such places.
  struct Start {
    int64_t first_seq = 1;
    bool lost_places = false;
  };
  Start Restart(int64_t stream, int64_t last_seq);

  // Message `seq` has come, after everything before it. Whether it is to be applied: it is of an open partition, and
  // new or asked for again.
  bool Arrives(int partition, int64_t seq);

  // Which opening of the partition a message belongs to. What is said of it after the partition was closed is not
  // heard.
  int64_t OpeningOf(int partition) const;
  // What became of a message: it is in saved states, or it has to come again, by a restart at `when`.
  void Settle(int partition, int64_t opening, int64_t seq);
  void Return(int partition, int64_t opening, int64_t seq, absl::Time when);
  // Whether a restart is due, because something has to come again.
  bool IsDue(absl::Time now) const;

  // Up to where everything is settled, of each open partition.
  ReadPlaces Places() const;
  bool empty() const;

 private:
  struct Partition {
    int64_t opening = 0;
    int64_t stream = 0;
    int64_t read_seq = 0;         // the highest that has come, or that need not come
    std::set<int64_t> unsettled;  // those up to it that are not settled
    std::set<int64_t> returned;   // of these, what has to come again
  };

  mutable std::mutex mutex_;
  absl::btree_map<int, Partition> partitions_ ABSL_GUARDED_BY(mutex_);
  absl::Time restart_time_ ABSL_GUARDED_BY(mutex_) = absl::InfiniteFuture();
  int64_t openings_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t passed_seq_ ABSL_GUARDED_BY(mutex_) = 0;  // everything up to here has come since the last restart
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_READ_PROGRESS_H_
