// A history is the same in whatever holds its rows: its digests, every place of its past, and what comes out of it by
// other criteria.
#include <algorithm>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/clock/clock.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/progress/adapters/criteria_trials.h"
#include "services/progress/adapters/ledger_verifier.h"
#include "services/progress/adapters/store_time_travel.h"
#include "services/progress/domain/history_digest.h"
#include "services/progress/testing/test_content.h"
#include "services/progress/testing/test_learner.h"
#include "tests/contract/event_stores.h"

namespace edirae::progress {
namespace {

constexpr uint64_t kSeed = 17;

LedgerDigests DigestsOf(EventStore& store, const LedgerDigests* known, int64_t expected_comparisons) {
  auto found = LedgerVerifier(store, known, kSeed, [](const VerificationStep&) {}).Run();
  EXPECT_OK(found);
  if (!found.ok()) return {};
  for (const LedgerDifference& one : found->differences) ADD_FAILURE() << one.learner_id << ": " << one.what;
  EXPECT_EQ(found->compared_count, expected_comparisons);
  return found->digests;
}

class HistoryContract : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override {
    store_ = GetParam().open(folder_.path());
    ASSERT_NE(store_, nullptr);
    content_.Set(TestIndex());
    for (const char* learner : {"ada", "bob", "eve", "zoe"}) rows_[learner] = RowsOfMastery(learner);
    // One after the other, then in turn: where the rows lie says nothing.
    for (const char* learner : {"ada", "bob"}) ASSERT_OK(store_->Append(rows_[learner]));
    for (size_t i = 0; i < rows_["eve"].size(); ++i) {
      ASSERT_OK(store_->Append(std::vector{rows_["eve"][i], rows_["zoe"][i]}));
    }
  }

  v1::GetStateResponse StateAt(const std::string& learner, int64_t seq) {
    StoreTimeTravel past(*store_, content_);
    std::promise<absl::StatusOr<v1::GetStateResponse>> answer;
    past.ReadState({learner, "path", {.seq = seq}},
                   [&](absl::StatusOr<v1::GetStateResponse> state) { answer.set_value(std::move(state)); });
    auto state = answer.get_future().get();
    EXPECT_OK(state);
    return state.value_or(v1::GetStateResponse());
  }

  const edirae::testing::TempFolder folder_;
  const FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  CurrentContent content_;
  std::unique_ptr<EventStore> store_;
  std::map<std::string, std::vector<NewEvent>> rows_;  // by learner
};

TEST_P(HistoryContract, DigestsFoundInOneStoreHoldInAnother) {
  FakeEventStore other;
  for (const char* learner : {"zoe", "ada", "eve", "bob"}) ASSERT_OK(other.Append(rows_[learner]));
  const LedgerDigests known = DigestsOf(*store_, nullptr, 0);
  EXPECT_EQ(known.histories.size(), 4);
  EXPECT_TRUE(DigestsOf(other, &known, 4).histories == known.histories);
}

TEST_P(HistoryContract, EveryPlaceOfThePastIsRead) {
  for (const char* learner : {"ada", "eve"}) {
    uint64_t digest = 0;
    ASSERT_OK_AND_ASSIGN(const auto events, store_->ReadLearner(learner, 0, 100, 1 << 20));
    for (const StoredEvent& event : events) {
      digest = DigestAfter(digest, event.payload);
      const v1::GetStateResponse state = StateAt(learner, event.learner_seq);
      EXPECT_EQ(state.progress().as_of_seq(), event.learner_seq);
      EXPECT_EQ(state.digest().digest(), DigestText(digest));
      EXPECT_EQ(state.progress().concepts(0).answer_count(), std::min(event.learner_seq, int64_t{3}));
    }
  }
}

TEST_P(HistoryContract, OtherCriteriaArePlayedOnEverybody) {
  StoreCriteriaTrials trials(*store_, content_, clock_);
  TrialQuery query{.request = {}, .max_learners = 3, .deadline = absl::InfiniteFuture()};
  query.request.set_roadmap_id("path");
  auto& trial = *query.request.add_concepts();
  trial.set_concept_id("vectors");
  trial.mutable_criterion()->set_min_distinct_correct(4);
  std::vector<std::string> lost;
  do {
    std::promise<absl::StatusOr<TrialPage>> answer;
    trials.Try(query, [&](absl::StatusOr<TrialPage> page) { answer.set_value(std::move(page)); });
    ASSERT_OK_AND_ASSIGN(const TrialPage page, answer.get_future().get());
    for (const auto& changed : page.response.changed()) {
      EXPECT_THAT(changed.lost_concept_ids(), ::testing::ElementsAre("vectors"));
      lost.push_back(changed.learner_id());
    }
    query.after_position = page.next_position;
  } while (query.after_position != 0);
  EXPECT_THAT(lost, ::testing::ElementsAre("ada", "bob", "eve", "zoe"));
}

INSTANTIATE_TEST_SUITE_P(Stores, HistoryContract, EveryStore(), NameOfStore);

}  // namespace
}  // namespace edirae::progress
