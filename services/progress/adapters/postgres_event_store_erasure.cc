// What PostgresEventStore knows of pseudonyms and erasures.
#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "common/status/macros.h"
#include "services/progress/adapters/packed_positions.h"
#include "services/progress/adapters/postgres_event_store.h"
#include "services/progress/adapters/postgres_keys.h"
#include "services/progress/adapters/postgres_statements.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using postgres::Array;
using postgres::Connection;
using postgres::Params;
using postgres::Rows;
using postgres::Type;

// The only text of the only row; nothing without a row.
std::optional<std::string> OnlyText(const Rows& rows) {
  if (rows.count() == 0) return std::nullopt;
  return rows.Bytes(0, 0);
}

absl::StatusOr<std::optional<Erasure>> ErasureUnder(Connection& connection, const std::string& receipt_key) {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows,
                          connection.Execute(statements::kFindErasure, Params().AddBytes(receipt_key)));
  if (rows.count() == 0) return std::optional<Erasure>();
  Erasure erasure{.pseudonym = rows.Bytes(0, 0),
                  .tombstone_position = rows.Int(0, 1),
                  .event_count = rows.Int(0, 2),
                  .mentor_act_count = rows.Int(0, 8),
                  .erase_time = absl::FromUnixNanos(rows.Int(0, 3)),
                  .stream_message_count = rows.Int(0, 4),
                  .complete_time = std::nullopt,
                  .proof = std::nullopt};
  if (!rows.IsNull(0, 5)) erasure.complete_time = absl::FromUnixNanos(rows.Int(0, 5));
  if (!rows.IsNull(0, 7)) erasure.proof = {rows.Int(0, 6), absl::FromUnixNanos(rows.Int(0, 7))};
  return std::optional(std::move(erasure));
}

absl::StatusOr<std::vector<int64_t>> DeleteRows(Connection& connection, const std::string& learner_id) {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows, connection.Execute(statements::kDeleteEvents, Params().Add(learner_id)));
  std::vector<int64_t> positions;
  positions.reserve(static_cast<size_t>(rows.count()));
  for (int row = 0; row < rows.count(); ++row) positions.push_back(rows.Int(row, 0));
  std::ranges::sort(positions);
  return positions;
}

// Deletes the learner's key, and returns the pseudonym; nothing when there was none.
absl::StatusOr<std::optional<std::string>> TakePseudonym(Connection& connection, const std::string& learner_id) {
  EDIRAE_ASSIGN_OR_RETURN(const Rows forgotten,
                          connection.Execute(statements::kDeleteLearner, Params().Add(learner_id)));
  return OnlyText(forgotten);
}

// Has those of the events that name the learner as a mentor name them no longer, and returns how many there were.
absl::StatusOr<int64_t> TakeNameFrom(const Rows& events, Connection& connection, const EraseCommand& command) {
  std::vector<std::pair<int64_t, std::string>> renamed;
  for (int row = 0; row < events.count(); ++row) {
    auto payload = command.rename_mentor(events.Bytes(row, 1));
    if (payload.has_value()) renamed.emplace_back(events.Int(row, 0), *std::move(payload));
  }
  if (renamed.empty()) return 0;
  Array positions(Type::kInt8, renamed.size()), payloads(Type::kBytea, renamed.size());
  for (const auto& [position, payload] : renamed) {
    positions.Add(position);
    payloads.Add(payload);
  }
  EDIRAE_RETURN_IF_ERROR(
      connection.Execute(statements::kRenameActs, Params().Add(std::move(positions)).Add(std::move(payloads)))
          .status());
  return static_cast<int64_t>(renamed.size());
}

// The same of all events that may name them, a page at a time.
absl::StatusOr<int64_t> TakeNameFromActs(Connection& connection, const EraseCommand& command) {
  int64_t count = 0;
  const std::span<const int64_t> all(command.act_positions);
  for (size_t first = 0; first < all.size(); first += limits::kFoldPage) {
    const auto page = all.subspan(first, std::min<size_t>(limits::kFoldPage, all.size() - first));
    Array asked(Type::kInt8, page.size());
    for (const int64_t position : page) asked.Add(position);
    EDIRAE_ASSIGN_OR_RETURN(const Rows acts, connection.Execute(statements::kReadActs, Params().Add(std::move(asked))));
    EDIRAE_ASSIGN_OR_RETURN(const int64_t of_page, TakeNameFrom(acts, connection, command));
    count += of_page;
  }
  for (int64_t after = command.acts_known_to;;) {
    const Params page = Params().Add(after).Add(int64_t{limits::kFoldPage});
    EDIRAE_ASSIGN_OR_RETURN(const Rows newer, connection.Execute(statements::kReadNewer, page));
    if (newer.count() == 0) return count;
    EDIRAE_ASSIGN_OR_RETURN(const int64_t of_page, TakeNameFrom(newer, connection, command));
    count += of_page;
    after = newer.Int(newer.count() - 1, 0);
  }
}

}  // namespace

absl::StatusOr<std::string> PostgresEventStore::Pseudonym(const std::string& learner_id) {
  return history_.Use([&](Connection& connection) -> absl::StatusOr<std::string> {
    const auto find = [&] { return connection.Execute(statements::kFindPseudonym, Params().Add(learner_id)); };
    EDIRAE_ASSIGN_OR_RETURN(Rows rows, find());
    if (auto known = OnlyText(rows)) return *std::move(known);
    // Another replica may record their first event: what one says all must say, so it is kept.
    EDIRAE_RETURN_IF_ERROR(GiveKeys(connection, {&learner_id, 1}));
    EDIRAE_ASSIGN_OR_RETURN(rows, find());
    if (auto given = OnlyText(rows)) return *std::move(given);
    return absl::UnavailableError("the learner was erased just now");
  });
}

