#include "common/process/task_thread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <string>
#include <vector>

#include "common/testing/status_matchers.h"

namespace edirae::process {
namespace {

using edirae::testing::StatusIs;
using ::testing::ElementsAre;

TaskThread::Refusals Refusals() {
  return {.full = absl::ResourceExhaustedError("full"), .stopping = absl::UnavailableError("stopping")};
}

TEST(TaskThread, RunsInOrderAndRefusesWhatIsTooMuchOrTooLate) {
  std::vector<std::string> seen;
  const auto work = [&seen](const std::string& name) {
    return [&seen, name](auto done) { std::move(done)(absl::OkStatus()), seen.push_back(name); };
  };
  std::vector<absl::Status> outcomes;
  const auto done = [&outcomes](absl::Status status) { outcomes.push_back(std::move(status)); };
  TaskThread thread("test", 1, Refusals());
  std::latch running(1), release(1);
  TaskThread::Task first = [&] {
    running.count_down();
    release.wait();
  };
  ASSERT_OK(thread.Submit(first));
  running.wait();
  RunOn(thread, done, work("second"));
  RunOn(thread, done, work("too much"));
  release.count_down();
  thread.Stop();
  RunOn(thread, done, work("too late"));
  EXPECT_THAT(seen, ElementsAre("second"));
  EXPECT_THAT(outcomes, ElementsAre(StatusIs(absl::StatusCode::kResourceExhausted), StatusIs(absl::StatusCode::kOk),
                                    StatusIs(absl::StatusCode::kUnavailable)));
}

}  // namespace
}  // namespace edirae::process
