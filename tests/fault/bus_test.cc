// The bus fails while students answer: writes go on, and what the bus lost is published again.
#include <signal.h>

#include <memory>
#include <string>
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

constexpr char kEventStream[] = "LEARNER_EVENTS";
constexpr int kBusStudents = 4;
constexpr int kSomeAnswers = 300;
constexpr absl::Duration kReturnPatience = absl::Seconds(30);
constexpr absl::Duration kOutage = absl::Minutes(1);
constexpr absl::Duration kShortWindow = absl::Seconds(1);

// How often `text` contains `part`.
int Count(const std::string& text, std::string_view part) {
  int count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

class BusTest : public PlatformFixture {
 protected:
  std::unique_ptr<nats::Connection> Connect() {
    auto connection = nats::Connection::Connect({.url = platform_->nats().url(), .client_name = "test-vandal"});
    EXPECT_OK(connection);
    if (!connection.ok()) return nullptr;
    EXPECT_OK((*connection)->WaitConnected(absl::Seconds(10)));
    return *std::move(connection);
  }
};

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
  const auto connection = Connect();
  ASSERT_NE(connection, nullptr);
  ASSERT_OK(nats::JetStream(*connection).DeleteStream(kEventStream));
  ASSERT_TRUE(load.WaitForMore(kSomeAnswers));
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

// Bus and progress die together, progress before it noted what it had published last, and come back when the bus has
// forgotten the ids: the stream gets those events a second time, and nobody counts them twice.
TEST_F(BusTest, ItIsDownForLongerThanItsDuplicateWindow) {
  const auto connection = Connect();
  ASSERT_NE(connection, nullptr);
  ASSERT_OK(nats::JetStream(*connection)
                .EnsureStream({.name = kEventStream,
                               .subjects = {"learner.events.v1.>"},
                               .max_bytes = 64 << 20,
                               .duplicate_window = kShortWindow}));
  ClassUnderLoad load(*platform_, kBusStudents);
  for (int outage = 0; outage < 3; ++outage) {
    ASSERT_TRUE(load.WaitForMore(kSomeAnswers));
    platform_->progress().Kill();
    platform_->nats().Kill();
    absl::SleepFor(3 * kShortWindow);
    ASSERT_OK(platform_->nats().Restart());
    ASSERT_OK(platform_->progress().Start());
  }
  ASSERT_TRUE(load.WaitForMore(kSomeAnswers));
  load.Stop();
  load.VerifyNothingLostNothingTwice();
  EXPECT_GT(load.repeated_messages(), 0) << "the bus knew all ids: its window had not passed";
}

}  // namespace
}  // namespace edirae::testing
