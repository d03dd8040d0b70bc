#include "common/process/nats_server.h"

#include <string>

#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::process {
namespace {

using ::edirae::testing::NatsFixture;
using ::edirae::testing::StatusIs;
using ::edirae::testing::TempFolder;
using ::testing::HasSubstr;

class NatsServerTest : public NatsFixture {};

TEST_F(NatsServerTest, IsReadyWhenStarted) {
  EXPECT_TRUE(server().running());
  EXPECT_LT(server().port(), 32768);
  auto connection = Connect();
  ASSERT_NE(connection, nullptr);
  EXPECT_OK(connection->Flush(absl::Seconds(5)));
}

TEST_F(NatsServerTest, StopsAndRestartsOnTheSamePort) {
  const std::string url = server().url();
  const pid_t first = server().pid();
  server().Stop();
  server().Stop();
  EXPECT_FALSE(server().running());
  EXPECT_EQ(server().pid(), 0);
  ASSERT_OK(server().Restart());
  EXPECT_EQ(server().url(), url);
  EXPECT_NE(server().pid(), first);
  EXPECT_NE(Connect(), nullptr);
}

TEST_F(NatsServerTest, RestartsAfterKill) {
  server().Kill();
  ASSERT_OK(server().Wait(absl::Seconds(5)));
  EXPECT_FALSE(server().running());
  EXPECT_OK(server().Restart());
}

TEST_F(NatsServerTest, SecondServerOnATakenPortSaysWhy) {
  TempFolder folder;
  NatsServerOptions options;
  options.folder = folder.File("nats");
  options.port = server().port();
  EXPECT_THAT(NatsServer::Start(options),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("address already in use")));
}

TEST(NatsServer, NeedsAFolder) { EXPECT_THAT(NatsServer::Start({}), StatusIs(absl::StatusCode::kInvalidArgument)); }

}  // namespace
}  // namespace edirae::process
