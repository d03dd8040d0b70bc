#include "common/testing/postgres_server.h"

#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "common/testing/eventually.h"

namespace edirae::testing {
namespace {

constexpr char kUser[] = "postgres";  // of the package, and the name of the cluster's superuser
constexpr absl::Duration kToolTimeout = absl::Seconds(60);
constexpr absl::Duration kStopTimeout = absl::Seconds(20);

// Debian keeps the programs of each version in a folder of its own. The newest.
absl::StatusOr<std::string> FindPrograms() {
  std::error_code error;
  int newest = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", error)) {
    const int version = std::atoi(entry.path().filename().c_str());
    if (std::filesystem::exists(entry.path() / "bin" / "initdb", error)) newest = std::max(newest, version);
  }
  if (newest == 0) return absl::NotFoundError("PostgreSQL is not installed: install the package postgresql");
  return absl::StrCat("/usr/lib/postgresql/", newest, "/bin");
}

// What runs a program as a user who is not root. It is replaced by the program, and the death signal, which goes with
// root, is set again: whatever ends this process ends the server.
std::vector<std::string> AsUser() {
  if (::geteuid() != 0) return {};
  return {"setpriv", absl::StrCat("--reuid=", kUser), absl::StrCat("--regid=", kUser), "--init-groups",
          "--pdeathsig=QUIT"};
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

absl::StatusOr<std::unique_ptr<PostgresServer>> PostgresServer::Start(PostgresOptions options) {
  EDIRAE_ASSIGN_OR_RETURN(std::string programs, FindPrograms());
  std::unique_ptr<PostgresServer> server(new PostgresServer(options, std::move(programs)));
  EDIRAE_RETURN_IF_ERROR(server->MakeFolder());
  EDIRAE_RETURN_IF_ERROR(
      server
          ->RunTool({server->programs_ + "/initdb", "--pgdata=" + server->Cluster(), absl::StrCat("--username=", kUser),
                     "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"},
                    server->folder_.File("initdb.log"))
          .status());
  EDIRAE_RETURN_IF_ERROR(server->Launch());
  return server;
}

absl::StatusOr<std::unique_ptr<PostgresServer>> PostgresServer::StartStandbyOf(const PostgresServer& primary) {
  std::unique_ptr<PostgresServer> server(new PostgresServer(primary.options_, primary.programs_));
  EDIRAE_RETURN_IF_ERROR(server->MakeFolder());
  EDIRAE_RETURN_IF_ERROR(
      server
          ->RunTool({server->programs_ + "/pg_basebackup", "--pgdata=" + server->Cluster(),
                     "--dbname=" + primary.Url("postgres"), "--write-recovery-conf", "--checkpoint=fast", "--no-sync"},
                    server->folder_.File("backup.log"))
          .status());
  // The copy has the primary's socket, too, which lies in its folder.
  for (const char* file : {"/.s.PGSQL.5432", "/.s.PGSQL.5432.lock"}) std::filesystem::remove(server->Cluster() + file);
  EDIRAE_RETURN_IF_ERROR(server->Launch());
  EDIRAE_RETURN_IF_ERROR(primary.Query("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'").status());
  EDIRAE_RETURN_IF_ERROR(primary.Query("postgres", "SELECT pg_reload_conf()").status());
  const auto follows = [&primary] {
    return primary.Query("postgres", "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
               .value_or("") == "1\n";
  };
  if (Eventually(follows, kToolTimeout)) return server;
  return absl::UnavailableError(absl::StrCat("the standby does not follow:\n", server->Log()));
}

PostgresServer::~PostgresServer() { Kill(); }

std::string PostgresServer::Log() const { return ReadAll(folder_.File("server.log")); }

// The user of the server has to reach its folder through ours.
absl::Status PostgresServer::MakeFolder() {
  if (::chmod(folder_.path().c_str(), 0711) != 0) return absl::ErrnoToStatus(errno, "chmod");
  const std::string cluster = Cluster();
  if (::mkdir(cluster.c_str(), 0700) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot create ", cluster));
  if (::geteuid() != 0) return absl::OkStatus();
  const passwd* user = ::getpwnam(kUser);
  if (user == nullptr) return absl::NotFoundError("there is no user postgres: install the package postgresql");
  if (::chown(cluster.c_str(), user->pw_uid, user->pw_gid) != 0) return absl::ErrnoToStatus(errno, "chown");
  return absl::OkStatus();
}

absl::Status PostgresServer::Launch() {
  std::vector<std::string> argv = AsUser();
  const std::string cluster = Cluster();
  argv.insert(argv.end(), {programs_ + "/postgres", "-D", cluster, "-k", cluster, "-c", "listen_addresses=", "-c",
                           absl::StrCat("fsync=", options_.fsync ? "on" : "off"), "-c", "autovacuum_naptime=5s"});
  EDIRAE_ASSIGN_OR_RETURN(server_, process::ChildProcess::Start({.argv = std::move(argv),
                                                                 .environment = {},
                                                                 .working_folder = folder_.path(),
                                                                 .output_file = folder_.File("server.log")}));
  absl::Status ready;
  const auto answers = [&] {
    ready = Query("postgres", "SELECT 1").status();
    return ready.ok() || !server_->running();
  };
  if (Eventually(answers, kToolTimeout) && ready.ok()) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("PostgreSQL does not start: ", ready.message(), "\n", Log()));
}

absl::StatusOr<std::string> PostgresServer::RunTool(std::vector<std::string> argv, const std::string& output) const {
  std::error_code error;
  std::filesystem::remove(output, error);
  std::vector<std::string> whole = AsUser();
  std::move(argv.begin(), argv.end(), std::back_inserter(whole));
  EDIRAE_ASSIGN_OR_RETURN(
      const auto tool,
      process::ChildProcess::Start(
          {.argv = std::move(whole), .environment = {}, .working_folder = folder_.path(), .output_file = output}));
  EDIRAE_ASSIGN_OR_RETURN(const process::ExitStatus exit, tool->Wait(kToolTimeout));
  std::string said = ReadAll(output);
  if (!exit.success()) return absl::UnavailableError(absl::StrCat(exit.ToString(), ": ", said));
  return said;
}

std::string PostgresServer::Url(absl::string_view database) const {
  return absl::StrCat("postgresql://", kUser, "@/", database, "?host=", Cluster());
}

std::string PostgresServer::UrlOfEither(const PostgresServer& other, absl::string_view database) const {
  return absl::StrCat(Url(database), ",", other.Cluster(), "&target_session_attrs=read-write");
}

absl::StatusOr<std::string> PostgresServer::NewDatabase(const std::string& name) {
  EDIRAE_RETURN_IF_ERROR(Query("postgres", absl::StrCat("CREATE DATABASE ", name)).status());
  return Url(name);
}

absl::StatusOr<std::string> PostgresServer::Query(const std::string& database, const std::string& sql) const {
  return RunTool({programs_ + "/psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1",
                  "--command=" + sql, Url(database)},
                 folder_.File("query.log"));
}

void PostgresServer::Kill() {
  if (server_ == nullptr || !server_->running()) return;
  server_->Signal(SIGQUIT).IgnoreError();
  if (!server_->Wait(kStopTimeout).ok()) server_->Kill();
}

void PostgresServer::Stop() {
  if (server_ == nullptr || !server_->running()) return;
  server_->Signal(SIGINT).IgnoreError();
  if (!server_->Wait(kStopTimeout).ok()) server_->Kill();
}

absl::Status PostgresServer::Restart() {
  Stop();
  return Launch();
}

}  // namespace edirae::testing
