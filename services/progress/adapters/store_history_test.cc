// What is kept of who was a mentor, over a ledger in memory.
#include "services/progress/adapters/store_history.h"

#include <future>

#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "services/progress/testing/blocking_ledger.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;

// `mentor` has reviewed ada's work.
class StoreHistoryTest : public ::testing::Test {
 protected:
  StoreHistoryTest() {
    content_.Set(TestIndex());
    EXPECT_TRUE(Eventually([&] { return ledger_.queue().ActsOf("mentor").ok(); }));
    RecordOne(ledger_, "ada", ReviewWork("r1", "first-work"));
  }

  absl::StatusOr<Erasure> Erase(const std::string& learner_id) {
    std::promise<absl::StatusOr<Erasure>> promise;
    history_.Erase({.learner_id = learner_id, .pseudonym = "", .request_id = "erasure"},
                   [&](absl::StatusOr<Erasure> erasure) { promise.set_value(std::move(erasure)); });
    return promise.get_future().get();
  }

  FakeEventStore store_;
  CurrentContent content_;
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  Metrics metrics_;
  StoreLedger ledger_{store_, content_, clock_, metrics_, 64, [] {}};
  StoreHistory history_{store_, ledger_, clock_, metrics_, [] {}};
};

TEST_F(StoreHistoryTest, AnErasureThatFailedForgetsNoAct) {
  store_.FailErasures(absl::ResourceExhaustedError("the disk is full"));
  EXPECT_THAT(Erase("mentor"), StatusIs(absl::StatusCode::kResourceExhausted));
  store_.FailErasures(absl::OkStatus());
  ASSERT_OK_AND_ASSIGN(const Erasure erasure, Erase("mentor"));
  EXPECT_EQ(erasure.mentor_act_count, 1);
}

TEST_F(StoreHistoryTest, WhoStillReviewsIsNotAway) {
  RecordOne(ledger_, "mentor", Answer("r1", "vectors.q1"));
  EXPECT_THAT(history_.ForgetInactive("mentor", 1, clock_.Now()), StatusIs(absl::StatusCode::kAborted));
  EXPECT_OK(history_.ForgetInactive("mentor", 1, clock_.Now() + absl::Seconds(1)));
  EXPECT_EQ(ReadHistory(ledger_, "ada")->as_of_seq, 1) << "the review stays";
}

TEST_F(StoreHistoryTest, WhoseActsAreAllGoneIsNobody) {
  ASSERT_OK(Erase("ada"));
  EXPECT_THAT(Erase("mentor"), StatusIs(absl::StatusCode::kNotFound));
  std::promise<absl::StatusOr<ExportPart>> promise;
  history_.Export({.learner_id = "mentor", .request_id = "export", .place = std::nullopt},
                  [&](absl::StatusOr<ExportPart> part) { promise.set_value(std::move(part)); });
  EXPECT_THAT(promise.get_future().get().status(), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace edirae::progress
