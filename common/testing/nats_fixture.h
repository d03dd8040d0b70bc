#ifndef EDIRAE_COMMON_TESTING_NATS_FIXTURE_H_
#define EDIRAE_COMMON_TESTING_NATS_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "common/nats/connection.h"
#include "common/process/nats_server.h"
#include "common/testing/temp_folder.h"

namespace edirae::testing {

// A test with a real nats-server of its own, on a free port and in a temporary folder:
//   class RelayTest : public NatsFixture {};
//   TEST_F(RelayTest, ...) { auto connection = Connect(); ... server().Kill(); ... server().Restart(); }
class NatsFixture : public ::testing::Test {
 protected:
  // The server ends with the fixture, after the members of the derived test: their connections close while it is still
  // there.
  ~NatsFixture() override;
  void SetUp() override;

  process::NatsServer& server() { return *server_; }
  const std::string& folder() const { return folder_.path(); }

  // A connection that is up; fails the test, and returns null, when it is not within ten seconds.
  std::unique_ptr<nats::Connection> Connect(nats::ConnectionOptions options = {});

 private:
  TempFolder folder_;
  std::unique_ptr<process::NatsServer> server_;
};

}  // namespace edirae::testing

#endif  // EDIRAE_COMMON_TESTING_NATS_FIXTURE_H_
