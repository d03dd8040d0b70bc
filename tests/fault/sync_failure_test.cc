// The disk below a ledger says that it could not keep what it was given: progress acknowledges nothing, and comes back.
#include <cerrno>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/rpc/health.h"
#include "common/rpc/server.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/fault/system_faults/system_faults.h"
#include "tests/platform/platform_fixture.h"

namespace edirae::testing {
namespace {

constexpr int kSyncStudents = 4;
constexpr int kAnswersAround = 100;
constexpr int kRefusals = 20;
constexpr absl::Duration kSyncPatience = absl::Seconds(30);

class SyncFailureTest : public PlatformFixture {
 protected:
  void SetUp() override { ASSERT_NO_FATAL_FAILURE(StartSplit({.progress_environment = faults_.environment()})); }

  bool ProgressIsReady() const {
    return rpc::SaysServing(rpc::NewClientChannel(platform_->progress().address()), rpc::kReadiness, absl::Seconds(5));
  }

  SystemFaults faults_;
};

TEST_F(SyncFailureTest, NothingIsAcknowledgedMeanwhile) {
  const Student ada(*platform_, platform_->gateway().address(), "ada");
  ASSERT_OK_AND_ASSIGN(const auto questions, ada.Questions("supervised-learning"));
  const std::string& question = questions.front().question_id();
  ASSERT_OK(ada.Answer(question, Choose({"a"}), "before"));

  faults_.FailSyncs(EIO);
  for (int i = 0; i < kRefusals; ++i) {
    EXPECT_FALSE(ada.Answer(question, Choose({"a"}), absl::StrCat("meanwhile-", i)).ok()) << i;
  }
  EXPECT_TRUE(Eventually([&] { return !ProgressIsReady(); }, kSyncPatience));

  faults_.FailSyncs(0);
  EXPECT_TRUE(Eventually([&] { return ProgressIsReady(); }, kSyncPatience));
  EXPECT_OK(ada.AnswerUntilAcknowledged(question, Choose({"a"}), "after"));
}

TEST_F(SyncFailureTest, NothingAcknowledgedIsLostAroundIt) {
  ClassUnderLoad load(*platform_, kSyncStudents);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(load.WaitForMore(kAnswersAround));
    faults_.FailSyncs(i == 1 ? ENOSPC : EIO);
    EXPECT_TRUE(Eventually([&] { return !ProgressIsReady(); }, kSyncPatience));
    if (i == 2) platform_->progress().Kill();  // what was written and never kept must not count when it is read again
    faults_.FailSyncs(0);
    if (i == 2) {
      ASSERT_OK(platform_->progress().Start());
    }
  }
  ASSERT_TRUE(load.WaitForMore(kAnswersAround)) << "answers did not go on";
  load.Stop();
  load.VerifyNothingLostNothingTwice();
}

}  // namespace
}  // namespace edirae::testing
