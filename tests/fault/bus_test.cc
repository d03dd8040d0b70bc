// The bus fails while students answer: writes go on, and what the bus lost is published again.
#include <iostream>

#include "absl/time/clock.h"
#include "common/nats/connection.h"
#include "common/nats/jetstream.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"

namespace edirae::testing {
namespace {

constexpr int kBusStudents = 4;
constexpr int kSomeAnswers = 300;
constexpr absl::Duration kOutage = absl::Minutes(1);

class BusTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(platform_, Platform::StartSplit()); }

  void TearDown() override {
    if (HasFailure() && platform_ != nullptr) std::cerr << platform_->LogTails();
  }

  std::unique_ptr<Platform> platform_;
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
  ASSERT_OK(platform_->nats().Restart());
  load.VerifyNothingLostNothingTwice();
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
