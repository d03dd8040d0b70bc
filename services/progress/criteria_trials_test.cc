// Criteria on trial as their callers see them: the method over a ledger of many learners.
#include "services/progress/adapters/criteria_trials.h"

#include <future>

#include "absl/strings/str_cat.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/progress_rpc/criteria_rpc.h"
#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/criteria_methods.h"
#include "services/progress/testing/blocking_ledger.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

class CriteriaTrialsTest : public ::testing::Test {
 protected:
  CriteriaTrialsTest() {
    content_.Set(TestIndex());
    AddCriteriaMethods(trials_, methods_);
    request_.set_roadmap_id("path");
    auto& trial = *request_.add_concepts();
    trial.set_concept_id("vectors");
    trial.mutable_criterion()->set_min_distinct_correct(1);
  }

  absl::StatusOr<v1::TryCriteriaResponse> Try(identity::v1::Role role = identity::v1::ROLE_AUTHOR) {
    rpc::CallContext context;
    context.principal.set_subject("ann");
    context.principal.set_role(role);
    context.deadline = clock_.Now() + patience_;
    std::promise<absl::StatusOr<rpc::Bytes>> promise;
    methods_.Dispatch(kTryCriteria, context, request_.SerializeAsString(),
                      [&](absl::StatusOr<rpc::Bytes> bytes) { promise.set_value(std::move(bytes)); });
    const absl::StatusOr<rpc::Bytes> bytes = promise.get_future().get();
    if (!bytes.ok()) return bytes.status();
    v1::TryCriteriaResponse response;
    EXPECT_TRUE(response.ParseFromString(**bytes));
    return response;
  }

  FakeEventStore store_;
  CurrentContent content_;
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  absl::Duration patience_ = absl::Seconds(30);
  Metrics metrics_;
  StoreLedger ledger_{store_, content_, clock_, metrics_, 64, [] {}};
  StoreCriteriaTrials trials_{store_, content_, clock_};
  rpc::MethodTable methods_{"progress.edirae", metrics_};
  v1::TryCriteriaRequest request_;
};

TEST_F(CriteriaTrialsTest, EveryLearnerIsPlayedAgainOncePageByPageAndNothingChanges) {
  for (int i = 0; i < 23; ++i) {
    const std::string learner = absl::StrCat("learner", i);
    RecordOne(ledger_, learner, Open("r0", "book"));
    if (i % 3 == 0) RecordOne(ledger_, learner, Answer("r1", "vectors.q1"));
  }
  const int64_t before = *store_.LastPosition();
  request_.set_page_size(5);
  int learners = 0, pages = 0;
  std::vector<std::string> changed;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, Try());
    EXPECT_LE(page.learner_count(), 5);
    learners += page.learner_count();
    for (const auto& learner : page.changed()) {
      changed.push_back(learner.learner_id());
      EXPECT_THAT(learner.gained_concept_ids(), ::testing::ElementsAre("vectors"));
    }
    request_.set_page_token(page.next_page_token());
    ASSERT_LT(++pages, 10);
  } while (!request_.page_token().empty());
  EXPECT_EQ(learners, 23);
  EXPECT_THAT(changed, ::testing::ElementsAre("learner0", "learner3", "learner6", "learner9", "learner12", "learner15",
                                              "learner18", "learner21"));
  EXPECT_EQ(*store_.LastPosition(), before);
}

TEST_F(CriteriaTrialsTest, APageEndsWithTheTimeThatThereIs) {
  for (const char* learner : {"ada", "bob", "eve"}) RecordOne(ledger_, learner, Answer("r1", "vectors.q1"));
  patience_ = absl::ZeroDuration();
  for (const char* learner : {"ada", "bob", "eve"}) {
    ASSERT_OK_AND_ASSIGN(const auto page, Try());
    ASSERT_EQ(page.learner_count(), 1);
    EXPECT_EQ(page.changed(0).learner_id(), learner);
    request_.set_page_token(page.next_page_token());
  }
}

TEST_F(CriteriaTrialsTest, APageAmongEventsOfKnownLearnersEndsInTimeToo) {
  for (int i = 1; i <= 5; ++i) RecordOne(ledger_, "ada", Answer(absl::StrCat("r", i), "vectors.q1"));
  patience_ = absl::ZeroDuration();
  ASSERT_OK_AND_ASSIGN(const auto first, Try());
  ASSERT_EQ(first.learner_count(), 1);
  int empty_pages = 0;
  for (std::string token = first.next_page_token(); !token.empty(); ++empty_pages) {
    request_.set_page_token(token);
    ASSERT_OK_AND_ASSIGN(const auto page, Try());
    EXPECT_EQ(page.learner_count(), 0);
    token = page.next_page_token();
  }
  EXPECT_GE(empty_pages, 4) << "one for each event";
}

TEST_F(CriteriaTrialsTest, IsForAuthorsAndAdministrators) {
  EXPECT_EQ(ErrorInfoOf(Try(identity::v1::ROLE_LEARNER).status()).reason(), "AUTHORS_ONLY");
  EXPECT_EQ(ErrorInfoOf(Try(identity::v1::ROLE_MENTOR).status()).reason(), "AUTHORS_ONLY");
  EXPECT_OK(Try(identity::v1::ROLE_ADMIN));
  EXPECT_OK(Try(identity::v1::ROLE_SERVICE));
}

TEST_F(CriteriaTrialsTest, RefusesTooMuchAndWhatIsNoTrial) {
  request_.mutable_concepts(0)->set_concept_id("none");
  EXPECT_EQ(ErrorInfoOf(Try().status()).reason(), "CONCEPT_NOT_FOUND");
  for (int i = 0; i < limits::kMaxTriedConcepts; ++i) request_.add_concepts();
  EXPECT_EQ(ErrorInfoOf(Try().status()).reason(), "OUT_OF_RANGE");
  request_.clear_concepts();
  request_.set_page_token("odd");
  EXPECT_EQ(ErrorInfoOf(Try().status()).reason(), "BAD_PAGE_TOKEN");
}

}  // namespace
}  // namespace edirae::progress
