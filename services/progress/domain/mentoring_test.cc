#include "services/progress/domain/mentoring.h"

#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "services/progress/domain/milestone_queue.h"
#include "services/progress/domain/submission.h"
#include "services/progress/limits.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;
using events::v1::REVIEW_VERDICT_APPROVED;
using events::v1::REVIEW_VERDICT_RETURNED;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kWork[] = "first-work";

// A gate asks for `first-work`, and for no other milestone.
class MentoringTest : public ::testing::Test, protected TestLearner {
 protected:
  MentoringTest() {
    catalog::v1::RevisionContent gated = TestContent();
    auto& gate = *gated.mutable_roadmaps(0)->mutable_stages(0)->mutable_gate_criterion();
    gate.set_criterion_id("with-work");
    gate.set_version(1);
    gate.set_milestone_approved(true);
    content = IndexOf(gated, 2);
  }

  v1::LearnerAction Submission(const std::string& milestone_id = kWork) {
    v1::LearnerAction action;
    action.set_request_id(NextId());
    auto& submit = *action.mutable_submit_milestone();
    submit.set_milestone_id(milestone_id);
    submit.set_notes("look");
    submit.add_evidence()->set_url("https://code.example.org/work?x=1#top");
    submit.mutable_evidence(0)->set_evidence_id("code");
    return action;
  }
  std::string Submit(const std::string& milestone_id = kWork) {
    return Do(Submission(milestone_id)).outcome.submission().submission_id();
  }
  v1::LearnerAction Withdrawal() {
    v1::LearnerAction action;
    action.set_request_id(NextId());
    action.mutable_withdraw_milestone()->set_milestone_id(kWork);
    return action;
  }
  v1::LearnerAction Claim(const std::string& submission, const std::string& mentor) {
    v1::LearnerAction action;
    action.set_request_id(NextId());
    action.mutable_claim_submission()->set_submission_id(submission);
    action.mutable_claim_submission()->set_mentor_id(mentor);
    return action;
  }
  v1::LearnerAction Release(const std::string& submission, const std::string& mentor) {
    v1::LearnerAction action;
    action.set_request_id(NextId());
    action.mutable_release_submission()->set_submission_id(submission);
    action.mutable_release_submission()->set_mentor_id(mentor);
    return action;
  }
  // `level` is that of both criteria.
  v1::LearnerAction Found(const std::string& submission, const std::string& mentor, const std::string& level,
                          events::v1::ReviewVerdict verdict) {
    v1::LearnerAction action;
    action.set_request_id(NextId());
    auto& review = *action.mutable_review_submission();
    review.set_submission_id(submission);
    review.set_mentor_id(mentor);
    review.set_verdict(verdict);
    review.set_feedback("by " + mentor);
    for (const char* criterion : {"sound", "clear"}) {
      auto& score = *review.add_scores();
      score.set_criterion_id(criterion);
      score.set_level_id(level);
    }
    return action;
  }
  // Claims, then reviews.
  Decision Judge(const std::string& submission, const std::string& mentor, const std::string& level,
                 events::v1::ReviewVerdict verdict) {
    Do(Claim(submission, mentor));
    return Do(Found(submission, mentor, level, verdict));
  }
  bool Approved() const { return state.Approval(KeyOf(kWork)) != nullptr; }
  v1::MilestoneProgress Work() const {
    return View().milestones_size() > 0 ? View().milestones(0) : v1::MilestoneProgress();
  }
};

