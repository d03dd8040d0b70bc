#include "bench/limits/sqlite.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <cstdint>

#include "absl/strings/str_format.h"
#include "common/ids/ids.h"
#include "common/sql/database.h"
#include "common/sql/guard.h"
#include "common/status/macros.h"

namespace edirae::bench {
namespace {

constexpr int kRowsInCommit = 128;
constexpr int64_t kLearners = 4000;
constexpr size_t kPayloadBytes = 200;  // an answered question, serialized
constexpr size_t kOutcomeBytes = 300;  // its grade and feedback

// The tables of progress's ledger that an answer writes.
constexpr char kSchema[] = R"sql(
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    learner_id TEXT NOT NULL,
    learner_seq INTEGER NOT NULL,
    payload BLOB NOT NULL,
    UNIQUE (learner_id, learner_seq));
  CREATE TABLE requests (
    learner_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    digest INTEGER NOT NULL,
    outcome BLOB NOT NULL,
    PRIMARY KEY (learner_id, request_id)) WITHOUT ROWID;
)sql";

class Writer {
 public:
  explicit Writer(SQLite::Database& db)
      : db_(db),
        event_(db, "INSERT INTO events (position, learner_id, learner_seq, payload) VALUES (?, ?, ?, ?)"),
        request_(db, "INSERT INTO requests (learner_id, request_id, digest, outcome) VALUES (?, ?, ?, ?)") {}

  void CommitOne() {
    SQLite::Transaction transaction(db_);
    for (int i = 0; i < kRowsInCommit; ++i) Insert(rows_++);
    transaction.commit();
  }

  int64_t rows() const { return rows_; }

 private:
  void Insert(int64_t row) {
    const std::string learner = absl::StrFormat("bench-%04d", row * 2654435761 % kLearners);
    const std::string request = absl::StrFormat("%016x", Random64());
    event_.bind(1, row + 1);
    event_.bindNoCopy(2, learner);
    event_.bind(3, row);
    event_.bindNoCopy(4, payload_.data(), static_cast<int>(payload_.size()));
    event_.exec();
    event_.reset();
    request_.bindNoCopy(1, learner);
    request_.bindNoCopy(2, request);
    request_.bind(3, row);
    request_.bindNoCopy(4, outcome_.data(), static_cast<int>(outcome_.size()));
    request_.exec();
    request_.reset();
  }

  SQLite::Database& db_;
  SQLite::Statement event_;
  SQLite::Statement request_;
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
