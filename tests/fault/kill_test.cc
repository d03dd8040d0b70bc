// kill -9 of each process in turn while students answer: nothing acknowledged is lost, nothing is counted twice.
#include <functional>

#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/class_under_load.h"
#include "tests/platform/platform_fixture.h"

namespace edirae::testing {
namespace {

constexpr int kStudents = 8;
constexpr int kAnswersBetweenFaults = 400;
constexpr int kKills = 3;

class KillTest : public PlatformFixture {
 protected:
  // Kills and restarts the program again and again under load, then compares what was acknowledged with what is there.
  void KillUnderLoad(Program& program) {
    RunUnderLoad([&] {
      program.Kill();
      ASSERT_OK(program.Start());
      ASSERT_OK(program.WaitReady());
    });
  }

  void RunUnderLoad(const std::function<void()>& fault) {
    ClassUnderLoad load(*platform_, kStudents);
    ASSERT_TRUE(load.WaitForMore(kAnswersBetweenFaults));
    for (int i = 0; i < kKills; ++i) {
      ASSERT_NO_FATAL_FAILURE(fault());
      ASSERT_TRUE(load.WaitForMore(kAnswersBetweenFaults)) << "answers did not go on after fault " << i;
    }
    load.Stop();
    load.VerifyNothingLostNothingTwice();
  }
};

TEST_F(KillTest, Catalog) { KillUnderLoad(platform_->catalog()); }
TEST_F(KillTest, Progress) { KillUnderLoad(platform_->progress()); }
TEST_F(KillTest, Recommend) { KillUnderLoad(platform_->recommend()); }
TEST_F(KillTest, Gateway) { KillUnderLoad(platform_->gateway()); }

TEST_F(KillTest, NatsServer) {
  RunUnderLoad([&] {
    platform_->nats().Kill();
    ASSERT_OK(platform_->nats().Restart());
  });
}

TEST_F(KillTest, EverythingAtOnce) {
  RunUnderLoad([&] {
    const std::vector<Program*> programs = {&platform_->gateway(), &platform_->recommend(), &platform_->progress(),
                                            &platform_->catalog()};
    for (Program* program : programs) program->Kill();
    platform_->nats().Kill();
    ASSERT_OK(platform_->nats().Restart());
    for (Program* program : programs) ASSERT_OK(program->Start());
    for (Program* program : programs) ASSERT_OK(program->WaitReady());
  });
}

}  // namespace
}  // namespace edirae::testing
