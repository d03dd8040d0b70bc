#include "services/recommend/adapters/offer_log.h"

#include <gtest/gtest.h>

#include <atomic>

#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/status_matchers.h"
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

class OfferLogTest : public edirae::testing::NatsFixture {};

TEST_F(OfferLogTest, WhoseErasureCannotBeAskedForNowIsAskedForAgain) {
  const auto connection = Connect();
  Metrics metrics;
  {
    OfferLog log(metrics);
    ASSERT_OK(log.Start(*connection, true, [](const std::string&) { return false; }));
    v1::NextSteps steps;
    steps.set_learner_id("gone");
    steps.set_as_of_seq(1);
    log.Offer(steps, testing::Noon());
    const auto& published =
        metrics.Counter("edirae_recommend_offers_published_total", "Offers that the stream acknowledged.");
    ASSERT_TRUE(edirae::testing::Eventually([&] { return published.Value() == 1; }));
  }
  Metrics metrics_of_next;
  std::atomic<int> asked = 0;
  OfferLog next(metrics_of_next);
  ASSERT_OK(next.Start(*connection, true, [&](const std::string&) -> absl::StatusOr<bool> {
    if (++asked <= 2) return absl::UnavailableError("the store is away");
    return true;
  }));
  const auto& erased = metrics_of_next.Counter("edirae_recommend_offers_erased_total",
                                               "Offers to erased learners that were overwritten in the stream.");
  EXPECT_TRUE(edirae::testing::Eventually([&] { return erased.Value() == 1; }));
  EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace edirae::recommend
