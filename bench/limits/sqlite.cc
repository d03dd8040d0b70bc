#include "bench/limits/sqlite.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "absl/strings/str_format.h"
#include "common/sql/database.h"
#include "common/sql/guard.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

constexpr int kRowsInCommit = 128;
constexpr int64_t kLearners = 4000;
constexpr size_t kPayloadBytes = 200;  // an answered question, serialized
constexpr size_t kOutcomeBytes = 300;  // its grade and feedback

// Table, indexes and cache of progress's ledger (services/progress/adapters/sqlite_schema.h).
constexpr char kSchema[] = R"sql(
  PRAGMA cache_size = -65536;
  CREATE TABLE event (
    position       INTEGER PRIMARY KEY,
    learner_id     TEXT NOT NULL,
    learner_seq    INTEGER NOT NULL,
    request_id     TEXT,
    request_digest INTEGER,
    payload        BLOB NOT NULL,
    outcome        BLOB
  );
  CREATE UNIQUE INDEX event_by_learner ON event (learner_id, learner_seq);
  CREATE UNIQUE INDEX event_by_request ON event (learner_id, request_id) WHERE request_id IS NOT NULL;
)sql";

class Writer {
 public:
  explicit Writer(SQLite::Database& db)
      : db_(db),
        insert_(db,
                "INSERT INTO event (position, learner_id, learner_seq, request_id, request_digest, payload, outcome) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)") {}

  // One learner's rows, as a client that was offline brings them.
  void CommitOne() {
    SQLite::Transaction transaction(db_);
    const std::string learner = absl::StrFormat("bench-%04d", rows_ / kRowsInCommit % kLearners);
    for (int i = 0; i < kRowsInCommit; ++i) Insert(learner, ++rows_);
    transaction.commit();
  }

  int64_t rows() const { return rows_; }

 private:
  void Insert(const std::string& learner, int64_t row) {
    const std::string request = absl::StrFormat("batch-%d", row);
    insert_.bind(1, row);
    insert_.bindNoCopy(2, learner);
    insert_.bind(3, row);
    insert_.bindNoCopy(4, request);
    insert_.bind(5, static_cast<int64_t>(std::hash<int64_t>()(row) * 0x9E3779B97F4A7C15U));
    insert_.bindNoCopy(6, static_cast<const void*>(payload_.data()), static_cast<int>(payload_.size()));
    insert_.bindNoCopy(7, static_cast<const void*>(outcome_.data()), static_cast<int>(outcome_.size()));
    insert_.exec();
    insert_.reset();
  }

  SQLite::Database& db_;
  SQLite::Statement insert_;
  const std::string payload_ = std::string(kPayloadBytes, 'p');
  const std::string outcome_ = std::string(kOutcomeBytes, 'o');
  int64_t rows_ = 0;
};

}  // namespace

absl::StatusOr<double> MeasureSqlite(const std::string& folder, absl::Duration window, const Interrupt& interrupt) {
  EDIRAE_ASSIGN_OR_RETURN(const auto db, sql::OpenReadWrite(folder + "/limit.sqlite"));
  return sql::Guard([&]() -> absl::StatusOr<double> {
    db->exec(kSchema);
    Writer writer(*db);
    const auto start = std::chrono::steady_clock::now();
    absl::Duration elapsed;
    do {
      EDIRAE_RETURN_IF_ERROR(interrupt.Check());
      writer.CommitOne();
      elapsed = absl::FromChrono(std::chrono::steady_clock::now() - start);
    } while (elapsed < window);
    return static_cast<double>(writer.rows()) / absl::ToDoubleSeconds(elapsed);
  });
}

}  // namespace edirae::bench
