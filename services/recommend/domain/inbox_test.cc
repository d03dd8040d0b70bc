#include "services/recommend/domain/inbox.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

#include "common/testing/seed.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using ::testing::ElementsAre;
using testing::History;
using ::testing::IsEmpty;
using testing::Noon;
using testing::RandomHistory;
using ::testing::SizeIs;
using TestInbox = Inbox<std::unique_ptr<int>>;

// Applies what an inbox hands out to one learner.
struct Learner {
  LearnerState state;
  std::vector<int64_t> order;
  std::vector<int> receipts;

  Admission Offer(TestInbox& inbox, const events::v1::LearnerEvent& event, int receipt = 0, absl::Time now = Noon()) {
    std::optional<TestInbox::Arrival> next =
        TestInbox::Arrival{.event = event, .receipt = std::make_unique<int>(receipt)};
    const Admission admission = inbox.Offer(*next, state.applied_seq, now);
    if (admission != Admission::kReady) return admission;
    for (; next.has_value(); next = inbox.TakeNext(event.learner_id(), state.applied_seq, now)) Apply(*next);
    return admission;
  }

  void Apply(const TestInbox::Arrival& next) {
    EXPECT_EQ(next.event.learner_seq(), state.applied_seq + 1);
    Fold(testing::SampleModels(), next.event, state);
    order.push_back(next.event.learner_seq());
    receipts.push_back(*next.receipt);
  }
};

constexpr InboxLimits kWide{.held_per_learner = 1000, .held = 100'000};

TEST(Inbox, HoldsWhatComesEarlyAndHandsItOutInOrder) {
  const auto events = RandomHistory("ada", 4, 1).events();
  TestInbox inbox(kWide);
  Learner ada;
  EXPECT_EQ(ada.Offer(inbox, events[2], 2), Admission::kHeld);
  EXPECT_EQ(ada.Offer(inbox, events[1], 1), Admission::kHeld);
  EXPECT_EQ(ada.Offer(inbox, events[0], 0), Admission::kReady);
  EXPECT_THAT(ada.order, ElementsAre(1, 2, 3));
  EXPECT_THAT(ada.receipts, ElementsAre(0, 1, 2));
  EXPECT_EQ(inbox.held(), 0u);
}

TEST(Inbox, KnowsWhatWasApplied) {
  const auto events = RandomHistory("ada", 2, 1).events();
  TestInbox inbox(kWide);
  Learner ada;
  EXPECT_EQ(ada.Offer(inbox, events[0]), Admission::kReady);
  EXPECT_EQ(ada.Offer(inbox, events[0]), Admission::kDuplicate);
}

TEST(Inbox, KeepsTheNewestReceiptOfAHeldEvent) {
  const auto events = RandomHistory("ada", 2, 1).events();
  TestInbox inbox(kWide);
  Learner ada;
  ada.Offer(inbox, events[1], 1);
  EXPECT_EQ(ada.Offer(inbox, events[1], 2), Admission::kHeld);
  EXPECT_EQ(inbox.held(), 1u);
  ada.Offer(inbox, events[0], 0);
  EXPECT_THAT(ada.receipts, ElementsAre(0, 2));
}

TEST(Inbox, RefusesToHoldPastItsBoundsButNeverTheNextEvent) {
  const auto ada_events = RandomHistory("ada", 5, 1).events();
  const auto bob_events = RandomHistory("bob", 5, 1).events();
  TestInbox inbox({.held_per_learner = 2, .held = 3});
  Learner ada, bob;
  EXPECT_EQ(ada.Offer(inbox, ada_events[2]), Admission::kHeld);
  EXPECT_EQ(ada.Offer(inbox, ada_events[3]), Admission::kHeld);
  EXPECT_EQ(ada.Offer(inbox, ada_events[4]), Admission::kNoRoom);
  EXPECT_EQ(bob.Offer(inbox, bob_events[1]), Admission::kHeld);
  EXPECT_EQ(bob.Offer(inbox, bob_events[2]), Admission::kNoRoom);
  EXPECT_EQ(ada.Offer(inbox, ada_events[0]), Admission::kReady);
  EXPECT_EQ(ada.Offer(inbox, ada_events[1]), Admission::kReady);
  EXPECT_EQ(ada.state.applied_seq, 4);
  EXPECT_EQ(bob.Offer(inbox, bob_events[2]), Admission::kHeld);
}

TEST(Inbox, TellsHowLongAnEventHasBeenMissing) {
  const auto events = RandomHistory("ada", 6, 1).events();
  TestInbox inbox(kWide);
  Learner ada;
  ada.Offer(inbox, events[2], 0, Noon());
  ada.Offer(inbox, events[5], 0, Noon() + absl::Seconds(5));
  EXPECT_THAT(inbox.GapsSince(Noon() - absl::Seconds(1)), IsEmpty());
  ASSERT_THAT(inbox.GapsSince(Noon()), SizeIs(1));
  EXPECT_EQ(inbox.GapsSince(Noon())[0].learner_id, "ada");
  // The first gap closes; the one behind it counts from now.
  ada.Offer(inbox, events[0], 0, Noon() + absl::Seconds(8));
  ada.Offer(inbox, events[1], 0, Noon() + absl::Seconds(9));
  EXPECT_THAT(inbox.GapsSince(Noon() + absl::Seconds(8)), IsEmpty());
  EXPECT_THAT(inbox.GapsSince(Noon() + absl::Seconds(9)), SizeIs(1));
}

TEST(Inbox, AnyOrderAnyRepetitionAndAnyLossThatIsMadeGoodGiveTheSameState) {
  std::mt19937_64 random(edirae::testing::Seed());
  for (int round = 0; round < 200; ++round) {
    const History history = RandomHistory("ada", 1 + static_cast<int>(random() % 60), random());
    std::vector<events::v1::LearnerEvent> deliveries;
    std::vector<events::v1::LearnerEvent> lost;
    for (const auto& event : history.events()) {
      if (random() % 8 == 0) {
        lost.push_back(event);
        continue;
      }
      for (uint64_t copies = 1 + random() % 3; copies > 0; --copies) deliveries.push_back(event);
    }
    std::shuffle(deliveries.begin(), deliveries.end(), random);
    std::shuffle(lost.begin(), lost.end(), random);
    // Narrow enough that some find no room and have to come again.
    TestInbox inbox({.held_per_learner = 10, .held = 10});
    Learner ada;
    for (const auto& again : lost) deliveries.push_back(again);
    while (!deliveries.empty()) {
      std::vector<events::v1::LearnerEvent> come_again;
      for (const auto& event : deliveries) {
        if (ada.Offer(inbox, event) == Admission::kNoRoom) come_again.push_back(event);
      }
      ASSERT_LT(come_again.size(), deliveries.size());
      deliveries = std::move(come_again);
    }
    ASSERT_EQ(ada.state.concepts, history.Fold().concepts);
    ASSERT_EQ(ada.state.applied_seq, static_cast<int64_t>(history.events().size()));
    ASSERT_EQ(inbox.held(), 0u);
  }
}

}  // namespace
}  // namespace edirae::recommend
