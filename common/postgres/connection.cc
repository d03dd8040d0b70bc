#include "common/postgres/connection.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/postgres/sql_state.h"
#include "common/status/macros.h"

namespace edirae::postgres {
namespace {

constexpr int kBinary = 1;

// Plans: a statement is planned once, perhaps when its table is still empty and reading all of it looks cheapest.
// Sessions of people keep the server's own settings.
std::string SessionSettings() {
  const auto milliseconds = [](absl::Duration duration) { return absl::ToInt64Milliseconds(duration); };
  return absl::StrCat(
      "SET statement_timeout = ", milliseconds(limits::kStatementTimeout),
      "; SET lock_timeout = ", milliseconds(limits::kLockTimeout),
      "; SET idle_in_transaction_session_timeout = ", milliseconds(limits::kReplyTimeout),
      "; SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3",
      "; SET default_transaction_isolation = 'read committed'",
      "; SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off",
      "; SET plan_cache_mode = force_generic_plan",
      "; SELECT set_config('synchronous_commit', 'on', false)"
      " WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')");
}

std::string Text(const char* message) {
  return std::string(absl::StripTrailingAsciiWhitespace(message != nullptr ? message : ""));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const ConnectionOptions& options) {
  const std::string connect_timeout = absl::StrCat(absl::ToInt64Seconds(limits::kConnectTimeout));
  const std::string user_timeout = absl::StrCat(absl::ToInt64Milliseconds(limits::kTcpUserTimeout));
  // Of a setting that is given twice the last counts: the address may say otherwise.
  const std::array<const char*, 9> names = {"connect_timeout",           "tcp_user_timeout", "keepalives_idle",
                                            "keepalives_interval",       "keepalives_count", "target_session_attrs",
                                            "fallback_application_name", "dbname",           nullptr};
  const std::array<const char*, 9> values = {
      connect_timeout.c_str(), user_timeout.c_str(), "5",    "2", "3", "read-write",
      options.name.c_str(),    options.url.c_str(),  nullptr};
  std::unique_ptr<Connection> opened(new Connection(PQconnectdbParams(names.data(), values.data(), 1)));
  PGconn* raw = opened->connection_.get();
  if (PQstatus(raw) != CONNECTION_OK) {
    return absl::UnavailableError(absl::StrCat("cannot connect to PostgreSQL: ", Text(PQerrorMessage(raw))));
  }
  PQsetNoticeProcessor(
      raw, [](void*, const char*) {}, nullptr);  // not to standard error
  PQsetnonblocking(raw, 1);
  EDIRAE_RETURN_IF_ERROR(opened->Run(SessionSettings()));
  return opened;
}

absl::StatusOr<Rows> Connection::Execute(const Statement& statement, const Params& params) {
  if (!prepared_.contains(&statement)) EDIRAE_RETURN_IF_ERROR(Prepare(statement, params));
  const size_t count = params.values().size();
  std::vector<const char*> values(count);
  std::vector<int> sizes(count);
  const std::vector<int> formats(count, kBinary);
  for (size_t i = 0; i < count; ++i) {
    values[i] = params.values()[i].data();
    sizes[i] = static_cast<int>(params.values()[i].size());
  }
  if (PQsendQueryPrepared(connection_.get(), statement.name, static_cast<int>(count), values.data(), sizes.data(),
                          formats.data(), kBinary) == 0) {
    return Lost();
  }
  return Receive(limits::kReplyTimeout);
}

absl::Status Connection::Prepare(const Statement& statement, const Params& params) {
  if (PQsendPrepare(connection_.get(), statement.name, statement.sql, static_cast<int>(params.types().size()),
                    params.types().data()) == 0) {
    return Lost();
  }
  EDIRAE_RETURN_IF_ERROR(Receive(limits::kReplyTimeout).status());
  prepared_.insert(&statement);
  return absl::OkStatus();
}

absl::Status Connection::Run(const std::string& sql, absl::Duration patience) {
  if (PQsendQuery(connection_.get(), sql.c_str()) == 0) return Lost();
  return Receive(patience).status();
}

absl::StatusOr<Rows> Connection::Receive(absl::Duration patience) {
  const absl::Time deadline = absl::Now() + patience;
  EDIRAE_RETURN_IF_ERROR(WaitUntil(deadline, /*for_result=*/false));
  absl::Status failure;
  Rows last(nullptr);
  while (true) {
    EDIRAE_RETURN_IF_ERROR(WaitUntil(deadline, /*for_result=*/true));
    PGresult* result = PQgetResult(connection_.get());
    if (result == nullptr) break;
    last = Rows(result);
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY || !failure.ok())
      continue;
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const absl::string_view sql_state = state != nullptr ? state : "";
    failure = absl::Status(CodeOf(sql_state),
                           absl::StrCat("PostgreSQL ", sql_state, ": ", Text(PQresultErrorMessage(result))));
    if (NeedsAnotherServer(sql_state)) usable_ = false;
  }
  if (PQstatus(connection_.get()) != CONNECTION_OK) usable_ = false;
  if (!failure.ok()) return failure;
  return last;
}

// Until everything is sent or a result can be taken.
absl::Status Connection::WaitUntil(absl::Time deadline, bool for_result) {
  PGconn* raw = connection_.get();
  while (true) {
    const int unsent = PQflush(raw);
    if (unsent < 0) return for_result ? absl::OkStatus() : Lost();
    if (for_result ? PQisBusy(raw) == 0 : unsent == 0) return absl::OkStatus();
    const absl::Duration left = deadline - absl::Now();
    pollfd socket = {PQsocket(raw), static_cast<short>(unsent > 0 ? POLLIN | POLLOUT : POLLIN), 0};  // NOLINT
    const int events =
        left <= absl::ZeroDuration()
            ? 0
            : ::poll(&socket, 1, static_cast<int>(absl::ToInt64Milliseconds(absl::Ceil(left, absl::Milliseconds(1)))));
    if (events == 0) {
      timed_out_ = true;
      usable_ = false;
      return absl::UnavailableError("PostgreSQL does not answer");
    }
    if ((socket.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && PQconsumeInput(raw) == 0) return Lost();
  }
}

absl::Status Connection::Lost() {
  usable_ = false;
  return absl::UnavailableError(
      absl::StrCat("the connection to PostgreSQL is lost: ", Text(PQerrorMessage(connection_.get()))));
}

}  // namespace edirae::postgres
