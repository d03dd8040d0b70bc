// What SqliteEventStore knows of pseudonyms and erasures.
#include <SQLiteCpp/Transaction.h>

#include <iterator>
#include <utility>

#include "common/sql/guard.h"
#include "common/status/macros.h"
#include "services/progress/adapters/packed_positions.h"
#include "services/progress/adapters/sqlite_connections.h"
#include "services/progress/adapters/sqlite_event_store.h"
#include "services/progress/limits.h"
#include "xxhash.h"

namespace edirae::progress {
namespace {

constexpr char kErasureColumns[] =
    "pseudonym, tombstone_position, event_count, erase_time, stream_message_count, complete_time, proof_event_count, "
    "proof_time, mentor_act_count FROM erasure ";

Erasure ErasureOf(SQLite::Statement& row) {
  Erasure erasure{.pseudonym = row.getColumn(0).getString(),
                  .tombstone_position = row.getColumn(1).getInt64(),
                  .event_count = row.getColumn(2).getInt64(),
                  .mentor_act_count = row.getColumn(8).getInt64(),
                  .erase_time = absl::FromUnixNanos(row.getColumn(3).getInt64()),
                  .stream_message_count = row.getColumn(4).getInt64(),
                  .complete_time = std::nullopt,
                  .proof = std::nullopt};
  if (!row.getColumn(5).isNull()) erasure.complete_time = absl::FromUnixNanos(row.getColumn(5).getInt64());
  if (!row.getColumn(7).isNull()) {
    erasure.proof = {row.getColumn(6).getInt64(), absl::FromUnixNanos(row.getColumn(7).getInt64())};
  }
  return erasure;
}

// Deletes the rows, and collects the requests that they came from.
void DeleteEvents(SQLite::Database& db, const std::vector<int64_t>& positions, std::vector<std::string>& request_ids) {
  SQLite::Statement forget(db, "DELETE FROM event WHERE position = ? RETURNING request_id");
  for (const int64_t position : positions) {
    Use statement(forget);
    statement->bind(1, position);
    while (statement->executeStep()) {
      if (!statement->getColumn(0).isNull()) request_ids.push_back(statement->getColumn(0).getString());
    }
  }
}

// Where events may be that name the learner as a mentor.
std::vector<int64_t> PlacesOfActs(SQLite::Database& db, const EraseCommand& command) {
  std::vector<int64_t> places = command.act_positions;
  SQLite::Statement newer(db, "SELECT position FROM event WHERE position > ? ORDER BY position");
  newer.bind(1, command.acts_known_to);
  while (newer.executeStep()) places.push_back(newer.getColumn(0).getInt64());
  return places;
}

// Has events of others name the learner no longer, and returns how many there were.
int64_t TakeNameFromActs(SQLite::Database& db, const EraseCommand& command) {
  SQLite::Statement find(db, "SELECT payload FROM event WHERE position = ?");
  SQLite::Statement put(db, "UPDATE event SET payload = ? WHERE position = ?");
  int64_t renamed = 0;
  for (const int64_t position : PlacesOfActs(db, command)) {
    std::optional<std::string> payload;
    {
      Use found(find);
      found->bind(1, position);
      if (found->executeStep()) payload = command.rename_mentor(Blob(found->getColumn(0)));
    }
    if (!payload.has_value()) continue;
    Use changed(put);
    BindBlob(changed, 1, *payload);
    changed->bind(2, position);
    renamed += changed->exec();
  }
  return renamed;
}

void AddErasure(SQLite::Database& db, const EraseCommand& command, const Erasure& erasure,
                const std::vector<int64_t>& positions) {
  SQLite::Statement add(
      db,
      "INSERT INTO erasure (receipt_key, learner_id, pseudonym, tombstone_position, event_count, "
      "erase_time, positions, stream_message_count, mentor_act_count) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)");
  const std::string packed = PackedPositions(positions);
  add.bindNoCopy(1, static_cast<const void*>(command.receipt_key.data()), static_cast<int>(command.receipt_key.size()));
  add.bindNoCopy(2, command.learner_id);
  add.bindNoCopy(3, erasure.pseudonym);
  add.bind(4, erasure.tombstone_position);
  add.bind(5, erasure.event_count);
  add.bind(6, absl::ToUnixNanos(erasure.erase_time));
  add.bindNoCopy(7, static_cast<const void*>(packed.data()), static_cast<int>(packed.size()));
  add.bind(8, erasure.mentor_act_count);
  add.exec();
}

}  // namespace

absl::StatusOr<std::string> SqliteEventStore::Pseudonym(const std::string& learner_id) {
  return fresh_keys_.GetUnless(learner_id, [&] {
    const std::lock_guard guard(history_->mutex);
    return sql::Guard([&] {
      Use statement(history_->pseudonym);
      statement->bindNoCopy(1, learner_id);
      return statement->executeStep() ? statement->getColumn(0).getString() : std::string();
    });
  });
}

absl::StatusOr<std::optional<std::string>> SqliteEventStore::LearnerOf(const std::string& pseudonym) {
  const std::lock_guard guard(history_->mutex);
  return sql::Guard([&]() -> std::optional<std::string> {
    Use statement(history_->learner);
    statement->bindNoCopy(1, pseudonym);
    if (!statement->executeStep()) return std::nullopt;
    return statement->getColumn(0).getString();
  });
}

absl::StatusOr<std::vector<std::string>> SqliteEventStore::ListLearners(const std::string& after_learner_id,
                                                                        int max_learners) {
  const std::lock_guard guard(history_->mutex);
  return sql::Guard([&] {
    std::vector<std::string> learner_ids;
    Use statement(history_->learners);
    statement->bindNoCopy(1, after_learner_id);
    statement->bind(2, max_learners);
    while (statement->executeStep()) learner_ids.push_back(statement->getColumn(0).getString());
    return learner_ids;
  });
}

absl::StatusOr<std::vector<int64_t>> SqliteEventStore::AllPositions(const std::string& learner_id) {
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last, index_->LastSeq(learner_id));
  std::vector<int64_t> all;
  while (static_cast<int64_t>(all.size()) < last) {
    EDIRAE_ASSIGN_OR_RETURN(const auto page,
                            index_->Positions(learner_id, static_cast<int64_t>(all.size()), limits::kErasurePage));
    if (page.empty()) return absl::DataLossError("the index lacks events of a learner");
    all.insert(all.end(), page.begin(), page.end());
  }
  return all;
}

