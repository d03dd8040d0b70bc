// Erased learners and the stream: what the relay has sent of theirs, recorded or not, is overwritten.
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/nats/async_publisher.h"
#include "common/testing/files_with.h"
#include "services/progress/testing/relay_fixture.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using ::testing::ElementsAre;

constexpr int kClassSize = 5;

TEST(PlacesToErase, AreWhereRunsSayAndWhereNothingIsSaid) {
  // Positions 1 to 4 lie at 1 to 4; 5 and 6 at 7 and 8; 2 again at 9.
  const std::vector<PublishedRun> runs = {{1, 1, 4}, {5, 7, 2}, {2, 9, 1}};
  EXPECT_THAT(PlacesToErase({2, 6}, runs, 1, 9), ElementsAre(2, 5, 6, 8, 9));
  EXPECT_THAT(PlacesToErase({2, 6}, runs, 6, 11), ElementsAre(6, 8, 9, 10, 11)) << "1 to 5 left by age";
  EXPECT_THAT(PlacesToErase({}, {}, 1, 2), ElementsAre(1, 2));
  EXPECT_THAT(PlacesToErase({3}, {}, 4, 3), ElementsAre());
}

class RelayErasureTest : public OutboxRelayTest {
 protected:
  // The next event of a learner, with an id that can be told in the server's files.
  void Append(const std::string& learner) {
    events::v1::LearnerEvent event;
    const int64_t seq = *store_.LastSeq(learner) + 1;
    event.set_event_id(absl::StrCat("trace-", learner, "-", seq));
    event.set_learner_id(learner);
    event.set_learner_seq(seq);
    event.mutable_card_reviewed()->set_card_id("card");
    ASSERT_OK(store_.Append(std::vector{NewEvent{learner, seq, event.SerializeAsString(), "", 0, ""}}));
    if (relay_ != nullptr) relay_->Wake();
  }
  void AppendRound() {
    for (int i = 0; i < kClassSize; ++i) Append(absl::StrCat("learner", i));
  }

  std::string Erase(const std::string& learner) {
    relay_->NoteErasure();
    std::string pseudonym = EraseElsewhere(learner);
    relay_->NoteErasure();
    return pseudonym;
  }
  // Without a word to the relay.
  std::string EraseElsewhere(const std::string& learner) {
    const auto erasure = store_.Erase({learner, learner, clock_.Now(), [](const std::string& pseudonym, int64_t count) {
                                         events::v1::LearnerEvent event;
                                         event.set_event_id(absl::StrCat("tombstone-", pseudonym));
                                         event.set_learner_id(pseudonym);
                                         event.set_learner_seq(count + 1);
                                         event.mutable_learner_erased()->set_event_count(count);
                                         return event.SerializeAsString();
                                       }});
    EXPECT_OK(erasure);
    return erasure->pseudonym;
  }
  [[nodiscard]] bool IsComplete(const std::string& learner) {
    return Eventually([&] { return (*store_.FindErasure(learner))->complete_time.has_value(); }, absl::Seconds(20));
  }

  // Types of the messages in the stream that are about a learner.
  std::vector<std::string> TypesOf(const std::string& pseudonym) {
    std::vector<std::string> types;
    const auto stream = jetstream_->GetStream(kLearnerEventStream);
    for (uint64_t seq = stream->first_seq; seq <= stream->last_seq; ++seq) {
      const auto message = jetstream_->GetMessage(kLearnerEventStream, seq);
      if (!message.ok() || message->header("ce-subject") != pseudonym) continue;
      types.push_back(message->header("ce-type"));
    }
    return types;
  }

  // Whether any file of the server holds a text.
  bool AnyFileHas(const std::string& text) { return !edirae::testing::FilesWith(folder(), text).empty(); }
};