TEST_F(MentoringTest, AClearApprovalDecidesAndOpensTheGate) {
  Master("vectors");
  Master("matrices");
  EXPECT_FALSE(Do(Advance(NextId(), "first")).outcome.gate_decision().granted());
  const std::string submission = Submit();
  EXPECT_EQ(Work().status(), v1::MILESTONE_STATUS_SUBMITTED);
  const Decision decision = Judge(submission, "mia", "great", REVIEW_VERDICT_APPROVED);
  ASSERT_THAT(Kinds(decision), ElementsAre(LearnerEvent::kMilestoneReviewed, LearnerEvent::kMilestoneDecided));
  const auto& reviewed = decision.events[0].milestone_reviewed();
  EXPECT_EQ(reviewed.review_number(), 1);
  ASSERT_THAT(reviewed.scores(), SizeIs(2));
  EXPECT_EQ(reviewed.scores(0).criterion_id(), "clear") << "in the milestone's order";
  EXPECT_EQ(reviewed.scores(0).points(), 100);
  EXPECT_THAT(decision.events[1].milestone_decided().evidence_event_ids(), ElementsAre(decision.events[0].event_id()));
  EXPECT_EQ(Work().status(), v1::MILESTONE_STATUS_APPROVED);
  EXPECT_EQ(Work().feedback(), "by mia");
  const Decision passed = Do(Advance(NextId(), "first"));
  EXPECT_TRUE(passed.outcome.gate_decision().granted());
  EXPECT_EQ(passed.events[1].stage_passed().evidence_event_ids(2), decision.events[1].event_id());
  EXPECT_EQ(Folded(), state);
}

TEST_F(MentoringTest, NearTheThresholdASecondMentorLooksToo) {
  const std::string submission = Submit();
  const Decision first = Judge(submission, "mia", "good", REVIEW_VERDICT_APPROVED);
  EXPECT_THAT(Kinds(first), ElementsAre(LearnerEvent::kMilestoneReviewed));
  EXPECT_EQ(first.outcome.submission().second_opinion(), events::v1::SECOND_OPINION_NEAR_THRESHOLD);
  EXPECT_EQ(first.outcome.submission().verdict(), events::v1::REVIEW_VERDICT_UNSPECIFIED);
  EXPECT_FALSE(Approved());
  EXPECT_EQ(Reason(Claim(submission, "mia")), "REVIEWED_ALREADY");
  const Decision second = Judge(submission, "noa", "good", REVIEW_VERDICT_APPROVED);
  EXPECT_THAT(second.events[1].milestone_decided().evidence_event_ids(),
              ElementsAre(first.events[0].event_id(), second.events[0].event_id()));
  EXPECT_TRUE(Approved());
  EXPECT_EQ(Folded(), state);
}

TEST_F(MentoringTest, WhenTwoDisagreeAThirdDecides) {
  for (const auto third : {REVIEW_VERDICT_APPROVED, REVIEW_VERDICT_RETURNED}) {
    const std::string submission = Submit();
    const Decision first = Judge(submission, "mia", "good", REVIEW_VERDICT_APPROVED);
    const Decision second = Judge(submission, "noa", "poor", REVIEW_VERDICT_RETURNED);
    EXPECT_EQ(second.outcome.submission().second_opinion(), events::v1::SECOND_OPINION_DISAGREEMENT);
    EXPECT_FALSE(Approved());
    const Decision last = Judge(submission, "oli", "good", third);
    ASSERT_THAT(last.events, SizeIs(2));
    const auto& decided = last.events[1].milestone_decided();
    EXPECT_EQ(decided.verdict(), third);
    const LearnerEvent& same = third == REVIEW_VERDICT_APPROVED ? first.events[0] : second.events[0];
    EXPECT_THAT(decided.evidence_event_ids(), ElementsAre(same.event_id(), last.events[0].event_id()));
    EXPECT_EQ(Approved(), third == REVIEW_VERDICT_APPROVED);
    state = LearnerState();
    history.clear();
  }
}

TEST_F(MentoringTest, WhoApprovesWhatAnotherReturnedIsNotAlone) {
  Judge(Submit(), "mia", "poor", REVIEW_VERDICT_RETURNED);
  EXPECT_EQ(Work().status(), v1::MILESTONE_STATUS_RETURNED);
  const std::string again = Submit();
  EXPECT_EQ(Work().attempt(), 2);
  const Decision other = Judge(again, "noa", "great", REVIEW_VERDICT_APPROVED);
  EXPECT_EQ(other.outcome.submission().second_opinion(), events::v1::SECOND_OPINION_RETURNED_BEFORE);
  EXPECT_FALSE(Approved());
  Judge(again, "mia", "great", REVIEW_VERDICT_APPROVED);
  EXPECT_TRUE(Approved());
}

