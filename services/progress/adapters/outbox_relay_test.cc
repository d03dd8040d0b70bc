#include "services/progress/adapters/outbox_relay.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "absl/strings/str_split.h"
#include "common/nats/async_publisher.h"
#include "common/process/child_process.h"
#include "services/progress/adapters/sqlite_event_store.h"
#include "services/progress/domain/bus_event.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/relay_fixture.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;

constexpr char kChildData[] = "EDIRAE_RELAY_TEST_DATA";
constexpr char kChildNats[] = "EDIRAE_RELAY_TEST_NATS";

TEST_F(OutboxRelayTest, PublishesInOrderOfPosition) {
  Append(300);
  StartRelay();
  Append(700);
  ASSERT_TRUE(WaitUntilDone());
  std::vector<std::string> order;
  for (const Seen& message : ReadStream()) order.push_back(message.id);
  EXPECT_EQ(order, ids_);
  EXPECT_EQ(store_.ReadPublishedRuns()->size(), 1) << "one run says it all";
}

TEST_F(OutboxRelayTest, TheStreamThatItMakesHasTheRoomThatItIsTold) {
  RelayOptions options = OptionsFor(server().url());
  options.stream = {.max_bytes = int64_t{32} << 20, .max_age = absl::Hours(24 * 30)};
  StartRelay(options);
  Append(1);
  ASSERT_TRUE(WaitUntilDone());
  ASSERT_OK_AND_ASSIGN(const nats::StreamState made, jetstream_->GetStream(kLearnerEventStream));
  EXPECT_EQ(made.max_bytes, int64_t{32} << 20);
  EXPECT_EQ(made.max_age, absl::Hours(24 * 30));
}

TEST_F(OutboxRelayTest, AStreamWithAnotherRoomIsLeftAsItIsAndToldOfOnce) {
  StartRelay();
  Append(1);
  ASSERT_TRUE(WaitUntilDone());
  relay_.reset();
  RelayOptions options = OptionsFor(server().url());
  options.stream.max_age = absl::Hours(24);
  options.publisher.check_interval = absl::Milliseconds(1);
  ::testing::internal::CaptureStderr();
  StartRelay(options);
  Append(1);
  ASSERT_TRUE(WaitUntilDone());
  absl::SleepFor(absl::Milliseconds(100));
  relay_.reset();
  const std::vector<std::string> parts = absl::StrSplit(::testing::internal::GetCapturedStderr(), "has another room");
  EXPECT_EQ(parts.size(), 2) << "told once";
  ASSERT_OK_AND_ASSIGN(const nats::StreamState there, jetstream_->GetStream(kLearnerEventStream));
  EXPECT_EQ(there.max_age, limits::kStreamMaxAge);
}

TEST_F(OutboxRelayTest, AnEventIsACloudEventInBinaryMode) {
  StartRelay();
  Append(1);
  ASSERT_TRUE(WaitUntilDone());
  const auto messages = ReadMessages(1);
  ASSERT_EQ(messages.size(), 1);
  const nats::Message& message = messages.front();
  const StoredEvent recorded = store_.ReadCommitted(0, 1)->front();
  const std::string& pseudonym = recorded.pseudonym;
  EXPECT_EQ(message.subject(), "learner.events.v1.question_answered." + std::to_string(PartitionOf(pseudonym)));
  events::v1::LearnerEvent event;
  event.ParseFromString(recorded.payload);
  MakePseudonymous(event, pseudonym);
  EXPECT_EQ(message.data(), event.SerializeAsString());
  const std::map<std::string, std::string> expected = {
      {"Nats-Msg-Id", ids_[0]},
      {"ce-specversion", "1.0"},
      {"ce-id", ids_[0]},
      {"ce-source", "/edirae/progress"},
      {"ce-type", "org.edirae.learner.question_answered.v1"},
      {"ce-time", "2027-01-15T08:00:00.123Z"},
      {"ce-subject", pseudonym},
      {"ce-partitionkey", pseudonym},
      {"ce-sequence", "1"},
      {"ce-traceparent", kTestTrace},
      {"ce-dataschema", "tag:edirae.org,2026:edirae.events.v1.LearnerEvent/1"},
      {"content-type", "application/protobuf"},
  };
  for (const auto& [name, value] : expected) EXPECT_EQ(message.header(name), value) << name;
}

