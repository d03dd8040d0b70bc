// progress is killed in the middle of a system call's surroundings: before it writes, before and after it makes sure
// that the disk has it, before it answers or publishes.
#include <csignal>
#include <random>

#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/fault/system_faults/system_faults.h"
#include "tests/platform/platform_fixture.h"

namespace edirae::testing {
namespace {

constexpr int kDeaths = 25;  // at each point
constexpr int kDeathStudents = 4;
constexpr int kAnswersBetween = 10;
constexpr int kMostCalls = 60;  // until the fatal one
constexpr absl::Duration kDeathPatience = absl::Minutes(1);

struct NamedPoint {
  const char* name;
  DeathPoint point;
};

class DeathTest : public PlatformFixture, public ::testing::WithParamInterface<NamedPoint> {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(StartSplit({.progress_environment = faults_.environment()})); }

  SystemFaults faults_;
};

TEST_P(DeathTest, LosesNothingAcknowledged) {
  std::mt19937_64 random(Seed());
  Program& progress = platform_->progress();
  ClassUnderLoad load(*platform_, kDeathStudents);
  for (int i = 0; i < kDeaths; ++i) {
    ASSERT_TRUE(load.WaitForMore(kAnswersBetween)) << "answers did not go on after death " << i;
    faults_.KillAt(GetParam().point, std::uniform_int_distribution(1, kMostCalls)(random));
    ASSERT_OK_AND_ASSIGN(const auto ended, progress.WaitForExit(kDeathPatience));
    ASSERT_EQ(ended.signal, SIGKILL) << ended.ToString();
    ASSERT_OK(progress.Start());
  }
  ASSERT_TRUE(load.WaitForMore(kAnswersBetween));
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

INSTANTIATE_TEST_SUITE_P(Points, DeathTest,
                         ::testing::Values(NamedPoint{"BeforeWrite", DeathPoint::kBeforeWrite},
                                           NamedPoint{"BeforeSync", DeathPoint::kBeforeSync},
                                           NamedPoint{"AfterSync", DeathPoint::kAfterSync},
                                           NamedPoint{"BeforeSend", DeathPoint::kBeforeSend}),
                         [](const auto& named) { return named.param.name; });

}  // namespace
}  // namespace edirae::testing