TEST_F(MentoringTest, WhoReturnedItMayApproveItAlone) {
  Judge(Submit(), "mia", "poor", REVIEW_VERDICT_RETURNED);
  Judge(Submit(), "mia", "great", REVIEW_VERDICT_APPROVED);
  EXPECT_TRUE(Approved());
}

TEST_F(MentoringTest, WhatNoGateAsksForIsDecidedByOne) {
  const Decision decision = Judge(Submit("second-work"), "mia", "good", REVIEW_VERDICT_APPROVED);
  EXPECT_THAT(decision.events, SizeIs(2));
  EXPECT_NE(state.Approval(KeyOf("second-work")), nullptr);
}

TEST_F(MentoringTest, AClaimLastsHalfAnHourByTheLedgersClock) {
  const std::string submission = Submit();
  const Decision claim = Do(Claim(submission, "mia"));
  EXPECT_EQ(claim.outcome.submission().claim_expire_time().seconds(), absl::ToUnixSeconds(now) + 1800);
  EXPECT_EQ(claim.outcome.submission().notes(), "look");
  EXPECT_EQ(claim.outcome.submission().evidence(0).evidence_id(), "code");
  EXPECT_EQ(Reason(Claim(submission, "noa")), "CLAIMED_BY_ANOTHER");
  now += absl::Minutes(29);
  Do(Claim(submission, "mia"));  // for 30 more
  now += absl::Minutes(30) - absl::Seconds(1);
  EXPECT_EQ(Reason(Claim(submission, "noa")), "CLAIMED_BY_ANOTHER");
  now += absl::Seconds(1);
  EXPECT_EQ(Reason(Found(submission, "mia", "great", REVIEW_VERDICT_APPROVED)), "NOT_CLAIMED");
  EXPECT_EQ(Reason(Release(submission, "mia")), "NOT_CLAIMED");
  Do(Claim(submission, "noa"));
  Do(Release(submission, "noa"));
  EXPECT_EQ(Reason(Found(submission, "noa", "great", REVIEW_VERDICT_APPROVED)), "NOT_CLAIMED");
  EXPECT_OK(Try(Claim(submission, "mia")));
  EXPECT_EQ(Folded(), state);
}

TEST_F(MentoringTest, NobodyReviewsTheirOwnWork) {
  const std::string submission = Submit();
  EXPECT_EQ(Reason(Claim(submission, id)), "OWN_REVIEW");
  EXPECT_EQ(Reason(Found(submission, id, "great", REVIEW_VERDICT_APPROVED)), "OWN_REVIEW");
}

TEST_F(MentoringTest, WhatIsWithdrawnIsNotReviewed) {
  const std::string submission = Submit();
  EXPECT_EQ(Reason(Submission()), "SUBMISSION_OPEN");
  Do(Claim(submission, "mia"));
  EXPECT_TRUE(Do(Withdrawal()).outcome.submission().withdrawn());
  EXPECT_EQ(Reason(Withdrawal()), "NO_OPEN_SUBMISSION");
  EXPECT_EQ(Reason(Found(submission, "mia", "great", REVIEW_VERDICT_APPROVED)), "SUBMISSION_NOT_FOUND");
  EXPECT_EQ(Reason(Claim("no-uuid", "mia")), "SUBMISSION_NOT_FOUND");
  EXPECT_EQ(Do(Submission()).outcome.submission().attempt(), 2);
  Judge(Work().submission_id(), "mia", "great", REVIEW_VERDICT_APPROVED);
  EXPECT_EQ(Reason(Submission()), "MILESTONE_DECIDED");
  EXPECT_EQ(Folded(), state);
}