absl::StatusOr<std::optional<std::string>> PostgresEventStore::LearnerOf(const std::string& pseudonym) {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows, history_.Execute(statements::kFindLearner, Params().Add(pseudonym)));
  return OnlyText(rows);
}

absl::StatusOr<std::vector<std::string>> PostgresEventStore::ListLearners(const std::string& after_learner_id,
                                                                          int max_learners) {
  EDIRAE_ASSIGN_OR_RETURN(
      const Rows rows, history_.Execute(statements::kListLearners, Params().Add(after_learner_id).Add(max_learners)));
  std::vector<std::string> learner_ids;
  for (int row = 0; row < rows.count(); ++row) learner_ids.push_back(rows.Bytes(row, 0));
  return learner_ids;
}

absl::StatusOr<Erasure> PostgresEventStore::Erase(const EraseCommand& command) {
  return append_.Use(
      [&](Connection& connection) { return connection.Transact([&] { return EraseRows(connection, command); }); });
}

absl::StatusOr<Erasure> PostgresEventStore::EraseRows(Connection& connection, const EraseCommand& command) {
  // The connection may have broken after the commit.
  EDIRAE_ASSIGN_OR_RETURN(std::optional<Erasure> known, ErasureUnder(connection, command.receipt_key));
  if (known.has_value()) return *std::move(known);
  EDIRAE_ASSIGN_OR_RETURN(const Rows taken, connection.Execute(statements::kTakeTombstonePosition));
  EDIRAE_ASSIGN_OR_RETURN(const std::vector<int64_t> positions, DeleteRows(connection, command.learner_id));
  if (command.only_at_seq.value_or(std::ssize(positions)) != std::ssize(positions)) {
    return absl::AbortedError("the learner has done something since");
  }
  EDIRAE_ASSIGN_OR_RETURN(std::optional<std::string> pseudonym, TakePseudonym(connection, command.learner_id));
  const bool had_key = pseudonym.has_value();
  if (!had_key) {
    // Who only was a mentor, or was only recorded by older programs, gets one now, so that the tombstone has it.
    EDIRAE_RETURN_IF_ERROR(GiveKeys(connection, {&command.learner_id, 1}));
    EDIRAE_ASSIGN_OR_RETURN(pseudonym, TakePseudonym(connection, command.learner_id));
  }
  Erasure erasure{.pseudonym = pseudonym.value_or(""),
                  .tombstone_position = taken.Int(0, 0),
                  .event_count = static_cast<int64_t>(positions.size()),
                  .erase_time = command.now,
                  .complete_time = std::nullopt,
                  .proof = std::nullopt};
  EDIRAE_ASSIGN_OR_RETURN(erasure.mentor_act_count, TakeNameFromActs(connection, command));
  if (!had_key && positions.empty() && erasure.mentor_act_count == 0) {
    return absl::NotFoundError("nothing is kept of the learner");
  }
  EDIRAE_RETURN_IF_ERROR(connection
                             .Execute(statements::kAddTombstone,
                                      Params()
                                          .Add(erasure.tombstone_position)
                                          .Add(kTombstoneMark + erasure.pseudonym)
                                          .Add(erasure.event_count + 1)
                                          .AddBytes(command.make_tombstone(erasure.pseudonym, erasure.event_count)))
                             .status());
  EDIRAE_RETURN_IF_ERROR(connection
                             .Execute(statements::kAddErasure, Params()
                                                                   .AddBytes(command.receipt_key)
                                                                   .Add(erasure.pseudonym)
                                                                   .Add(erasure.tombstone_position)
                                                                   .Add(erasure.event_count)
                                                                   .Add(absl::ToUnixNanos(erasure.erase_time))
                                                                   .AddBytes(PackedPositions(positions))
                                                                   .Add(erasure.mentor_act_count))
                             .status());
  return erasure;
}

absl::StatusOr<std::optional<Erasure>> PostgresEventStore::FindErasure(const std::string& receipt_key) {
  return history_.Use([&](Connection& connection) { return ErasureUnder(connection, receipt_key); });
}

absl::StatusOr<std::vector<UnfinishedErasure>> PostgresEventStore::ReadUnfinishedErasures(int max_erasures) {
  EDIRAE_ASSIGN_OR_RETURN(const Rows rows,
                          outbox_.Execute(statements::kReadUnfinished, Params().Add(int64_t{max_erasures})));
  std::vector<UnfinishedErasure> unfinished;
  for (int row = 0; row < rows.count(); ++row) {
    unfinished.push_back({rows.Bytes(row, 0), rows.Bytes(row, 1), rows.Int(row, 2),
                          UnpackedPositions(rows.Bytes(row, 3)), rows.Int(row, 4)});
  }
  return unfinished;
}

absl::Status PostgresEventStore::SaveErasure(const std::string& receipt_key, int64_t stream_message_count,
                                             std::optional<absl::Time> complete_time) {
  return outbox_
      .Execute(statements::kSaveErasure,
               Params()
                   .AddBytes(receipt_key)
                   .Add(stream_message_count)
                   .Add(complete_time.has_value() ? absl::ToUnixNanos(*complete_time) : int64_t{0}))
      .status();
}

absl::Status PostgresEventStore::SaveProof(const std::string& receipt_key, const ErasureProof& proof) {
  return outbox_
      .Execute(statements::kSaveProof,
               Params().AddBytes(receipt_key).Add(proof.event_count).Add(absl::ToUnixNanos(proof.verify_time)))
      .status();
}

}  // namespace edirae::progress
