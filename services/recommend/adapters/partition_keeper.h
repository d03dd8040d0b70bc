#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PARTITION_KEEPER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PARTITION_KEEPER_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "common/metrics/metrics.h"
#include "services/recommend/adapters/owned_partitions.h"
#include "services/recommend/domain/partition_table.h"

namespace edirae::recommend {

// Keeps this process's claims: makes them when it is made, renews them on a thread of its own, claims its partitions as
// they get free, and notices what it has lost. What it lost is not owned any more at once; what it got is owned when
// whoever reads the stream has taken it over. While the table cannot be reached it keeps what it has: nobody else can
// claim it then either. Thread-safe. The references must outlive it.
class PartitionKeeper {
 public:
  struct Gain {
    int partition;
    int64_t epoch;
    ReadPlace place;
  };
  // In this order: a partition can be lost and got again meanwhile.
  struct Changes {
    PartitionSet lost;
    std::vector<Gain> gained;
  };

  // Partitions p with p % `replicas` == `ordinal` are wanted. `places` tells how far those that are owned have been
  // read.
  PartitionKeeper(PartitionTable& table, OwnedPartitions& owned, int ordinal, int replicas,
                  std::function<ReadPlaces()> places, Metrics& metrics);
  ~PartitionKeeper();  // Stop()

  // What has changed since the last call. For the reader of the stream.
  Changes TakeChanges();
  // Blocks until there are some, for so long at most.
  void WaitForChanges(absl::Duration at_most);

  // A save by `claims` was refused for these partitions.
  void NoteRefused(const std::vector<int>& partitions, const Claims& claims);

  // Ends the thread and gives the partitions up, with the places that they have then. Idempotent; blocks.
  void Stop();

 private:
  void Run();
  bool Pause();  // true when stopping
  void Renew();
  void Compare(const std::vector<PartitionRow>& rows, const Claims& renewed) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Lose(int partition) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void TellOfChanges() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  PartitionTable& table_;
  OwnedPartitions& owned_;
  const int ordinal_;
  const int replicas_;
  const std::function<ReadPlaces()> places_;
  struct Counts {
    explicit Counts(Metrics& metrics);
    prometheus::Gauge& owned;
    prometheus::Counter& gained;
    prometheus::Counter& lost;
    prometheus::Counter& failures;
  };
  Counts counts_;

  // Of the thread.
  bool returning_ = true;
  absl::StatusCode last_error_ = absl::StatusCode::kOk;  // logged once

  std::mutex mutex_;
  std::condition_variable stop_requested_;
  std::condition_variable changed_;
  Claims claims_ ABSL_GUARDED_BY(mutex_);
  Changes changes_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_PARTITION_KEEPER_H_
