#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_SQLITE_PARTITION_TABLE_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_SQLITE_PARTITION_TABLE_H_

#include <mutex>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/recommend/adapters/sqlite_checkpoint_store.h"
#include "services/recommend/domain/partition_table.h"

namespace edirae::recommend {

// The partition table of a process that has its store for itself: whatever it asks for is its own, by epoch 1. Writes
// places only, of them those that have changed, and the first call nothing: what can be read can be served.
class SqlitePartitionTable final : public PartitionTable {
 public:
  // `store` must outlive it.
  explicit SqlitePartitionTable(SqliteCheckpointStore& store) : store_(store) {}

  absl::StatusOr<std::vector<PartitionRow>> Renew(int ordinal, const Claims& held, const ReadPlaces& places,
                                                  const std::vector<int>& wanted, bool returning) override;
  absl::Status Release(const Claims& held, const ReadPlaces& places) override;

 private:
  absl::Status Write(const Claims& held, const ReadPlaces& places);

  SqliteCheckpointStore& store_;
  std::mutex mutex_;
  ReadPlaces written_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_SQLITE_PARTITION_TABLE_H_
