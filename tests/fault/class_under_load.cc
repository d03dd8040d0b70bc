#include "tests/fault/class_under_load.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/client/reply.h"
#include "common/nats/connection.h"
#include "common/nats/stream_reader.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gtest/gtest.h"

namespace edirae::testing {
namespace {

constexpr char kConcept[] = "supervised-learning";
constexpr char kStream[] = "LEARNER_EVENTS";
constexpr char kAuditor[] = "test-auditor";
constexpr absl::Duration kPatience = absl::Minutes(2);

}  // namespace

ClassUnderLoad::ClassUnderLoad(Platform& platform, int student_count) : platform_(platform) {
  for (int i = 0; i < student_count; ++i) {
    students_.push_back(std::make_unique<Student>(platform, platform.gateway().address(), absl::StrCat("student-", i)));
  }
  auto questions = students_.front()->Questions(kConcept);
  EXPECT_OK(questions);
  if (questions.ok()) questions_ = *std::move(questions);
  for (const auto& student : students_) threads_.emplace_back([this, &student] { Study(*student); });
}

ClassUnderLoad::~ClassUnderLoad() { Stop(); }

void ClassUnderLoad::Study(const Student& student) {
  for (int i = 0; !stopping_ && !questions_.empty(); ++i) {
    const catalog::v1::Question& question = questions_[i % questions_.size()];
    const std::string request_id = absl::StrCat("answer-", i);
    const auto outcome = student.AnswerUntilAcknowledged(
        question.question_id(), cli::SomeReply(question, static_cast<uint64_t>(i)), request_id);
    EXPECT_OK(outcome) << student.id() << " " << request_id;
    if (!outcome.ok()) return;
    const std::lock_guard lock(mutex_);
    acknowledged_[student.id()].insert(request_id);
    ++acknowledged_count_;
  }
}

bool ClassUnderLoad::WaitForMore(int count) const {
  const int goal = acknowledged_count_ + count;
  return Eventually([&] { return acknowledged_count_ >= goal; }, kPatience);
}

void ClassUnderLoad::Stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void ClassUnderLoad::VerifyNothingLostNothingTwice() {
  const std::lock_guard lock(mutex_);
  for (const auto& student : students_) VerifyLedger(student->id(), acknowledged_[student->id()]);
  VerifyStream();
}

void ClassUnderLoad::VerifyLedger(const std::string& learner_id, const std::set<std::string>& acknowledged) {
  ASSERT_OK_AND_ASSIGN(const auto history, HistoryOf(platform_, learner_id));
  std::map<std::string, int> recorded;
  int64_t expected_seq = 0;
  for (const events::v1::LearnerEvent& event : history) {
    EXPECT_EQ(event.learner_seq(), ++expected_seq) << learner_id << " has a gap";
    if (event.request_ordinal() == 0) ++recorded[event.request_id()];
    recorded_events_.insert(event.event_id());
  }
  for (const std::string& request_id : acknowledged) {
    EXPECT_EQ(recorded[request_id], 1) << learner_id << " " << request_id << " was acknowledged";
  }
  for (const auto& [request_id, count] : recorded) EXPECT_EQ(count, 1) << learner_id << " " << request_id;
  EXPECT_TRUE(Eventually(
      [&] {
        const auto as_of = RecommendedAsOf(platform_, learner_id);
        return as_of.ok() && *as_of == expected_seq;
      },
      kPatience))
      << "recommend does not reflect all of " << learner_id << "'s " << expected_seq << " events";
}

void ClassUnderLoad::VerifyStream() {
  ASSERT_OK_AND_ASSIGN(const auto connection,
                       nats::Connection::Connect({.url = platform_.nats().url(), .client_name = kAuditor}));
  ASSERT_OK(connection->WaitConnected(absl::Seconds(10)));
  absl::StatusOr<std::unique_ptr<nats::StreamReader>> reader = absl::UnknownError("none yet");
  uint64_t next_seq = 1;
  std::set<std::string> missing = recorded_events_;
  EXPECT_TRUE(Eventually(
      [&] {
        if (!reader.ok()) {
          reader = nats::StreamReader::Create(
              *connection, {.stream = kStream, .consumer = absl::StrCat(kAuditor, next_seq), .start_seq = next_seq});
          if (!reader.ok()) return false;
        }
        const auto messages = (*reader)->Fetch(256, absl::Milliseconds(200));
        if (!messages.ok()) {
          reader = messages.status();
          return false;
        }
        for (const nats::Message& message : *messages) {
          next_seq = message.stream_seq() + 1;
          const std::string id(message.header("ce-id").value_or(""));
          if (missing.erase(id) == 0 && recorded_events_.contains(id)) ++repeated_messages_;
        }
        return missing.empty();
      },
      kPatience))
      << missing.size() << " of " << recorded_events_.size() << " events are not in the stream; " << reader.status();
}

}  // namespace edirae::testing
