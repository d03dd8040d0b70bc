#include "services/recommend/adapters/sqlite_partition_table.h"

#include <algorithm>

#include "common/status/macros.h"

namespace edirae::recommend {
namespace {

constexpr int64_t kOnlyEpoch = 1;

}  // namespace

absl::StatusOr<std::vector<PartitionRow>> SqlitePartitionTable::Renew(int ordinal, const Claims& held,
                                                                      const ReadPlaces& places,
                                                                      const std::vector<int>& wanted, bool) {
  EDIRAE_RETURN_IF_ERROR(Write(held, places));
  std::vector<PartitionRow> rows;
  for (const auto& [partition, epoch] : held) rows.push_back({.partition = partition});
  if (!wanted.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(ReadPlaces known, store_.LoadPlaces());
    for (const int partition : wanted) rows.push_back({.partition = partition, .place = known[partition]});
  }
  for (PartitionRow& row : rows) {
    row.epoch = kOnlyEpoch;
    row.owner = ordinal;
    row.mine = true;
  }
  std::ranges::sort(rows, {}, &PartitionRow::partition);
  return rows;
}

absl::Status SqlitePartitionTable::Release(const Claims& held, const ReadPlaces& places) { return Write(held, places); }

absl::Status SqlitePartitionTable::Write(const Claims& held, const ReadPlaces& places) {
  const std::lock_guard lock(mutex_);
  ReadPlaces changed;
  for (const auto& [partition, place] : places) {
    if (held.contains(partition) && written_[partition] != place) changed[partition] = place;
  }
  EDIRAE_RETURN_IF_ERROR(store_.SavePlaces(changed));
  for (auto& [partition, place] : changed) written_[partition] = place;
  return absl::OkStatus();
}

}  // namespace edirae::recommend