TEST_F(MentoringTest, ScoresAreWholeAndFitTheVerdict) {
  const std::string submission = Submit();
  Do(Claim(submission, "mia"));
  v1::LearnerAction found = Found(submission, "mia", "great", REVIEW_VERDICT_APPROVED);
  auto& review = *found.mutable_review_submission();
  review.mutable_scores(0)->set_level_id("none");
  EXPECT_EQ(Reason(found), "SCORES_INCOMPLETE");
  review.mutable_scores(0)->set_level_id("poor");
  EXPECT_EQ(Reason(found), "VERDICT_CONTRADICTS_SCORES");
  review.mutable_scores(0)->set_criterion_id("clear");
  EXPECT_EQ(Reason(found), "SCORES_INCOMPLETE") << "one twice, one never";
  review.mutable_scores()->RemoveLast();
  EXPECT_EQ(Reason(found), "SCORES_INCOMPLETE");
  found = Found(submission, "mia", "great", REVIEW_VERDICT_APPROVED);
  found.mutable_review_submission()->add_scores()->set_criterion_id("beauty");
  EXPECT_EQ(Reason(found), "SCORES_INCOMPLETE");
  found = Found(submission, "mia", "poor", REVIEW_VERDICT_RETURNED);
  found.mutable_review_submission()->clear_feedback();
  EXPECT_EQ(Reason(found), "MISSING_FIELD");
  found.mutable_review_submission()->set_feedback(std::string(limits::kMaxReviewFeedbackBytes + 1, 'x'));
  EXPECT_EQ(Reason(found), "TEXT_TOO_LONG");
  found.mutable_review_submission()->set_verdict(events::v1::REVIEW_VERDICT_UNSPECIFIED);
  EXPECT_EQ(Reason(found), "MISSING_FIELD");
}

TEST_F(MentoringTest, ASubmissionHasBounds) {
  v1::LearnerAction submission = Submission("none");
  EXPECT_EQ(Reason(submission), "MILESTONE_NOT_FOUND");
  submission = Submission();
  submission.mutable_submit_milestone()->mutable_evidence(0)->set_evidence_id("none");
  EXPECT_EQ(Reason(submission), "EVIDENCE_NOT_FOUND");
  submission.mutable_submit_milestone()->clear_evidence();
  submission.mutable_submit_milestone()->clear_notes();
  EXPECT_EQ(Reason(submission), "MISSING_FIELD");
  submission.mutable_submit_milestone()->set_notes(std::string(limits::kMaxNotesBytes + 1, 'x'));
  EXPECT_EQ(Reason(submission), "TEXT_TOO_LONG");
  submission = Submission();
  for (int i = 0; i < limits::kMaxEvidenceLinks; ++i) {
    *submission.mutable_submit_milestone()->add_evidence() = submission.submit_milestone().evidence(0);
  }
  EXPECT_EQ(Reason(submission), "OUT_OF_RANGE");
}

TEST(EvidenceUrl, IsHttpsAndHidesNothing) {
  for (const char* good : {"https://example.org", "https://a.example.org:8443/x?y=%20#z", "https://1.2.3.4/"}) {
    EXPECT_OK(CheckEvidenceUrl(good)) << good;
  }
  for (const char* bad : {"", "http://example.org", "HTTPS://example.org", "javascript:alert(1)", "https://",
                          "https:///x", "https://host", "https://bank.example@evil.example/", "https://.example.org",
                          "https://example.org./", "https://exam ple.org", "https://example.org/\x1b[2J",
                          "https://ex\xc3\xa4mple.org", "https://example.org:port/", "https://a.b/<script>"}) {
    EXPECT_FALSE(CheckEvidenceUrl(bad).ok()) << bad;
  }
  EXPECT_FALSE(CheckEvidenceUrl("https://example.org/" + std::string(limits::kMaxUrlBytes, 'x')).ok());
}

TEST_F(MentoringTest, AReviewByAServiceDecidesAsEver) {
  const std::string submission = Submit();
  Do(ReviewWork(NextId(), kWork, false));
  EXPECT_EQ(Work().status(), v1::MILESTONE_STATUS_RETURNED);
  EXPECT_EQ(Reason(Claim(submission, "mia")), "SUBMISSION_NOT_FOUND");
  Do(ReviewWork(NextId(), kWork));
  EXPECT_TRUE(Approved());
  EXPECT_EQ(Folded(), state);
}

