#include "common/nats/pull_consumer.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/nats/async_publisher.h"
#include "common/nats/jetstream.h"
#include "common/testing/eventually.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"

namespace edirae::nats {
namespace {

using ::edirae::testing::Eventually;
using ::edirae::testing::IsOkAndHolds;
using ::edirae::testing::NatsFixture;
using ::edirae::testing::StatusIs;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PullConsumerTest : public NatsFixture {
 protected:
  void SetUp() override {
    NatsFixture::SetUp();
    connection_ = Connect();
    ASSERT_NE(connection_, nullptr);
    js_ = std::make_unique<JetStream>(*connection_);
    MakeStream();
    MakeConsumer();
    ASSERT_OK_AND_ASSIGN(publisher_, AsyncPublisher::Create(*connection_));
    Subscribe({.stream = "S", .durable = "d"});
  }

  void MakeStream() { ASSERT_OK(js_->EnsureStream({.name = "S", .subjects = {"s.>"}, .max_bytes = 256 << 20})); }
  void MakeConsumer(ConsumerSettings settings = {}) {
    settings.stream = "S";
    settings.durable = "d";
    ASSERT_OK(js_->EnsureConsumer(settings));
  }
  void Subscribe(const PullConsumerOptions& options) {
    consumer_.reset();
    ASSERT_OK_AND_ASSIGN(consumer_, PullConsumer::Create(*connection_, options));
  }

  void Publish(const std::string& payload) {
    ASSERT_OK(publisher_->Publish({.subject = "s.a", .id = "", .headers = {{"Key", "value"}}, .payload = payload},
                                  [](const absl::StatusOr<PubAck>& ack) { EXPECT_OK(ack); }));
    ASSERT_OK(publisher_->Drain(absl::Seconds(10)));
  }
  void PublishNumbers(int count) {
    for (int i = 0; i < count; ++i) {
      ASSERT_OK(publisher_->Publish({.subject = "s.a", .id = "", .headers = {}, .payload = absl::StrCat(i)},
                                    [](const absl::StatusOr<PubAck>& ack) { EXPECT_OK(ack); }));
    }
    ASSERT_OK(publisher_->Drain(absl::Seconds(10)));
  }

  // The next message within ten seconds, whatever happens in between.
  std::vector<Message> FetchOne() {
    std::vector<Message> messages;
    EXPECT_TRUE(Eventually([&] {
      absl::StatusOr<std::vector<Message>> fetched = consumer_->Fetch(1, absl::Milliseconds(200));
      if (fetched.ok()) messages = *std::move(fetched);
      return !messages.empty();
    }));
    return messages;
  }

  // The first error that Fetch() returns within ten seconds.
  absl::Status FetchError() {
    absl::Status status;
    EXPECT_TRUE(Eventually([&] {
      status = consumer_->Fetch(10, absl::Milliseconds(200)).status();
      return !status.ok();
    }));
    return status;
  }

  std::unique_ptr<Connection> connection_;
  std::unique_ptr<JetStream> js_;
  std::unique_ptr<AsyncPublisher> publisher_;
  std::unique_ptr<PullConsumer> consumer_;
};

TEST_F(PullConsumerTest, DeliversWhatWasPublished) {
  const absl::Time before = absl::Now();
  Publish("hello");
  std::vector<Message> messages = FetchOne();
  ASSERT_THAT(messages, SizeIs(1));
  const Message& message = messages[0];
  EXPECT_EQ(message.subject(), "s.a");
  EXPECT_EQ(message.data(), "hello");
  EXPECT_EQ(message.header("Key"), "value");
  EXPECT_EQ(message.header("Other"), std::nullopt);
  EXPECT_EQ(message.stream_seq(), 1u);
  EXPECT_EQ(message.consumer_seq(), 1u);
  EXPECT_EQ(message.num_delivered(), 1u);
  EXPECT_EQ(message.num_pending(), 0u);
  EXPECT_LT(absl::AbsDuration(message.timestamp() - before), absl::Seconds(10));
}

TEST_F(PullConsumerTest, ADurableThatNobodyReadsGoesAndOneThatIsReadStays) {
  ConsumerSettings unread = {.stream = "S", .durable = "unread"};
  ASSERT_OK(js_->EnsureConsumer(unread));  // as one of before the threshold was set
  unread.inactive_threshold = absl::Seconds(1);
  ASSERT_OK(js_->EnsureConsumer(unread));
  MakeConsumer({.inactive_threshold = absl::Seconds(1)});
  EXPECT_OK(js_->GetConsumer("S", "unread"));
  ASSERT_TRUE(Eventually([&] {
    EXPECT_OK(consumer_->Fetch(10, absl::Milliseconds(10)));
    return absl::IsNotFound(js_->GetConsumer("S", "unread").status());
  }));
  EXPECT_OK(js_->GetConsumer("S", "d"));
}

TEST_F(PullConsumerTest, NothingThereIsAnEmptyAnswer) {
  EXPECT_THAT(consumer_->Fetch(10, absl::Milliseconds(50)), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(consumer_->Fetch(10, absl::ZeroDuration()), IsOkAndHolds(IsEmpty()));
}

TEST_F(PullConsumerTest, DeliversManyInOrderThroughManyPulls) {
  Subscribe({.stream = "S", .durable = "d", .prefetch = 7});
  PublishNumbers(1000);
  for (int next = 0; next < 1000;) {
    ASSERT_OK_AND_ASSIGN(std::vector<Message> messages, consumer_->Fetch(5, absl::Seconds(5)));
    ASSERT_FALSE(messages.empty());
    ASSERT_LE(messages.size(), 5u);
    for (Message& message : messages) {
      ASSERT_EQ(message.data(), absl::StrCat(next++));
      ASSERT_OK(message.Ack());
    }
  }
  EXPECT_TRUE(Eventually([&] { return js_->GetConsumer("S", "d")->ack_floor_stream_seq == 1000; }));
}

TEST_F(PullConsumerTest, NakBringsItAgainAfterTheDelay) {
  Publish("x");
  std::vector<Message> first = FetchOne();
  ASSERT_THAT(first, SizeIs(1));
  const absl::Time refused = absl::Now();
  ASSERT_OK(first[0].Nak(absl::Milliseconds(300)));
  std::vector<Message> second = FetchOne();
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_GE(absl::Now() - refused, absl::Milliseconds(290));
  EXPECT_EQ(second[0].num_delivered(), 2u);
  EXPECT_EQ(second[0].stream_seq(), 1u);
  ASSERT_OK(second[0].Nak(absl::ZeroDuration()));
  EXPECT_THAT(FetchOne(), SizeIs(1));
}

TEST_F(PullConsumerTest, SilenceBringsItAgainAfterAckWait) {
  MakeConsumer({.filter_subject = "", .ack_wait = absl::Milliseconds(300)});
  Publish("x");
  EXPECT_EQ(FetchOne().at(0).num_delivered(), 1u);
  EXPECT_EQ(FetchOne().at(0).num_delivered(), 2u);
}

TEST_F(PullConsumerTest, TermNeverBringsItAgain) {
  MakeConsumer({.filter_subject = "", .ack_wait = absl::Milliseconds(300)});
  Publish("x");
  ASSERT_OK(FetchOne().at(0).Term());
  EXPECT_TRUE(Eventually([&] { return js_->GetConsumer("S", "d")->num_ack_pending == 0; }));
  EXPECT_THAT(consumer_->Fetch(1, absl::Milliseconds(600)), IsOkAndHolds(IsEmpty()));
}

TEST_F(PullConsumerTest, UnfetchedMessagesGoBackOnDestruction) {
  Subscribe({.stream = "S", .durable = "d", .heartbeat = absl::Milliseconds(100)});
  PublishNumbers(10);
  ASSERT_THAT(FetchOne(), SizeIs(1));
  ASSERT_TRUE(Eventually([&] { return js_->GetConsumer("S", "d")->num_ack_pending == 10; }));
  Subscribe({.stream = "S", .durable = "d"});
  std::set<uint64_t> again;  // all but the first, whose ack_wait of 30 s runs
  while (again.size() < 9) {
    std::vector<Message> messages = FetchOne();
    ASSERT_FALSE(messages.empty());
    again.insert(messages[0].stream_seq());
  }
  EXPECT_EQ(*again.begin(), 2u);
}

TEST_F(PullConsumerTest, MissingConsumerIsNotFoundAtOnce) {
  Subscribe({.stream = "S", .durable = "missing"});
  const absl::Time asked = absl::Now();
  EXPECT_THAT(consumer_->Fetch(1, absl::Seconds(5)), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_LT(absl::Now() - asked, absl::Seconds(2));
}

TEST_F(PullConsumerTest, DeletedConsumerIsNotFoundAndCanBeMadeAgain) {
  EXPECT_THAT(consumer_->Fetch(1, absl::Milliseconds(50)), IsOkAndHolds(IsEmpty()));
  ASSERT_OK(js_->DeleteConsumer("S", "d"));
  EXPECT_THAT(FetchError(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(FetchError(), StatusIs(absl::StatusCode::kNotFound));
  MakeConsumer();
  Publish("x");
  EXPECT_THAT(FetchOne(), SizeIs(1));
}

TEST_F(PullConsumerTest, DeletedStreamIsNotFoundAndCanBeMadeAgain) {
  Publish("x");
  ASSERT_OK(FetchOne().at(0).Ack());
  ASSERT_OK(js_->DeleteStream("S"));
  EXPECT_THAT(FetchError(), StatusIs(absl::StatusCode::kNotFound));
  MakeStream();
  MakeConsumer();
  Publish("y");
  EXPECT_EQ(FetchOne().at(0).data(), "y");
}

TEST_F(PullConsumerTest, SilentServerIsNoticedByItsMissingHeartbeats) {
  Subscribe({.stream = "S", .durable = "d", .heartbeat = absl::Milliseconds(100)});
  EXPECT_THAT(consumer_->Fetch(1, absl::Milliseconds(50)), IsOkAndHolds(IsEmpty()));
  ASSERT_OK(server().Pause());
  EXPECT_THAT(FetchError(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_TRUE(connection_->connected());  // it was not the connection that told
  ASSERT_OK(server().Resume());
  Publish("x");
  EXPECT_THAT(FetchOne(), SizeIs(1));
}

TEST_F(PullConsumerTest, HeartbeatsKeepAnIdlePullAlive) {
  Subscribe({.stream = "S", .durable = "d", .heartbeat = absl::Milliseconds(100)});
  EXPECT_THAT(consumer_->Fetch(1, absl::Seconds(1)), IsOkAndHolds(IsEmpty()));
  EXPECT_EQ(js_->GetConsumer("S", "d")->num_waiting, 1);
}

TEST_F(PullConsumerTest, ReplacedConsumerIsServedAgain) {
  EXPECT_THAT(consumer_->Fetch(1, absl::Milliseconds(50)), IsOkAndHolds(IsEmpty()));
  ASSERT_OK(js_->DeleteStream("S"));
  MakeStream();
  MakeConsumer();
  Publish("x");
  EXPECT_THAT(FetchOne(), SizeIs(1));
}

TEST_F(PullConsumerTest, SurvivesAServerKill) {
  // Silence would tell too, but much too late here: it is the reconnect that must.
  Subscribe({.stream = "S", .durable = "d", .heartbeat = absl::Seconds(14)});
  std::set<uint64_t> seen;
  const auto fetch = [&] {
    absl::StatusOr<std::vector<Message>> fetched = consumer_->Fetch(100, absl::Milliseconds(200));
    if (!fetched.ok()) return fetched.status();
    for (Message& message : *fetched) seen.insert(message.stream_seq());
    return absl::OkStatus();
  };
  PublishNumbers(10);
  ASSERT_OK(FetchOne().at(0).Ack());
  ASSERT_OK(connection_->Flush(absl::Seconds(5)));
  server().Kill();
  ASSERT_TRUE(Eventually([&] { return absl::IsUnavailable(fetch()); }));
  ASSERT_OK(server().Restart());
  ASSERT_OK(connection_->WaitConnected(absl::Seconds(10)));
  Publish("new");
  // The first may come again: the server writes acknowledgements to its disk a little later.
  EXPECT_TRUE(Eventually([&] {
    fetch().IgnoreError();
    seen.erase(1);
    return seen.size() == 10;
  }));
}

TEST_F(PullConsumerTest, RefusesBadOptions) {
  EXPECT_THAT(PullConsumer::Create(*connection_, {.stream = "", .durable = "d"}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(PullConsumer::Create(*connection_, {.stream = "S", .durable = "d", .prefetch = 0}),
              StatusIs(absl::StatusCode::kInvalidArgument));
  connection_->Close();
  EXPECT_THAT(PullConsumer::Create(*connection_, {.stream = "S", .durable = "d"}),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(consumer_->Fetch(1, absl::Seconds(1)), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace edirae::nats
