// The bus fails while students answer: writes go on, and what the bus lost is published again.
#include <signal.h>

#include <string_view>

#include "absl/time/clock.h"
#include "common/nats/connection.h"
#include "common/nats/jetstream.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/fault/embedded_server.h"
#include "tests/platform/platform_fixture.h"

namespace edirae::testing {
namespace {

constexpr int kBusStudents = 4;
constexpr int kSomeAnswers = 300;
constexpr absl::Duration kReturnPatience = absl::Seconds(30);
constexpr absl::Duration kOutage = absl::Minutes(1);

// How often `text` contains `part`.
int Count(const std::string& text, std::string_view part) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

class BusTest : public PlatformFixture {};

TEST_F(BusTest, WritesGoOnWhileItIsDownForAMinute) {
  ClassUnderLoad load(*platform_, kBusStudents);
  ASSERT_TRUE(load.WaitForMore(kSomeAnswers));
  platform_->nats().Stop();
  const absl::Time back = absl::Now() + kOutage;
  ASSERT_TRUE(load.WaitForMore(kSomeAnswers)) << "writes waited for the bus";
  ASSERT_LT(absl::Now(), back) << "the outage was shorter than the writes";
  load.Stop();  // so that the backlog stays of a size that is read back quickly
  absl::SleepFor(back - absl::Now());
  for (const Program* program : {&platform_->catalog(), &platform_->progress(), &platform_->recommend()}) {
    EXPECT_EQ(Count(program->Log(), "NATS is lost"), 1) << program->LogTail();
  }
  ASSERT_OK(platform_->nats().Restart());
  load.VerifyNothingLostNothingTwice();
}

TEST(EmbeddedBus, ItsDeathAndReturnAreTold) {
  ASSERT_OK_AND_ASSIGN(const auto platform, Platform::StartOne({.log_level = "warn"}));
  const Program& serve = platform->gateway();
  ASSERT_EQ(kill(EmbeddedServer(*platform), SIGKILL), 0);
  for (const char* line : {"nats-server died", "signal 9", "NATS is lost", "nats-server runs again", "NATS is back"}) {
    EXPECT_TRUE(Eventually([&] { return Count(serve.Log(), line) > 0; }, kReturnPatience)) << line << serve.LogTail();
  }
}

TEST_F(BusTest, AStreamThatIsDeletedIsMadeAndFilledAgain) {
  ClassUnderLoad load(*platform_, kBusStudents);
  ASSERT_TRUE(load.WaitForMore(kSomeAnswers));
  ASSERT_OK_AND_ASSIGN(const auto connection,
                       nats::Connection::Connect({.url = platform_->nats().url(), .client_name = "test-vandal"}));
  ASSERT_OK(connection->WaitConnected(absl::Seconds(10)));
  ASSERT_OK(nats::JetStream(*connection).DeleteStream("LEARNER_EVENTS"));
  ASSERT_TRUE(load.WaitForMore(kSomeAnswers));
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

}  // namespace
}  // namespace edirae::testing
