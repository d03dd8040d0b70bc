#include "services/recommend/adapters/learner_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>
#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"

namespace edirae::recommend {
namespace {

// Answers when it is told to.
class FakePseudonyms final : public PseudonymSource {
 public:
  void Find(const std::string& learner_id, Callback callback) override {
    ++asked[learner_id];
    waiting.emplace_back(learner_id, std::move(callback));
  }
  void AnswerAll(const std::string& suffix = "") {
    for (auto& [learner_id, callback] : std::exchange(waiting, {}))
      std::move(callback)(absl::StrCat("p-", learner_id, suffix));
  }
  std::map<std::string, int> asked;
  std::vector<std::pair<std::string, Callback>> waiting;
};

// States by pseudonym.
class FakeStates final : public StateSource {
 public:
  void Get(const std::string& pseudonym, Callback callback) override {
    auto state = std::make_shared<LearnerState>();
    state->learner_id = pseudonym;
    state->applied_seq = applied[pseudonym];
    std::move(callback)(Result(std::move(state)));
  }
  std::map<std::string, int64_t> applied;
};

class LearnerNamesTest : public ::testing::Test {
 protected:
  // The pseudonym of the state that is given; empty while none is, and the error's code when one is.
  std::string& Ask(const std::string& learner_id) {
    answers_.emplace_back();
    names_.Get(learner_id, [&answer = answers_.back()](StateSource::Result state) {
      answer = state.ok() ? (*state)->learner_id : absl::StatusCodeToString(state.status().code());
    });
    return answers_.back();
  }

  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  FakePseudonyms source_;
  FakeStates states_;
  std::set<std::string> watched_;
  std::list<std::string> answers_;
  LearnerNames names_{source_, states_, clock_, 3,
                      [this](const std::string& learner_id) { return watched_.contains(learner_id); }};
};

TEST_F(LearnerNamesTest, AsksOnceForALearnerWhoHasAHistory) {
  states_.applied["p-ada"] = 3;
  const std::string& first = Ask("ada");
  const std::string& second = Ask("ada");
  EXPECT_EQ(first, "");
  EXPECT_EQ(source_.asked["ada"], 1) << "the second waits for the same answer";
  source_.AnswerAll();
  EXPECT_EQ(first, "p-ada");
  EXPECT_EQ(second, "p-ada");
  clock_.Advance(absl::Hours(1));
  EXPECT_EQ(Ask("ada"), "p-ada");
  EXPECT_EQ(source_.asked["ada"], 1);
  EXPECT_EQ(names_.LearnerOf("p-ada"), "ada");
}

TEST_F(LearnerNamesTest, ALearnerWithoutAHistoryIsAskedForAgain) {
  Ask("ada");
  source_.AnswerAll();
  EXPECT_EQ(Ask("ada"), "p-ada");
  EXPECT_EQ(source_.asked["ada"], 1);
  clock_.Advance(absl::Minutes(1));
  const std::string& later = Ask("ada");
  source_.AnswerAll("-new");  // progress was started again
  EXPECT_EQ(later, "p-ada-new");
  EXPECT_EQ(names_.LearnerOf("p-ada"), std::nullopt);
  EXPECT_EQ(names_.LearnerOf("p-ada-new"), "ada");
}

TEST_F(LearnerNamesTest, WhoIsErasedIsSomebodyElseAfterwards) {
  states_.applied["p-ada"] = 3;
  Ask("ada");
  source_.AnswerAll();
  names_.Forget("p-ada");
  EXPECT_EQ(names_.LearnerOf("p-ada"), std::nullopt);
  const std::string& later = Ask("ada");
  source_.AnswerAll("-new");
  EXPECT_EQ(later, "p-ada-new");
}

TEST_F(LearnerNamesTest, ForgetsWhoeverAskedLongestAgoAndNobodyWhoIsWatched) {
  watched_ = {"watched"};
  Ask("watched");
  source_.AnswerAll();
  for (int i = 0; i < 5; ++i) {
    Ask(absl::StrCat("learner", i));
    source_.AnswerAll();
  }
  EXPECT_EQ(names_.LearnerOf("p-watched"), "watched");
  EXPECT_EQ(names_.LearnerOf("p-learner0"), std::nullopt);
  EXPECT_EQ(names_.LearnerOf("p-learner4"), "learner4");
}

TEST_F(LearnerNamesTest, AnErrorIsToldAndNotRemembered) {
  const std::string& answer = Ask("ada");
  for (auto& [learner_id, callback] : std::exchange(source_.waiting, {})) {
    std::move(callback)(absl::DeadlineExceededError("progress does not answer"));
  }
  EXPECT_EQ(answer, "UNAVAILABLE");
  const std::string& later = Ask("ada");
  source_.AnswerAll();
  EXPECT_EQ(later, "p-ada");
}

}  // namespace
}  // namespace edirae::recommend
