#include "services/progress/adapters/postgres_event_store.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/postgres/migrate.h"
#include "common/status/macros.h"
#include "services/progress/adapters/postgres_keys.h"
#include "services/progress/adapters/postgres_schema.h"
#include "services/progress/adapters/postgres_statements.h"

namespace edirae::progress {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Rows;
using postgres::Type;

// The parameters of kAppend.
Params AppendParams(std::span<const NewEvent> events) {
  const size_t count = events.size();
  Array learners(Type::kText, count), seqs(Type::kInt8, count), requests(Type::kText, count);
  Array digests(Type::kInt8, count), payloads(Type::kBytea, count), outcomes(Type::kBytea, count);
  std::vector<std::string> beginners;
  absl::flat_hash_map<absl::string_view, int64_t> known;  // the place before a learner's first event
  for (const NewEvent& event : events) {
    learners.Add(event.learner_id);
    seqs.Add(event.learner_seq);
    payloads.Add(event.payload);
    if (event.request_id.empty()) {
      for (Array* array : {&requests, &digests, &outcomes}) array->AddNull();
    } else {
      requests.Add(event.request_id);
      digests.Add(static_cast<int64_t>(event.request_digest));
      outcomes.Add(event.outcome);
    }
    known.try_emplace(event.learner_id, event.learner_seq - 1);
    if (event.learner_seq == 1) beginners.push_back(event.learner_id);
  }
  absl::erase_if(known, [](const auto& place) { return place.second == 0; });
  Array known_learners(Type::kText, known.size()), known_seqs(Type::kInt8, known.size());
  for (const auto& [learner_id, seq] : known) {
    known_learners.Add(learner_id);
    known_seqs.Add(seq);
  }
  Params params;
  params.Add(static_cast<int64_t>(count));
  for (Array* array : {&learners, &seqs, &requests, &digests, &payloads, &outcomes, &known_learners, &known_seqs}) {
    params.Add(std::move(*array));
  }
  AddFreshKeys(beginners, params);
  return params;
}

std::vector<StoredEvent> EventsOf(const Rows& rows) {
  std::vector<StoredEvent> events;
  events.reserve(static_cast<size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) {
    events.push_back({rows.Int(row, 0), rows.Int(row, 1), rows.Bytes(row, 2), /*pseudonym=*/""});
  }
  return events;
}

// Whose first event an older program recorded, in what kReadCommitted returned.
std::vector<std::string> KeylessIn(const Rows& rows) {
  std::vector<std::string> keyless;
  for (int row = 0; row < rows.count(); ++row) {
    std::string learner_id = rows.Bytes(row, 3);
    if (learner_id[0] != kTombstoneMark && rows.Bytes(row, 4).empty()) keyless.push_back(std::move(learner_id));
  }
  return keyless;
}

std::vector<PublishedRun> RunsOf(const Rows& rows) {
  std::vector<PublishedRun> runs;
  for (int row = 0; row < rows.count(); ++row) runs.push_back({rows.Int(row, 0), rows.Int(row, 1), rows.Int(row, 2)});
  return runs;
}

absl::StatusOr<RelayCursor> CursorIn(Connection& connection) {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows, connection.Execute(statements::kReadCursor));
  if (rows.count() == 0) return absl::DataLossError("the ledger has lost its relay's cursor");
  return RelayCursor{rows.Int(0, 0), rows.Int(0, 1), rows.Int(0, 2)};
}

absl::Status SaveCursor(Connection& connection, const RelayCursor& cursor) {
  return connection
      .Execute(statements::kSaveCursor, Params().Add(cursor.epoch).Add(cursor.position).Add(cursor.stream_seq))
      .status();
}

absl::StatusOr<PublishedRun> LastRun(Connection& connection) {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows, connection.Execute(statements::kLastRun));
  return rows.count() == 0 ? PublishedRun{} : RunsOf(rows).front();
}

absl::Status PutRuns(Connection& connection, const std::vector<PublishedRun>& runs) {
  if (runs.empty()) return absl::OkStatus();
  Array positions(Type::kInt8, runs.size()), stream_seqs(Type::kInt8, runs.size()), counts(Type::kInt8, runs.size());
  for (const PublishedRun& run : runs) {
    positions.Add(run.first_position);
    stream_seqs.Add(run.first_stream_seq);
    counts.Add(run.count);
  }
  return connection
      .Execute(statements::kPutRuns,
               Params().Add(std::move(positions)).Add(std::move(stream_seqs)).Add(std::move(counts)))
      .status();
}

