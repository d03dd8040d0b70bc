#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/nats/jetstream.h"
#include "common/testing/eventually.h"
#include "services/recommend/adapters/offer_log.h"
#include "services/recommend/testing/service_fixture.h"

namespace edirae::recommend {
namespace {

using edirae::testing::Eventually;
using testing::History;

class OffersTest : public testing::ServiceFixture {
 protected:
  // What the stream has, in order.
  std::vector<v1::RecommendationEvent> Offers() {
    nats::JetStream jetstream(*connection_);
    std::vector<v1::RecommendationEvent> offers;
    const auto stream = jetstream.GetStream(kOfferStream);
    if (!stream.ok() || stream->messages == 0) return offers;
    for (uint64_t seq = stream->first_seq; seq <= stream->last_seq; ++seq) {
      const auto message = jetstream.GetMessage(kOfferStream, seq);
      if (!message.ok()) continue;
      EXPECT_TRUE(offers.emplace_back().ParseFromString(message->payload));
      EXPECT_EQ(message->header("ce-subject"), offers.back().learner_id());
      EXPECT_EQ(message->header("ce-type"), "org.edirae.recommendation.steps_offered.v1");
    }
    return offers;
  }

  void Erase(const History& history) {
    events::v1::LearnerEvent erased = history.events().back();
    erased.set_event_id("0190a0a0-0000-7000-8000-000000000000");
    erased.set_learner_seq(erased.learner_seq() + 1);
    erased.mutable_learner_erased()->set_event_count(erased.learner_seq() - 1);
    Publish({erased});
  }
};

TEST_F(OffersTest, AnOfferIsToldOnceAndAnotherWhenItChanges) {
  History ada("ada", clock_.Now());
  Publish(ada.Answer("vectors", 1, true).events());
  ASSERT_TRUE(Reaches("ada", 1));
  for (int i = 0; i < 5; ++i) ASSERT_OK(Suggest("ada"));
  ASSERT_TRUE(Eventually([&] { return Offers().size() == 1; }));
  ada.Answer("vectors", 2, false);
  Publish({ada.events().back()});
  ASSERT_TRUE(Reaches("ada", 2));
  ASSERT_TRUE(Eventually([&] { return Offers().size() == 2; }));
  ASSERT_OK_AND_ASSIGN(const v1::NextSteps steps, Suggest("ada"));
  const v1::RecommendationEvent offer = Offers().back();
  EXPECT_EQ(offer.learner_id(), "ada");
  EXPECT_EQ(offer.as_of_seq(), 2);
  EXPECT_EQ(offer.roadmap_id(), "maths");
  ASSERT_EQ(offer.steps_offered().steps_size(), steps.suggestions_size());
  EXPECT_EQ(offer.steps_offered().steps(0).concept_id(), steps.suggestions(0).concept_id());
  EXPECT_EQ(offer.steps_offered().steps(0).reason(), steps.suggestions(0).reason());
  EXPECT_EQ(offer.steps_offered().steps(0).score(), steps.suggestions(0).score());
  EXPECT_TRUE(Eventually([&] { return Metric("edirae_recommend_offers_published_total") == 2; }));
  EXPECT_EQ(Metric("edirae_recommend_offers_dropped_total"), 0);
}

TEST_F(OffersTest, AreErasedWithTheLearnerAndNobodyElses) {
  const History ada = History("ada", clock_.Now()).Answer("vectors", 1, true);
  const History bob = History("bob", clock_.Now()).Answer("vectors", 1, true);
  Publish(ada.events());
  Publish(bob.events());
  ASSERT_TRUE(Reaches("ada", 1));
  ASSERT_TRUE(Reaches("bob", 1));
  ASSERT_TRUE(Eventually([&] { return Offers().size() == 2; }));
  Erase(ada);
  ASSERT_TRUE(Eventually([&] { return Offers().size() == 1; }));
  EXPECT_EQ(Offers()[0].learner_id(), "bob");
  EXPECT_TRUE(Eventually([&] { return Metric("edirae_recommend_offers_erased_total") == 1; }));
}

TEST_F(OffersTest, OfWhoeverWasErasedWhileTheStreamCouldNotBeReachedGoAtTheNextStart) {
  const History ada = History("ada", clock_.Now()).Answer("vectors", 1, true);
  Publish(ada.events());
  ASSERT_TRUE(Reaches("ada", 1));
  ASSERT_TRUE(Eventually([&] { return Offers().size() == 1; }));
  const v1::RecommendationEvent offer = Offers()[0];
  Erase(ada);
  ASSERT_TRUE(Eventually([&] { return Offers().empty(); }));
  StopService();
  // As if the erasure had not come so far.
  const auto publisher = nats::AsyncPublisher::Create(*connection_);
  ASSERT_OK(publisher);
  ASSERT_OK(
      (*publisher)
          ->Publish({.subject = "recommendation.events.v1.steps_offered.0",
                     .headers = {{"ce-subject", "ada"}, {"ce-type", "org.edirae.recommendation.steps_offered.v1"}},
                     .payload = offer.SerializeAsString()},
                    [](const absl::StatusOr<nats::PubAck>&) {}));
  ASSERT_OK((*publisher)->Drain(absl::Seconds(5)));
  ASSERT_EQ(Offers().size(), 1u);
  StartService();
  EXPECT_TRUE(Eventually([&] { return Offers().empty(); }));
}

TEST_F(OffersTest, WaitForABusThatIsAway) {
  const History ada = History("ada", clock_.Now()).Answer("vectors", 1, true).Answer("vectors", 2, true);
  Publish({ada.events()[0]});
  ASSERT_TRUE(Reaches("ada", 1));
  ASSERT_TRUE(Eventually([&] { return Offers().size() == 1; }));
  server().Kill();
  ASSERT_TRUE(Eventually([&] { return Metric("edirae_recommend_nats_connected") == 0; }));
  ASSERT_OK(Suggest("ada", "", 1)) << "fewer steps are another offer";
  ASSERT_OK(server().Restart());
  ASSERT_OK(connection_->WaitConnected(absl::Seconds(10)));
  EXPECT_TRUE(Eventually([&] { return Offers().size() == 2; }));
}

}  // namespace
}  // namespace edirae::recommend
