#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_PARTITION_TABLE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_PARTITION_TABLE_H_

#include <cstdint>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace edirae::recommend {

// By which right partitions are written: of each the epoch that it got when it was claimed. Whoever claims it later
// gets a higher one, and what is done by the lower one is refused from then on.
using Claims = absl::btree_map<int, int64_t>;

// A message of the stream by which it is known again: while that of this time is at its place, nothing before it has
// changed, though messages may have been erased. What is published again after a loss has another time.
struct StreamMark {
  int64_t seq = 0;   // 0: none
  int64_t time = 0;  // when the stream stored it, Unix nanoseconds

  friend auto operator<=>(const StreamMark&, const StreamMark&) = default;
};

// How far a partition has been read: everything of it up to the message `seq` of the stream that was created at
// `stream` (Unix nanoseconds) is in saved states, if `mark`, which is no earlier than `seq`, is still there. 0, 0:
// nothing.
struct ReadPlace {
  int64_t stream = 0;
  int64_t seq = 0;
  StreamMark mark = {};

  friend bool operator==(const ReadPlace&, const ReadPlace&) = default;
};
using ReadPlaces = absl::btree_map<int, ReadPlace>;

// What the table says of a partition.
struct PartitionRow {
  int partition = 0;
  int64_t epoch = 0;  // how often it was claimed
  int owner = -1;     // ordinal of the replica that has it; -1: nobody now
  bool mine = false;  // whether it is the caller's: renewed, or claimed just now
  ReadPlace place;
};

// The table of who owns which partition, which all replicas share. An owner keeps a partition for as long as it renews
// it; after limits::kClaimLife without a renewal it is free. Thread-safe; calls block.
class PartitionTable {
 public:
  virtual ~PartitionTable() = default;

  // Renews `held`, remembers their `places`, and claims those of `wanted` that are free for the replica `ordinal`; with
  // `returning`, which a replica says when it starts, those too that a replica of this ordinal had: that was itself.
  // Returns all rows, by partition.
  //
  // FAILED_PRECONDITION when the store has been taken over by programs that make states in another way.
  virtual absl::StatusOr<std::vector<PartitionRow>> Renew(int ordinal, const Claims& held, const ReadPlaces& places,
                                                          const std::vector<int>& wanted, bool returning) = 0;

  // Remembers the places, and gives the partitions up to whoever wants them. What is no longer held stays as it is.
  virtual absl::Status Release(const Claims& held, const ReadPlaces& places) = 0;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_PARTITION_TABLE_H_