// Those behind the last run are put together; of the others, only what is unknown is added.
absl::Status AddRuns(Connection& connection, std::span<const PublishedRun> runs) {
  EDIRAE_ASSIGN_OR_RETURN(PublishedRun last, LastRun(connection));
  std::vector<PublishedRun> changed;
  for (const PublishedRun& run : runs) {
    const bool behind = run.first_stream_seq >= last.first_stream_seq + last.count;
    if (behind && last.count > 0 && run.first_stream_seq == last.first_stream_seq + last.count &&
        run.first_position == last.first_position + last.count) {
      last.count += run.count;
      if (changed.empty() || changed.back().first_stream_seq != last.first_stream_seq) changed.push_back(last);
      changed.back().count = last.count;
    } else if (behind) {
      last = changed.emplace_back(run);
    } else {
      EDIRAE_RETURN_IF_ERROR(PutRuns(connection, std::exchange(changed, {})));
      EDIRAE_RETURN_IF_ERROR(connection
                                 .Execute(statements::kAddWhereUnknown,
                                          Params().Add(run.first_position).Add(run.first_stream_seq).Add(run.count))
                                 .status());
      EDIRAE_ASSIGN_OR_RETURN(last, LastRun(connection));
    }
  }
  return PutRuns(connection, changed);
}

}  // namespace

PostgresEventStore::PostgresEventStore(const std::string& url)
    : append_({url, "edirae-progress append"}),
      requests_({url, "edirae-progress requests"}),
      history_({url, "edirae-progress history"}),
      outbox_({url, "edirae-progress outbox"}) {}

absl::StatusOr<std::unique_ptr<PostgresEventStore>> PostgresEventStore::Open(const std::string& url) {
  EDIRAE_ASSIGN_OR_RETURN(const auto connection, Connection::Open({url, "edirae-progress migration"}));
  EDIRAE_RETURN_IF_ERROR(postgres::Migrate(*connection, kPostgresLedgerSchema));
  return std::unique_ptr<PostgresEventStore>(new PostgresEventStore(url));
}

absl::StatusOr<int64_t> PostgresEventStore::Append(std::span<const NewEvent> events) {
  if (events.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(const int64_t last, LastPosition());
    return last + 1;
  }
  const auto added = append_.Execute(statements::kAppend, AppendParams(events));
  if (added.ok() && added->count() == 1) return added->Int(0, 0);
  if (added.ok()) return absl::AbortedError("a learner's history ends before the place that was taken for granted");
  if (!absl::IsAlreadyExists(added.status())) return added.status();
  return absl::AbortedError("a place in a learner's history or a request id is taken");
}

absl::StatusOr<std::vector<std::optional<StoredRequest>>> PostgresEventStore::FindRequests(
    std::span<const RequestKey> keys) {
  std::vector<std::optional<StoredRequest>> found(keys.size());
  if (keys.empty()) return found;
  Array learners(Type::kText, keys.size()), requests(Type::kText, keys.size());
  for (const RequestKey& key : keys) {
    learners.Add(key.learner_id);
    requests.Add(key.request_id);
  }
  EDIRAE_ASSIGN_OR_RETURN(
      const Rows rows,
      requests_.Execute(statements::kFindRequests, Params().Add(std::move(learners)).Add(std::move(requests))));
  for (int row = 0; row < rows.count(); ++row) {
    found[static_cast<size_t>(rows.Int(row, 0) - 1)] =
        StoredRequest{static_cast<uint64_t>(rows.Int(row, 1)), rows.Bytes(row, 2)};
  }
  return found;
}

absl::StatusOr<std::vector<StoredEvent>> PostgresEventStore::ReadLearner(const std::string& learner_id,
                                                                         int64_t after_seq, int max_events,
                                                                         size_t max_bytes) {
  constexpr auto kMost = static_cast<size_t>(std::numeric_limits<int64_t>::max());
  EDIRAE_ASSIGN_OR_RETURN(
      const Rows rows,
      history_.Execute(statements::kReadLearner, Params()
                                                     .Add(learner_id)
                                                     .Add(after_seq)
                                                     .Add(max_events)
                                                     .Add(static_cast<int64_t>(std::min(max_bytes, kMost)))));
  return EventsOf(rows);
}

absl::StatusOr<int64_t> PostgresEventStore::LastSeq(const std::string& learner_id) {
  EDIRAE_ASSIGN_OR_RETURN(const std::vector<int64_t> seqs, LastSeqs({&learner_id, 1}));
  return seqs.front();
}

absl::StatusOr<std::vector<int64_t>> PostgresEventStore::LastSeqs(std::span<const std::string> learner_ids) {
  Array learners(Type::kText, learner_ids.size());
  for (const std::string& learner_id : learner_ids) learners.Add(learner_id);
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows, history_.Execute(statements::kLastSeqs, Params().Add(std::move(learners))));
  std::vector<int64_t> seqs;
  for (int row = 0; row < rows.count(); ++row) seqs.push_back(rows.Int(row, 0));
  if (rows.count() > 0) seen_erasures_ = rows.Int(0, 1);
  return seqs;
}

