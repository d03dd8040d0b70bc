// How fast a message travels from Publish() to Fetch(). The figures are printed; the bounds only catch what is wrong by
// an order of magnitude.
#include <algorithm>
#include <atomic>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/nats/async_publisher.h"
#include "common/nats/jetstream.h"
#include "common/nats/stream_reader.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"

namespace edirae::nats {
namespace {

class LatencyTest : public ::edirae::testing::NatsFixture {
 protected:
  void SetUp() override {
    NatsFixture::SetUp();
    publishing_ = Connect();
    consuming_ = Connect();
    ASSERT_TRUE(publishing_ != nullptr && consuming_ != nullptr);
    JetStream js(*publishing_);
    ASSERT_OK(js.EnsureStream({.name = "S", .subjects = {"s"}, .max_bytes = 512 << 20}));
    ASSERT_OK_AND_ASSIGN(publisher_, AsyncPublisher::Create(*publishing_));
    ASSERT_OK_AND_ASSIGN(reader_, StreamReader::Create(*consuming_, {.stream = "S", .consumer = "reader"}));
  }

  std::unique_ptr<Connection> publishing_;
  std::unique_ptr<Connection> consuming_;
  std::unique_ptr<AsyncPublisher> publisher_;
  std::unique_ptr<StreamReader> reader_;
};

TEST_F(LatencyTest, FetchReturnsAsSoonAsOneMessageIsThere) {
  constexpr int kRounds = 500;
  std::vector<absl::Duration> taken;
  std::atomic<int> arrived{0};
  std::thread reading([&] {
    while (arrived < kRounds) {
      absl::StatusOr<std::vector<Message>> messages = reader_->Fetch(100, absl::Seconds(10));
      ASSERT_OK(messages);
      ASSERT_FALSE(messages->empty());
      for (const Message& message : *messages) {
        int64_t sent = 0;
        ASSERT_TRUE(absl::SimpleAtoi(std::string(message.data()), &sent));
        taken.push_back(absl::Now() - absl::FromUnixNanos(sent));
      }
      arrived += static_cast<int>(messages->size());
    }
  });
  for (int round = 0; round < kRounds; ++round) {
    EXPECT_OK(publisher_->Publish({.subject = "s",
                                   .id = absl::StrCat(round),
                                   .headers = {},
                                   .payload = absl::StrCat(absl::ToUnixNanos(absl::Now()))},
                                  [](const absl::StatusOr<PubAck>& ack) { EXPECT_OK(ack); }));
    const absl::Time give_up = absl::Now() + absl::Seconds(10);
    while (arrived <= round && absl::Now() < give_up) std::this_thread::yield();
  }
  reading.join();
  ASSERT_OK(publisher_->Drain(absl::Seconds(10)));
  std::sort(taken.begin(), taken.end());
  std::cerr << "publish to fetch: median " << taken[kRounds / 2] << ", p99 " << taken[kRounds * 99 / 100] << "\n";
  EXPECT_LT(taken[kRounds / 2], absl::Milliseconds(50));
}

TEST_F(LatencyTest, ThroughputOfPublishAndFetch) {
  constexpr int kMessages = 20000;
  const OutgoingMessage message = {.subject = "s", .id = "", .headers = {}, .payload = std::string(200, 'x')};
  const absl::Time started = absl::Now();
  for (int i = 0; i < kMessages; ++i) {
    OutgoingMessage numbered = message;
    numbered.id = absl::StrCat("message-", i);
    while (absl::IsResourceExhausted(
        publisher_->Publish(numbered, [](const absl::StatusOr<PubAck>& ack) { EXPECT_OK(ack); }))) {
      std::this_thread::yield();
    }
  }
  ASSERT_OK(publisher_->Drain(absl::Seconds(30)));
  const absl::Time published = absl::Now();
  for (int fetched = 0; fetched < kMessages;) {
    ASSERT_OK_AND_ASSIGN(std::vector<Message> messages, reader_->Fetch(256, absl::Seconds(10)));
    ASSERT_FALSE(messages.empty());
    fetched += static_cast<int>(messages.size());
  }
  const absl::Time consumed = absl::Now();
  std::cerr << "published " << kMessages / absl::ToDoubleSeconds(published - started)
            << "/s with ids and acknowledged, fetched " << kMessages / absl::ToDoubleSeconds(consumed - published)
            << "/s\n";
  EXPECT_LT(consumed - started, absl::Seconds(60));
}

}  // namespace
}  // namespace edirae::nats
