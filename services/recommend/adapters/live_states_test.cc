#include "services/recommend/adapters/live_states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/testing/fake_checkpoint_store.h"
#include "services/recommend/testing/owns_all.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;

class LiveStatesTest : public ::testing::Test {
 protected:
  std::unique_ptr<LiveStates> Make(size_t max_learners = 1000) {
    const auto note = [this](const std::string& learner_id) {
      const std::lock_guard lock(mutex_);
      unknown_.push_back(learner_id);
    };
    return std::make_unique<LiveStates>(store_, max_learners, metrics_, note, testing::OwnsAll());
  }
  static StateSource::Result Get(LiveStates& states, const std::string& learner_id) {
    std::promise<StateSource::Result> promise;
    states.Get(learner_id, [&promise](StateSource::Result result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
  }
  static LiveStates::First Fold(LiveStates& states, const events::v1::LearnerEvent& event) {
    return states
        .Change(event.learner_id(),
                [&](LiveStates::Hand& hand) { edirae::recommend::Fold(testing::SampleModels(), event, hand.Write()); })
        .value();
  }
  static LiveStates::First Look(LiveStates& states, const std::string& learner_id) {
    return states.Change(learner_id, [](LiveStates::Hand& hand) { hand.Read(); }).value();
  }
  std::vector<std::string> Unknown() {
    const std::lock_guard lock(mutex_);
    return unknown_;
  }

  Metrics metrics_;
  testing::FakeCheckpointStore store_;
  std::mutex mutex_;
  std::vector<std::string> unknown_;
};

TEST_F(LiveStatesTest, AStrangerHasTheEmptyStateAndIsReportedOnce) {
  const auto states = Make();
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK_AND_ASSIGN(const auto state, Get(*states, "ada"));
    EXPECT_EQ(state->applied_seq, 0);
    EXPECT_EQ(state->learner_id, "ada");
  }
  ASSERT_TRUE(Eventually([&] { return !Unknown().empty(); }));
  EXPECT_THAT(Unknown(), ElementsAre("ada"));
}

TEST_F(LiveStatesTest, LoadsAColdLearnerAndSeesWhatIsPut) {
  testing::History history;
  ASSERT_OK(store_.Save({testing::Folded(history.Learn("vectors"))}, {}));
  const auto states = Make();
  ASSERT_OK_AND_ASSIGN(auto loaded, Get(*states, "ada"));
  EXPECT_EQ(loaded->applied_seq, 4);
  Fold(*states, history.Answer("matrices", 1, true).events().back());
  ASSERT_OK_AND_ASSIGN(auto newer, Get(*states, "ada"));
  EXPECT_EQ(newer->applied_seq, 5);
  EXPECT_EQ(loaded->applied_seq, 4) << "whoever has got a state keeps it";
}

TEST_F(LiveStatesTest, AStateChangesInPlaceUntilSomebodyHasGotIt) {
  const auto states = Make();
  const auto events = testing::History().Learn("vectors").events();
  const LearnerState* first = nullptr;
  const LearnerState* second = nullptr;
  ASSERT_OK(states->Change("ada", [&](LiveStates::Hand& hand) {
    EXPECT_EQ(hand.Read().applied_seq, 0);
    first = &hand.Write();
    edirae::recommend::Fold(testing::SampleModels(), events[0], hand.Write());
  }));
  ASSERT_OK(states->Change("ada", [&](LiveStates::Hand& hand) { second = &hand.Write(); }));
  EXPECT_EQ(second, first);
  const auto saved = states->ToSave("ada");
  EXPECT_EQ(saved.get(), first);
  Fold(*states, events[1]);
  EXPECT_EQ(saved->applied_seq, 1);
  EXPECT_EQ((*states->GetNow("ada"))->applied_seq, 2);
}

TEST_F(LiveStatesTest, SaysOfWhatAChangeWasTheFirst) {
  const auto states = Make();
  const auto events = testing::History().Learn("vectors").events();
  const auto is = [](bool of_round, bool unsaved) {
    return AllOf(Field(&LiveStates::First::of_round, of_round), Field(&LiveStates::First::unsaved, unsaved));
  };
  states->BeginRound();
  EXPECT_THAT(Fold(*states, events[0]), is(true, true));
  EXPECT_THAT(Fold(*states, events[1]), is(false, false));
  EXPECT_THAT(Look(*states, "ada"), is(false, false)) << "nothing changed";
  states->BeginRound();
  EXPECT_THAT(Look(*states, "ada"), is(false, false)) << "nothing changed";
  EXPECT_THAT(Fold(*states, events[2]), is(true, false));
  ASSERT_NE(states->ToSave("ada"), nullptr);
  EXPECT_THAT(Fold(*states, events[3]), is(false, true));
  EXPECT_EQ(states->ToSave("nobody"), nullptr);
}

TEST_F(LiveStatesTest, AFailedLoadIsTriedAgainNextTime) {
  store_.FailLoads(absl::UnavailableError("no disk"));
  const auto states = Make();
  EXPECT_THAT(Get(*states, "ada"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(states->GetNow("ada"), StatusIs(absl::StatusCode::kUnavailable));
  store_.FailLoads(absl::OkStatus());
  EXPECT_OK(Get(*states, "ada"));
}

TEST_F(LiveStatesTest, ADamagedCheckpointCountsAsNone) {
  store_.FailLoads(absl::DataLossError("bits"));
  const auto states = Make();
  ASSERT_OK_AND_ASSIGN(const auto state, Get(*states, "ada"));
  EXPECT_EQ(state->applied_seq, 0);
  EXPECT_TRUE(Eventually([&] { return Unknown() == std::vector<std::string>{"ada"}; }));
}

TEST_F(LiveStatesTest, NeverDropsAStateThatIsNotSaved) {
  const auto states = Make(/*max_learners=*/16);  // one a shard
  std::vector<std::shared_ptr<const LearnerState>> all;
  for (int i = 0; i < 200; ++i) {
    const testing::History history = testing::History(absl::StrCat("learner-", i)).Learn("vectors");
    for (const auto& event : history.events()) Fold(*states, event);
    all.push_back(testing::Folded(history));
  }
  for (const auto& state : all) {
    ASSERT_OK_AND_ASSIGN(const auto held, states->GetNow(state->learner_id));
    EXPECT_EQ(*held, *state);
  }
  ASSERT_OK(store_.Save(all, {}));
  for (const auto& state : all) states->Saved(*state);
  EXPECT_LE(metrics_.Gauge("edirae_recommend_live_learners", "Learners whose state is in memory.").Value(), 16);
  for (const auto& state : all) {
    ASSERT_OK_AND_ASSIGN(const auto held, states->GetNow(state->learner_id));
    EXPECT_EQ(*held, *state);
  }
}

TEST_F(LiveStatesTest, AnswersEverybodyWhenItStops) {
  const auto states = Make();
  states->Stop();
  EXPECT_THAT(Get(*states, "ada"), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace edirae::recommend
