#include "bench/load/generator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <memory>

#include "bench/load/connection.h"
#include "common/rpc/server.h"
#include "common/testing/status_matchers.h"

namespace edirae::bench {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;

constexpr int kLanes = 8;

// The health service of a real server is what is called.
class GeneratorTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(server_, rpc::Server::Start({.listen = "127.0.0.1:0"}, {})); }

  Load CheckLoad(const std::string& health_name) const {
    Load load;
    load.address = server_->address();
    load.method = "/grpc.health.v1.Health/Check";
    load.concurrency = kLanes;
    load.window = absl::Milliseconds(200);
    load.next = [bytes = ToByteBuffer("\x0a" + std::string(1, static_cast<char>(health_name.size())) + health_name)](
                    int /*lane*/, Call& call) {
      call.request = bytes;
      return true;
    };
    return load;
  }

  std::unique_ptr<rpc::Server> server_;
  Interrupt interrupt_;
};

TEST_F(GeneratorTest, CountsTheCallsThatEndInsideTheWindow) {
  Load load = CheckLoad(rpc::kLiveness);
  load.warm_up = absl::Milliseconds(50);
  ASSERT_OK_AND_ASSIGN(const LoadResult result, RunLoad(load, interrupt_));
  EXPECT_GT(result.latencies.count(), 0);
  EXPECT_GT(result.completed, result.latencies.count()) << "warm-up and last calls count as completed only";
  EXPECT_NEAR(result.per_second, static_cast<double>(result.latencies.count()) / 0.2, result.per_second * 0.5);
  EXPECT_GT(result.latencies.Quantile(0.5), absl::ZeroDuration());
}

TEST_F(GeneratorTest, EveryLaneMakesItsCallsAndEndsWhenItHasNoMore) {
  constexpr int kCallsOfLane = 5;
  std::array<int, kLanes> calls{};  // each touched by its lane alone
  Load load = CheckLoad(rpc::kLiveness);
  load.window = absl::Minutes(1);
  load.next = [inner = load.next, &calls](int lane, Call& call) {
    return inner(lane, call) && calls[static_cast<size_t>(lane)]++ < kCallsOfLane;
  };
  const auto start = std::chrono::steady_clock::now();
  ASSERT_OK_AND_ASSIGN(const LoadResult result, RunLoad(load, interrupt_));
  EXPECT_EQ(result.completed, kLanes * kCallsOfLane);
  EXPECT_THAT(calls, Each(kCallsOfLane + 1));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30));
}

TEST_F(GeneratorTest, OneFailedCallFailsTheLoad) {
  const auto result = RunLoad(CheckLoad("nobody"), interrupt_);
  EXPECT_THAT(result, testing::StatusIs(absl::StatusCode::kNotFound, HasSubstr("/grpc.health.v1.Health/Check")));
}

TEST_F(GeneratorTest, EndsWhenInterrupted) {
  interrupt_.Raise();
  Load load = CheckLoad(rpc::kLiveness);
  load.window = absl::Minutes(1);
  EXPECT_THAT(RunLoad(load, interrupt_), testing::StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace edirae::bench
