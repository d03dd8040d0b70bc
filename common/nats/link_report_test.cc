#include "common/nats/link_report.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::nats {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

template <class Action>
std::string SaidDuring(Action action) {
  ::testing::internal::CaptureStderr();
  action();
  return ::testing::internal::GetCapturedStderr();
}

class LinkReportTest : public ::testing::Test {
 protected:
  prometheus::Gauge gauge_;
  LinkReport report_{"edirae-test", "nats://user:secret@bus:4222", &gauge_};
};

TEST_F(LinkReportTest, SaysOnceThatTheLinkIsLostAndOnceThatItIsBack) {
  EXPECT_THAT(SaidDuring([&] { report_.Up(); }), HasSubstr("NATS is connected"));
  EXPECT_EQ(gauge_.Value(), 1);
  EXPECT_THAT(SaidDuring([&] { report_.Down(); }), HasSubstr(R"("level":"warn")"));
  EXPECT_EQ(gauge_.Value(), 0);
  EXPECT_THAT(SaidDuring([&] { report_.Down(); }), IsEmpty());
  const std::string back = SaidDuring([&] { report_.Up(); });
  EXPECT_THAT(back, HasSubstr("NATS is back"));
  EXPECT_THAT(back, HasSubstr(R"("after_seconds":)"));
  EXPECT_EQ(gauge_.Value(), 1);
}

TEST_F(LinkReportTest, SaysThatNobodyIsThereAtTheStart) {
  EXPECT_THAT(SaidDuring([&] { report_.Missing(); }), HasSubstr("starting without it"));
  EXPECT_THAT(SaidDuring([&] { report_.Up(); }), HasSubstr("NATS is back"));
}

TEST_F(LinkReportTest, AFirstAttemptThatFailedSaysNothingOnceASecondWasFaster) {
  report_.Up();
  EXPECT_THAT(SaidDuring([&] { report_.Missing(); }), IsEmpty());
  EXPECT_EQ(gauge_.Value(), 1);
}

TEST_F(LinkReportTest, AnEndThatIsMeantIsNoLoss) {
  report_.Up();
  report_.Closing();
  EXPECT_THAT(SaidDuring([&] { report_.Down(); }), IsEmpty());
  EXPECT_EQ(gauge_.Value(), 0);
}

TEST_F(LinkReportTest, ShowsNoPassword) {
  const std::string lost = SaidDuring([&] { report_.Down(); });
  EXPECT_THAT(lost, HasSubstr("nats://bus:4222"));
  EXPECT_THAT(lost, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace edirae::nats
