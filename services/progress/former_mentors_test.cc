// What is kept of who was a mentor: taken along and forgotten as everything else, while the work that they reviewed
// keeps its reviews.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/progress_rpc/history_rpc.h"
#include "common/progress_rpc/time_travel_rpc.h"
#include "common/status/error.h"
#include "common/testing/files_with.h"
#include "edirae/progress/v1/history_service.pb.h"
#include "edirae/progress/v1/time_travel_service.pb.h"
#include "gmock/gmock.h"
#include "services/progress/testing/export_fixture.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

// Names that no id of hexadecimal digits spells.
constexpr char kMia[] = "Quagmire-mia";
constexpr char kAda[] = "Quagmire-ada";
constexpr char kBob[] = "Quagmire-bob";

class FormerMentorsTest : public ExportFixture {
 protected:
  // Mia reviews what ada has handed in, and claims and gives back what bob has.
  void SetUp() override {
    ProgressServiceTest::SetUp();
    submission_ = Submit(kAda);
    for (const auto& action : {Claim("claim"), ReviewOf(submission_)}) ASSERT_NO_FATAL_FAILURE(Do(kAda, action));
    const std::string other = Submit(kBob);
    v1::LearnerAction release;
    release.set_request_id("release");
    release.mutable_release_submission()->set_submission_id(other);
    release.mutable_release_submission()->set_mentor_id(kMia);
    submission_ = other;
    for (const auto& action : {Claim("claim"), release}) ASSERT_NO_FATAL_FAILURE(Do(kBob, action));
  }

  void Do(const std::string& learner, const v1::LearnerAction& action) {
    ASSERT_OK_AND_ASSIGN(const auto recorded, Record(learner, {action}));
    ASSERT_TRUE(recorded.results(0).has_outcome()) << recorded.ShortDebugString();
  }
  std::string Submit(const std::string& learner) {
    v1::LearnerAction action;
    action.set_request_id("submit");
    action.mutable_submit_milestone()->set_milestone_id("first-work");
    action.mutable_submit_milestone()->set_notes("done");
    const auto recorded = Record(learner, {action});
    EXPECT_OK(recorded);
    return recorded->results(0).outcome().submission().submission_id();
  }
  v1::LearnerAction Claim(const std::string& request_id) const {
    v1::LearnerAction action;
    action.set_request_id(request_id);
    action.mutable_claim_submission()->set_submission_id(submission_);
    action.mutable_claim_submission()->set_mentor_id(kMia);
    return action;
  }
  static v1::LearnerAction ReviewOf(const std::string& submission) {
    v1::LearnerAction action;
    action.set_request_id("review");
    auto& review = *action.mutable_review_submission();
    review.set_submission_id(submission);
    review.set_mentor_id(kMia);
    review.set_verdict(events::v1::REVIEW_VERDICT_APPROVED);
    review.set_feedback("well argued");
    for (const char* criterion : {"clear", "sound"}) {
      auto& score = *review.add_scores();
      score.set_criterion_id(criterion);
      score.set_level_id("great");
    }
    return action;
  }

  // A file of the archive that mia takes along.
  std::string Exported(const std::string& name) {
    const auto archive = Export(kMia, "export", identity::v1::ROLE_MENTOR);
    EXPECT_OK(archive);
    return archive.ok() ? FileOf(*archive, name) : "";
  }
  absl::StatusOr<v1::ErasureReceipt> EraseMia() {
    v1::EraseLearnerRequest request;
    request.set_request_id("erasure");
    return ReceiptOf(request);
  }
  absl::StatusOr<v1::ErasureReceipt> ReceiptOf(const std::string& request_id) {
    v1::EraseLearnerRequest request;
    request.set_request_id(request_id);
    request.set_receipt_only(true);
    return ReceiptOf(request);
  }
  absl::StatusOr<v1::ErasureReceipt> ReceiptOf(const v1::EraseLearnerRequest& request) {
    const auto bytes = CallAs(kMia, kEraseLearner, request.SerializeAsString(), identity::v1::ROLE_MENTOR);
    if (!bytes.ok()) return bytes.status();
    v1::EraseLearnerResponse response;
    EXPECT_TRUE(response.ParseFromString(**bytes));
    return response.receipt();
  }
  std::vector<std::string> FilesWith(const std::string& text) {
    return edirae::testing::FilesWith(folder_.path(), text);
  }
  std::string DigestOf(const std::string& learner) {
    v1::GetStateRequest request;
    request.set_roadmap_id("path");
    const auto bytes = CallAs(learner, kGetState, request.SerializeAsString());
    EXPECT_OK(bytes);
    v1::GetStateResponse response;
    EXPECT_TRUE(bytes.ok() && response.ParseFromString(**bytes));
    return response.digest().digest();
  }
  // Whoever reviewed ada's work, as ada is told.
  std::string ReviewerOfAda() {
    const auto listed = List(kAda, 100);
    EXPECT_OK(listed);
    for (const auto& event : listed->events()) {
      if (event.has_milestone_reviewed()) return event.milestone_reviewed().reviewer_id();
    }
    return "nobody";
  }

