#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_CONNECTIONS_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_CONNECTIONS_H_

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/sql/use.h"
#include "services/progress/adapters/pseudonym.h"
#include "services/progress/domain/event_store.h"
#include "services/progress/limits.h"

// The connections of SqliteEventStore with their prepared statements. Everything here throws SQLite::Exception, and is
// used under the connection's mutex.
namespace edirae::progress {

using sql::Use;

inline std::string Blob(const SQLite::Column& column) {
  const auto* bytes = static_cast<const char*>(column.getBlob());
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<size_t>(column.getBytes()));
}

inline void BindBlob(Use& statement, int index, const std::string& bytes) {
  statement->bindNoCopy(index, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
}

// The connection that writes.
struct LedgerWriteSide {
  explicit LedgerWriteSide(std::unique_ptr<SQLite::Database> opened)
      : db(std::move(opened)),
        insert(*db,
               "INSERT INTO event (position, learner_id, learner_seq, request_id, request_digest, payload, outcome) "
               "VALUES (?, ?, ?, ?, ?, ?, ?)"),
        add_learner(*db, "INSERT INTO learner (learner_id, key, pseudonym) VALUES (?, ?, ?)"),
        request(*db, "SELECT request_digest, outcome FROM event WHERE position = ?"),
        read_cursor(*db, "SELECT epoch, position, stream_seq FROM relay_cursor"),
        save_cursor(*db, "UPDATE relay_cursor SET epoch = ?, position = ?, stream_seq = ?"),
        last_run(*db,
                 "SELECT first_position, first_stream_seq, count FROM published_run "
                 "ORDER BY first_stream_seq DESC LIMIT 1"),
        run_before(*db,
                   "SELECT first_position, first_stream_seq, count FROM published_run "
                   "WHERE first_stream_seq <= ? ORDER BY first_stream_seq DESC LIMIT 1"),
        add_run(*db, "INSERT INTO published_run (first_position, first_stream_seq, count) VALUES (?, ?, ?)"),
        lengthen_run(*db, "UPDATE published_run SET count = count + ? WHERE first_stream_seq = ?") {}

  void Insert(const NewEvent& event, int64_t position) {
    Use statement(insert);
    statement->bind(1, position);
    statement->bindNoCopy(2, event.learner_id);
    statement->bind(3, event.learner_seq);
    BindBlob(statement, 6, event.payload);
    if (event.request_id.empty()) {
      for (const int index : {4, 5, 7}) statement->bind(index);
    } else {
      statement->bindNoCopy(4, event.request_id);
      statement->bind(5, static_cast<int64_t>(event.request_digest));
      BindBlob(statement, 7, event.outcome);
    }
    statement->exec();
  }

  void AddLearner(const std::string& learner_id, const std::string& key) {
    const std::string pseudonym = PseudonymOf(key, learner_id);
    Use statement(add_learner);
    statement->bindNoCopy(1, learner_id);
    BindBlob(statement, 2, key);
    statement->bindNoCopy(3, pseudonym);
    statement->exec();
  }

  RelayCursor Cursor() {
    Use statement(read_cursor);
    statement->executeStep();
    return {statement->getColumn(0), statement->getColumn(1), statement->getColumn(2)};
  }

  void Save(const RelayCursor& cursor) {
    Use statement(save_cursor);
    statement->bind(1, cursor.epoch);
    statement->bind(2, cursor.position);
    statement->bind(3, cursor.stream_seq);
    statement->exec();
  }

  static PublishedRun Run(Use& statement) {
    if (!statement->executeStep()) return {};
    return {statement->getColumn(0), statement->getColumn(1), statement->getColumn(2)};
  }

  void Add(const PublishedRun& run) {
    Use statement(add_run);
    statement->bind(1, run.first_position);
    statement->bind(2, run.first_stream_seq);
    statement->bind(3, run.count);
    statement->exec();
  }

  // `last` is the last run of the file, and is kept so.
  void AddBehind(const PublishedRun& run, PublishedRun& last) {
    const bool continues = last.count > 0 && run.first_stream_seq == last.first_stream_seq + last.count &&
                           run.first_position == last.first_position + last.count;
    if (continues) {
      Use statement(lengthen_run);
      statement->bind(1, run.count);
      statement->bind(2, last.first_stream_seq);
      statement->exec();
      last.count += run.count;
    } else {
      Add(run);
      last = run;
    }
  }

  // Adds what lies between known runs, one by one: that is rare.
  void AddWhereUnknown(const PublishedRun& run) {
    for (int64_t i = 0; i < run.count; ++i) {
      Use statement(run_before);
      statement->bind(1, run.first_stream_seq + i);
      const PublishedRun before = Run(statement);
      if (before.count > 0 && run.first_stream_seq + i < before.first_stream_seq + before.count) continue;
      Add({run.first_position + i, run.first_stream_seq + i, 1});
    }
  }

  std::mutex mutex;
  std::unique_ptr<SQLite::Database> db;
  SQLite::Statement insert;
  SQLite::Statement add_learner;
  SQLite::Statement request;
  SQLite::Statement read_cursor;
  SQLite::Statement save_cursor;
  SQLite::Statement last_run;
  SQLite::Statement run_before;
  SQLite::Statement add_run;
  SQLite::Statement lengthen_run;
};

// The connection that reads events wherever they are.
struct LedgerHistorySide {
  explicit LedgerHistorySide(std::unique_ptr<SQLite::Database> opened)
      : db(std::move(opened)),
        event(*db, "SELECT learner_seq, payload FROM event WHERE position = ?"),
        pseudonym(*db, "SELECT pseudonym FROM learner WHERE learner_id = ?"),
        learner(*db, "SELECT learner_id FROM learner WHERE pseudonym = ?"),
        learners(*db, "SELECT learner_id FROM learner WHERE learner_id > ? ORDER BY learner_id LIMIT ?") {}

  std::mutex mutex;
  std::unique_ptr<SQLite::Database> db;
  SQLite::Statement event;
  SQLite::Statement pseudonym;
  SQLite::Statement learner;
  SQLite::Statement learners;
};

// The connection that reads what is to be indexed. For one thread.
struct LedgerIndexSide {
  explicit LedgerIndexSide(std::unique_ptr<SQLite::Database> opened)
      : db(std::move(opened)),
        page(*db,
             "SELECT position, learner_id, learner_seq, coalesce(request_id, '') FROM event "
             "WHERE position > ? AND position <= ? ORDER BY position"),
        payload(*db, "SELECT payload FROM event WHERE position = ?") {}

  std::unique_ptr<SQLite::Database> db;
  SQLite::Statement page;
  SQLite::Statement payload;
};

// The connection that reads what is to be published, and where it lies.
struct LedgerOutboxSide {
  explicit LedgerOutboxSide(std::unique_ptr<SQLite::Database> opened)
      : db(std::move(opened)),
        page(*db,
             "SELECT position, learner_seq, payload, learner_id FROM event WHERE position > ? ORDER BY position "
             "LIMIT ?"),
        pseudonym(*db, "SELECT pseudonym FROM learner WHERE learner_id = ?"),
        runs(*db, "SELECT first_position, first_stream_seq, count FROM published_run ORDER BY first_stream_seq") {}

  // Empty for a learner who was erased since the page was read.
  std::string PseudonymOf(const std::string& learner_id) {
    if (learner_id[0] == kTombstoneMark) return learner_id.substr(1);
    if (const auto known = pseudonyms.find(learner_id); known != pseudonyms.end()) return known->second;
    Use statement(pseudonym);
    statement->bindNoCopy(1, learner_id);
    if (!statement->executeStep()) return "";
    if (pseudonyms.size() >= limits::kOutboxPseudonyms) pseudonyms.clear();
    return pseudonyms.emplace(learner_id, statement->getColumn(0).getString()).first->second;
  }

  std::mutex mutex;
  std::unique_ptr<SQLite::Database> db;
  SQLite::Statement page;
  SQLite::Statement pseudonym;
  SQLite::Statement runs;
  absl::flat_hash_map<std::string, std::string> pseudonyms;  // of learners
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_SQLITE_CONNECTIONS_H_
