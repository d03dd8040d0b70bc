// The way to a learner's goal, kept in the ledger, planned by recommend, asked for at the gateway.
#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/answers.h"
#include "tests/platform/one_sitting.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using recommend::v1::GetTrackResponse;
using recommend::v1::TrackChange;
using ::testing::HasSubstr;
using Learn = cli::Session::Learn::Stub;

class TrackTest : public PlatformFixture {
 protected:
  void SetUp() override {
    PlatformOptions options;
    ASSERT_OK_AND_ASSIGN(options.content, ContentForOneSitting(folder_));
    ASSERT_NO_FATAL_FAILURE(StartSplit(options));
    ASSERT_OK_AND_ASSIGN(cli::AnswerSheet sheet, AnswersOf(*platform_));
    sheet_ = std::make_unique<cli::AnswerSheet>(std::move(sheet));
    ada_ = std::make_unique<Student>(*platform_, platform_->gateway().address(), "ada");
  }

  // Returns the place in the history up to which the activity is reflected.
  int64_t Record(learn::v1::RecordActivityRequest request) {
    request.set_request_id(absl::StrCat("activity-", ++requests_));
    const auto response = ada_->session().Call(&Learn::RecordActivity, request);
    EXPECT_OK(response);
    return response.ok() ? response->outcome().as_of_seq() : 0;
  }

  absl::StatusOr<GetTrackResponse> Track(const recommend::v1::TrackProposal* proposal = nullptr) {
    recommend::v1::GetTrackRequest request;
    request.set_roadmap_id(kRoadmap);
    if (proposal != nullptr) *request.mutable_proposal() = *proposal;
    return ada_->session().Call(&cli::Session::Track::Stub::GetTrack, request);
  }

  // Once recommend reflects the history up to `seq`.
  absl::StatusOr<GetTrackResponse> TrackAt(int64_t seq) {
    EXPECT_TRUE(Eventually([&] {
      const auto response = Track();
      return response.ok() && response->track().as_of_seq() >= seq;
    }));
    return Track();
  }

  int64_t SetGoal() {
    learn::v1::RecordActivityRequest request;
    auto& goal = *request.mutable_set_goal()->mutable_goal();
    goal.set_roadmap_id(kRoadmap);
    goal.set_hours_per_week(8);
    const absl::CivilDay tomorrow = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) + 1;
    goal.mutable_target_date()->set_year(static_cast<int>(tomorrow.year()));
    goal.mutable_target_date()->set_month(tomorrow.month());
    goal.mutable_target_date()->set_day(tomorrow.day());
    return Record(request);
  }

  int64_t Master(const std::string& concept_id) {
    int64_t seq = 0;
    const auto questions = ada_->Questions(concept_id);
    EXPECT_OK(questions);
    for (int i = 0; i < 3 && questions.ok(); ++i) {
      const std::string& id = (*questions)[static_cast<size_t>(i)].question_id();
      const auto reply = sheet_->Right(id);
      EXPECT_OK(reply);
      const auto outcome = ada_->Answer(id, *reply, absl::StrCat("answer-", ++requests_));
      EXPECT_OK(outcome);
      if (outcome.ok()) seq = outcome->as_of_seq();
    }
    return seq;
  }

  static std::string FirstOf(const recommend::v1::TrackPlan& plan) { return plan.weeks(0).items(0).concept_id(); }

  TempFolder folder_;
  std::unique_ptr<cli::AnswerSheet> sheet_;
  std::unique_ptr<Student> ada_;
  int requests_ = 0;
};

