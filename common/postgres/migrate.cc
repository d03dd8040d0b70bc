#include "common/postgres/migrate.h"

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"

namespace edirae::postgres {
namespace {

constexpr int64_t kTurn = 0x6564697261650001;  // "edirae", 1

constexpr Statement kReadVersion = {"migrate_read_version", "SELECT version, oldest_program FROM schema_version"};
constexpr Statement kWriteVersion = {"migrate_write_version",
                                     "UPDATE schema_version SET version = $1, oldest_program = $2"};
// One row. `oldest_program` is how many steps a program must know to use the schema.
constexpr char kVersionTable[] = R"(
  CREATE TABLE IF NOT EXISTS schema_version (
    one            boolean PRIMARY KEY DEFAULT true CHECK (one),
    version        bigint NOT NULL,
    oldest_program bigint NOT NULL
  );
  INSERT INTO schema_version (version, oldest_program) VALUES (0, 0) ON CONFLICT DO NOTHING;
)";

std::string Wait(absl::Duration turn, absl::Duration statement) {
  return absl::StrCat("SET LOCAL lock_timeout = ", absl::ToInt64Milliseconds(turn),
                      "; SET LOCAL statement_timeout = ", absl::ToInt64Milliseconds(statement));
}

}  // namespace

absl::Status Migrate(Connection& connection, std::span<const Migration> steps) {
  const auto known = static_cast<int64_t>(steps.size());
  return connection.Transact([&]() -> absl::Status {
    EDIRAE_RETURN_IF_ERROR(connection.Run(Wait(limits::kMigrationTurn, limits::kMigrationPatience)));
    EDIRAE_RETURN_IF_ERROR(
        connection.Run(absl::StrCat("SELECT pg_advisory_xact_lock(", kTurn, ")"), limits::kMigrationPatience));
    EDIRAE_RETURN_IF_ERROR(connection.Run(Wait(limits::kLockTimeout, limits::kMigrationPatience)));
    EDIRAE_RETURN_IF_ERROR(connection.Run(kVersionTable));
    EDIRAE_ASSIGN_OR_RETURN(const Rows version, connection.Execute(kReadVersion));
    const int64_t found = version.Int(0, 0);
    int64_t oldest_program = version.Int(0, 1);
    if (oldest_program > known) {
      return absl::FailedPreconditionError(absl::StrCat("the schema has version ", found,
                                                        " and needs a program that knows ", oldest_program,
                                                        ", this one knows ", known, ": run a newer program"));
    }
    if (found >= known) return absl::OkStatus();
    for (int64_t step = found; step < known; ++step) {
      const Migration& migration = steps[static_cast<size_t>(step)];
      if (!migration.older_programs_may_stay) oldest_program = step + 1;
      const absl::Status done = connection.Run(migration.sql, limits::kMigrationPatience);
      if (!done.ok()) {
        return absl::Status(done.code(), absl::StrCat("migration from version ", step, ": ", done.message()));
      }
    }
    return connection.Execute(kWriteVersion, Params().Add(known).Add(oldest_program)).status();
  });
}

}  // namespace edirae::postgres
