// Every program stops in time when asked, whatever its clients and the bus do.
#include <signal.h>

#include <iostream>
#include <string>

#include "absl/time/clock.h"
#include "common/program/limits.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"
#include "tests/fault/embedded_server.h"
#include "tests/platform/socket.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

// What a client of HTTP/2 sends first; one that sends no more, and reads nothing, is silent.
const std::string kHello = std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") + std::string("\0\0\0\4\0\0\0\0\0", 9);

// A watch of which one answer was read and no more is.
class UnreadWatch {
 public:
  explicit UnreadWatch(const Student& student) {
    student.session().Prepare(context_, absl::InfiniteDuration());
    learn::v1::WatchHomeRequest request;
    request.set_roadmap_id("machine-learning");
    reader_ = student.session().stub().WatchHome(&context_, request);
    learn::v1::WatchHomeResponse first;
    open_ = reader_->Read(&first);
  }
  ~UnreadWatch() { context_.TryCancel(); }
  bool open() const { return open_; }

 private:
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<learn::v1::WatchHomeResponse>> reader_;
  bool open_ = false;
};

void ExpectStops(Program& program, const std::string& name, absl::Duration bound) {
  const absl::Time asked = absl::Now();
  const process::ExitStatus ended = program.Stop();
  const absl::Duration took = absl::Now() - asked;
  EXPECT_EQ(ended.code, 0) << name << " " << ended.ToString() << "\n" << program.LogTail();
  EXPECT_LT(took, bound) << name;
  std::cout << name << " stopped after " << took << "\n" << std::flush;
}

TEST(StopTest, EveryServiceStopsInTimeWithAWatchASilentClientAndADeadBus) {
  ASSERT_OK_AND_ASSIGN(const auto platform, Platform::StartSplit());
  const Student ada(*platform, platform->gateway().address(), "ada");
  const UnreadWatch watch(ada);
  ASSERT_TRUE(watch.open());
  const Socket silent(platform->gateway().address());
  ASSERT_TRUE(silent.Send(kHello));
  const Socket silent_too(platform->progress().address());
  ASSERT_TRUE(silent_too.Send(kHello));
  const auto questions = ada.Questions("supervised-learning");
  ASSERT_OK(questions);
  ASSERT_OK(platform->nats().Pause());
  // What waits for the bus: an event that is recorded and cannot be published.
  ASSERT_OK(ada.AnswerUntilAcknowledged(questions->front().question_id(), Choose({"a"}), "r1"));

  ExpectStops(platform->gateway(), "gateway", program::limits::kMaxStop);
  ExpectStops(platform->recommend(), "recommend", program::limits::kMaxStop);
  ExpectStops(platform->progress(), "progress", program::limits::kMaxStop);
  ExpectStops(platform->catalog(), "catalog", program::limits::kMaxStop);
  ASSERT_OK(platform->nats().Resume());
}

TEST(StopTest, TheEmbeddedPlatformDoesToo) {
  ASSERT_OK_AND_ASSIGN(const auto platform, Platform::StartOne());
  const Student ada(*platform, platform->gateway().address(), "ada");
  const UnreadWatch watch(ada);
  ASSERT_TRUE(watch.open());
  const Socket silent(platform->gateway().address());
  ASSERT_TRUE(silent.Send(kHello));
  ASSERT_EQ(kill(EmbeddedServer(*platform), SIGSTOP), 0);
  ExpectStops(platform->gateway(), "edirae serve", program::limits::kMaxStopOfAll);
}

}  // namespace
}  // namespace edirae::testing
