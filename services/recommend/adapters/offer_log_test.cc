#include "services/recommend/adapters/offer_log.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

TEST(OfferLog, DropsAndCountsWhatFindsNoRoomAndNeverBlocks) {
  Metrics metrics;
  OfferLog log(metrics);  // nobody publishes
  v1::NextSteps steps;
  steps.set_roadmap_id("maths");
  steps.set_as_of_seq(1);
  for (size_t i = 0; i < limits::kMaxWaitingOffers + 5; ++i) {
    steps.set_learner_id(absl::StrCat("learner-", i));
    log.Offer(steps, testing::Noon());
  }
  auto& dropped = metrics.Counter("edirae_recommend_offers_dropped_total", "Offers that found no room.");
  EXPECT_EQ(dropped.Value(), 5);
  log.Erase("learner-0");  // which makes room for one
  steps.set_learner_id("learner-0");
  log.Offer(steps, testing::Noon());
  steps.set_learner_id("somebody");
  log.Offer(steps, testing::Noon());
  EXPECT_EQ(dropped.Value(), 5) << "the erased are not told of, and there was room for somebody";
  steps.set_as_of_seq(0);
  steps.set_learner_id("nobody-yet");
  log.Offer(steps, testing::Noon());
  EXPECT_EQ(dropped.Value(), 5) << "who has no history is passed over";
}

}  // namespace
}  // namespace edirae::recommend
