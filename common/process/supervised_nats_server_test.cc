#include "common/process/supervised_nats_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::process {
namespace {

using ::edirae::testing::Eventually;
using ::edirae::testing::TempFolder;

class SupervisedNatsServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    SupervisionOptions options;
    options.server.folder = folder_.File("nats");
    options.first_backoff = absl::Milliseconds(10);
    options.on_death = [this](const ExitStatus&) { ++deaths_; };
    options.on_restart = [this](const absl::Status& status) { status.ok() ? ++restarts_ : ++failures_; };
    ASSERT_OK_AND_ASSIGN(server_, SupervisedNatsServer::Start(options));
  }

  TempFolder folder_;
  std::atomic<int> deaths_{0};
  std::atomic<int> restarts_{0};
  std::atomic<int> failures_{0};
  std::unique_ptr<SupervisedNatsServer> server_;
};

TEST_F(SupervisedNatsServerTest, ComesBackAfterEachDeath) {
  for (int death = 1; death <= 2; ++death) {
    const pid_t pid = server_->pid();
    server_->Kill();
    ASSERT_TRUE(Eventually([&] { return restarts_ == death; }));
    EXPECT_TRUE(server_->running());
    EXPECT_NE(server_->pid(), pid);
  }
  EXPECT_EQ(deaths_, 2);
  EXPECT_EQ(failures_, 0);
}

TEST_F(SupervisedNatsServerTest, StopEndsSupervisionAndServer) {
  server_->Stop();
  EXPECT_FALSE(server_->running());
  EXPECT_EQ(deaths_, 0);
  server_->Stop();
}

TEST_F(SupervisedNatsServerTest, StopDuringARestartLeavesNothingRunning) {
  server_->Kill();
  ASSERT_TRUE(Eventually([&] { return deaths_ == 1; }));
  server_->Stop();
  EXPECT_FALSE(server_->running());
}

}  // namespace
}  // namespace edirae::process
