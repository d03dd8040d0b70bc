// A ledger that was restored from a backup, over the stream that it had filled since.
#include "gmock/gmock.h"
#include "services/progress/testing/relay_fixture.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using ::testing::HasSubstr;

class RestoredLedgerTest : public OutboxRelayTest {
 protected:
  void SetUp() override {
    OutboxRelayTest::SetUp();
    Append(kInBackup);
    StartRelay();
    ASSERT_TRUE(WaitUntilDone());
    ASSERT_OK_AND_ASSIGN(const RelayCursor cursor, store_.ReadRelayCursor());
    ASSERT_OK(CopyTo(restored_));
    ASSERT_OK(restored_.SaveRelayProgress(cursor, {}));
    Append(20);
    ASSERT_TRUE(WaitUntilDone());
    relay_.reset();
  }

  absl::Status CopyTo(EventStore& store) {
    const auto events = store_.ReadCommitted(0, kInBackup);
    for (const StoredEvent& stored : *events) {
      events::v1::LearnerEvent event;
      event.ParseFromString(stored.payload);
      const std::vector<NewEvent> copy = {{event.learner_id(), event.learner_seq(), stored.payload, "", 0, ""}};
      if (const auto appended = store.Append(copy); !appended.ok()) return appended.status();
    }
    return absl::OkStatus();
  }

  void StartOn(EventStore& store) {
    RelayOptions options = OptionsFor(server().url());
    options.publisher.check_interval = absl::Milliseconds(200);
    ASSERT_OK_AND_ASSIGN(relay_, OutboxRelay::Start(options, store, clock_, metrics_));
  }
  bool Says(const std::string& line) { return metrics_.Text().find(line) != std::string::npos; }
  bool SaysBehind() { return Says("edirae_progress_ledger_behind_stream 1\n"); }

  static constexpr int kInBackup = 100;
  FakeEventStore restored_;
  FakeEventStore other_;
};

TEST_F(RestoredLedgerTest, PublishesNothingOntoWhatItLacksAndSaysWhatToDo) {
  ASSERT_OK(restored_.Append(std::vector{EventOf("new-learner", 1)}));
  ::testing::internal::CaptureStderr();
  StartOn(restored_);
  // Set after each round, so that what the round logged is there.
  const bool waits = Eventually([&] { return Says("edirae_progress_outbox_depth 1\n"); });
  const std::string said = ::testing::internal::GetCapturedStderr();
  EXPECT_TRUE(waits);
  EXPECT_TRUE(SaysBehind());
  EXPECT_THAT(said, HasSubstr("LEARNER_EVENTS holds events that this ledger does not have"));
  EXPECT_THAT(said, HasSubstr("Remedy"));
  EXPECT_EQ(StreamMessages(), 120);

  ASSERT_OK(jetstream_->DeleteStream(kLearnerEventStream));
  EXPECT_TRUE(Eventually([&] { return StreamMessages() == kInBackup + 1; }, absl::Seconds(20)));
  EXPECT_FALSE(SaysBehind());
}

TEST_F(RestoredLedgerTest, AnotherLedgerIsNoticedToo) {
  ASSERT_OK(other_.Append(std::vector{EventOf("somebody", 1)}));
  StartOn(other_);
  EXPECT_TRUE(Eventually([&] { return SaysBehind(); }));
  EXPECT_EQ(StreamMessages(), 120);
}

TEST_F(RestoredLedgerTest, AStreamThatWasMadeAnewSinceTheBackupIsNoticed) {
  ASSERT_OK(jetstream_->DeleteStream(kLearnerEventStream));
  StartRelay();
  ASSERT_TRUE(Eventually([&] { return StreamMessages() == 120; }));
  ASSERT_TRUE(WaitUntilDone());
  relay_.reset();
  StartOn(restored_);
  EXPECT_TRUE(Eventually([&] { return SaysBehind(); }));
}

TEST_F(RestoredLedgerTest, ALedgerThatHasItAllButForgotTheCursorGoesOn) {
  const std::vector<PublishedRun> none;
  ASSERT_OK_AND_ASSIGN(RelayCursor cursor, store_.ReadRelayCursor());
  cursor.position = kInBackup;
  cursor.stream_seq = kInBackup;
  ASSERT_OK(store_.SaveRelayProgress(cursor, none));
  StartRelay();
  Append(5);
  EXPECT_TRUE(WaitUntilDone());
  EXPECT_FALSE(SaysBehind());
  EXPECT_EQ(StreamMessages(), 125);
}

// As after a relay that was killed before it noted what it had sent of somebody who was erased then.
TEST_F(RestoredLedgerTest, WhomTheLedgerHasErasedDoesNotSpeakAgainstIt) {
  ASSERT_OK_AND_ASSIGN(RelayCursor cursor, store_.ReadRelayCursor());
  // The oldest and the newest message behind the cursor are of the same learner.
  cursor.position = cursor.stream_seq = static_cast<int64_t>(ids_.size()) - 8;
  ASSERT_OK(store_.SaveRelayProgress(cursor, {}));
  const std::string erased = "learner" + std::to_string((appended_ - 1) % 7);
  ASSERT_OK(store_.Erase({erased, "key", absl::UnixEpoch(), [](const std::string& pseudonym, int64_t count) {
                            events::v1::LearnerEvent event;
                            event.set_event_id("tombstone");
                            event.set_learner_id(pseudonym);
                            event.set_learner_seq(count + 1);
                            event.mutable_learner_erased();
                            return event.SerializeAsString();
                          }}));
  StartRelay();
  EXPECT_TRUE(Eventually([&] { return (*store_.FindErasure("key"))->complete_time.has_value(); }, absl::Seconds(20)));
  EXPECT_FALSE(SaysBehind());
}

}  // namespace
}  // namespace edirae::progress
