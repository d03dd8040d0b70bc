#include "common/nats/stream_reader.h"

#include <nats/nats.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/nats/async_publisher.h"
#include "common/nats/connection_core.h"
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

constexpr absl::Duration kShortHeartbeat = absl::Milliseconds(100);  // where the reader has to end soon
constexpr absl::Duration kHeartbeat = absl::Milliseconds(500);       // where it must not

class StreamReaderTest : public NatsFixture {
 protected:
  void SetUp() override {
    NatsFixture::SetUp();
    connection_ = Connect();
    ASSERT_NE(connection_, nullptr);
    js_ = std::make_unique<JetStream>(*connection_);
    MakeStream();
    ASSERT_OK_AND_ASSIGN(publisher_, AsyncPublisher::Create(*connection_));
  }

  void MakeStream() { ASSERT_OK(js_->EnsureStream({.name = "S", .subjects = {"s.>"}, .max_bytes = 256 << 20})); }
  void Read(StreamReaderOptions options = {}) {
    options.stream = "S";
    options.consumer = "r";
    reader_.reset();
    js_->DeleteConsumer("S", "r").IgnoreError();  // of a reader that ended
    ASSERT_OK_AND_ASSIGN(reader_, StreamReader::Create(*connection_, options));
  }

  void Publish(const std::string& payload) {
    Send(payload);
    ASSERT_OK(publisher_->Drain(absl::Seconds(10)));
  }
  // Without waiting for the acknowledgement.
  void Send(const std::string& payload) {
    const auto publish = [&] {
      return publisher_->Publish({.subject = "s.a", .id = "", .headers = {{"Key", "value"}}, .payload = payload},
                                 [](const absl::StatusOr<PubAck>& ack) { EXPECT_OK(ack); });
    };
    while (absl::IsResourceExhausted(publish())) ASSERT_OK(publisher_->Drain(absl::Seconds(10)));
  }
  // Payloads 0 to count - 1, filled up with dots to `bytes`.
  void PublishNumbers(int count, size_t bytes = 0) {
    for (int i = 0; i < count; ++i) {
      std::string payload = absl::StrCat(i);
      payload.resize(std::max(payload.size(), bytes), '.');
      Send(payload);
    }
    ASSERT_OK(publisher_->Drain(absl::Seconds(10)));
  }

  // Expects the messages of the stream from `first` on, each once, in fetches of `at_most`.
  void ExpectMessages(uint64_t first, uint64_t last, size_t at_most = 256) {
    for (uint64_t next = first; next <= last;) {
      const size_t count = std::min<size_t>(at_most, last - next + 1);
      ASSERT_OK_AND_ASSIGN(const std::vector<Message> messages, reader_->Fetch(count, absl::Seconds(5)));
      ASSERT_FALSE(messages.empty()) << "after " << next - first;
      ASSERT_LE(messages.size(), at_most);
      for (const Message& message : messages) ASSERT_EQ(message.stream_seq(), next++);
    }
  }

  // Where the server pushes to.
  std::string DeliverSubject() {
    jsConsumerInfo* info = nullptr;
    if (js_GetConsumerInfo(&info, connection_->core()->jetstream(), "S", "r", nullptr, nullptr) != NATS_OK) return "";
    std::string subject = info->Config->DeliverSubject;
    jsConsumerInfo_Destroy(info);
    return subject;
  }

  // The error with which the reader ends, within ten seconds.
  absl::Status End() {
    absl::Status status;
    EXPECT_TRUE(Eventually([&] {
      status = reader_->Fetch(10, absl::Milliseconds(200)).status();
      return !status.ok();
    }));
    EXPECT_EQ(reader_->Fetch(10, absl::ZeroDuration()).status(), status) << "it stays";
    return status;
  }

  std::unique_ptr<Connection> connection_;
  std::unique_ptr<JetStream> js_;
  std::unique_ptr<AsyncPublisher> publisher_;
  std::unique_ptr<StreamReader> reader_;
};

TEST_F(StreamReaderTest, DeliversWhatWasPublished) {
  const absl::Time before = absl::Now();
  Read();
  Publish("hello");
  ASSERT_OK_AND_ASSIGN(const std::vector<Message> messages, reader_->Fetch(1, absl::Seconds(5)));
  ASSERT_THAT(messages, SizeIs(1));
  const Message& message = messages[0];
  EXPECT_EQ(message.subject(), "s.a");
  EXPECT_EQ(message.data(), "hello");
  EXPECT_EQ(message.header("Key"), "value");
  EXPECT_EQ(message.header("Other"), std::nullopt);
  EXPECT_EQ(message.stream_seq(), 1u);
  EXPECT_LT(absl::AbsDuration(message.timestamp() - before), absl::Seconds(10));
}

TEST_F(StreamReaderTest, DeliversAnEmptyMessage) {
  Read();
  Publish("");
  EXPECT_THAT(reader_->Fetch(1, absl::Seconds(5)), IsOkAndHolds(SizeIs(1)));
}

