#include "services/progress/adapters/store_ledger.h"

#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "services/progress/limits.h"
#include "services/progress/testing/blocking_ledger.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using ::testing::SizeIs;

constexpr absl::StatusCode kUnavailable = absl::StatusCode::kUnavailable;

class StoreLedgerTest : public ::testing::Test {
 protected:
  StoreLedgerTest() {
    content_.Set(TestIndex());
    Restart();
  }

  // Forgets everything but the store.
  void Restart() {
    ledger_.reset();
    metrics_ = std::make_unique<Metrics>();
    ledger_ = std::make_unique<StoreLedger>(store_, content_, clock_, *metrics_, 1000, [this] { ++commits_; });
  }

  std::string ReasonOf(const RecordAnswer& answer) {
    return ErrorInfoOf(answer.ok() ? answer->at(0).status() : answer.status()).reason();
  }

  FakeEventStore store_;
  CurrentContent content_;
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  std::atomic<int> commits_ = 0;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<StoreLedger> ledger_;
};

TEST_F(StoreLedgerTest, RecordsAndShowsWhereTheLearnerStands) {
  const auto outcome = RecordOne(*ledger_, "ada", Answer("r1", "vectors.q1"));
  EXPECT_EQ(outcome.learner_seq(), 1);
  EXPECT_TRUE(outcome.graded_answer().correct());
  const auto progress = ReadProgress(*ledger_, "ada");
  ASSERT_OK(progress);
  EXPECT_EQ(progress->as_of_seq(), 1);
  EXPECT_EQ(progress->learner_id(), "ada");
  EXPECT_EQ(progress->concepts(0).unmet(0).have(), 1);
  EXPECT_EQ(ReadHistory(*ledger_, "ada")->as_of_seq, 1);
  EXPECT_EQ(commits_, 1);
}