TEST_F(OutboxRelayTest, FindsItsEventsBetweenWhatOthersPublish) {
  StartRelay();
  Append(1);
  ASSERT_TRUE(WaitUntilDone());
  ASSERT_OK_AND_ASSIGN(const auto stranger, nats::AsyncPublisher::Create(*reader_));
  std::atomic<bool> enough = false;
  std::thread strange([&] {
    while (!enough) stranger->Publish({.subject = "learner.events.v1.strange"}, [](const auto&) {}).IgnoreError();
  });
  Append(500);
  EXPECT_TRUE(WaitUntilDone());
  enough = true;
  strange.join();
  ASSERT_OK(stranger->Drain(absl::Seconds(20)));

  std::map<uint64_t, std::string> by_seq;
  for (const nats::Message& message : ReadMessages(StreamMessages())) {
    if (const auto id = message.header("ce-id")) by_seq[message.stream_seq()] = std::string(*id);
  }
  const auto runs = store_.ReadPublishedRuns();
  ASSERT_OK(runs);
  EXPECT_GT(runs->size(), 1);
  for (const PublishedRun& run : *runs) {
    for (int64_t i = 0; i < run.count; ++i) {
      EXPECT_EQ(by_seq[static_cast<uint64_t>(run.first_stream_seq + i)],
                ids_[static_cast<size_t>(run.first_position + i - 1)]);
    }
  }
}

TEST_F(OutboxRelayTest, CatchesUpWhenNatsComesBack) {
  StartRelay();
  Append(100);
  ASSERT_TRUE(WaitUntilDone());
  server().Kill();
  Append(3000);  // more than the window
  ASSERT_OK(server().Restart());
  Append(50);
  ASSERT_TRUE(WaitUntilDone());
  ASSERT_OK(reader_->WaitConnected(absl::Seconds(10)));
  ExpectAllPublished();
}

TEST_F(OutboxRelayTest, StartsWithoutNats) {
  server().Kill();
  StartRelay();
  Append(100);
  EXPECT_TRUE(
      Eventually([&] { return metrics_.Text().find("edirae_progress_outbox_depth 100") != std::string::npos; }));
  ASSERT_OK(server().Restart());
  ASSERT_TRUE(WaitUntilDone());
  ASSERT_OK(reader_->WaitConnected(absl::Seconds(10)));
  ExpectAllPublished();
}

// A store whose disk is full for the relay.
class FullStore final : public FakeEventStore {
 public:
  absl::Status SaveRelayProgress(const RelayCursor& cursor, std::span<const PublishedRun> runs) override {
    ++attempts;
    if (full) return absl::ResourceExhaustedError("disk is full");
    return FakeEventStore::SaveRelayProgress(cursor, runs);
  }
  std::atomic<bool> full = true;
  std::atomic<int> attempts = 0;
};

TEST_F(OutboxRelayTest, AFullDiskIsTriedAgainAfterAPauseAndNotWithoutEnd) {
  FullStore store;
  ASSERT_OK(store.Append(std::vector{EventOf("ada", 1)}));
  ASSERT_OK_AND_ASSIGN(const auto relay, OutboxRelay::Start(OptionsFor(server().url()), store, clock_, metrics_));
  EXPECT_TRUE(Eventually([&] { return store.attempts > 0; }));
  absl::SleepFor(absl::Seconds(1));
  EXPECT_LE(store.attempts, 8) << "one every 200 ms";
  store.full = false;
  EXPECT_TRUE(Eventually([&] { return store.ReadRelayCursor()->position == 1; }));
}

TEST_F(OutboxRelayTest, ADeletedStreamIsMadeAgainAndFilled) {
  StartRelay();
  Append(200);
  ASSERT_TRUE(WaitUntilDone());
  ASSERT_OK(jetstream_->DeleteStream(kLearnerEventStream));
  Append(100);
  ASSERT_TRUE(Eventually([&] { return StreamMessages() == 300; }));
  ASSERT_TRUE(WaitUntilDone());
  ExpectAllPublished();
}

TEST_F(OutboxRelayTest, AnIdleRelayNoticesThatTheStreamIsGone) {
  StartRelay(absl::Milliseconds(50));
  Append(200);
  ASSERT_TRUE(WaitUntilDone());
  ASSERT_OK(jetstream_->DeleteStream(kLearnerEventStream));
  ASSERT_TRUE(Eventually([&] { return StreamMessages() == 200; }));
}

