#include "services/recommend/adapters/postgres_checkpoint_store.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "absl/time/clock.h"
#include "common/ids/ids.h"
#include "common/postgres/migrate.h"
#include "common/status/macros.h"
#include "services/recommend/adapters/postgres_int8s.h"
#include "services/recommend/adapters/postgres_schema.h"
#include "services/recommend/adapters/postgres_statements.h"
#include "services/recommend/adapters/state_codec.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Rows;
using postgres::Type;
using States = std::span<const std::shared_ptr<const LearnerState>>;

// Those who saved by older claims are refused before the states go.
constexpr char kEmptyStore[] = R"(
  SELECT partition FROM partition_owner ORDER BY partition FOR UPDATE;
  UPDATE partition_owner SET epoch = epoch + 1, owner = -1, held_until = '-infinity', stream = 0, stream_seq = 0;
  TRUNCATE checkpoint;
)";

absl::StatusOr<std::string> EnsureStoreId(Connection& connection, const std::string& fold) {
  return connection.Transact([&]() -> absl::StatusOr<std::string> {
    EDIRAE_RETURN_IF_ERROR(connection.Run("LOCK TABLE store IN EXCLUSIVE MODE"));  // replicas start together
    EDIRAE_ASSIGN_OR_RETURN(const Rows known, connection.Execute(statements::kReadStore));
    if (known.count() == 1 && known.Bytes(0, 1) == fold) return known.Bytes(0, 0);
    EDIRAE_RETURN_IF_ERROR(connection.Run(kEmptyStore));
    std::string id = NewUuid7(absl::Now());
    EDIRAE_RETURN_IF_ERROR(connection.Execute(statements::kNameStore, Params().Add(id).Add(fold)).status());
    return id;
  });
}

// How many of `states` go into one statement.
size_t CountForOne(States states, std::vector<std::string>& bytes) {
  bytes.clear();
  size_t size = 0;
  for (const auto& state : states) {
    size += bytes.emplace_back(EncodeState(*state)).size();
    if (size >= limits::kSaveBytes) break;
  }
  return bytes.size();
}

// `states` are as many as `bytes`.
Params SaveParams(States states, const std::vector<std::string>& bytes, const Claims& claims) {
  Array learners(Type::kText, bytes.size()), payloads(Type::kBytea, bytes.size());
  for (size_t i = 0; i < bytes.size(); ++i) {
    learners.Add(states[i]->learner_id);
    payloads.Add(bytes[i]);
  }
  return Params()
      .Add(Int8s(claims, &Claims::value_type::first))
      .Add(Int8s(claims, &Claims::value_type::second))
      .Add(Int8s(states, [](const auto& state) { return PartitionOf(state->learner_id); }))
      .Add(std::move(learners))
      .Add(Int8s(states, [](const auto& state) { return state->applied_seq; }))
      .Add(std::move(payloads));
}

// Saves as many statements as it takes, and returns the partitions that are held.
absl::StatusOr<std::set<int>> SaveAll(Connection& connection, States states, const Claims& claims) {
  std::vector<std::string> bytes;
  size_t count = CountForOne(states, bytes);
  const auto save = [&]() -> absl::StatusOr<std::set<int>> {
    EDIRAE_ASSIGN_OR_RETURN(const Rows rows,
                            connection.Execute(statements::kSave, SaveParams(states.first(count), bytes, claims)));
    std::set<int> held;
    for (int row = 0; row < rows.count(); ++row) held.insert(static_cast<int>(rows.Int(row, 0)));
    return held;
  };
  if (count == states.size()) return save();
  return connection.Transact([&]() -> absl::StatusOr<std::set<int>> {
    while (true) {
      EDIRAE_ASSIGN_OR_RETURN(std::set<int> held, save());
      states = states.subspan(count);
      if (states.empty()) return held;  // the first of them locked the rows
      count = CountForOne(states, bytes);
    }
  });
}

}  // namespace

PostgresCheckpointStore::PostgresCheckpointStore(const std::string& url, std::string store_id)
    : store_id_(std::move(store_id)),
      writer_({url, "edirae-recommend checkpoints"}),
      reader_({url, "edirae-recommend loads"}) {}

absl::StatusOr<std::unique_ptr<PostgresCheckpointStore>> PostgresCheckpointStore::Open(const std::string& url,
                                                                                       const std::string& fold) {
  EDIRAE_ASSIGN_OR_RETURN(const auto connection, Connection::Open({url, "edirae-recommend migration"}));
  EDIRAE_RETURN_IF_ERROR(postgres::Migrate(*connection, kPostgresCheckpointSchema));
  EDIRAE_ASSIGN_OR_RETURN(std::string store_id, EnsureStoreId(*connection, fold));
  return std::unique_ptr<PostgresCheckpointStore>(new PostgresCheckpointStore(url, std::move(store_id)));
}

absl::StatusOr<std::shared_ptr<const LearnerState>> PostgresCheckpointStore::Load(const std::string& learner_id) {
  EDIRAE_ASSIGN_OR_RETURN(
      const Rows rows,
      reader_.Execute(statements::kLoad, Params().Add(int64_t{PartitionOf(learner_id)}).Add(learner_id)));
  if (rows.count() == 0) return std::shared_ptr<const LearnerState>();
  EDIRAE_ASSIGN_OR_RETURN(LearnerState state, DecodeState(learner_id, rows.Bytes(0, 0)));
  return std::make_shared<const LearnerState>(std::move(state));
}

absl::StatusOr<std::vector<int>> PostgresCheckpointStore::Save(
    const std::vector<std::shared_ptr<const LearnerState>>& states, const Claims& claims) {
  std::set<int> lost;
  for (const auto& [partition, epoch] : claims) lost.insert(partition);
  for (const auto& state : states) lost.insert(PartitionOf(state->learner_id));
  if (lost.empty()) return std::vector<int>();
  EDIRAE_ASSIGN_OR_RETURN(const std::set<int> held,
                          writer_.Use([&](Connection& connection) { return SaveAll(connection, states, claims); }));
  std::vector<int> refused;
  std::ranges::set_difference(lost, held, std::back_inserter(refused));
  return refused;
}

absl::Status PostgresCheckpointStore::Probe() {
  EDIRAE_RETURN_IF_ERROR(writer_.Execute(statements::kProbe).status());
  return reader_.Execute(statements::kReadPartitions).status();
}

}  // namespace edirae::recommend
