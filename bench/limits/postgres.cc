#include "bench/limits/postgres.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>

#include "absl/strings/str_format.h"
#include "common/postgres/connection.h"
#include "common/postgres/migrate.h"
#include "common/status/macros.h"
#include "services/progress/adapters/postgres_schema.h"

namespace edirae::bench {
namespace {

using postgres::Array;
using postgres::Type;

constexpr int kBatchRows = 128;
constexpr int64_t kBatchLearners = 4000;
constexpr size_t kRowPayload = 200;  // an answered question, serialized
constexpr size_t kRowOutcome = 300;  // its grade and feedback

constexpr postgres::Statement kInsert = {"bare_insert", R"(
  INSERT INTO event (position, learner_id, learner_seq, request_id, request_digest, payload, outcome)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bytea[], $7::bytea[])
)"};

// One learner's rows, as a client that was offline brings them. `last_row` is how many there were before.
postgres::Params BatchAfter(int64_t last_row) {
  Array positions(Type::kInt8, kBatchRows), learners(Type::kText, kBatchRows), seqs(Type::kInt8, kBatchRows);
  Array requests(Type::kText, kBatchRows), digests(Type::kInt8, kBatchRows);
  Array payloads(Type::kBytea, kBatchRows), outcomes(Type::kBytea, kBatchRows);
  const std::string learner = absl::StrFormat("bench-%04d", last_row / kBatchRows % kBatchLearners);
  const std::string payload(kRowPayload, 'p'), outcome(kRowOutcome, 'o');
  for (int64_t row = last_row + 1; row <= last_row + kBatchRows; ++row) {
    positions.Add(row);
    learners.Add(learner);
    seqs.Add(row);
    requests.Add(absl::StrFormat("batch-%d", row));
    digests.Add(static_cast<int64_t>(std::hash<int64_t>()(row) * 0x9E3779B97F4A7C15U));
    payloads.Add(payload);
    outcomes.Add(outcome);
  }
  postgres::Params params;
  for (Array* column : {&positions, &learners, &seqs, &requests, &digests, &payloads, &outcomes}) {
    params.Add(std::move(*column));
  }
  return params;
}

}  // namespace

absl::StatusOr<double> MeasurePostgres(const std::string& url, absl::Duration window, const Interrupt& interrupt) {
  EDIRAE_ASSIGN_OR_RETURN(const auto connection, postgres::Connection::Open({url, "edirae-bench"}));
  EDIRAE_RETURN_IF_ERROR(postgres::Migrate(*connection, progress::kPostgresLedgerSchema));
  const auto start = std::chrono::steady_clock::now();
  absl::Duration elapsed;
  int64_t rows = 0;
  do {
    EDIRAE_RETURN_IF_ERROR(interrupt.Check());
    EDIRAE_RETURN_IF_ERROR(connection->Execute(kInsert, BatchAfter(rows)).status());
    rows += kBatchRows;
    elapsed = absl::FromChrono(std::chrono::steady_clock::now() - start);
  } while (elapsed < window);
  return static_cast<double>(rows) / absl::ToDoubleSeconds(elapsed);
}

}  // namespace edirae::bench
