#include "services/recommend/adapters/event_applier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/recommend/adapters/checkpointer.h"
#include "services/recommend/adapters/sqlite_checkpoint_store.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/testing/fake_checkpoint_store.h"
#include "services/recommend/testing/owns_all.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using testing::FakeCheckpointStore;
using testing::History;
using testing::Noon;

// A bus that keeps events until they are acknowledged.
class FakeBus {
 public:
  void Publish(const events::v1::LearnerEvent& event) {
    const std::lock_guard lock(mutex_);
    unacknowledged_[next_id_++] = event;
  }
  // Everything unacknowledged, each one to three times, in any order.
  std::vector<Arrival> DeliverAll(std::mt19937_64& random) {
    const std::lock_guard lock(mutex_);
    std::vector<Arrival> arrivals;
    for (const auto& [id, event] : unacknowledged_) {
      for (uint64_t copies = 1 + random() % 3; copies > 0; --copies) {
        arrivals.push_back({.event = event, .receipt = std::make_unique<BusReceipt>(*this, id)});
      }
    }
    std::shuffle(arrivals.begin(), arrivals.end(), random);
    return arrivals;
  }
  size_t unacknowledged() {
    const std::lock_guard lock(mutex_);
    return unacknowledged_.size();
  }
  size_t given_back() {
    const std::lock_guard lock(mutex_);
    return given_back_;
  }

 private:
  class BusReceipt final : public Receipt {
   public:
    BusReceipt(FakeBus& bus, int id) : bus_(bus), id_(id) {}
    void Ack() override {
      const std::lock_guard lock(bus_.mutex_);
      bus_.unacknowledged_.erase(id_);
    }
    void Nak(absl::Duration) override {
      const std::lock_guard lock(bus_.mutex_);
      ++bus_.given_back_;
    }

   private:
    FakeBus& bus_;
    const int id_;
  };

  std::mutex mutex_;
  int next_id_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<int, events::v1::LearnerEvent> unacknowledged_ ABSL_GUARDED_BY(mutex_);
  size_t given_back_ ABSL_GUARDED_BY(mutex_) = 0;
};

// The applying half of the service, from start to stop.
struct Life {
  explicit Life(CheckpointStore& store, const Clock& clock)
      : states(
            store, 1000, metrics, [](const std::string&) {}, testing::OwnsAll()),
        checkpointer(store, states, metrics, testing::OwnsAll()),
        applier(testing::SampleModels(), states, checkpointer, clock, metrics,
                [this](const std::string& learner_id, bool erased) { Show(learner_id, erased); }) {}

  void Show(const std::string& learner_id, bool erased) {
    ASSERT_OK_AND_ASSIGN(const auto state, states.GetNow(learner_id));
    EXPECT_GT(state->applied_seq, shown[learner_id]) << "went back";
    EXPECT_EQ(state->applied_seq == kErasedSeq, erased);
    shown[learner_id] = state->applied_seq;
  }

  void Apply(std::vector<Arrival> arrivals, size_t batch) {
    for (size_t i = 0; i < arrivals.size(); i += batch) {
      const size_t end = std::min(arrivals.size(), i + batch);
      applier.Apply({std::make_move_iterator(arrivals.begin() + static_cast<int64_t>(i)),
                     std::make_move_iterator(arrivals.begin() + static_cast<int64_t>(end))});
    }
  }

  Metrics metrics;
  std::map<std::string, int64_t> shown;
  LiveStates states;
  Checkpointer checkpointer;
  EventApplier applier;
};

TEST(EventApplier, CrashesRepetitionsAndDisorderLoseNothingAndCountNothingTwice) {
  std::mt19937_64 random(edirae::testing::Seed());
  const FakeClock clock(Noon());
  for (int round = 0; round < 30; ++round) {
    FakeCheckpointStore store;
    FakeBus bus;
    std::vector<LearnerState> expected;
    for (int learner = 0; learner < 4; ++learner) {
      const History history =
          testing::RandomHistory(absl::StrCat("learner-", learner), 1 + static_cast<int>(random() % 40), random());
      for (const auto& event : history.events()) bus.Publish(event);
      expected.push_back(history.Fold());
    }
    for (int lives = 0; bus.unacknowledged() > 0; ++lives) {
      ASSERT_LT(lives, 100);
      store.FailAfter(lives < 5 ? static_cast<int>(random() % 4) : -1);  // dies after so many checkpoints
      Life life(store, clock);
      life.Apply(bus.DeliverAll(random), 1 + random() % 20);
      life.applier.GiveBack();
      life.checkpointer.Stop();
    }
    for (const LearnerState& state : expected) {
      ASSERT_OK_AND_ASSIGN(const auto saved, store.Load(state.learner_id));
      ASSERT_NE(saved, nullptr);
      ASSERT_EQ(*saved, state);
    }
  }
}

TEST(EventApplier, AReopenedStoreAndAFullRedeliveryGiveTheSameStates) {
  std::mt19937_64 random(edirae::testing::Seed());
  const FakeClock clock(Noon());
  const edirae::testing::TempFolder folder;
  const History history = testing::RandomHistory("ada", 200, random());
  for (const size_t known : {70u, 130u, 200u}) {
    FakeBus bus;
    for (size_t i = 0; i < known; ++i) bus.Publish(history.events()[i]);
    ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
    Life life(*store, clock);
    life.Apply(bus.DeliverAll(random), 16);
    ASSERT_TRUE(Eventually([&] { return bus.unacknowledged() == 0; }));
  }
  ASSERT_OK_AND_ASSIGN(auto store, SqliteCheckpointStore::Open(folder.path(), "fold"));
  ASSERT_OK_AND_ASSIGN(const auto saved, store->Load("ada"));
  EXPECT_EQ(*saved, history.Fold());
}

