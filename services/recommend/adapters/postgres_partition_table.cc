#include "services/recommend/adapters/postgres_partition_table.h"

#include <set>
#include <utility>

#include "common/status/macros.h"
#include "services/recommend/adapters/postgres_int8s.h"
#include "services/recommend/adapters/postgres_statements.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

using postgres::Connection;
using postgres::Params;
using postgres::Rows;

postgres::Array PartitionsOf(const Claims& claims) { return Int8s(claims, &Claims::value_type::first); }

Params RenewParams(const Claims& held, const ReadPlaces& places, absl::Duration life) {
  std::vector<ReadPlace> read;
  for (const auto& [partition, epoch] : held) {
    const auto found = places.find(partition);
    read.push_back(found == places.end() ? ReadPlace() : found->second);
  }
  return Params()
      .Add(PartitionsOf(held))
      .Add(Int8s(held, &Claims::value_type::second))
      .Add(Int8s(read, &ReadPlace::stream))
      .Add(Int8s(read, &ReadPlace::seq))
      .Add(Int8s(read, [](const ReadPlace& place) { return place.mark.seq; }))
      .Add(Int8s(read, [](const ReadPlace& place) { return place.mark.time; }))
      .Add(absl::ToInt64Milliseconds(life));
}

absl::Status LockPartitions(Connection& connection, const Claims& held, const std::vector<int>& wanted,
                            int64_t taken_back) {
  return connection
      .Execute(statements::kLockPartitions, Params().Add(PartitionsOf(held)).Add(Int8s(wanted)).Add(taken_back))
      .status();
}

absl::Status CheckStore(Connection& connection, const std::string& store_id) {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows, connection.Execute(statements::kIsStore, Params().Add(store_id)));
  if (rows.Int(0, 0) == 1) return absl::OkStatus();
  return absl::FailedPreconditionError(
      "programs that make states in another way have taken the store over: start this one again");
}

std::vector<PartitionRow> TableOf(const Rows& rows, const Claims& held, const Rows& claimed) {
  std::set<int64_t> mine;
  for (int row = 0; row < claimed.count(); ++row) mine.insert(claimed.Int(row, 0));
  std::vector<PartitionRow> table;
  for (int row = 0; row < rows.count(); ++row) {
    PartitionRow& next =
        table.emplace_back(PartitionRow{.partition = static_cast<int>(rows.Int(row, 0)),
                                        .epoch = rows.Int(row, 1),
                                        .owner = static_cast<int>(rows.Int(row, 2)),
                                        .place = {.stream = rows.Int(row, 3),
                                                  .seq = rows.Int(row, 4),
                                                  .mark = {.seq = rows.Int(row, 5), .time = rows.Int(row, 6)}}});
    const auto held_claim = held.find(next.partition);
    next.mine = mine.contains(next.partition) || (held_claim != held.end() && held_claim->second == next.epoch);
  }
  return table;
}

}  // namespace

absl::StatusOr<std::vector<PartitionRow>> PostgresPartitionTable::Renew(int ordinal, const Claims& held,
                                                                        const ReadPlaces& places,
                                                                        const std::vector<int>& wanted,
                                                                        bool returning) {
  using Table = absl::StatusOr<std::vector<PartitionRow>>;
  const int64_t taken_back = returning ? ordinal : -1;
  return session_.Use([&](Connection& connection) {
    return connection.Transact([&]() -> Table {
      EDIRAE_RETURN_IF_ERROR(LockPartitions(connection, held, wanted, taken_back));
      EDIRAE_RETURN_IF_ERROR(CheckStore(connection, store_id_));
      EDIRAE_RETURN_IF_ERROR(
          connection.Execute(statements::kRenew, RenewParams(held, places, limits::kClaimLife)).status());
      EDIRAE_ASSIGN_OR_RETURN(
          const Rows claimed,
          connection.Execute(statements::kClaim, Params()
                                                     .Add(Int8s(wanted))
                                                     .Add(taken_back)
                                                     .Add(int64_t{ordinal})
                                                     .Add(absl::ToInt64Milliseconds(limits::kClaimLife))));
      EDIRAE_ASSIGN_OR_RETURN(const Rows rows, connection.Execute(statements::kReadPartitions));
      return TableOf(rows, held, claimed);
    });
  });
}

absl::Status PostgresPartitionTable::Release(const Claims& held, const ReadPlaces& places) {
  if (held.empty()) return absl::OkStatus();
  return session_.Use([&](Connection& connection) {
    return connection.Transact([&]() -> absl::Status {
      EDIRAE_RETURN_IF_ERROR(LockPartitions(connection, held, {}, -1));
      return connection.Execute(statements::kRenew, RenewParams(held, places, absl::ZeroDuration())).status();
    });
  });
}

}  // namespace edirae::recommend
