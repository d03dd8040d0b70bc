#include "common/rpc/server.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <future>

#include "common/rpc/channel.h"
#include "common/rpc/limits.h"
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

// gRPC would inflate it first and measure it then.
TEST(Server, RefusesCompressedMessagesWithoutInflatingThem) {
  const auto server = Server::Start({.listen = "127.0.0.1:0", .drain_delay = absl::ZeroDuration()}, {});
  ASSERT_TRUE(server.ok()) << server.status();
  const auto check = [&](size_t bytes, grpc_compression_algorithm algorithm) {
    grpc::ClientContext context;
    context.set_compression_algorithm(algorithm);
    const grpc::Slice slice(std::string(bytes, '\0'));
    const grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    std::promise<grpc::StatusCode> code;
    grpc::GenericStub(NewClientChannel((*server)->address()))
        .UnaryCall(&context, "/grpc.health.v1.Health/Check", {}, &request, &response,
                   [&](const grpc::Status& status) { code.set_value(status.error_code()); });
    return code.get_future().get();
  };
  EXPECT_EQ(check(0, GRPC_COMPRESS_NONE), grpc::StatusCode::OK);
  for (const grpc_compression_algorithm algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    EXPECT_EQ(check(1000, algorithm), grpc::StatusCode::UNIMPLEMENTED);
    EXPECT_EQ(check(10 * limits::kMaxReceiveBytes, algorithm), grpc::StatusCode::UNIMPLEMENTED)
        << "RESOURCE_EXHAUSTED would say that it was inflated";
  }
}

}  // namespace
}  // namespace edirae::rpc
