#ifndef EDIRAE_COMMON_POSTGRES_SQL_STATE_H_
#define EDIRAE_COMMON_POSTGRES_SQL_STATE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace edirae::postgres {

// What a failure is by its SQLSTATE (PostgreSQL's documentation, appendix A):
//   23505 unique violation                           ALREADY_EXISTS
//   other violated constraints                       FAILED_PRECONDITION
//   40xxx rolled back for the sake of others         ABORTED
//   53100 disk full, 53200 out of memory             RESOURCE_EXHAUSTED
//   XX001, XX002 damaged table or index              DATA_LOSS
//   lost connection, shutdown, failover, read-only,
//   timeouts, too many connections, I/O; none at all UNAVAILABLE
//   28xxx, 42501 not allowed                         PERMISSION_DENIED
//   22xxx bad values, 54xxx too large                INVALID_ARGUMENT
//   anything else                                    INTERNAL
absl::StatusCode CodeOf(absl::string_view sql_state);

// Whether after this failure another server, or the same one later, should be asked over a new connection.
bool NeedsAnotherServer(absl::string_view sql_state);

}  // namespace edirae::postgres

#endif  // EDIRAE_COMMON_POSTGRES_SQL_STATE_H_
