#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "common/rpc/unary.h"
#include "common/testing/eventually.h"
#include "edirae/recommend/v1/track_service.grpc.pb.h"
#include "services/recommend/testing/service_fixture.h"

namespace edirae::recommend {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using testing::History;

class TrackServiceTest : public testing::ServiceFixture {
 protected:
  // As ada, who calls the gateway.
  absl::StatusOr<v1::GetTrackResponse> Get(const v1::GetTrackRequest& request) {
    const auto tracks = v1::TrackService::NewStub(service_->server().InProcessChannel());
    v1::GetTrackResponse response;
    const auto context = ContextFor("ada");
    const grpc::Status status = tracks->GetTrack(context.get(), request, &response);
    if (!status.ok()) return rpc::FromGrpc(status);
    return response;
  }
};

TEST_F(TrackServiceTest, KeepsATrackAndTellsWhatHasChanged) {
  v1::GetTrackRequest request;
  request.set_roadmap_id("maths");
  EXPECT_THAT(Get(request), StatusIs(absl::StatusCode::kFailedPrecondition)) << "no goal";
  request.mutable_proposal()->set_hours_per_week(5);
  ASSERT_OK_AND_ASSIGN(const auto tried, Get(request));
  EXPECT_EQ(tried.track().learner_id(), "ada") << "without a name: the caller";
  EXPECT_EQ(tried.track().concept_count(), 4);
  EXPECT_FALSE(tried.has_kept());

  events::v1::GoalSet goal;
  goal.set_roadmap_id("maths");
  goal.set_hours_per_week(1);
  History ada("ada", clock_.Now());
  ada.Learn("vectors").SetGoal(goal).Pin({"history"});
  const size_t kept = ada.events().size();
  Publish(ada.events());
  ASSERT_TRUE(Reaches("ada", static_cast<int64_t>(kept)));
  request.clear_proposal();
  ASSERT_OK_AND_ASSIGN(const auto same, Get(request));
  EXPECT_EQ(same.kept().weeks_size(), same.track().weeks_size());
  EXPECT_EQ(same.changes_size(), 0) << same.DebugString();
  EXPECT_EQ(same.keep_time().seconds(), absl::ToUnixSeconds(clock_.Now()));
  ASSERT_EQ(same.pins_size(), 1);
  EXPECT_EQ(same.track().weeks(0).items(0).concept_id(), "history");
  EXPECT_TRUE(same.track().weeks(0).items(0).pinned());

  request.mutable_proposal()->set_hours_per_week(20);
  request.mutable_proposal()->mutable_pins();
  ASSERT_OK_AND_ASSIGN(const auto other, Get(request));
  EXPECT_EQ(other.track().as_of_seq(), static_cast<int64_t>(kept));
  EXPECT_EQ(other.pins_size(), 0);
  EXPECT_EQ(other.changes(0).kind(), v1::TRACK_CHANGE_KIND_END);
  EXPECT_EQ(other.kept().SerializeAsString(), same.track().SerializeAsString()) << "compared with what is kept";

  ada.Lapse("vectors");
  Publish({ada.events().back()});
  ASSERT_TRUE(Reaches("ada", static_cast<int64_t>(kept) + 1));
  request.clear_proposal();
  ASSERT_OK_AND_ASSIGN(const auto lapsed, Get(request));
  const auto moved = std::ranges::find(lapsed.changes(), "trees", &v1::TrackChange::concept_id);
  ASSERT_NE(moved, lapsed.changes().end()) << lapsed.DebugString();
  EXPECT_EQ(moved->kind(), v1::TRACK_CHANGE_KIND_LATER);
  EXPECT_EQ(moved->cause(), v1::TRACK_CAUSE_LAPSED);
  EXPECT_THAT(moved->text(), ::testing::HasSubstr("you lapsed on Vectors, which it needs"));
  EXPECT_EQ(lapsed.track().weeks(0).items(0).concept_id(), "history") << "the pin stays";

  StopService();
  StartService();
  ASSERT_OK_AND_ASSIGN(const auto again, Get(request));
  EXPECT_EQ(again.SerializeAsString(), lapsed.SerializeAsString()) << "all of it is in the checkpoint";
}

TEST_F(TrackServiceTest, SuggestionsFollowTheTrackThatIsKept) {
  events::v1::GoalSet goal;
  goal.mutable_concepts()->add_concept_ids("trees");
  goal.set_hours_per_week(5);
  History ada("ada", clock_.Now());
  ada.Answer("vectors", 1, true);
  Publish(ada.events());
  ASSERT_TRUE(Reaches("ada", 1));
  const auto watch = Watch("ada");
  ASSERT_TRUE(Eventually([&] { return watch->as_of_seq() == 1; }));
  EXPECT_FALSE(watch->responses().back().next_steps().has_goal());

  ada.SetGoal(goal).Pin({"history"});
  Publish({ada.events().end() - 2, ada.events().end()});
  ASSERT_TRUE(Eventually([&] { return watch->as_of_seq() == 3; }));
  const v1::NextSteps steps = watch->responses().back().next_steps();
  ASSERT_EQ(steps.suggestions_size(), 2) << steps.DebugString();
  EXPECT_EQ(steps.suggestions(0).concept_id(), "history");
  EXPECT_EQ(steps.suggestions(0).reason(), v1::REASON_CODE_PINNED);
  EXPECT_EQ(steps.suggestions(1).concept_id(), "vectors");
  EXPECT_THAT(steps.suggestions(1).further_reasons(), ::testing::ElementsAre(v1::REASON_CODE_GOAL));
  v1::GetTrackRequest request;
  request.set_roadmap_id("maths");
  ASSERT_OK_AND_ASSIGN(const auto track, Get(request));
  EXPECT_EQ(steps.goal().left_count(), track.track().concept_count()) << "one way, counted once";
  EXPECT_EQ(track.track().weeks(0).items(0).concept_id(), steps.suggestions(0).concept_id());
  EXPECT_EQ(track.track().weeks(0).items(1).concept_id(), steps.suggestions(1).concept_id());
  EXPECT_EQ(steps.SerializeAsString(), Expected(ada).SerializeAsString());
}

TEST_F(TrackServiceTest, TheGoalFollowsItsConceptWhenThatIsRenamed) {
  events::v1::GoalSet goal;
  goal.mutable_concepts()->add_concept_ids("trees");
  goal.set_hours_per_week(5);
  History ada("ada", clock_.Now());
  ada.SetGoal(goal).Pin({"trees"});
  Publish(ada.events());
  ASSERT_TRUE(Reaches("ada", 2));
  ASSERT_OK_AND_ASSIGN(const v1::NextSteps before, Suggest("ada"));
  EXPECT_EQ(before.goal().title(), "Trees");

  auto content = testing::SampleContent();
  auto& renamed = *content.mutable_roadmaps(0)->mutable_stages(1)->mutable_concepts(1);
  renamed.set_concept_id("forests");
  renamed.set_title("Forests");
  auto& migration = *content.add_migrations();
  migration.set_from_concept_id("trees");
  migration.add_to_concept_ids("forests");
  catalog_.Publish(2, content);
  ASSERT_TRUE(Eventually([&] {
    const auto steps = Suggest("ada");
    return steps.ok() && steps->catalog_revision() == 2;
  }));
  ASSERT_OK_AND_ASSIGN(const v1::NextSteps after, Suggest("ada"));
  EXPECT_EQ(after.goal().title(), "Forests");
  EXPECT_EQ(after.goal().left_count(), before.goal().left_count());
  EXPECT_EQ(after.suggestions(0).explanation(), "Forests, which you have pinned, needs Vectors.");
  v1::GetTrackRequest request;
  request.set_roadmap_id("maths");
  ASSERT_OK_AND_ASSIGN(const auto track, Get(request));
  EXPECT_EQ(track.goal().concepts().concept_ids(0), "forests");
  EXPECT_EQ(track.pins(0).concept_id(), "forests");
}

TEST_F(TrackServiceTest, RefusesWhatIsNoTrack) {
  const auto code = [this](const v1::GetTrackRequest& request) { return Get(request).status().code(); };
  v1::GetTrackRequest good;
  good.set_roadmap_id("maths");
  good.mutable_proposal()->set_hours_per_week(5);
  EXPECT_EQ(code(good), absl::StatusCode::kOk);
  v1::GetTrackRequest bad = good;
  bad.set_learner_id("bob");
  EXPECT_EQ(code(bad), absl::StatusCode::kPermissionDenied);
  bad = good;
  bad.set_roadmap_id("medicine");
  EXPECT_EQ(code(bad), absl::StatusCode::kNotFound);
  bad = good;
  bad.mutable_proposal()->set_career_id("cook");
  EXPECT_EQ(code(bad), absl::StatusCode::kNotFound);
  const auto refuses = [&](const std::function<void(v1::TrackProposal&)>& spoil) {
    bad = good;
    spoil(*bad.mutable_proposal());
    return code(bad) == absl::StatusCode::kInvalidArgument;
  };
  EXPECT_TRUE(refuses([](auto& it) { it.set_hours_per_week(101); }));
  EXPECT_TRUE(refuses([](auto& it) { it.set_hours_per_week(std::numeric_limits<double>::quiet_NaN()); }));
  EXPECT_TRUE(refuses([](auto& it) { it.set_target_date("soon"); }));
  EXPECT_TRUE(refuses([](auto& it) { it.mutable_concepts(); })) << "no concept";
  EXPECT_TRUE(refuses([](auto& it) { it.mutable_pins()->add_pins()->set_concept_id("No Slug"); }));
  EXPECT_TRUE(refuses([](auto& it) {
    it.set_without_target_date(true);
    it.set_target_date("2090-01-01");
  }));
  EXPECT_TRUE(refuses([](auto& it) {
    for (int i = 0; i < 2; ++i) it.mutable_pins()->add_pins()->set_concept_id("vectors");
  }));
  EXPECT_TRUE(refuses([](auto& it) {
    auto& pin = *it.mutable_pins()->add_pins();
    pin.set_concept_id("vectors");
    pin.mutable_day()->set_year(2027);
    pin.mutable_day()->set_month(13);
  }));
  bad = good;
  bad.mutable_proposal()->mutable_pins()->add_pins()->set_concept_id("cooking");
  EXPECT_EQ(code(bad), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace edirae::recommend
