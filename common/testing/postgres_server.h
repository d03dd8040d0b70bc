#ifndef EDIRAE_COMMON_TESTING_POSTGRES_SERVER_H_
#define EDIRAE_COMMON_TESTING_POSTGRES_SERVER_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/process/child_process.h"
#include "common/testing/temp_folder.h"

namespace edirae::testing {

struct PostgresOptions {
  // Whether a commit waits for the disk. Without it a killed server loses nothing, only a machine that goes down does.
  bool fsync = false;
};

// Debian's PostgreSQL as a child process with a database cluster of its own in a temporary folder, reached by a socket
// in that folder and nothing else. As root it runs as the package's user postgres, since the server refuses root. Not
// thread-safe. Destruction ends it and removes the folder.
class PostgresServer {
 public:
  // Waits until it takes connections. NOT_FOUND, with what to install, when the package postgresql is missing;
  // UNAVAILABLE with the server's output when it does not start.
  static absl::StatusOr<std::unique_ptr<PostgresServer>> Start(PostgresOptions options = {});
  // A standby of `primary`, which from now on acknowledges a commit only when the standby has it, too. The same errors.
  static absl::StatusOr<std::unique_ptr<PostgresServer>> StartStandbyOf(const PostgresServer& primary);
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  ~PostgresServer();

  // Makes an empty database and returns its address. The names are [a-z0-9_]+. Errors of psql, which makes it.
  absl::StatusOr<std::string> NewDatabase(const std::string& name);
  // postgresql://... of a database.
  std::string Url(absl::string_view database) const;
  // The same, on whichever of this and `other` takes writes.
  std::string UrlOfEither(const PostgresServer& other, absl::string_view database) const;

  // Runs SQL as the superuser with psql and returns what it prints: a row a line, columns separated by '|'.
  absl::StatusOr<std::string> Query(const std::string& database, const std::string& sql) const;

  // How the server may end and come back. Kill: SIGQUIT, after which it recovers from its log as after a crash.
  void Kill();
  void Stop();                                         // ends all connections, then itself
  absl::Status Restart();                              // Stop(), when it runs, then starts it on the same data
  absl::Status Pause() { return server_->Pause(); }    // keeps its connections and takes new ones, and answers nobody:
  absl::Status Resume() { return server_->Resume(); }  // only the process that accepts; see backends in Query()
  absl::Status Promote() { return Query("postgres", "SELECT pg_promote()").status(); }  // a standby: it takes writes

 private:
  PostgresServer(PostgresOptions options, std::string programs) : options_(options), programs_(std::move(programs)) {}
  absl::Status MakeFolder();
  absl::Status Launch();
  absl::StatusOr<std::string> RunTool(std::vector<std::string> argv, const std::string& output) const;
  std::string Cluster() const { return folder_.File("cluster"); }
  std::string Log() const;

  const PostgresOptions options_;
  const std::string programs_;  // folder of the server's programs
  const TempFolder folder_;
  std::unique_ptr<process::ChildProcess> server_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_POSTGRES_SERVER_H_
