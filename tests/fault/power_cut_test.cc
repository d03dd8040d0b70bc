// The power of a disk goes: what was not synced is gone, whoever was told otherwise. Ledger and bus come back, and
// agree.
#include <iostream>
#include <optional>
#include <vector>

#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/fault/cut_disk.h"
#include "tests/platform/platform_fixture.h"

namespace edirae::testing {
namespace {

constexpr int kCutStudents = 8;
constexpr int kAnswersBetweenCuts = 200;
constexpr int kCuts = 3;

class PowerCutTest : public PlatformFixture {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(StartSplit());
    ledger_.emplace(platform_->DataFolder("progress"));
    bus_.emplace(platform_->DataFolder("nats"));
    models_.emplace(platform_->DataFolder("recommend"));
    platform_->recommend().Stop();
    platform_->progress().Stop();
    platform_->nats().Stop();
    if (!ledger_->Mount()) GTEST_SKIP() << "needs the right to mount a file system, and mkfs.ext4";
    ASSERT_TRUE(bus_->Mount());
    ASSERT_TRUE(models_->Mount());
    ASSERT_NO_FATAL_FAILURE(StartAgain());
  }

  void StartAgain() {
    ASSERT_OK(platform_->nats().Restart());
    ASSERT_OK(platform_->progress().Start());
    ASSERT_OK(platform_->progress().WaitReady());
    ASSERT_OK(platform_->recommend().Start());
    ASSERT_OK(platform_->recommend().WaitReady());
  }

  void CutAndReturn(const std::vector<CutDisk*>& disks) {
    // Without power nobody runs: who still did would see a broken disk, and tell it.
    ASSERT_OK(platform_->recommend().Pause());
    ASSERT_OK(platform_->progress().Pause());
    ASSERT_OK(platform_->nats().Pause());
    for (CutDisk* disk : disks) ASSERT_TRUE(disk->Cut());
    platform_->recommend().Kill();
    platform_->progress().Kill();
    platform_->nats().Kill();
    for (CutDisk* disk : disks) ASSERT_TRUE(disk->Return());
    ASSERT_NO_FATAL_FAILURE(StartAgain());
  }

  void CutUnderLoad(const std::vector<CutDisk*>& disks) {
    ClassUnderLoad load(*platform_, kCutStudents);
    ASSERT_TRUE(load.WaitForMore(kAnswersBetweenCuts));
    for (int i = 0; i < kCuts; ++i) {
      ASSERT_NO_FATAL_FAILURE(CutAndReturn(disks));
      ASSERT_TRUE(load.WaitForMore(kAnswersBetweenCuts)) << "answers did not go on after cut " << i;
    }
    load.Stop();
    load.VerifyNothingLostNothingTwice();
  }

  std::optional<CutDisk> ledger_, bus_, models_;
};

TEST_F(PowerCutTest, UnderTheLedger) { CutUnderLoad({&*ledger_}); }
TEST_F(PowerCutTest, UnderTheBus) { CutUnderLoad({&*bus_}); }
TEST_F(PowerCutTest, UnderEverything) { CutUnderLoad({&*ledger_, &*bus_, &*models_}); }

}  // namespace
}  // namespace edirae::testing