absl::StatusOr<IndexMark> SqliteEventStore::MarkUpTo(int64_t position) {
  return sql::Guard([&] {
    SQLite::Statement last(*write_->db,
                           "SELECT position, payload FROM event WHERE position <= ? ORDER BY position DESC LIMIT 1");
    last.bind(1, position);
    if (!last.executeStep()) return IndexMark{};
    const std::string payload = Blob(last.getColumn(1));
    return IndexMark{last.getColumn(0).getInt64(), XXH64(payload.data(), payload.size(), 0)};
  });
}

absl::Status SqliteEventStore::ForgetInterrupted(IndexFiles& files) {
  // Whoever came back since was forgotten before: nothing of theirs is recorded earlier.
  EDIRAE_ASSIGN_OR_RETURN(const auto learner_ids, sql::Guard([&] {
                            std::vector<std::string> learner_ids;
                            SQLite::Statement left(*write_->db,
                                                   "SELECT learner_id FROM erasure WHERE learner_id IS NOT NULL AND "
                                                   "learner_id NOT IN (SELECT learner_id FROM learner)");
                            while (left.executeStep()) learner_ids.push_back(left.getColumn(0).getString());
                            return learner_ids;
                          }));
  for (const std::string& learner_id : learner_ids) {
    EDIRAE_ASSIGN_OR_RETURN(const IndexMark mark, files.mark());
    EDIRAE_ASSIGN_OR_RETURN(const IndexMark left, MarkUpTo(mark.position));
    EDIRAE_RETURN_IF_ERROR(files.Forget(learner_id, left));
  }
  return absl::OkStatus();
}

absl::StatusOr<Erasure> SqliteEventStore::Erase(const EraseCommand& command) {
  const auto holding = index_->HoldFiles();
  const std::lock_guard guard(write_->mutex);
  EDIRAE_ASSIGN_OR_RETURN(const std::vector<int64_t> positions, AllPositions(command.learner_id));
  if (command.only_at_seq.value_or(std::ssize(positions)) != std::ssize(positions)) {
    return absl::AbortedError("the learner has done something since");
  }
  EDIRAE_ASSIGN_OR_RETURN(const IndexMark mark, index_->mark());
  std::vector<std::string> request_ids;
  EDIRAE_ASSIGN_OR_RETURN(Erasure erasure, EraseRows(command, positions, request_ids));
  log_has_erased_ = true;
  fresh_keys_.LetGo(command.learner_id);
  const std::string row = kTombstoneMark + erasure.pseudonym;
  const IndexedEvent tombstone{last_position_, row, erasure.event_count + 1, ""};
  index_->Add(std::span(&tombstone, 1));
  EDIRAE_ASSIGN_OR_RETURN(const IndexMark left, MarkUpTo(mark.position));
  EDIRAE_RETURN_IF_ERROR(index_->Forget(command.learner_id, request_ids, left));
  const std::lock_guard reading(outbox_->mutex);
  outbox_->pseudonyms.erase(command.learner_id);
  return erasure;
}

