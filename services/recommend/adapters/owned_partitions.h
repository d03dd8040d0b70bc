#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_OWNED_PARTITIONS_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_OWNED_PARTITIONS_H_

#include <array>
#include <atomic>
#include <bitset>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "common/ids/ids.h"
#include "common/recommend_rpc/errors.h"

namespace edirae::recommend {

using PartitionSet = std::bitset<kPartitions>;

// Which partitions this process may read and write now, and who has the others. Thread-safe, never blocks.
class OwnedPartitions {
 public:
  OwnedPartitions() {
    for (auto& owner : owners_) owner = -1;
  }

  // OK when the learner's partition is owned; otherwise UNAVAILABLE that says who has it.
  absl::Status Check(const std::string& pseudonym) const {
    const int partition = PartitionOf(pseudonym);
    return EpochOf(partition) != 0 ? absl::OkStatus() : OtherReplica(partition, owners_[At(partition)]);
  }

  // By which epoch a partition is owned; 0 when it is not.
  int64_t EpochOf(int partition) const { return epochs_[At(partition)]; }

  void Take(int partition, int64_t epoch) { epochs_[At(partition)] = epoch; }
  void Lose(int partition) { epochs_[At(partition)] = 0; }
  // Who has it as far as is known; -1: nobody.
  void SetOwner(int partition, int ordinal) { owners_[At(partition)] = ordinal; }

 private:
  static size_t At(int partition) { return static_cast<size_t>(partition); }

  std::array<std::atomic<int64_t>, kPartitions> epochs_{};
  std::array<std::atomic<int>, kPartitions> owners_{};
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_OWNED_PARTITIONS_H_