TEST_F(StoreLedgerTest, ALearnerWithoutAHistoryStandsAtTheStart) {
  const auto progress = ReadProgress(*ledger_, "nobody");
  ASSERT_OK(progress);
  EXPECT_EQ(progress->as_of_seq(), 0);
  EXPECT_EQ(progress->current_stage_id(), "first");
  EXPECT_THAT(ReadProgress(*ledger_, "nobody", "none"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(StoreLedgerTest, OneRefusedActionDoesNotStopTheOthers) {
  const auto answer = Record(
      *ledger_, "ada",
      {Answer("r1", "vectors.q1"), Answer("r2", "none"), Answer("bad id", "vectors.q2"), Answer("r4", "vectors.q2")});
  ASSERT_OK(answer);
  ASSERT_THAT(*answer, SizeIs(4));
  EXPECT_OK(answer->at(0));
  EXPECT_THAT(answer->at(1), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(answer->at(2), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_OK(answer->at(3));
  EXPECT_EQ(ReadHistory(*ledger_, "ada")->as_of_seq, 2);
}

TEST_F(StoreLedgerTest, ARetryGetsTheFirstOutcomeByteForByteAlsoAfterARestart) {
  const auto first = Record(*ledger_, "ada", {Answer("r1", "vectors.q1")});
  RecordOne(*ledger_, "ada", Answer("r2", "vectors.q2"));
  const auto again = Record(*ledger_, "ada", {Answer("r1", "vectors.q1")});
  clock_.Advance(absl::Hours(24 * 365));
  content_.Set(TestIndex(2));
  Restart();
  const auto later = Record(*ledger_, "ada", {Answer("r1", "vectors.q1")});
  ASSERT_OK(later);
  EXPECT_EQ(*first->at(0), *again->at(0));
  EXPECT_EQ(*first->at(0), *later->at(0));
  EXPECT_EQ(ReadHistory(*ledger_, "ada")->as_of_seq, 2);
}

TEST_F(StoreLedgerTest, AnotherActionUnderAUsedRequestIdIsRefused) {
  RecordOne(*ledger_, "ada", Answer("r1", "vectors.q1"));
  const auto other =
      Record(*ledger_, "ada", {Answer("r1", "vectors.q2"), Answer("r2", "vectors.q1"), Answer("r2", "vectors.q3")});
  ASSERT_OK(other);
  EXPECT_THAT(other->at(0), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ErrorInfoOf(other->at(0).status()).reason(), "REQUEST_ID_REUSED");
  EXPECT_OK(other->at(1));
  EXPECT_THAT(other->at(2), StatusIs(absl::StatusCode::kAlreadyExists)) << "also inside one batch";
  EXPECT_OK(Record(*ledger_, "bob", {Answer("r1", "vectors.q2")})->at(0)) << "request ids belong to a learner";
}

TEST_F(StoreLedgerTest, DuplicatesOfOneBatchGetOneOutcome) {
  RecordOne(*ledger_, "ada", Answer("r0", "vectors.q1"));
  store_.HoldAppends();
  auto first = StartRecord(*ledger_, "bob", {Answer("r0", "vectors.q1")});
  ASSERT_TRUE(Eventually([&] { return store_.held_count() == 1; }));
  std::vector<std::future<RecordAnswer>> answers;
  for (int i = 0; i < 20; ++i) answers.push_back(StartRecord(*ledger_, "ada", {Answer("r1", "vectors.q2")}));
  store_.ReleaseAppends();
  std::set<std::string> outcomes;
  for (auto& answer : answers) {
    const RecordAnswer recorded = answer.get();
    ASSERT_OK(recorded);
    outcomes.insert(*recorded->at(0));
  }
  EXPECT_THAT(outcomes, SizeIs(1));
  EXPECT_EQ(ReadHistory(*ledger_, "ada")->as_of_seq, 2);
  EXPECT_OK(first.get());
}

TEST_F(StoreLedgerTest, WhatGathersDuringACommitBecomesTheNextOne) {
  for (int i = 0; i < 50; ++i) ASSERT_OK(ReadProgress(*ledger_, "learner" + std::to_string(i)));  // now in memory
  store_.HoldAppends();
  std::vector<std::future<RecordAnswer>> answers;
  answers.push_back(StartRecord(*ledger_, "learner0", {Answer("r0", "vectors.q1")}));
  ASSERT_TRUE(Eventually([&] { return store_.held_count() == 1; }));
  for (int i = 1; i < 50; ++i) {
    answers.push_back(StartRecord(*ledger_, "learner" + std::to_string(i), {Answer("r", "vectors.q1")}));
  }
  store_.ReleaseAppends();
  for (auto& answer : answers) EXPECT_OK(answer.get()->at(0));
  EXPECT_EQ(store_.append_count(), 2) << "50 actions";
}

TEST_F(StoreLedgerTest, TheNextCommitDoesNotWaitForAnswersOfTheOneBefore) {
  auto request = std::make_unique<v1::RecordEventsRequest>();
  request->set_learner_id("ada");
  *request->add_actions() = Answer("r0", "vectors.q1");
  std::promise<bool> committed;
  ASSERT_OK(ReadProgress(*ledger_, "bob"));  // now in memory, so that the writer gets the next at once
  store_.HoldAppends();
  ledger_->Record({std::move(request), absl::InfiniteFuture(), ""},
                  [&](const absl::StatusOr<std::vector<ActionAnswer>>& /*answers*/) {
                    committed.set_value(Eventually([&] { return store_.append_count() == 2; }));
                  });
  ASSERT_TRUE(Eventually([&] { return store_.held_count() == 1; }));
  auto next = StartRecord(*ledger_, "bob", {Answer("r0", "vectors.q1")});
  store_.ReleaseAppends();
  EXPECT_TRUE(committed.get_future().get()) << "while the first is being answered";
  EXPECT_OK(next.get());
}

TEST_F(StoreLedgerTest, NothingIsRecordedPastTheDeadline) {
  ASSERT_OK(ReadProgress(*ledger_, "ada"));
  store_.HoldAppends();
  auto blocker = StartRecord(*ledger_, "bob", {Answer("r1", "vectors.q1")});
  ASSERT_TRUE(Eventually([&] { return store_.held_count() == 1; }));
  auto late = StartRecord(*ledger_, "ada", {Answer("r1", "vectors.q1")}, clock_.Now() + absl::Seconds(1));
  clock_.Advance(absl::Seconds(2));
  store_.ReleaseAppends();
  EXPECT_THAT(late.get(), StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_EQ(ReadHistory(*ledger_, "ada")->as_of_seq, 0);
  EXPECT_OK(blocker.get());
}

TEST_F(StoreLedgerTest, RefusesWhenTooMuchIsWaiting) {
  ASSERT_OK(ReadProgress(*ledger_, "ada"));
  store_.HoldAppends();
  std::vector<v1::LearnerAction> many(256, Answer("r", "vectors.q1"));
  std::vector<std::future<RecordAnswer>> answers;
  answers.push_back(StartRecord(*ledger_, "ada", {Answer("first", "vectors.q1")}));
  ASSERT_TRUE(Eventually([&] { return store_.held_count() == 1; }));
  for (size_t i = 0; i < limits::kMaxQueuedActions / many.size(); ++i)
    answers.push_back(StartRecord(*ledger_, "ada", many));
  const auto refused = Record(*ledger_, "ada", {Answer("last", "vectors.q1")});
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(ReasonOf(refused), "QUEUE_FULL");
  store_.ReleaseAppends();
  for (auto& answer : answers) EXPECT_OK(answer.get());
}

TEST_F(StoreLedgerTest, AFailedCommitAnswersNobodyAsRecorded) {
  RecordOne(*ledger_, "ada", Answer("r1", "vectors.q1"));
  store_.FailAppends(absl::UnavailableError("I/O error in /secret/path"));
  const auto failed = Record(*ledger_, "ada", {Answer("r2", "vectors.q2")});
  EXPECT_THAT(failed, StatusIs(kUnavailable, ::testing::Not(::testing::HasSubstr("secret"))));
  EXPECT_EQ(ReadProgress(*ledger_, "ada")->as_of_seq(), 1);
  store_.FailAppends(absl::ResourceExhaustedError("full"));
  EXPECT_EQ(ReasonOf(Record(*ledger_, "ada", {Answer("r2", "vectors.q2")})), "STORAGE_FULL");
  store_.FailAppends(absl::OkStatus());
  EXPECT_EQ(RecordOne(*ledger_, "ada", Answer("r2", "vectors.q2")).learner_seq(), 2);
}

TEST_F(StoreLedgerTest, AStaleStateIsFoldedAgain) {
  RecordOne(*ledger_, "ada", Answer("r1", "vectors.q1"));
  Metrics metrics;
  StoreLedger other(store_, content_, clock_, metrics, 1000, [] {});  // another replica
  RecordOne(other, "ada", Answer("r2", "vectors.q2"));
  const auto outcome = RecordOne(*ledger_, "ada", Answer("r3", "vectors.q3"));
  EXPECT_EQ(outcome.learner_seq(), 3);
  EXPECT_EQ(outcome.mastered_concept_ids_size(), 1) << "the other replica's answer counts";
}

TEST_F(StoreLedgerTest, WithoutACatalogNothingIsAnswered) {
  content_.Set(nullptr);
  EXPECT_EQ(ReasonOf(Record(*ledger_, "ada", {Answer("r1", "vectors.q1")})), "NO_CATALOG");
  EXPECT_THAT(ReadProgress(*ledger_, "ada"), StatusIs(kUnavailable));
}

TEST_F(StoreLedgerTest, StoppingFinishesWhatWaitsAndRefusesTheRest) {
  std::vector<std::future<RecordAnswer>> answers;
  for (int i = 0; i < 100; ++i) {
    answers.push_back(StartRecord(*ledger_, "learner" + std::to_string(i), {Answer("r", "vectors.q1")}));
  }
  ledger_->Stop();
  for (auto& answer : answers) EXPECT_OK(answer.get());
  EXPECT_EQ(ReasonOf(Record(*ledger_, "learner1", {Answer("s", "vectors.q1")})), "STOPPING");
  EXPECT_EQ(ReasonOf(Record(*ledger_, "stranger", {Answer("s", "vectors.q1")})), "STOPPING");
}

TEST_F(StoreLedgerTest, HistoriesHaveNoGapUnderConcurrentWriters) {
  constexpr int kThreads = 8;
  constexpr int kEach = 100;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const std::string request = "t" + std::to_string(t) + "-" + std::to_string(i);
        RecordOne(*ledger_, "ada", Answer(request, "vectors.q" + std::to_string(i % 5 + 1), i % 3 != 0));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  int64_t seq = 0;
  const auto history = store_.ReadLearner("ada", 0, 10'000, ~size_t{0});
  ASSERT_OK(history);
  for (const StoredEvent& event : *history) ASSERT_EQ(event.learner_seq, ++seq);
  EXPECT_EQ(seq, kThreads * kEach + 1) << "one mastery among them";
}

TEST_F(StoreLedgerTest, TheLedgerFoldsToWhatWasShownLive) {
  std::mt19937_64 random(edirae::testing::Seed());
  const auto pick = [&](int count) { return std::to_string(random() % static_cast<uint64_t>(count) + 1); };
  const std::vector<std::string> concept_ids = {"vectors", "matrices", "history", "gradients"};
  for (int i = 0; i < 2000; ++i) {
    const std::string learner = "learner" + pick(5);
    const std::string request = "r" + pick(1500);
    const std::string& concept_id = concept_ids[random() % 4];
    v1::LearnerAction action = Answer(request, concept_id + ".q" + pick(6), random() % 4 != 0);
    if (random() % 10 == 0) action = Review(request, concept_id + ".card");
    if (random() % 20 == 0) action = Advance(request, random() % 2 == 0 ? "first" : "second");
    ASSERT_OK(Record(*ledger_, learner, {action}));
  }
  std::vector<std::string> live;
  for (int i = 1; i <= 5; ++i)
    live.push_back(ReadProgress(*ledger_, "learner" + std::to_string(i))->SerializeAsString());
  Restart();
  for (int i = 1; i <= 5; ++i) {
    EXPECT_EQ(ReadProgress(*ledger_, "learner" + std::to_string(i))->SerializeAsString(),
              live[static_cast<size_t>(i - 1)]);
  }
}

}  // namespace
}  // namespace edirae::progress