TEST_F(OutboxRelayTest, AnAcknowledgementThatGoesBackIsNoticedWithoutALook) {
  StartRelay(absl::Hours(1));
  Append(200);
  ASSERT_TRUE(WaitUntilDone());
  ASSERT_OK(jetstream_->DeleteStream(kLearnerEventStream));
  ASSERT_OK(jetstream_->EnsureStream(
      {.name = kLearnerEventStream, .subjects = {"learner.events.v1.>"}, .max_bytes = kTestStreamBytes}));
  Append(1);
  ASSERT_TRUE(Eventually([&] { return StreamMessages() >= 201; }));
  ASSERT_TRUE(WaitUntilDone());
  ExpectAllPublished();
}

TEST_F(OutboxRelayTest, RepublishesAfterStreamRollback) {
  namespace fs = std::filesystem;
  StartRelay();
  Append(100);
  ASSERT_TRUE(WaitUntilDone());
  server().Stop();
  const fs::path store = folder() + "/nats";
  const fs::path older = folder() + "/older";
  fs::copy(store, older, fs::copy_options::recursive);
  ASSERT_OK(server().Restart());
  Append(150);
  ASSERT_TRUE(WaitUntilDone());
  server().Kill();
  fs::remove_all(store);
  fs::rename(older, store);
  ASSERT_OK(server().Restart());
  ASSERT_OK(reader_->WaitConnected(absl::Seconds(10)));
  ASSERT_TRUE(Eventually([&] { return StreamMessages() == 250; }));
  ASSERT_TRUE(WaitUntilDone());
  ExpectAllPublished();
  EXPECT_NE(metrics_.Text().find("edirae_progress_republished_total 150"), std::string::npos);
}

// Not a test of its own: what the next test runs as a process, to kill it. Writes and relays without end.
TEST(OutboxRelayChild, WritesUntilKilled) {
  const char* data = std::getenv(kChildData);
  if (data == nullptr) GTEST_SKIP() << "runs as a child of the next test";
  auto store = SqliteEventStore::Open(data);
  ASSERT_OK(store);
  SystemClock clock;
  Metrics metrics;
  auto relay = OutboxRelay::Start(OptionsFor(std::getenv(kChildNats)), **store, clock, metrics);
  ASSERT_OK(relay);
  for (int64_t seq = *(*store)->LastSeq("ada") + 1;; ++seq) {
    ASSERT_OK((*store)->Append(std::vector{EventOf("ada", seq)}));
    (*relay)->Wake();
  }
}

TEST_F(OutboxRelayTest, AKilledRelayResumesWithoutALoss) {
  const std::string data = folder() + "/ledger";
  process::ChildOptions child;
  child.argv = {std::filesystem::read_symlink("/proc/self/exe"), "--gtest_filter=OutboxRelayChild.*"};
  child.environment = {{kChildData, data}, {kChildNats, server().url()}};
  child.output_file = folder() + "/child.log";
  for (const uint64_t until : {300, 700, 1100}) {
    auto process = process::ChildProcess::Start(child);
    ASSERT_OK(process);
    EXPECT_TRUE(Eventually([&] { return StreamMessages() > until; }, absl::Seconds(20)));
    (*process)->Kill();
  }
  auto store = SqliteEventStore::Open(data);
  ASSERT_OK(store);
  auto relay = OutboxRelay::Start(OptionsFor(server().url()), **store, clock_, metrics_);
  ASSERT_OK(relay);
  EXPECT_TRUE(Eventually([&] { return (*store)->ReadRelayCursor()->position == *(*store)->LastPosition(); }));
  std::set<std::string> seen;
  for (const Seen& message : ReadStream()) seen.insert(message.id);
  const auto recorded = (*store)->ReadCommitted(0, 1 << 20);
  for (const StoredEvent& stored : *recorded) {
    events::v1::LearnerEvent event;
    event.ParseFromString(stored.payload);
    EXPECT_TRUE(seen.contains(event.event_id())) << "position " << stored.position;
  }
  EXPECT_EQ(seen.size(), recorded->size());
}

}  // namespace
}  // namespace edirae::progress