TEST_F(TrackTest, FollowsWhatTheLearnerShowsAndSaysWhy) {
  const absl::Status none = Track().status();
  EXPECT_EQ(ErrorInfoOf(none).reason(), "NO_GOAL") << none;

  ASSERT_OK_AND_ASSIGN(const GetTrackResponse goal, TrackAt(SetGoal()));
  EXPECT_FALSE(goal.track().feasible()) << "everything by tomorrow";
  EXPECT_EQ(goal.track().alternatives().hours_per_week(), 0) << "no hours are enough";
  EXPECT_EQ(goal.track().alternatives().reachable_date(), goal.track().finish_date());
  EXPECT_THAT(goal.track().summary(), HasSubstr("That does not meet "));
  EXPECT_EQ(goal.changes_size(), 0) << goal.DebugString();
  ASSERT_FALSE(goal.track().weeks().empty());
  const std::string first = FirstOf(goal.track());

  // What begins a later week, to come first.
  const auto later = std::ranges::find_if(goal.track().weeks(), [&](const recommend::v1::TrackWeek& week) {
    return !week.items().empty() && !week.items(0).concept_id().empty() && week.items(0).concept_id() != first;
  });
  ASSERT_NE(later, goal.track().weeks().end());
  const std::string wanted = later->items(0).concept_id();
  recommend::v1::TrackProposal proposal;
  proposal.mutable_pins()->add_pins()->set_concept_id(wanted);
  ASSERT_OK_AND_ASSIGN(const GetTrackResponse tried, Track(&proposal));
  EXPECT_TRUE(std::ranges::any_of(tried.changes(), [](const TrackChange& change) {
    return change.cause() == recommend::v1::TRACK_CAUSE_PINNED;
  })) << tried.DebugString();
  ASSERT_OK_AND_ASSIGN(const GetTrackResponse unchanged, Track());
  EXPECT_EQ(unchanged.pins_size(), 0) << "nothing was recorded";

  learn::v1::RecordActivityRequest pin;
  pin.mutable_pin_concepts()->add_pins()->set_concept_id(wanted);
  ASSERT_OK_AND_ASSIGN(const learn::v1::Home before, ada_->Home());
  EXPECT_EQ(before.next_steps().suggestions(0).concept_id(), first);
  EXPECT_EQ(before.next_steps().suggestions(0).reason(), recommend::v1::REASON_CODE_GOAL);
  ASSERT_OK_AND_ASSIGN(const GetTrackResponse pinned, TrackAt(Record(pin)));
  ASSERT_OK_AND_ASSIGN(const learn::v1::Home home, ada_->Home());
  EXPECT_EQ(home.next_steps().goal().left_count(), pinned.track().concept_count()) << home.DebugString();
  EXPECT_EQ(home.next_steps().suggestions(0).concept_id(), FirstOf(pinned.track())) << "next steps follow the way";
  EXPECT_EQ(home.next_steps().suggestions(0).reason(), recommend::v1::REASON_CODE_PINNED);
  EXPECT_EQ(pinned.track().weeks(0).SerializeAsString(), tried.track().weeks(0).SerializeAsString());
  EXPECT_EQ(pinned.changes_size(), 0) << "it is kept as it is now";

  ASSERT_OK_AND_ASSIGN(const GetTrackResponse after, TrackAt(Master(first)));
  const auto done = std::ranges::find(after.changes(), first, &TrackChange::concept_id);
  ASSERT_NE(done, after.changes().end()) << after.DebugString();
  EXPECT_EQ(done->kind(), recommend::v1::TRACK_CHANGE_KIND_DONE);
  EXPECT_THAT(done->text(), HasSubstr("you have mastered it"));
  EXPECT_FALSE(done->evidence_event_ids().empty());
  EXPECT_TRUE(std::ranges::any_of(after.changes(), [&](const TrackChange& change) {
    return change.kind() == recommend::v1::TRACK_CHANGE_KIND_EARLIER && change.cause_concept_id() == first;
  })) << "what was behind it moves forward, because of it";
  ASSERT_EQ(after.pins_size(), 1) << "the pin stays";
  EXPECT_EQ(after.pins(0).concept_id(), wanted);

  platform_->recommend().Kill();
  std::filesystem::remove_all(platform_->DataFolder("recommend"));
  ASSERT_OK(platform_->recommend().Start());
  ASSERT_OK(platform_->recommend().WaitReady());
  ASSERT_OK_AND_ASSIGN(const GetTrackResponse rebuilt, TrackAt(after.track().as_of_seq()));
  EXPECT_EQ(rebuilt.SerializeAsString(), after.SerializeAsString()) << "all of it is in the ledger";
}

TEST_F(TrackTest, IsNobodyElsesAndKeepsTheRetentionThatIsWanted) {
  recommend::v1::GetTrackRequest request;
  request.set_roadmap_id(kRoadmap);
  request.set_learner_id("bob");
  const absl::Status refused = ada_->session().Call(&cli::Session::Track::Stub::GetTrack, request).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied) << refused;

  learn::v1::RecordActivityRequest prefer;
  prefer.mutable_set_preferences()->mutable_preferences()->set_desired_retention_permille(850);
  Record(prefer);
  ASSERT_OK_AND_ASSIGN(const learn::v1::Home home, ada_->Home());
  EXPECT_EQ(home.progress().preferences().desired_retention_permille(), 850);
}

}  // namespace
}  // namespace edirae::testing