absl::StatusOr<Erasure> SqliteEventStore::EraseRows(const EraseCommand& command, const std::vector<int64_t>& positions,
                                                    std::vector<std::string>& request_ids) {
  return sql::Guard([&]() -> absl::StatusOr<Erasure> {
    SQLite::Transaction transaction(*write_->db, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement forget(*write_->db, "DELETE FROM learner WHERE learner_id = ? RETURNING pseudonym");
    forget.bindNoCopy(1, command.learner_id);
    const bool has_key = forget.executeStep();
    const int64_t position = last_position_ + 1;
    Erasure erasure{.pseudonym = has_key ? forget.getColumn(0).getString()
                                         : PseudonymOf(fresh_keys_.Get(command.learner_id), command.learner_id),
                    .tombstone_position = position,
                    .event_count = static_cast<int64_t>(positions.size()),
                    .erase_time = command.now,
                    .complete_time = std::nullopt,
                    .proof = std::nullopt};
    forget.reset();
    erasure.mentor_act_count = TakeNameFromActs(*write_->db, command);
    if (!has_key && erasure.mentor_act_count == 0) return absl::NotFoundError("nothing is kept of the learner");
    DeleteEvents(*write_->db, positions, request_ids);
    NewEvent tombstone;
    tombstone.learner_id = kTombstoneMark + erasure.pseudonym;
    tombstone.learner_seq = erasure.event_count + 1;
    tombstone.payload = command.make_tombstone(erasure.pseudonym, erasure.event_count);
    write_->Insert(tombstone, position);
    AddErasure(*write_->db, command, erasure, positions);
    transaction.commit();
    last_position_ = position;
    return erasure;
  });
}

absl::Status SqliteEventStore::WipeErased() {
  std::vector<std::string> learner_ids;
  {
    const std::lock_guard guard(write_->mutex);
    EDIRAE_RETURN_IF_ERROR(sql::Guard([&] {
      SQLite::Statement left(*write_->db, "SELECT learner_id FROM erasure WHERE learner_id IS NOT NULL");
      while (left.executeStep()) learner_ids.push_back(left.getColumn(0).getString());
    }));
  }
  if (learner_ids.empty() && !log_has_erased_) return absl::OkStatus();
  for (const std::string& learner_id : learner_ids) EDIRAE_RETURN_IF_ERROR(index_->Wipe(learner_id));
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&]() -> absl::Status {
    for (const std::string& learner_id : learner_ids) {
      SQLite::Statement done(*write_->db, "UPDATE erasure SET learner_id = NULL WHERE learner_id = ?");
      done.bindNoCopy(1, learner_id);
      done.exec();
    }
    // Waits for readers, who are short. Until it was done the log may hold what was deleted.
    if (write_->db->execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0) {
      return absl::UnavailableError("the ledger's log cannot be emptied while it is read");
    }
    log_has_erased_ = false;
    return absl::OkStatus();
  });
}

absl::StatusOr<std::optional<Erasure>> SqliteEventStore::FindErasure(const std::string& receipt_key) {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&]() -> std::optional<Erasure> {
    SQLite::Statement find(*write_->db, std::string("SELECT ") + kErasureColumns + "WHERE receipt_key = ?");
    find.bindNoCopy(1, static_cast<const void*>(receipt_key.data()), static_cast<int>(receipt_key.size()));
    if (!find.executeStep()) return std::nullopt;
    return ErasureOf(find);
  });
}

absl::StatusOr<std::vector<UnfinishedErasure>> SqliteEventStore::ReadUnfinishedErasures(int max_erasures) {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] {
    std::vector<UnfinishedErasure> unfinished;
    SQLite::Statement find(*write_->db,
                           "SELECT receipt_key, pseudonym, tombstone_position, positions, stream_message_count "
                           "FROM erasure WHERE complete_time IS NULL ORDER BY tombstone_position LIMIT ?");
    find.bind(1, max_erasures);
    while (find.executeStep()) {
      unfinished.push_back({Blob(find.getColumn(0)), find.getColumn(1).getString(), find.getColumn(2).getInt64(),
                            UnpackedPositions(Blob(find.getColumn(3))), find.getColumn(4).getInt64()});
    }
    return unfinished;
  });
}

absl::Status SqliteEventStore::SaveErasure(const std::string& receipt_key, int64_t stream_message_count,
                                           std::optional<absl::Time> complete_time) {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] {
    SQLite::Statement save(*write_->db,
                           "UPDATE erasure SET stream_message_count = ?2, complete_time = ?3, "
                           "positions = CASE WHEN ?3 IS NULL THEN positions END WHERE receipt_key = ?1");
    save.bindNoCopy(1, static_cast<const void*>(receipt_key.data()), static_cast<int>(receipt_key.size()));
    save.bind(2, stream_message_count);
    if (complete_time.has_value()) save.bind(3, absl::ToUnixNanos(*complete_time));
    save.exec();
  });
}

absl::Status SqliteEventStore::SaveProof(const std::string& receipt_key, const ErasureProof& proof) {
  const std::lock_guard guard(write_->mutex);
  return sql::Guard([&] {
    SQLite::Statement save(*write_->db,
                           "UPDATE erasure SET proof_event_count = ?2, proof_time = ?3 WHERE receipt_key = ?1");
    save.bindNoCopy(1, static_cast<const void*>(receipt_key.data()), static_cast<int>(receipt_key.size()));
    save.bind(2, proof.event_count);
    save.bind(3, absl::ToUnixNanos(proof.verify_time));
    save.exec();
  });
}

}  // namespace edirae::progress
