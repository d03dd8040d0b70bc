#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_PARTITION_TABLE_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_PARTITION_TABLE_H_

#include <string>
#include <utility>
#include <vector>

#include "common/postgres/session.h"
#include "services/recommend/domain/partition_table.h"

namespace edirae::recommend {

// The partition table in the database of PostgresCheckpointStore, on a connection of its own. Leases are measured by
// the database's clock only.
class PostgresPartitionTable final : public PartitionTable {
 public:
  // `store_id` of the store that was opened.
  PostgresPartitionTable(const std::string& url, std::string store_id)
      : store_id_(std::move(store_id)), session_({url, "edirae-recommend partitions"}) {}

  absl::StatusOr<std::vector<PartitionRow>> Renew(int ordinal, const Claims& held, const ReadPlaces& places,
                                                  const std::vector<int>& wanted, bool returning) override;
  absl::Status Release(const Claims& held, const ReadPlaces& places) override;

 private:
  const std::string store_id_;
  postgres::Session session_;
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_POSTGRES_PARTITION_TABLE_H_