  std::string submission_;
};

TEST_F(FormerMentorsTest, TakeAlongWhatTheyDidWithoutWhoseWorkItWas) {
  const std::string lines = Exported("mentoring/000001.jsonl");
  EXPECT_EQ(std::ranges::count(lines, '\n'), 4);
  EXPECT_THAT(lines, HasSubstr("well argued"));
  EXPECT_THAT(lines, HasSubstr("milestone_released"));
  EXPECT_THAT(lines, Not(HasSubstr(kAda)));
  EXPECT_THAT(lines, Not(HasSubstr(kBob)));
  const std::string manifest = Exported("manifest.json");
  EXPECT_THAT(manifest, HasSubstr("\"mentor_act_count\": 4"));
  EXPECT_THAT(manifest, HasSubstr("\"event_count\": 1")) << "that it was taken, and nothing else";
}

TEST_F(FormerMentorsTest, AreForgottenAlsoWhereTheyNeverLearned) {
  const std::string digest = DigestOf(kAda);
  ASSERT_THAT(FilesWith(kMia), Not(IsEmpty()));
  ASSERT_OK_AND_ASSIGN(const auto receipt, EraseMia());
  EXPECT_EQ(receipt.mentor_act_count(), 4);
  EXPECT_EQ(receipt.event_count(), 0);
  EXPECT_THAT(FilesWith(kMia), IsEmpty());
  EXPECT_THAT(ReviewerOfAda(), StartsWith("~"));
  EXPECT_NE(ReviewerOfAda(), absl::StrCat("~", receipt.pseudonym())) << "ada would know who mia is on the bus";
  EXPECT_EQ(DigestOf(kAda), digest) << "or every verification would call it damaged";
  EXPECT_TRUE(Eventually([&] { return EraseMia()->has_proof(); }));
  EXPECT_EQ(EraseMia()->mentor_act_count(), 4) << "the receipt stays";
  EXPECT_EQ(ReceiptOf("erasure")->mentor_act_count(), 4);
  ASSERT_NO_FATAL_FAILURE(Start());
  EXPECT_THAT(FilesWith(kMia), IsEmpty());
  EXPECT_THAT(ReviewerOfAda(), StartsWith("~"));
}

TEST_F(FormerMentorsTest, AreNotErasedByALookAtAReceipt) {
  EXPECT_EQ(ErrorInfoOf(ReceiptOf("erasure").status()).reason(), "ERASURE_NOT_FOUND");
  EXPECT_EQ(ReviewerOfAda(), kMia);
}

TEST_F(FormerMentorsTest, MayComeBackAsSomebodyElse) {
  ASSERT_OK(EraseMia());
  ASSERT_NO_FATAL_FAILURE(Do(kBob, Claim("claim-again"))) << "what waited goes on waiting";
  EXPECT_EQ(Exported("mentoring/000001.jsonl").find("well argued"), std::string::npos);
  EXPECT_THAT(Exported("manifest.json"), HasSubstr("\"mentor_act_count\": 1"));
}

// Also when what the ledger decided last was about the learner, whose state it has at hand then.
TEST_F(FormerMentorsTest, HaveNoClaimAnyMore) {
  ASSERT_NO_FATAL_FAILURE(Do(kBob, Claim("claim-again")));
  ASSERT_OK(EraseMia());
  v1::LearnerAction review = ReviewOf(submission_);
  review.set_request_id("review-after-all");
  ASSERT_OK_AND_ASSIGN(const auto refused, Record(kBob, {review}));
  EXPECT_EQ(ErrorInfoOf(FromProto(refused.results(0).error())).reason(), "NOT_CLAIMED");
  v1::LearnerAction claim = Claim("somebody-else");
  claim.mutable_claim_submission()->set_mentor_id("noa");
  ASSERT_NO_FATAL_FAILURE(Do(kBob, claim)) << "nor does it keep others away";
}

TEST_F(FormerMentorsTest, WhatWasErasedWithOthersIsPassedOver) {
  v1::EraseLearnerRequest request;
  request.set_request_id("erasure");
  ASSERT_OK(CallAs(kAda, kEraseLearner, request.SerializeAsString()));
  EXPECT_EQ(std::ranges::count(Exported("mentoring/000001.jsonl"), '\n'), 2);
  ASSERT_OK_AND_ASSIGN(const auto receipt, EraseMia());
  EXPECT_EQ(receipt.mentor_act_count(), 2);
}

}  // namespace
}  // namespace edirae::progress