TEST(EventApplier, ARepetitionOfAnUnsavedEventIsNotAcknowledgedBeforeItIsSaved) {
  std::mt19937_64 random(1);
  const FakeClock clock(Noon());
  FakeCheckpointStore store;
  store.FailAfter(0);
  FakeBus bus;
  bus.Publish(History().Answer("vectors", 1, true).events()[0]);
  Life life(store, clock);
  life.Apply(bus.DeliverAll(random), 1);
  life.Apply(bus.DeliverAll(random), 1);
  EXPECT_EQ(life.shown["ada"], 1);  // watchers do not wait for the disk
  EXPECT_EQ(bus.unacknowledged(), 1u);
  store.FailAfter(-1);
  EXPECT_TRUE(Eventually([&] { return bus.unacknowledged() == 0; }));
}

TEST(EventApplier, GivesHeldEventsBackWhenItEnds) {
  std::mt19937_64 random(1);
  const FakeClock clock(Noon());
  FakeCheckpointStore store;
  FakeBus bus;
  bus.Publish(History().Answer("vectors", 1, true).Answer("vectors", 2, true).events()[1]);
  Life life(store, clock);
  life.Apply(bus.DeliverAll(random), 10);
  EXPECT_EQ(bus.given_back(), 0u);
  life.applier.GiveBack();
  EXPECT_EQ(bus.given_back(), 1u);
  EXPECT_EQ(bus.unacknowledged(), 1u);
}

TEST(EventApplier, AnUnreadableStateSendsTheEventBack) {
  std::mt19937_64 random(1);
  const FakeClock clock(Noon());
  FakeCheckpointStore store;
  store.FailLoads(absl::UnavailableError("no disk"));
  FakeBus bus;
  bus.Publish(History().Answer("vectors", 1, true).events()[0]);
  Life life(store, clock);
  life.Apply(bus.DeliverAll(random), 10);
  EXPECT_GT(bus.given_back(), 0u);
  store.FailLoads(absl::OkStatus());
  life.Apply(bus.DeliverAll(random), 10);
  EXPECT_TRUE(Eventually([&] { return bus.unacknowledged() == 0; }));
}

TEST(DecodeEvent, RefusesWhatCanNeverBeApplied) {
  events::v1::LearnerEvent event = History().Answer("vectors", 1, true).events()[0];
  events::v1::LearnerEvent decoded;
  EXPECT_OK(DecodeEvent(event.SerializeAsString(), decoded));
  EXPECT_EQ(decoded.SerializeAsString(), event.SerializeAsString());
  EXPECT_THAT(DecodeEvent("\xff\xff", decoded), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(DecodeEvent("", decoded), StatusIs(absl::StatusCode::kInvalidArgument));
  event.set_learner_seq(0);
  EXPECT_THAT(DecodeEvent(event.SerializeAsString(), decoded), StatusIs(absl::StatusCode::kInvalidArgument));
  event.set_learner_seq(1);
  event.set_learner_id("not an id");
  EXPECT_THAT(DecodeEvent(event.SerializeAsString(), decoded), StatusIs(absl::StatusCode::kInvalidArgument));
}

events::v1::LearnerEvent TombstoneAfter(const History& history) {
  events::v1::LearnerEvent erased;
  erased.set_learner_id(history.events().front().learner_id());
  erased.set_learner_seq(static_cast<int64_t>(history.events().size()) + 1);
  erased.mutable_learner_erased()->set_event_count(static_cast<int64_t>(history.events().size()));
  return erased;
}

TEST(EventApplier, ATombstoneEndsAStateWhateverComesLate) {
  FakeBus bus;
  FakeCheckpointStore store;
  const FakeClock clock(Noon());
  std::mt19937_64 random(edirae::testing::Seed());
  History history;
  history.Learn("vectors").Learn("matrices");
  {
    Life life(store, clock);
    // The tombstone with nothing but a hole before it, then all the rest, late and repeated.
    bus.Publish(history.events().back());
    life.Apply(bus.DeliverAll(random), 3);
    bus.Publish(TombstoneAfter(history));
    life.Apply(bus.DeliverAll(random), 3);
    for (const auto& event : history.events()) bus.Publish(event);
    life.Apply(bus.DeliverAll(random), 3);
    EXPECT_TRUE(Eventually([&] { return bus.unacknowledged() == 0; })) << "nothing waits for what never comes";
    EXPECT_EQ(life.shown["ada"], kErasedSeq);
    EXPECT_TRUE((*life.states.GetNow("ada"))->concepts.empty());
  }
  ASSERT_OK_AND_ASSIGN(const auto kept, store.Load("ada"));
  ASSERT_NE(kept, nullptr) << "the mark by which late events are known";
  EXPECT_EQ(kept->applied_seq, kErasedSeq);
  EXPECT_TRUE(kept->concepts.empty());
  EXPECT_TRUE(kept->passed_stages.empty());
}

}  // namespace
}  // namespace edirae::recommend