TEST_F(RelayErasureTest, OverwritesWhatWasPublished) {
  StartRelay();
  for (int round = 0; round < 40; ++round) AppendRound();
  ASSERT_TRUE(WaitUntilDone());
  ASSERT_TRUE(Eventually([&] { return AnyFileHas("trace-learner1-7"); })) << "or the test proves nothing";
  const std::string pseudonym = Erase("learner1");
  ASSERT_TRUE(IsComplete("learner1"));
  EXPECT_EQ((*store_.FindErasure("learner1"))->stream_message_count, 40);
  EXPECT_THAT(TypesOf(pseudonym), ElementsAre("org.edirae.learner.learner_erased.v1"));
  EXPECT_FALSE(AnyFileHas("trace-learner1-"));
  EXPECT_TRUE(AnyFileHas("trace-learner2-7"));
  AppendRound();
  ASSERT_TRUE(WaitUntilDone());
  EXPECT_EQ(TypesOf(*store_.Pseudonym("learner2")).size(), 41);
}

TEST_F(RelayErasureTest, MissesNothingThatIsBeingPublished) {
  StartRelay();
  for (int round = 0; round < 20; ++round) AppendRound();
  std::thread load([&] {
    for (int round = 0; round < 300; ++round) {
      for (const int learner : {2, 3}) Append(absl::StrCat("learner", learner));
    }
  });
  const std::string first = Erase("learner0");  // some of it is on its way
  const std::string second = Erase("learner1");
  load.join();
  ASSERT_TRUE(IsComplete("learner0"));
  ASSERT_TRUE(IsComplete("learner1"));
  ASSERT_TRUE(WaitUntilDone());
  EXPECT_THAT(TypesOf(first), ElementsAre("org.edirae.learner.learner_erased.v1"));
  EXPECT_THAT(TypesOf(second), ElementsAre("org.edirae.learner.learner_erased.v1"));
  EXPECT_FALSE(AnyFileHas("trace-learner0-"));
  EXPECT_FALSE(AnyFileHas("trace-learner1-"));
  EXPECT_EQ(TypesOf(*store_.Pseudonym("learner2")).size(), 320);
}

// As after a crash between publishing and saving where it lies.
TEST_F(RelayErasureTest, FindsWhatNoRunTellsOf) {
  StartRelay();
  AppendRound();
  ASSERT_TRUE(WaitUntilDone());
  const std::string pseudonym = *store_.Pseudonym("learner1");
  ASSERT_OK_AND_ASSIGN(auto publisher, nats::AsyncPublisher::Create(*reader_));
  ASSERT_OK(publisher->Publish({.subject = "learner.events.v1.card_reviewed.1",
                                .headers = {{"ce-subject", pseudonym}, {"ce-type", "some.type.v1"}},
                                .payload = "trace-learner1-unknown"},
                               [](const auto&) {}));
  ASSERT_OK(publisher->Drain(absl::Seconds(10)));
  publisher.reset();
  ASSERT_EQ(TypesOf(pseudonym).size(), 2);
  Erase("learner1");
  ASSERT_TRUE(IsComplete("learner1"));
  EXPECT_EQ((*store_.FindErasure("learner1"))->stream_message_count, 2);
  EXPECT_FALSE(AnyFileHas("trace-learner1-"));
}

TEST_F(RelayErasureTest, GoesOnAfterARestart) {
  StartRelay();
  for (int round = 0; round < 40; ++round) AppendRound();
  ASSERT_TRUE(WaitUntilDone());
  server().Kill();
  const std::string pseudonym = Erase("learner1");
  relay_.reset();
  EXPECT_FALSE((*store_.FindErasure("learner1"))->complete_time.has_value());
  ASSERT_OK(server().Restart());
  StartRelay();
  ASSERT_TRUE(IsComplete("learner1"));
  ASSERT_TRUE(Eventually([&] { return jetstream_->GetStream(kLearnerEventStream).ok(); }));
  EXPECT_THAT(TypesOf(pseudonym), ElementsAre("org.edirae.learner.learner_erased.v1"));
  EXPECT_FALSE(AnyFileHas("trace-learner1-"));
}

TEST_F(RelayErasureTest, FollowsWhatAnotherReplicaErased) {
  StartRelay();
  AppendRound();
  ASSERT_TRUE(WaitUntilDone());
  const std::string pseudonym = EraseElsewhere("learner1");
  ASSERT_TRUE(IsComplete("learner1"));
  EXPECT_THAT(TypesOf(pseudonym), ElementsAre("org.edirae.learner.learner_erased.v1"));
}

}  // namespace
}  // namespace edirae::progress
