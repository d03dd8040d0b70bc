// The wall clocks of all programs jump while students answer.
#include "absl/time/clock.h"

#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/fault/system_faults/system_faults.h"
#include "tests/platform/platform_fixture.h"

namespace edirae::testing {
namespace {

constexpr int kClockStudents = 8;
constexpr int kAnswersBetweenJumps = 300;
constexpr absl::Duration kJumpIsSeen = absl::Seconds(20);  // Abseil looks at the kernel's clock every two seconds
constexpr absl::Duration kNearEnough = absl::Hours(1);

class ClockTest : public PlatformFixture {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(StartSplit({.environment = faults_.environment()})); }

  // Moves the clocks, and waits until events are recorded by the new time.
  void Jump(absl::Duration ahead) {
    faults_.SetClockAhead(ahead);
    const auto is_recorded_by_it = [&] {
      const auto history = HistoryOf(*platform_, "student-0");
      if (!history.ok() || history->empty()) return false;
      const absl::Time recorded = absl::FromUnixSeconds(history->back().record_time().seconds());
      return absl::AbsDuration(recorded - (absl::Now() + ahead)) < kNearEnough;
    };
    EXPECT_TRUE(Eventually(is_recorded_by_it, kJumpIsSeen)) << ahead;
  }

  SystemFaults faults_;
};

TEST_F(ClockTest, AnswersGoOnWhereverItJumps) {
  ClassUnderLoad load(*platform_, kClockStudents);
  for (const int hours : {6, -6, 0, -12, 12}) {
    ASSERT_TRUE(load.WaitForMore(kAnswersBetweenJumps));
    ASSERT_NO_FATAL_FAILURE(Jump(absl::Hours(hours)));
  }
  ASSERT_TRUE(load.WaitForMore(kAnswersBetweenJumps));
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

// The bus's client measures its timeouts with this clock: an outage that spans a jump must end all the same.
TEST_F(ClockTest, ABusThatIsLostMeanwhileIsFoundAgain) {
  ClassUnderLoad load(*platform_, kClockStudents);
  for (const int hours : {-12, 12}) {
    ASSERT_TRUE(load.WaitForMore(kAnswersBetweenJumps));
    ASSERT_OK(platform_->nats().Pause());
    ASSERT_NO_FATAL_FAILURE(Jump(absl::Hours(hours)));
    platform_->nats().Kill();
    ASSERT_OK(platform_->nats().Restart());
  }
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

}  // namespace
}  // namespace edirae::testing
