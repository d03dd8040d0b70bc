#include "services/recommend/adapters/live_states.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "services/recommend/testing/fake_checkpoint_store.h"
#include "services/recommend/testing/owns_all.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;

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
  states->Put(testing::Folded(history.Answer("matrices", 1, true)));
  ASSERT_OK_AND_ASSIGN(auto newer, Get(*states, "ada"));
  EXPECT_EQ(newer->applied_seq, 5);
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
    all.push_back(testing::Folded(testing::History(absl::StrCat("learner-", i)).Learn("vectors")));
    ASSERT_OK(states->GetNow(all.back()->learner_id));
    states->Put(all.back());
  }
  for (const auto& state : all) {
    ASSERT_OK_AND_ASSIGN(const auto held, states->GetNow(state->learner_id));
    EXPECT_EQ(held, state);
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
