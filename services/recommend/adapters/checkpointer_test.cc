#include "services/recommend/adapters/checkpointer.h"

#include <atomic>
#include <latch>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/recommend/limits.h"
#include "services/recommend/testing/owns_all.h"

namespace edirae::recommend {
namespace {

using States = std::vector<std::shared_ptr<const LearnerState>>;
using Receipts = std::vector<std::unique_ptr<Receipt>>;

// Saves nothing before it is told to, and notes of how many learners each transaction was.
class GatedStore final : public CheckpointStore {
 public:
  const std::string& store_id() const override { return store_id_; }
  absl::StatusOr<std::shared_ptr<const LearnerState>> Load(const std::string&) override { return nullptr; }
  absl::StatusOr<std::vector<int>> Save(const States& states, const Claims&) override {
    entered.test_and_set();
    entered.notify_all();
    gate.wait();
    saved.push_back(states.size());
    return std::vector<int>();
  }
  absl::Status Probe() override { return absl::OkStatus(); }

  std::atomic_flag entered;
  std::latch gate{1};
  std::vector<size_t> saved;  // of the checkpointer's thread

 private:
  const std::string store_id_ = "gated";
};

// Everybody is there and has one state for ever.
class EverybodyAsTheyAre final : public UnsavedStates {
 public:
  std::shared_ptr<const LearnerState> ToSave(const std::string& learner_id) override {
    return std::make_shared<LearnerState>(LearnerState{.learner_id = learner_id});
  }
  void Saved(const LearnerState&) override {}
};

class CountedReceipt final : public Receipt {
 public:
  explicit CountedReceipt(std::atomic<size_t>& settled) : settled_(settled) {}
  void Ack() override { ++settled_; }
  void Nak(absl::Duration) override {}

 private:
  std::atomic<size_t>& settled_;
};

class CheckpointerTest : public ::testing::Test {
 protected:
  static std::vector<std::string> Some(size_t count) {
    std::vector<std::string> learners;
    for (size_t i = 0; i < count; ++i) learners.push_back(absl::StrCat("learner-", i));
    return learners;
  }
  Receipts Events(size_t count) {
    Receipts receipts;
    for (size_t i = 0; i < count; ++i) receipts.push_back(std::make_unique<CountedReceipt>(settled_));
    return receipts;
  }
  // Submits so much that nothing more fits, while the store is at its first transaction. Then something more, which has
  // to wait for that transaction.
  void FillAndSubmitOneMore(size_t states, size_t events) {
    checkpointer_.Submit(Some(states), Events(events));
    store_.entered.wait(false);
    std::latch begun{1};
    std::thread late([this, &begun] {
      begun.count_down();
      checkpointer_.Submit(Some(1), Events(1));
      settled_before_late_ = settled_.load();
    });
    begun.wait();
    for (int i = 0; i < 1000; ++i) std::this_thread::yield();  // so that one that does not wait is done by now
    store_.gate.count_down();
    late.join();
    EXPECT_EQ(settled_before_late_, events);
    checkpointer_.Stop();
    EXPECT_THAT(store_.saved, ::testing::ElementsAre(states, 1));
    EXPECT_EQ(settled_, events + 1);
  }

  Metrics metrics_;
  GatedStore store_;
  std::atomic<size_t> settled_ = 0;
  size_t settled_before_late_ = 0;
  EverybodyAsTheyAre states_;
  Checkpointer checkpointer_{store_, states_, metrics_, testing::OwnsAll()};
};

TEST_F(CheckpointerTest, WhoSubmitsWaitsWhileTooManyEventsAreUnsaved) {
  FillAndSubmitOneMore(1, limits::kMaxUnsavedEvents);
}

TEST_F(CheckpointerTest, WhoSubmitsWaitsWhileTooManyStatesAreUnsaved) {
  FillAndSubmitOneMore(limits::kMaxUnsavedStates, 7);
}

TEST_F(CheckpointerTest, NobodyWaitsOnceWaitingIsOver) {
  checkpointer_.Submit(Some(1), Events(limits::kMaxUnsavedEvents));
  checkpointer_.StopWaiting();
  checkpointer_.Submit(Some(1), Events(1));
  EXPECT_EQ(settled_, 0);
  store_.gate.count_down();
}

TEST_F(CheckpointerTest, OfALearnerTheNewestStateIsSavedOnce) {
  checkpointer_.Submit(Some(1), Events(1));
  store_.entered.wait(false);
  for (int i = 0; i < 100; ++i) checkpointer_.Submit(Some(3), Events(1));
  store_.gate.count_down();
  checkpointer_.Stop();
  EXPECT_THAT(store_.saved, ::testing::ElementsAre(1, 3));
  EXPECT_EQ(settled_, 101);
}

}  // namespace
}  // namespace edirae::recommend
