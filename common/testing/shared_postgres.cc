#include "common/testing/shared_postgres.h"

#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"

namespace edirae::testing {
namespace {

PostgresServer* SharedServer() {
  static const std::unique_ptr<PostgresServer> server = [] {
    auto started = PostgresServer::Start();
    EXPECT_OK(started);
    return started.ok() ? *std::move(started) : nullptr;
  }();
  return server.get();
}

}  // namespace

std::string DatabaseOf(const std::string& folder) {
  static auto& databases = *new std::map<std::string, std::string>();
  PostgresServer* const server = SharedServer();
  if (server == nullptr) return "";
  if (!databases.contains(folder)) {
    const auto made = server->NewDatabase(absl::StrCat("shared", databases.size()));
    EXPECT_OK(made);
    databases[folder] = made.value_or("");
  }
  return databases[folder];
}

}  // namespace edirae::testing
