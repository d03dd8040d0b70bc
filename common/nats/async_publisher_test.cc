#include "common/nats/async_publisher.h"

#include <iostream>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/nats/jetstream.h"
#include "common/testing/eventually.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"

namespace edirae::nats {
namespace {

using ::edirae::testing::Eventually;
using ::edirae::testing::IsOk;
using ::edirae::testing::NatsFixture;
using ::edirae::testing::StatusIs;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Collects what callbacks say.
class Answers {
 public:
  AsyncPublisher::Callback Next() {
    return [this](absl::StatusOr<PubAck> answer) {
      std::lock_guard lock(mutex_);
      answers_.push_back(std::move(answer));
      threads_.insert(std::this_thread::get_id());
    };
  }
  std::vector<absl::StatusOr<PubAck>> all() {
    std::lock_guard lock(mutex_);
    return answers_;
  }
  size_t size() { return all().size(); }
  std::set<std::thread::id> threads() {
    std::lock_guard lock(mutex_);
    return threads_;
  }

 private:
  std::mutex mutex_;
  std::vector<absl::StatusOr<PubAck>> answers_;
  std::set<std::thread::id> threads_;
};

OutgoingMessage To(std::string subject, std::string id = "", std::string payload = "x") {
  return {.subject = std::move(subject), .id = std::move(id), .headers = {}, .payload = std::move(payload)};
}

class AsyncPublisherTest : public NatsFixture {
 protected:
  void SetUp() override {
    NatsFixture::SetUp();
    connection_ = Connect();
    ASSERT_NE(connection_, nullptr);
    js_ = std::make_unique<JetStream>(*connection_);
    ASSERT_OK(js_->EnsureStream({.name = "S", .subjects = {"s.>"}, .max_bytes = 256 << 20}));
    Make({});
  }

  void Make(AsyncPublisherOptions options) {
    ASSERT_OK_AND_ASSIGN(publisher_, AsyncPublisher::Create(*connection_, options));
  }

  // Publishes one message and waits for its fate.
  absl::StatusOr<PubAck> PublishAndWait(const OutgoingMessage& message) {
    Answers answers;
    if (absl::Status ok = publisher_->Publish(message, answers.Next()); !ok.ok()) return ok;
    if (absl::Status ok = publisher_->Drain(absl::Seconds(20)); !ok.ok()) return ok;
    return answers.all().at(0);
  }

