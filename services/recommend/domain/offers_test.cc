#include "services/recommend/domain/offers.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

v1::NextSteps StepsTo(const std::string& concept_id, const std::string& learner_id = "ada") {
  v1::NextSteps steps;
  steps.set_learner_id(learner_id);
  steps.set_roadmap_id("maths");
  steps.set_as_of_seq(7);
  auto& step = *steps.add_suggestions();
  step.set_kind(v1::STEP_KIND_LEARN);
  step.set_concept_id(concept_id);
  step.set_reason(v1::REASON_CODE_FRONTIER);
  step.set_score(0.5);
  step.set_explanation("You are ready.");
  step.add_resource_ids("book");
  return steps;
}

bool IsNew(LastOffers& last, const v1::NextSteps& steps) { return last.IsNew(steps, OfferKeyOf(steps)); }

v1::RecommendationEvent EventOf(const v1::NextSteps& steps, absl::Time now) {
  return OfferEvent(steps, OfferKeyOf(steps), now);
}

TEST(Offers, OfTheSameStepsAreOne) {
  LastOffers last(10);
  v1::NextSteps steps = StepsTo("vectors");
  EXPECT_TRUE(IsNew(last, steps));
  EXPECT_FALSE(IsNew(last, steps));
  steps.set_as_of_seq(8);
  steps.mutable_suggestions(0)->set_score(0.7);
  steps.mutable_suggestions(0)->set_explanation("Still.");
  EXPECT_FALSE(IsNew(last, steps)) << "words and scores ask for nothing else";
  steps.mutable_suggestions(0)->set_reason(v1::REASON_CODE_STRUGGLING);
  EXPECT_TRUE(IsNew(last, steps));
  steps.mutable_suggestions(0)->set_resource_ids(0, "video");
  EXPECT_TRUE(IsNew(last, steps));
  EXPECT_TRUE(IsNew(last, StepsTo("vectors"))) << "what was offered before the last is offered anew";
  EXPECT_TRUE(IsNew(last, StepsTo("vectors", "bob")));
  EXPECT_FALSE(IsNew(last, StepsTo("vectors")));
}

TEST(Offers, OnlySoManyAreRemembered) {
  LastOffers last(2);
  EXPECT_TRUE(IsNew(last, StepsTo("vectors", "ada")));
  EXPECT_TRUE(IsNew(last, StepsTo("vectors", "bob")));
  EXPECT_FALSE(IsNew(last, StepsTo("vectors", "ada")));
  EXPECT_TRUE(IsNew(last, StepsTo("vectors", "eve")));
  EXPECT_FALSE(IsNew(last, StepsTo("vectors", "ada"))) << "bob was longest ago";
  EXPECT_TRUE(IsNew(last, StepsTo("vectors", "bob")));
}

TEST(Offers, AreEventsWithoutWords) {
  const v1::RecommendationEvent event = EventOf(StepsTo("vectors"), testing::Noon());
  EXPECT_EQ(event.event_id().size(), 32u);
  EXPECT_EQ(event.learner_id(), "ada");
  EXPECT_EQ(event.as_of_seq(), 7);
  EXPECT_EQ(event.offer_time().seconds(), absl::ToUnixSeconds(testing::Noon()));
  ASSERT_EQ(event.steps_offered().steps_size(), 1);
  EXPECT_EQ(event.steps_offered().steps(0).concept_id(), "vectors");
  EXPECT_EQ(event.steps_offered().steps(0).score(), 0.5);
  EXPECT_EQ(event.steps_offered().steps(0).resource_ids(0), "book");
  EXPECT_EQ(event.event_id(), EventOf(StepsTo("vectors"), testing::Noon() + absl::Hours(1)).event_id());
  EXPECT_NE(event.event_id(), EventOf(StepsTo("matrices"), testing::Noon()).event_id());
  EXPECT_NE(event.event_id(), EventOf(StepsTo("vectors", "bob"), testing::Noon()).event_id());
}

}  // namespace
}  // namespace edirae::recommend
