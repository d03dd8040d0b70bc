#ifndef EDIRAE_COMMON_TESTING_POSTGRES_FIXTURE_H_
#define EDIRAE_COMMON_TESTING_POSTGRES_FIXTURE_H_

#include <memory>
#include <string>

#include "common/testing/postgres_server.h"
#include "common/testing/status_matchers.h"

namespace edirae::testing {

// A test with a PostgreSQL server of its own and an empty database "test" in it.
class PostgresFixture : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, PostgresServer::Start());
    ASSERT_OK_AND_ASSIGN(url_, server_->NewDatabase("test"));
  }

  PostgresServer& server() { return *server_; }
  const std::string& url() const { return url_; }  // of the database

  // What the SQL, run by somebody else, prints in the database; fails the test when it fails.
  std::string Query(const std::string& sql) {
    const auto printed = server_->Query("test", sql);
    EXPECT_OK(printed);
    return printed.value_or("");
  }

 private:
  std::unique_ptr<PostgresServer> server_;
  std::string url_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_POSTGRES_FIXTURE_H_
