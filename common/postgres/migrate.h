#ifndef EDIRAE_COMMON_POSTGRES_MIGRATE_H_
#define EDIRAE_COMMON_POSTGRES_MIGRATE_H_

#include <span>

#include "absl/status/status.h"
#include "common/postgres/connection.h"

namespace edirae::postgres {

// A step from one version of a schema to the next. One that was ever released never changes; append new ones.
struct Migration {
  const char* sql;  // several statements may be given
  // Whether programs that do not know the step work on with what it leaves behind: new tables, columns with defaults,
  // indexes. During a rolling upgrade old and new programs share the database.
  bool older_programs_may_stay = true;
};

// Brings the schema to version steps.size(), all missing steps in one transaction; programs that start together take
// turns. The version is in the table `schema_version`, which a database of one ledger has to itself. OK, and nothing
// changed, when the schema is newer and its steps let this program stay.
//
// FAILED_PRECONDITION when they do not: run a newer program. Otherwise errors of Connection, naming the step.
absl::Status Migrate(Connection& connection, std::span<const Migration> steps);

}  // namespace edirae::postgres

#endif  // EDIRAE_COMMON_POSTGRES_MIGRATE_H_