// The queue sees what the histories say.
class QueueTest : public MentoringTest {
 protected:
  void Follow() {
    for (; applied_ < history.size(); ++applied_) {
      if (MilestoneQueue::Concerns(history[applied_])) {
        queue_.Apply({static_cast<int64_t>(applied_) + 1, history[applied_]});
      }
    }
  }
  std::vector<std::string> Listed(const std::string& mentor, const std::string& milestone = "") {
    Follow();
    std::vector<std::string> listed;
    const QueuePage page = queue_.List({mentor, milestone, 0, 100, absl::ToUnixSeconds(now)});
    for (const auto& submission : page.submissions) listed.push_back(submission.submission_id());
    return listed;
  }

  MilestoneQueue queue_;
  size_t applied_ = 0;
};

TEST_F(QueueTest, ListsWhatAMentorMayClaimOldestFirst) {
  const std::string first = Submit();
  const std::string second = Submit("second-work");
  EXPECT_THAT(Listed("mia"), ElementsAre(first, second));
  EXPECT_THAT(Listed("mia", "second-work"), ElementsAre(second));
  EXPECT_THAT(Listed(id), IsEmpty()) << "own work";
  Do(Claim(first, "mia"));
  EXPECT_THAT(Listed("mia"), ElementsAre(first, second)) << "one's own claim is listed";
  EXPECT_THAT(Listed("noa"), ElementsAre(second));
  now += absl::Minutes(30);
  EXPECT_THAT(Listed("noa"), ElementsAre(first, second)) << "a claim ends by itself";
  Judge(first, "mia", "good", REVIEW_VERDICT_APPROVED);
  EXPECT_THAT(Listed("mia"), ElementsAre(second)) << "waits for somebody else";
  EXPECT_THAT(Listed("noa"), ElementsAre(first, second));
  Judge(first, "noa", "good", REVIEW_VERDICT_APPROVED);
  EXPECT_THAT(Listed("oli"), ElementsAre(second));
  EXPECT_EQ(queue_.LearnerOf(first), id) << "for retries";
  EXPECT_EQ(queue_.LearnerOf("none"), "");
  Do(Claim(second, "mia"));
  Do(Release(second, "mia"));
  EXPECT_THAT(Listed("noa"), ElementsAre(second));
  queue_.Forget(id);
  EXPECT_THAT(Listed("noa"), IsEmpty());
  EXPECT_EQ(queue_.LearnerOf(second), "");
}

TEST_F(QueueTest, ATombstoneTakesWhatHadItsPseudonym) {
  const std::string submitted = Submit();
  ASSERT_TRUE(MilestoneQueue::Concerns(history.back()));
  queue_.Apply({1, history.back(), "pseudonym"});
  LearnerEvent tombstone;
  tombstone.mutable_learner_erased();
  tombstone.set_learner_id("somebody-else");
  ASSERT_TRUE(MilestoneQueue::Concerns(tombstone));
  queue_.Apply({2, tombstone, "somebody-else"});
  EXPECT_EQ(queue_.LearnerOf(submitted), id);
  tombstone.set_learner_id("pseudonym");
  queue_.Apply({3, tombstone, "pseudonym"});
  EXPECT_EQ(queue_.LearnerOf(submitted), "");
  EXPECT_EQ(queue_.size(), 0);
}

TEST_F(QueueTest, GoesOnFromPageToPage) {
  const std::string first = Submit();
  const std::string second = Submit("second-work");
  Follow();
  const QueuePage page = queue_.List({"mia", "", 0, 1, 0});
  ASSERT_THAT(page.submissions, SizeIs(1));
  EXPECT_EQ(page.submissions[0].submission_id(), first);
  const QueuePage next = queue_.List({"mia", "", page.next_position, 1, 0});
  ASSERT_THAT(next.submissions, SizeIs(1));
  EXPECT_EQ(next.submissions[0].submission_id(), second);
  EXPECT_EQ(next.next_position, 0);
}

TEST_F(QueueTest, WhatAServiceReviewsLeavesIt) {
  Submit();
  Do(ReviewWork(NextId(), kWork, false));
  EXPECT_THAT(Listed("mia"), IsEmpty());
  const std::string again = Submit();
  EXPECT_THAT(Listed("mia"), ElementsAre(again));
  Do(Withdrawal());
  EXPECT_THAT(Listed("mia"), IsEmpty());
  EXPECT_EQ(queue_.size(), 0u);
}

}  // namespace
}  // namespace edirae::progress