TEST_F(StreamReaderTest, NothingThereIsAnEmptyAnswer) {
  Read();
  EXPECT_THAT(reader_->Fetch(10, absl::Milliseconds(50)), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(reader_->Fetch(10, absl::ZeroDuration()), IsOkAndHolds(IsEmpty()));
}

TEST_F(StreamReaderTest, DeliversTheWholeStreamInOrder) {
  PublishNumbers(1000);
  Read();
  ExpectMessages(1, 1000, 7);
  PublishNumbers(100);
  ExpectMessages(1001, 1100);
}

TEST_F(StreamReaderTest, StartsWhereItIsTold) {
  PublishNumbers(100);
  Read({.start_seq = 61});
  ExpectMessages(61, 100);
  Read({.start_seq = 101});
  Publish("x");
  ExpectMessages(101, 101);
}

TEST_F(StreamReaderTest, PassesOverWhatTheStreamHasNoMore) {
  PublishNumbers(10);
  for (const uint64_t seq : {1u, 2u, 5u}) ASSERT_OK(js_->EraseMessage("S", seq));
  Read();
  ExpectMessages(3, 4, 2);
  ExpectMessages(6, 10);
}

TEST_F(StreamReaderTest, TheServerWaitsForAReaderThatDoesNotFetch) {
  constexpr int kMessages = 45'000;
  constexpr int kFetched = 15'000;  // after which the server trusts the reader with more than at first
  constexpr size_t kBytes = 4000;
  constexpr size_t kMostUnfetchedBytes = 40 << 20;  // 32 MB and what is on its way
  PublishNumbers(kMessages, kBytes);
  Read();
  ExpectMessages(1, kFetched);
  EXPECT_TRUE(Eventually([&] { return reader_->Lag().value_or(0) >= kMessages - kFetched; }))
      << "what waits in the process counts, too";
  uint64_t unsent = 0;
  int times = 0;
  ASSERT_TRUE(Eventually([&] {
    const auto lag = js_->GetLag("S", "r");
    times = lag.ok() && std::exchange(unsent, *lag) == *lag ? times + 1 : 0;
    return times == 50;
  }));
  const uint64_t unfetched = (kMessages - kFetched - unsent) * kBytes;
  EXPECT_GT(unfetched, size_t{2} << 20) << "the window has not grown";
  EXPECT_LT(unfetched, kMostUnfetchedBytes);
  ExpectMessages(kFetched + 1, kMessages);
  EXPECT_TRUE(Eventually([&] {
    EXPECT_THAT(reader_->Fetch(1, absl::ZeroDuration()), IsOkAndHolds(IsEmpty()));  // words of the server
    return reader_->Lag().value_or(1) == 0;
  }));
}

TEST_F(StreamReaderTest, HeartbeatsKeepAnIdleReaderAlive) {
  Read({.heartbeat = kHeartbeat});
  EXPECT_THAT(reader_->Fetch(1, 4 * kHeartbeat), IsOkAndHolds(IsEmpty()));
  Publish("x");
  ExpectMessages(1, 1);
}

TEST_F(StreamReaderTest, MessagesThatComeOneByOneKeepItAlive) {
  constexpr int kMessages = 20;
  Read({.heartbeat = kHeartbeat});
  for (int i = 1; i <= kMessages; ++i) {  // often enough that the server sends no heartbeat
    Publish("x");
    ExpectMessages(i, i);
    EXPECT_THAT(reader_->Fetch(1, kHeartbeat / 5), IsOkAndHolds(IsEmpty()));
  }
}

TEST_F(StreamReaderTest, TimeInWhichNobodyFetchedIsNoSilence) {
  Read({.heartbeat = kShortHeartbeat});
  EXPECT_THAT(reader_->Fetch(1, absl::ZeroDuration()), IsOkAndHolds(IsEmpty()));
  ASSERT_OK(server().Pause());
  absl::SleepFor(10 * kShortHeartbeat);
  EXPECT_THAT(reader_->Fetch(1, absl::ZeroDuration()), IsOkAndHolds(IsEmpty()));
  ASSERT_OK(server().Resume());
  PublishNumbers(3);
  ExpectMessages(1, 3);
}

TEST_F(StreamReaderTest, ASilentServerEndsIt) {
  Read({.heartbeat = kShortHeartbeat});
  EXPECT_THAT(reader_->Fetch(1, absl::Milliseconds(50)), IsOkAndHolds(IsEmpty()));
  ASSERT_OK(server().Pause());
  EXPECT_THAT(End(), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_TRUE(connection_->connected());  // it was not the connection that told
  ASSERT_OK(server().Resume());
  Publish("x");
  Read();
  ExpectMessages(1, 1);
}

TEST_F(StreamReaderTest, ADeletedConsumerEndsIt) {
  Read({.heartbeat = kShortHeartbeat});
  ASSERT_OK(js_->DeleteConsumer("S", "r"));
  EXPECT_THAT(End(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(StreamReaderTest, ADeletedStreamEndsItAndCanBeReadAgain) {
  Read({.heartbeat = kShortHeartbeat});
  Publish("x");
  ExpectMessages(1, 1);
  ASSERT_OK(js_->DeleteStream("S"));
  EXPECT_THAT(End(), StatusIs(absl::StatusCode::kUnavailable));
  MakeStream();
  Publish("y");
  Read();
  ExpectMessages(1, 1);
}

TEST_F(StreamReaderTest, AServerKillEndsItAtOnce) {
  // Silence would tell too, but much too late here.
  Read({.heartbeat = absl::Seconds(60)});
  PublishNumbers(10);
  ExpectMessages(1, 10);
  server().Kill();
  EXPECT_THAT(End(), StatusIs(absl::StatusCode::kUnavailable));
  ASSERT_OK(server().Restart());
  ASSERT_OK(connection_->WaitConnected(absl::Seconds(10)));
  EXPECT_THAT(End(), StatusIs(absl::StatusCode::kUnavailable));
  Publish("x");
  Read({.start_seq = 11});
  ExpectMessages(11, 11);
}

TEST_F(StreamReaderTest, AReconnectNobodyNoticedEndsIt) {
  Read({.heartbeat = absl::Seconds(60)});
  server().Kill();
  ASSERT_OK(server().Restart());
  ASSERT_OK(connection_->WaitConnected(absl::Seconds(10)));
  EXPECT_THAT(End(), StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(StreamReaderTest, AMessageThatDoesNotFollowIsDataLoss) {
  PublishNumbers(2);
  Read();
  ExpectMessages(1, 2);
  // Another consumer's messages, which count from 1, where the third was due.
  const std::string subject = DeliverSubject();
  jsConsumerConfig other;
  jsConsumerConfig_Init(&other);
  other.Durable = "other";
  other.DeliverSubject = subject.c_str();
  other.AckPolicy = js_AckNone;
  ASSERT_EQ(js_AddConsumer(nullptr, connection_->core()->jetstream(), "S", &other, nullptr, nullptr), NATS_OK);
  EXPECT_THAT(End(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(StreamReaderTest, AHeartbeatThatCountsMoreIsDataLoss) {
  PublishNumbers(2);
  Read();
  ExpectMessages(1, 2);
  natsMsg* heartbeat = nullptr;
  ASSERT_EQ(natsMsg_Create(&heartbeat, DeliverSubject().c_str(), nullptr, nullptr, 0), NATS_OK);
  const MsgHandle owned(heartbeat);
  ASSERT_EQ(natsMsgHeader_Set(heartbeat, "Nats-Last-Consumer", "3"), NATS_OK);
  ASSERT_EQ(natsConnection_PublishMsg(connection_->core()->handle(), heartbeat), NATS_OK);
  EXPECT_THAT(End(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(StreamReaderTest, EndsWhileMessagesArrive) {
  constexpr int kMessages = 20'000;
  constexpr int kReaders = 100;
  PublishNumbers(kMessages);
  for (int i = 0; i < kReaders; ++i) {
    Read();
    EXPECT_OK(reader_->Fetch(1, absl::Seconds(5)));
  }
}

TEST_F(StreamReaderTest, LeavesNothingAtTheServer) {
  Read();
  EXPECT_OK(js_->GetLag("S", "r"));
  reader_.reset();
  EXPECT_THAT(js_->GetLag("S", "r"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(StreamReaderTest, AReaderThatDiedIsForgotten) {
  {
    const std::unique_ptr<Connection> dying = Connect();
    ASSERT_OK_AND_ASSIGN(
        reader_,
        StreamReader::Create(*dying, {.stream = "S", .consumer = "r", .inactive_threshold = absl::Seconds(3)}));
    dying->Close();
    reader_.reset();
  }
  EXPECT_OK(js_->GetLag("S", "r"));
  EXPECT_TRUE(Eventually([&] { return absl::IsNotFound(js_->GetLag("S", "r").status()); }));
}

TEST_F(StreamReaderTest, AMissingStreamIsNotFound) {
  ASSERT_OK(js_->DeleteStream("S"));
  EXPECT_THAT(StreamReader::Create(*connection_, {.stream = "S", .consumer = "r"}),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(StreamReaderTest, RefusesBadOptions) {
  for (const StreamReaderOptions& options : {
           StreamReaderOptions{.stream = "", .consumer = "r"},
           StreamReaderOptions{.stream = "S", .consumer = ""},
           StreamReaderOptions{.stream = "S", .consumer = "r", .start_seq = 0},
           StreamReaderOptions{.stream = "S", .consumer = "r", .heartbeat = absl::Milliseconds(1)},
           StreamReaderOptions{.stream = "S", .consumer = "r", .inactive_threshold = absl::ZeroDuration()},
       }) {
    EXPECT_THAT(StreamReader::Create(*connection_, options), StatusIs(absl::StatusCode::kInvalidArgument));
  }
  connection_->Close();
  EXPECT_THAT(StreamReader::Create(*connection_, {.stream = "S", .consumer = "r"}),
              StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace edirae::nats
