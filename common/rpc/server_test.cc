#include "common/rpc/server.h"

#include <grpcpp/create_channel.h>

#include "common/rpc/channel.h"
#include "gtest/gtest.h"

namespace edirae::rpc {
namespace {

TEST(Server, RefusesAPortThatIsTaken) {
  const auto first = Server::Start({.listen = "127.0.0.1:0"}, {});
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = Server::Start({.listen = (*first)->address()}, {});
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_NE(second.status().message().find((*first)->address()), std::string::npos);
}

TEST(Server, RoundRobinChannelsUseItOnlyWhenReady) {
  const auto server = Server::Start({.listen = "127.0.0.1:0", .drain_delay = absl::ZeroDuration()}, {});
  ASSERT_TRUE(server.ok()) << server.status();
  const auto channel = NewChannel((*server)->address());
  channel->GetState(true);
  const auto connects = [&](std::chrono::milliseconds within) {
    return channel->WaitForConnected(std::chrono::system_clock::now() + within);
  };
  EXPECT_FALSE(connects(std::chrono::milliseconds(300)));
  (*server)->SetReady(true);
  EXPECT_TRUE(connects(std::chrono::seconds(10)));
}

}  // namespace
}  // namespace edirae::rpc
