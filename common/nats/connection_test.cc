#include "common/nats/connection.h"

#include <atomic>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/nats/jetstream.h"
#include "common/testing/eventually.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"

namespace edirae::nats {
namespace {

using ::edirae::testing::Eventually;
using ::edirae::testing::NatsFixture;
using ::edirae::testing::StatusIs;
using ::testing::HasSubstr;

class ConnectionTest : public NatsFixture {
 protected:
  ConnectionOptions Counting() {
    ConnectionOptions options;
    options.url = server().url();
    options.client_name = "counting";
    options.reconnect_wait = absl::Milliseconds(10);
    options.on_connected = [this] { ++ups_; };
    options.on_disconnected = [this] { ++losses_; };
    return options;
  }

  std::atomic<int> ups_{0};
  std::atomic<int> losses_{0};
};

TEST_F(ConnectionTest, ReportsEveryLossAndReturn) {
  auto connection = Connect(Counting());
  ASSERT_NE(connection, nullptr);
  EXPECT_EQ(ups_, 1);
  for (int round = 1; round <= 2; ++round) {
    server().Kill();
    ASSERT_TRUE(Eventually([&] { return losses_ == round; }));
    EXPECT_FALSE(connection->connected());
    EXPECT_THAT(connection->Flush(absl::Seconds(1)), StatusIs(absl::StatusCode::kUnavailable));
    ASSERT_OK(server().Restart());
    ASSERT_TRUE(Eventually([&] { return ups_ == round + 1; }));
    EXPECT_OK(connection->Flush(absl::Seconds(5)));
  }
}

TEST_F(ConnectionTest, StartsWhileTheServerIsDown) {
  server().Stop();
  ASSERT_OK_AND_ASSIGN(auto connection, Connection::Connect(Counting()));
  EXPECT_FALSE(connection->connected());
  // Longer than the sixty attempts after which the library would give up on its own.
  EXPECT_THAT(connection->WaitConnected(absl::Seconds(1)),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(server().url())));
  EXPECT_EQ(ups_, 0);
  ASSERT_OK(server().Restart());
  EXPECT_OK(connection->WaitConnected(absl::Seconds(10)));
  EXPECT_TRUE(Eventually([&] { return ups_ == 1; }));
}

TEST_F(ConnectionTest, ClosesWhileTheServerIsDown) {
  server().Stop();
  ASSERT_OK_AND_ASSIGN(auto connection, Connection::Connect(Counting()));
  connection->Close();
  connection->Close();
  EXPECT_FALSE(connection->connected());
  EXPECT_THAT(connection->WaitConnected(absl::Seconds(10)),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("closed")));
}

TEST_F(ConnectionTest, NoCallbackRunsAfterClose) {
  auto connection = Connect(Counting());
  ASSERT_NE(connection, nullptr);
  connection->Close();
  const int losses = losses_;
  server().Kill();
  ASSERT_OK(server().Restart());
  EXPECT_EQ(losses_, losses);
  EXPECT_EQ(ups_, 1);
}

TEST(Connection, RefusesBadOptions) {
  EXPECT_THAT(Connection::Connect({.url = "nats://127.0.0.1:1", .client_name = ""}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Connection::Connect({.url = "", .client_name = "x"}), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_FALSE(Connection::Connect({.url = "nats://127.0.0.1:port", .client_name = "x"}).ok());
}

}  // namespace
}  // namespace edirae::nats