  std::unique_ptr<Connection> connection_;
  std::unique_ptr<JetStream> js_;
  Answers answers_;  // outlives the publisher, which may still call into it
  std::unique_ptr<AsyncPublisher> publisher_;
};

TEST_F(AsyncPublisherTest, AcknowledgesWithRisingSequences) {
  for (int i = 0; i < 1000; ++i) {
    ASSERT_OK(publisher_->Publish(To("s.a", absl::StrCat("m", i)), answers_.Next()));
  }
  ASSERT_OK(publisher_->Drain(absl::Seconds(20)));
  EXPECT_EQ(publisher_->pending(), 0u);
  const auto answers = answers_.all();
  ASSERT_THAT(answers, SizeIs(1000));
  for (size_t i = 0; i < answers.size(); ++i) {
    ASSERT_OK(answers[i]);
    EXPECT_EQ(answers[i]->seq, i + 1);
    EXPECT_FALSE(answers[i]->duplicate);
  }
  EXPECT_THAT(answers_.threads(), SizeIs(1));
}

TEST_F(AsyncPublisherTest, OneAcknowledgementSpeaksForAGroup) {
  const OutgoingMessage first = To("s.a", "1"), second = To("s.b", "2"), third = To("s.a", "3");
  ASSERT_OK(publisher_->PublishGroup(std::vector{&first, &second, &third}, answers_.Next()));
  EXPECT_LE(publisher_->pending(), 1u);
  ASSERT_OK(publisher_->Drain(absl::Seconds(20)));
  ASSERT_THAT(answers_.all(), SizeIs(1));
  ASSERT_OK(answers_.all()[0]);
  EXPECT_EQ(answers_.all()[0]->seq, 3u);
  ASSERT_OK_AND_ASSIGN(const StreamState state, js_->GetStream("S"));
  EXPECT_EQ(state.messages, 3u);
}

TEST_F(AsyncPublisherTest, FlagsARepeatedId) {
  ASSERT_OK_AND_ASSIGN(PubAck first, PublishAndWait(To("s.a", "one")));
  ASSERT_OK_AND_ASSIGN(PubAck again, PublishAndWait(To("s.a", "one")));
  EXPECT_FALSE(first.duplicate);
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.seq, first.seq);
}

TEST_F(AsyncPublisherTest, SubjectWithoutAStreamIsNotFound) {
  EXPECT_THAT(PublishAndWait(To("nobody.here")), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK(js_->DeleteStream("S"));
  EXPECT_THAT(PublishAndWait(To("s.a")), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(AsyncPublisherTest, FullStreamIsResourceExhausted) {
  ASSERT_OK(js_->EnsureStream({.name = "TINY", .subjects = {"tiny"}, .max_bytes = 1024}));
  ASSERT_OK(PublishAndWait(To("tiny", "", std::string(600, 'x'))));
  EXPECT_THAT(PublishAndWait(To("tiny", "", std::string(600, 'x'))),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("maximum bytes")));
}

TEST_F(AsyncPublisherTest, RefusesWhatCannotBeSent) {
  const auto refused = [&](const OutgoingMessage& message) { return publisher_->Publish(message, answers_.Next()); };
  EXPECT_THAT(refused(To("")), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused(To("s.*")), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused(To("s.a", "a\r\nb")), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused({.subject = "s.a", .id = "", .headers = {{"a:b", "c"}}, .payload = ""}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused(To("s.a", "", std::string(2 << 20, 'x'))), StatusIs(absl::StatusCode::kInvalidArgument));
  const OutgoingMessage good = To("s.a"), bad = To("s.*");
  EXPECT_THAT(publisher_->PublishGroup(std::vector{&good, &bad}, answers_.Next()),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(publisher_->PublishGroup({}, answers_.Next()), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_OK(publisher_->Drain(absl::Seconds(1)));
  EXPECT_EQ(answers_.size(), 0u);
}

TEST_F(AsyncPublisherTest, KilledServerFailsWhatIsPendingAtOnceAndPublishingWorksAgainAfterwards) {
  Make({.max_pending = 3, .ack_timeout = absl::Minutes(10)});
  ASSERT_OK(server().Pause());  // takes messages, answers none
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK(publisher_->Publish(To("s.a", absl::StrCat(i)), answers_.Next()));
  }
  EXPECT_THAT(publisher_->Publish(To("s.a", "3"), answers_.Next()), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(publisher_->pending(), 3u);
  const absl::Time killed = absl::Now();
  server().Kill();
  ASSERT_TRUE(Eventually([&] { return answers_.size() == 3; }));
  std::cerr << "pending failed " << absl::Now() - killed << " after the kill\n";
  EXPECT_THAT(answers_.all(), Each(StatusIs(absl::StatusCode::kUnavailable)));
  EXPECT_THAT(publisher_->Publish(To("s.a", "3"), answers_.Next()), StatusIs(absl::StatusCode::kUnavailable));

  ASSERT_OK(server().Restart());
  ASSERT_OK(connection_->WaitConnected(absl::Seconds(10)));
  absl::StatusOr<PubAck> again;
  // The library may tell of the loss a little after the return, and that fails what was published meanwhile.
  ASSERT_TRUE(Eventually([&] { return (again = PublishAndWait(To("s.a", "0"))).ok(); }));
  EXPECT_GE(again->seq, 1u);
}

TEST_F(AsyncPublisherTest, SilenceIsDeadlineExceeded) {
  Make({.max_pending = 10, .ack_timeout = absl::Milliseconds(100)});
  ASSERT_OK(server().Pause());
  ASSERT_OK(publisher_->Publish(To("s.a"), answers_.Next()));
  ASSERT_TRUE(Eventually([&] { return answers_.size() == 1; }));
  EXPECT_THAT(answers_.all(), Each(StatusIs(absl::StatusCode::kDeadlineExceeded)));
  ASSERT_OK(server().Resume());
  // The late answer finds nobody and does no harm.
  EXPECT_OK(PublishAndWait(To("s.a", "", "y")));
  EXPECT_EQ(answers_.size(), 1u);
}

TEST_F(AsyncPublisherTest, DestructionCompletesEveryCallback) {
  ASSERT_OK(server().Pause());
  absl::Status from_callback;
  AsyncPublisher* const publisher = publisher_.release();  // the callback needs it while it is destroyed
  ASSERT_OK(publisher->Publish(To("s.a"), answers_.Next()));
  ASSERT_OK(publisher->Publish(To("s.a"), [&](const absl::StatusOr<PubAck>&) {
    from_callback = publisher->Publish(To("s.a"), answers_.Next());
  }));
  delete publisher;
  EXPECT_THAT(answers_.all(), SizeIs(1));
  EXPECT_THAT(answers_.all(), Each(StatusIs(absl::StatusCode::kCancelled)));
  EXPECT_THAT(from_callback, StatusIs(absl::StatusCode::kUnavailable));
  ASSERT_OK(server().Resume());
}

TEST_F(AsyncPublisherTest, SurvivesTheConnection) {
  connection_->Close();
  EXPECT_THAT(publisher_->Publish(To("s.a"), answers_.Next()), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(AsyncPublisher::Create(*connection_), StatusIs(absl::StatusCode::kUnavailable));
  connection_.reset();
  publisher_.reset();
}

TEST_F(AsyncPublisherTest, SeveralThreadsMayPublish) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        EXPECT_OK(publisher_->Publish(To("s.a", absl::StrCat(t, "-", i)), answers_.Next()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_OK(publisher_->Drain(absl::Seconds(20)));
  EXPECT_THAT(answers_.all(), SizeIs(2000));
  EXPECT_THAT(answers_.all(), Each(IsOk()));
  ASSERT_OK_AND_ASSIGN(StreamState state, js_->GetStream("S"));
  EXPECT_EQ(state.messages, 2000u);
}

}  // namespace
}  // namespace edirae::nats
