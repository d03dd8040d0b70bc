// The disk below a ledger fills up: progress says so, takes nothing that it could lose, and comes back by itself.
#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/rpc/health.h"
#include "common/rpc/server.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/small_disk.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kNoticePatience = absl::Seconds(60);

class StorageTest : public PlatformFixture {
 protected:
  // Starts a program again, over an empty small disk.
  [[nodiscard]] bool MoveToSmallDisk(Program& program, SmallDisk& disk) {
    program.Stop();
    return disk.Mount() && program.Start().ok() && program.WaitReady().ok();
  }

  static bool Says(const Program& program, const char* name) {
    return rpc::SaysServing(rpc::NewClientChannel(program.address()), name, absl::Seconds(5));
  }
};

TEST_F(StorageTest, AFullDiskUnderTheLedgerIsToldAndLeavesByItself) {
  Program& progress = platform_->progress();
  SmallDisk disk(platform_->DataFolder("progress"));
  if (!MoveToSmallDisk(progress, disk)) GTEST_SKIP() << "needs the right to mount a file system";
  const Student ada(*platform_, platform_->gateway().address(), "ada");
  const auto questions = ada.Questions("supervised-learning");
  ASSERT_OK(questions);
  const std::string& question = questions->front().question_id();
  const catalog::v1::Reply reply = Choose({"a"});
  ASSERT_OK(ada.AnswerUntilAcknowledged(question, reply, "r1"));

  disk.Fill();
  EXPECT_TRUE(Eventually([&] { return !Says(progress, rpc::kReadiness); }, kNoticePatience));
  EXPECT_TRUE(Says(progress, rpc::kLiveness));
  EXPECT_TRUE(Eventually([&] { return !Says(platform_->gateway(), rpc::kReadiness); }, kNoticePatience));
  EXPECT_THAT(progress.Log(), HasSubstr("the disk is full"));

  disk.Free();
  EXPECT_TRUE(Eventually([&] { return Says(progress, rpc::kReadiness); }, kNoticePatience));
  EXPECT_THAT(progress.Log(), HasSubstr("the store works again"));
  EXPECT_OK(ada.AnswerUntilAcknowledged(question, reply, "r2"));
  const auto history = HistoryOf(*platform_, "ada");
  ASSERT_OK(history);
  EXPECT_EQ(history->size(), 2);
}

TEST_F(StorageTest, AFullDiskUnderTheCheckpointsIsToldAndAnswersGoOn) {
  Program& recommend = platform_->recommend();
  SmallDisk disk(platform_->DataFolder("recommend"));
  if (!MoveToSmallDisk(recommend, disk)) GTEST_SKIP() << "needs the right to mount a file system";
  disk.Fill();
  EXPECT_TRUE(Eventually([&] { return !Says(recommend, rpc::kReadiness); }, kNoticePatience));
  EXPECT_TRUE(Says(recommend, rpc::kLiveness));
  EXPECT_TRUE(Says(platform_->gateway(), rpc::kReadiness)) << "homes are poorer, the rest goes on";
  disk.Free();
  EXPECT_TRUE(Eventually([&] { return Says(recommend, rpc::kReadiness); }, kNoticePatience));
}

}  // namespace
}  // namespace edirae::testing
