// The mentors' queue as its callers see it: the methods over a ledger in memory that outlives them.
#include <future>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/progress_rpc/mentor_rpc.h"
#include "common/rpc/method_table.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/rpc/mentor_methods.h"
#include "services/progress/testing/blocking_ledger.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MentorsTest : public ::testing::Test {
 protected:
  MentorsTest() {
    content_.Set(TestIndex());
    Start();
  }

  // Forgets everything but the store, as a restart does.
  void Start() {
    methods_.reset();
    ledger_.reset();
    metrics_ = std::make_unique<Metrics>();
    ledger_ = std::make_unique<StoreLedger>(store_, content_, clock_, *metrics_, 64, [] {});
    methods_ = std::make_unique<rpc::MethodTable>("progress.edirae", *metrics_);
    AddMentorMethods(*ledger_, ledger_->queue(), *methods_);
    EXPECT_TRUE(Eventually([&] { return ReasonOf(List("mia")) != "QUEUE_NOT_READY"; }));
  }

  template <class Response, class Request>
  absl::StatusOr<Response> Call(const char* method, const std::string& caller, const Request& request,
                                identity::v1::Role role = identity::v1::ROLE_MENTOR) {
    rpc::CallContext context;
    context.principal.set_subject(caller);
    context.principal.set_role(role);
    context.deadline = clock_.Now() + absl::Seconds(30);
    std::promise<absl::StatusOr<rpc::Bytes>> promise;
    methods_->Dispatch(method, context, request.SerializeAsString(),
                       [&](absl::StatusOr<rpc::Bytes> bytes) { promise.set_value(std::move(bytes)); });
    const absl::StatusOr<rpc::Bytes> bytes = promise.get_future().get();
    if (!bytes.ok()) return bytes.status();
    Response response;
    EXPECT_TRUE(response.ParseFromString(**bytes));
    return response;
  }
  absl::StatusOr<v1::ListMilestoneSubmissionsResponse> List(const std::string& mentor, int page_size = 0,
                                                            const std::string& token = "") {
    v1::ListMilestoneSubmissionsRequest request;
    request.set_page_size(page_size);
    request.set_page_token(token);
    return Call<v1::ListMilestoneSubmissionsResponse>(kListMilestoneSubmissions, mentor, request);
  }
  absl::StatusOr<v1::ClaimMilestoneSubmissionResponse> Claim(const std::string& mentor, const std::string& submission,
                                                             const std::string& request_id) {
    v1::ClaimMilestoneSubmissionRequest request;
    request.set_request_id(request_id);
    request.set_submission_id(submission);
    return Call<v1::ClaimMilestoneSubmissionResponse>(kClaimMilestoneSubmission, mentor, request);
  }
  absl::StatusOr<v1::ReviewMilestoneResponse> Approve(const std::string& mentor, const std::string& submission,
                                                      const std::string& request_id) {
    v1::ReviewMilestoneRequest request;
    request.set_request_id(request_id);
    auto& review = *request.mutable_review();
    review.set_submission_id(submission);
    review.set_verdict(events::v1::REVIEW_VERDICT_APPROVED);
    for (const char* criterion : {"clear", "sound"}) {
      auto& score = *review.add_scores();
      score.set_criterion_id(criterion);
      score.set_level_id("great");
    }
    return Call<v1::ReviewMilestoneResponse>(kReviewMilestone, mentor, request);
  }
  std::string Submit(const std::string& learner, const std::string& milestone = "first-work") {
    v1::LearnerAction action;
    action.set_request_id(absl::StrCat("submit-", ++requests_));
    action.mutable_submit_milestone()->set_milestone_id(milestone);
    action.mutable_submit_milestone()->set_notes("done");
    return RecordOne(*ledger_, learner, action).submission().submission_id();
  }
  std::vector<std::string> Listed(const std::string& mentor) {
    std::vector<std::string> ids;
    const auto page = List(mentor);
    EXPECT_OK(page);
    if (!page.ok()) return ids;
    for (const auto& submission : page->submissions()) ids.push_back(submission.submission_id());
    return ids;
  }
  template <class Result>
  static std::string ReasonOf(const absl::StatusOr<Result>& result) {
    return ErrorInfoOf(result.status()).reason();
  }

  FakeEventStore store_;
  FakeClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  CurrentContent content_;
  std::unique_ptr<Metrics> metrics_;
  std::unique_ptr<StoreLedger> ledger_;
  std::unique_ptr<rpc::MethodTable> methods_;
  int requests_ = 0;
};

