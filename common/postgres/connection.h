#ifndef EDIRAE_COMMON_POSTGRES_CONNECTION_H_
#define EDIRAE_COMMON_POSTGRES_CONNECTION_H_

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/postgres/limits.h"
#include "common/postgres/params.h"
#include "common/postgres/rows.h"

namespace edirae::postgres {

struct ConnectionOptions {
  std::string url;   // postgresql://..., with several hosts if need be; what it says wins over our defaults
  std::string name;  // shown in pg_stat_activity
};

// A statement that is prepared when a connection first executes it. Lives as long as the program.
struct Statement {
  const char* name;  // unique within the program
  const char* sql;
};

// One connection to a server that takes writes. Every call ends within limits::kReplyTimeout, whatever the server does.
// For one thread at a time. Errors of every method: CodeOf() of the SQLSTATE; UNAVAILABLE when the server is gone.
class Connection {
 public:
  // Commits are durable on it (synchronous_commit at least on), and plans are those of large tables with indexes, from
  // the first row on.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const ConnectionOptions& options);

  // Runs one statement, in a transaction of its own unless in Transact.
  absl::StatusOr<Rows> Execute(const Statement& statement, const Params& params = {});

  // Runs SQL without parameters, of several statements if need be: together in one transaction unless in Transact.
  absl::Status Run(const std::string& sql, absl::Duration patience = limits::kReplyTimeout);

  // Commits what `body`, which returns a Status or StatusOr, did when it is OK, and undoes it otherwise. When OK is
  // returned it is committed; on UNAVAILABLE it may be.
  template <class F>
  std::invoke_result_t<F> Transact(F&& body) {
    if (absl::Status begun = Run("BEGIN"); !begun.ok()) return begun;
    std::invoke_result_t<F> result = std::forward<F>(body)();
    if (!result.ok()) {
      if (usable()) Run("ROLLBACK").IgnoreError();
      return result;
    }
    if (absl::Status committed = Run("COMMIT"); !committed.ok()) return committed;
    return result;
  }

  // False after a failure that a new connection may mend.
  bool usable() const { return usable_; }
  // True when that was the server's silence.
  bool timed_out() const { return timed_out_; }

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  explicit Connection(PGconn* connection) : connection_(connection) {}
  absl::Status Prepare(const Statement& statement, const Params& params);
  // The last result, or the first that is an error, of what was sent.
  absl::StatusOr<Rows> Receive(absl::Duration patience);
  absl::Status WaitUntil(absl::Time deadline, bool for_result);
  absl::Status Lost();

  std::unique_ptr<PGconn, Finish> connection_;
  absl::flat_hash_set<const Statement*> prepared_;
  bool usable_ = true;
  bool timed_out_ = false;
};

}  // namespace edirae::postgres

#endif  // EDIRAE_COMMON_POSTGRES_CONNECTION_H_