absl::StatusOr<std::vector<StoredEvent>> PostgresEventStore::ReadCommitted(int64_t after_position, int max_events) {
  return outbox_.Use([&](Connection& connection) -> absl::StatusOr<std::vector<StoredEvent>> {
    const auto read = [&] {
      return connection.Execute(statements::kReadCommitted, Params().Add(after_position).Add(max_events));
    };
    EDIRAE_ASSIGN_OR_RETURN(Rows rows, read());
    if (const std::vector<std::string> keyless = KeylessIn(rows); !keyless.empty()) {
      EDIRAE_RETURN_IF_ERROR(GiveKeys(connection, keyless));
      EDIRAE_ASSIGN_OR_RETURN(rows, read());
    }
    std::vector<StoredEvent> events = EventsOf(rows);
    for (int row = 0; row < rows.count(); ++row) {
      const std::string learner_id = rows.Bytes(row, 3);
      events[static_cast<size_t>(row)].pseudonym =
          learner_id[0] == kTombstoneMark ? learner_id.substr(1) : rows.Bytes(row, 4);
    }
    return events;
  });
}

absl::StatusOr<int64_t> PostgresEventStore::LastPosition() {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows, outbox_.Execute(statements::kLastPosition));
  if (rows.count() == 0) return absl::DataLossError("the ledger has lost its last position");
  return rows.Int(0, 0);
}

absl::StatusOr<bool> PostgresEventStore::HoldRelay() {
  return outbox_.Use([this](Connection& connection) -> absl::StatusOr<bool> {
    if (relay_generation_ == outbox_.generation()) {
      EDIRAE_RETURN_IF_ERROR(connection.Execute(statements::kStillThere).status());
      return true;
    }
    if (std::exchange(relay_generation_, 0) != 0) return false;  // lost with its connection, which the caller must know
    EDIRAE_ASSIGN_OR_RETURN(const Rows rows, connection.Execute(statements::kTryHoldRelay));
    if (rows.Int(0, 0) != 0) relay_generation_ = outbox_.generation();
    return relay_generation_ != 0;
  });
}

template <class F>
std::invoke_result_t<F, Connection&> PostgresEventStore::AsRelay(F&& body) {
  return outbox_.Use([&](Connection& connection) -> std::invoke_result_t<F, Connection&> {
    if (relay_generation_ != outbox_.generation()) {
      return absl::FailedPreconditionError("another relay may publish: this one does not hold the relay");
    }
    return connection.Transact([&] { return body(connection); });
  });
}

absl::StatusOr<RelayCursor> PostgresEventStore::ReadRelayCursor() { return outbox_.Use(CursorIn); }

absl::Status PostgresEventStore::SaveRelayProgress(const RelayCursor& cursor, std::span<const PublishedRun> runs) {
  return AsRelay([&](Connection& connection) -> absl::Status {
    EDIRAE_RETURN_IF_ERROR(SaveCursor(connection, cursor));
    return AddRuns(connection, runs);
  });
}

absl::StatusOr<std::vector<PublishedRun>> PostgresEventStore::ReadPublishedRuns() {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows, outbox_.Execute(statements::kReadRuns));
  return RunsOf(rows);
}

absl::StatusOr<RelayCursor> PostgresEventStore::RewindRelay(int64_t last_stream_seq) {
  return AsRelay([&](Connection& connection) -> absl::StatusOr<RelayCursor> {
    const Params last = Params().Add(last_stream_seq);
    EDIRAE_ASSIGN_OR_RETURN(RelayCursor cursor, CursorIn(connection));
    EDIRAE_ASSIGN_OR_RETURN(const Rows lost, connection.Execute(statements::kFirstLost, last));
    if (!lost.IsNull(0, 0)) cursor.position = std::min(cursor.position, lost.Int(0, 0) - 1);
    cursor.stream_seq = std::min(cursor.stream_seq, last_stream_seq);
    EDIRAE_RETURN_IF_ERROR(connection.Execute(statements::kForgetRuns, last).status());
    EDIRAE_RETURN_IF_ERROR(connection.Execute(statements::kShortenRun, last).status());
    EDIRAE_RETURN_IF_ERROR(SaveCursor(connection, cursor));
    return cursor;
  });
}

absl::StatusOr<RelayCursor> PostgresEventStore::StartRelayEpoch(int64_t epoch) {
  return AsRelay([&](Connection& connection) -> absl::StatusOr<RelayCursor> {
    EDIRAE_RETURN_IF_ERROR(connection.Execute(statements::kForgetRuns, Params().Add(int64_t{-1})).status());
    const RelayCursor cursor{epoch, 0, 0};
    EDIRAE_RETURN_IF_ERROR(SaveCursor(connection, cursor));
    return cursor;
  });
}

}  // namespace edirae::progress