TEST_F(MentorsTest, WhatIsHandedInIsListedAtOnceAndAfterARestart) {
  const std::string first = Submit("ada");
  const std::string second = Submit("bob");
  EXPECT_THAT(Listed("mia"), ElementsAre(first, second));
  ASSERT_OK(Claim("mia", first, "c1"));
  Start();
  EXPECT_THAT(Listed("mia"), ElementsAre(first, second));
  EXPECT_THAT(Listed("noa"), ElementsAre(second)) << "the claim survives too";
  EXPECT_EQ(ReasonOf(Claim("noa", first, "c2")), "CLAIMED_BY_ANOTHER");
  clock_.Advance(absl::Minutes(30));
  EXPECT_THAT(Listed("noa"), ElementsAre(first, second));
  EXPECT_OK(Claim("noa", first, "c3"));
}

TEST_F(MentorsTest, ARetriedReviewGetsItsFirstAnswerAlsoOnceDecided) {
  const std::string submission = Submit("ada");
  ASSERT_OK(Claim("mia", submission, "c1"));
  ASSERT_OK_AND_ASSIGN(const auto first, Approve("mia", submission, "r1"));
  EXPECT_EQ(first.submission().verdict(), events::v1::REVIEW_VERDICT_APPROVED);
  ASSERT_OK_AND_ASSIGN(const auto again, Approve("mia", submission, "r1"));
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  Start();
  ASSERT_OK_AND_ASSIGN(const auto later, Approve("mia", submission, "r1"));
  EXPECT_EQ(later.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(ReasonOf(Approve("mia", submission, "r2")), "SUBMISSION_NOT_FOUND");
  EXPECT_THAT(Listed("noa"), IsEmpty());
}

TEST_F(MentorsTest, OfManyClaimsAtOnceOneHolds) {
  const std::string submission = Submit("ada");
  std::vector<std::future<bool>> claims;
  for (int i = 0; i < 8; ++i) {
    claims.push_back(std::async(std::launch::async, [&, i] {
      return Claim(absl::StrCat("mentor-", i), submission, absl::StrCat("claim-", i)).ok();
    }));
  }
  int held = 0;
  for (auto& claim : claims) held += claim.get() ? 1 : 0;
  EXPECT_EQ(held, 1);
}

TEST_F(MentorsTest, ForMentorsAndForThemselvesOnly) {
  v1::ListMilestoneSubmissionsRequest request;
  for (const auto role : {identity::v1::ROLE_LEARNER, identity::v1::ROLE_AUTHOR, identity::v1::ROLE_UNSPECIFIED}) {
    const auto list = Call<v1::ListMilestoneSubmissionsResponse>(kListMilestoneSubmissions, "ada", request, role);
    EXPECT_EQ(list.status().code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(ReasonOf(list), "MENTORS_ONLY");
  }
  request.set_mentor_id("noa");
  EXPECT_EQ(ReasonOf(Call<v1::ListMilestoneSubmissionsResponse>(kListMilestoneSubmissions, "mia", request)),
            "OTHER_SUBJECT");
  EXPECT_OK(Call<v1::ListMilestoneSubmissionsResponse>(kListMilestoneSubmissions, "service", request,
                                                       identity::v1::ROLE_SERVICE));
  const std::string own = Submit("mia");
  EXPECT_THAT(Listed("mia"), IsEmpty());
  const auto claim = Claim("mia", own, "c1");
  EXPECT_EQ(claim.status().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(claim), "OWN_REVIEW");
}

TEST_F(MentorsTest, PagesFollowEachOther) {
  std::vector<std::string> submitted;
  for (const char* learner : {"ada", "bob", "cem"}) submitted.push_back(Submit(learner));
  std::vector<std::string> listed;
  std::string token;
  do {
    ASSERT_OK_AND_ASSIGN(const auto page, List("mia", 1, token));
    ASSERT_THAT(page.submissions(), SizeIs(1));
    listed.push_back(page.submissions(0).submission_id());
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(listed, submitted);
  ASSERT_OK_AND_ASSIGN(const auto page, List("mia", 1));
  EXPECT_EQ(ReasonOf(List("noa", 1, page.next_page_token())), "BAD_PAGE_TOKEN") << "good for its mentor only";
  EXPECT_EQ(ReasonOf(List("mia", -1)), "BAD_PAGE_SIZE");
}

TEST_F(MentorsTest, WhatIsNotThereIsNotFound) {
  EXPECT_EQ(ReasonOf(Claim("mia", "none", "c1")), "SUBMISSION_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Claim("mia", Submit("ada"), "")), "MALFORMED_ID");
}

}  // namespace
}  // namespace edirae::progress
