// What every EventStore has to prove, whatever holds its rows.
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/progress/domain/event_store.h"
#include "tests/contract/event_stores.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

NewEvent Action(std::string learner, int64_t seq, const std::string& request, std::string payload = "payload") {
  return {std::move(learner), seq, std::move(payload), request, seq + 1000ull, "outcome of " + request};
}

NewEvent Consequence(std::string learner, int64_t seq, std::string payload = "consequence") {
  return {std::move(learner), seq, std::move(payload), "", 0, ""};
}

class EventStoreContract : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override { Open(); }
  void Reopen() {
    store_.reset();
    Open();
  }
  void Open() {
    store_ = GetParam().open(folder_.path());
    ASSERT_NE(store_, nullptr);
    // The store before may not have let go yet.
    ASSERT_TRUE(Eventually([this] { return store_->HoldRelay().value_or(false); }));
  }
  EventStore& store() { return *store_; }

  absl::StatusOr<std::optional<StoredRequest>> Find(const std::string& learner, const std::string& request) {
    const RequestKey keys[] = {{learner, request}};
    auto found = store().FindRequests(keys);
    if (!found.ok()) return found.status();
    return found->at(0);
  }

  std::vector<int64_t> Seqs(const std::string& learner, int64_t after = 0, int limit = 100, size_t bytes = 1 << 20) {
    std::vector<int64_t> seqs;
    auto page = store().ReadLearner(learner, after, limit, bytes);
    EXPECT_OK(page);
    for (const StoredEvent& event : *page) seqs.push_back(event.learner_seq);
    return seqs;
  }

  edirae::testing::TempFolder folder_;
  std::unique_ptr<EventStore> store_;
};

TEST_P(EventStoreContract, StartsEmpty) {
  EXPECT_THAT(store().LastPosition(), IsOkAndHolds(0));
  EXPECT_THAT(store().LastSeq("ada"), IsOkAndHolds(0));
  EXPECT_THAT(store().ReadCommitted(0, 10), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(store().ReadLearner("ada", 0, 10, 1000), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(store().ReadRelayCursor(), IsOkAndHolds(RelayCursor{}));
  EXPECT_THAT(store().ReadPublishedRuns(), IsOkAndHolds(IsEmpty()));
}

TEST_P(EventStoreContract, GivesPositionsWithoutAGap) {
  const std::vector<NewEvent> first = {Action("ada", 1, "r1"), Consequence("ada", 2), Action("bob", 1, "r1")};
  EXPECT_THAT(store().Append(first), IsOkAndHolds(1));
  const std::vector<NewEvent> second = {Action("ada", 3, "r2")};
  EXPECT_THAT(store().Append(second), IsOkAndHolds(4));
  EXPECT_THAT(store().LastPosition(), IsOkAndHolds(4));
}

TEST_P(EventStoreContract, ReadsAHistoryInPages) {
  const std::vector<NewEvent> events = {Action("ada", 1, "r1"), Action("bob", 1, "r1"), Action("ada", 2, "r2"),
                                        Consequence("ada", 3), Action("ada", 4, "r3")};
  ASSERT_OK(store().Append(events));
  EXPECT_THAT(Seqs("ada"), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(Seqs("ada", 1, 2), ElementsAre(2, 3));
  EXPECT_THAT(Seqs("ada", 4), IsEmpty());
  EXPECT_THAT(Seqs("bob"), ElementsAre(1));
  EXPECT_THAT(store().LastSeq("ada"), IsOkAndHolds(4));
}

TEST_P(EventStoreContract, EndsAPageAtItsBytes) {
  const std::string large(600, 'x');
  const std::vector<NewEvent> events = {Action("ada", 1, "r1", large), Action("ada", 2, "r2", large),
                                        Action("ada", 3, "r3", large)};
  ASSERT_OK(store().Append(events));
  EXPECT_THAT(Seqs("ada", 0, 100, 1000), ElementsAre(1, 2));
  EXPECT_THAT(Seqs("ada", 0, 100, 1), ElementsAre(1));  // never an empty page before the end
}

TEST_P(EventStoreContract, ReadsTheOutboxInOrderOfPosition) {
  const std::string binary("\0\xff\x01", 3);
  const std::vector<NewEvent> events = {Action("bob", 1, "r1", binary), Action("ada", 1, "r1", "a"),
                                        Consequence("ada", 2)};
  ASSERT_OK(store().Append(events));
  const std::string ada = *store().Pseudonym("ada");
  EXPECT_THAT(
      store().ReadCommitted(0, 2),
      IsOkAndHolds(ElementsAre(StoredEvent{1, 1, binary, *store().Pseudonym("bob")}, StoredEvent{2, 1, "a", ada})));
  EXPECT_THAT(store().ReadCommitted(2, 2), IsOkAndHolds(ElementsAre(StoredEvent{3, 2, "consequence", ada})));
}

TEST_P(EventStoreContract, FindsWhatARequestLedTo) {
  const std::vector<NewEvent> events = {Action("ada", 1, "r1"), Action("bob", 1, "r2")};
  ASSERT_OK(store().Append(events));
  EXPECT_THAT(Find("ada", "r1"), IsOkAndHolds(std::optional(StoredRequest{1001, "outcome of r1"})));
  EXPECT_THAT(Find("ada", "r2"), IsOkAndHolds(std::optional<StoredRequest>()));
  EXPECT_THAT(Find("bob", "r2"), IsOkAndHolds(std::optional(StoredRequest{1001, "outcome of r2"})));
}

TEST_P(EventStoreContract, ARequestIdOfDigitsIsNoPlaceInTheHistory) {
  ASSERT_OK(store().Append(std::vector{Action("ada", 1, "2"), Action("ada", 2, "1"), Action("ada", 3, "-1")}));
  EXPECT_THAT(Seqs("ada"), ElementsAre(1, 2, 3));
  EXPECT_THAT(store().LastSeq("ada"), IsOkAndHolds(3));
  EXPECT_THAT(Find("ada", "3"), IsOkAndHolds(std::optional<StoredRequest>()));
  EXPECT_EQ(Find("ada", "1")->value().outcome, "outcome of 1");
}

TEST_P(EventStoreContract, KeepsAllBitsOfADigest) {
  NewEvent event = Action("ada", 1, "r1");
  event.request_digest = ~uint64_t{0} - 5;
  ASSERT_OK(store().Append(std::vector{event}));
  EXPECT_EQ(Find("ada", "r1")->value().digest, event.request_digest);
}

TEST_P(EventStoreContract, RefusesAPlaceThatIsTaken) {
  ASSERT_OK(store().Append(std::vector{Action("ada", 1, "r1")}));
  EXPECT_THAT(store().Append(std::vector{Action("bob", 1, "r1"), Action("ada", 1, "r2")}),
              StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(store().LastSeq("bob"), IsOkAndHolds(0)) << "all or none";
  EXPECT_THAT(store().Append(std::vector{Action("ada", 2, "r2")}), IsOkAndHolds(2)) << "no position was used up";
}

TEST_P(EventStoreContract, RefusesARequestIdThatIsTaken) {
  ASSERT_OK(store().Append(std::vector{Action("ada", 1, "r1")}));
  EXPECT_THAT(store().Append(std::vector{Action("ada", 2, "r1")}), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Seqs("ada"), ElementsAre(1));
}

TEST_P(EventStoreContract, KeepsEverythingOverReopening) {
  if (!GetParam().durable) GTEST_SKIP() << "ends with the process";
  ASSERT_OK(store().Append(std::vector{Action("ada", 1, "r1"), Consequence("ada", 2)}));
  ASSERT_OK(store().StartRelayEpoch(7));
  ASSERT_OK(store().SaveRelayProgress({7, 2, 12}, std::vector{PublishedRun{1, 11, 2}}));
  Reopen();
  EXPECT_THAT(Seqs("ada"), ElementsAre(1, 2));
  EXPECT_THAT(Find("ada", "r1"), IsOkAndHolds(std::optional(StoredRequest{1001, "outcome of r1"})));
  EXPECT_THAT(store().ReadRelayCursor(), IsOkAndHolds(RelayCursor{7, 2, 12}));
  EXPECT_THAT(store().ReadPublishedRuns(), IsOkAndHolds(ElementsAre(PublishedRun{1, 11, 2})));
  EXPECT_THAT(store().Append(std::vector{Action("ada", 3, "r2")}), IsOkAndHolds(3));
}

TEST_P(EventStoreContract, LengthensTheLastRun) {
  ASSERT_OK(store().StartRelayEpoch(7));
  ASSERT_OK(store().SaveRelayProgress({7, 3, 3}, std::vector{PublishedRun{1, 1, 3}}));
  ASSERT_OK(store().SaveRelayProgress({7, 9, 11}, std::vector{PublishedRun{4, 4, 2}, PublishedRun{6, 8, 4}}));
  EXPECT_THAT(store().ReadPublishedRuns(), IsOkAndHolds(ElementsAre(PublishedRun{1, 1, 5}, PublishedRun{6, 8, 4})));
  EXPECT_THAT(store().ReadRelayCursor(), IsOkAndHolds(RelayCursor{7, 9, 11}));
}

TEST_P(EventStoreContract, SkipsRunsThatAreKnown) {
  ASSERT_OK(store().StartRelayEpoch(7));
  ASSERT_OK(store().SaveRelayProgress({7, 3, 9}, std::vector{PublishedRun{1, 1, 3}, PublishedRun{5, 5, 5}}));
  ASSERT_OK(store().SaveRelayProgress({7, 10, 10}, std::vector{PublishedRun{2, 2, 9}}));
  int64_t covered = 0;
  const auto runs = store().ReadPublishedRuns();
  ASSERT_OK(runs);
  for (const PublishedRun& run : *runs) {
    EXPECT_EQ(run.first_position, run.first_stream_seq);
    covered += run.count;
  }
  EXPECT_EQ(covered, 10);
}

TEST_P(EventStoreContract, RewindsToBeforeTheFirstLostPosition) {
  ASSERT_OK(store().StartRelayEpoch(7));
  // Positions 1 to 4 lie at 1 to 4, 6 and 7 at 5 and 6, and 5, which was published again, at 7.
  ASSERT_OK(store().SaveRelayProgress(
      {7, 7, 7}, std::vector{PublishedRun{1, 1, 4}, PublishedRun{6, 5, 2}, PublishedRun{5, 7, 1}}));
  EXPECT_THAT(store().RewindRelay(5), IsOkAndHolds(RelayCursor{7, 4, 5}));
  EXPECT_THAT(store().ReadPublishedRuns(), IsOkAndHolds(ElementsAre(PublishedRun{1, 1, 4}, PublishedRun{6, 5, 1})));
  EXPECT_THAT(store().RewindRelay(2), IsOkAndHolds(RelayCursor{7, 2, 2}));
  EXPECT_THAT(store().ReadPublishedRuns(), IsOkAndHolds(ElementsAre(PublishedRun{1, 1, 2})));
  EXPECT_THAT(store().RewindRelay(0), IsOkAndHolds(RelayCursor{7, 0, 0}));
  EXPECT_THAT(store().ReadRelayCursor(), IsOkAndHolds(RelayCursor{7, 0, 0}));
}

TEST_P(EventStoreContract, RewindingToTheEndChangesNothing) {
  ASSERT_OK(store().StartRelayEpoch(7));
  ASSERT_OK(store().SaveRelayProgress({7, 4, 4}, std::vector{PublishedRun{1, 1, 4}}));
  EXPECT_THAT(store().RewindRelay(4), IsOkAndHolds(RelayCursor{7, 4, 4}));
  EXPECT_THAT(store().ReadPublishedRuns(), IsOkAndHolds(ElementsAre(PublishedRun{1, 1, 4})));
}

TEST_P(EventStoreContract, ANewEpochStartsOver) {
  ASSERT_OK(store().StartRelayEpoch(7));
  ASSERT_OK(store().SaveRelayProgress({7, 4, 4}, std::vector{PublishedRun{1, 1, 4}}));
  EXPECT_THAT(store().StartRelayEpoch(8), IsOkAndHolds(RelayCursor{8, 0, 0}));
  EXPECT_THAT(store().ReadPublishedRuns(), IsOkAndHolds(IsEmpty()));
}

// Whoever follows the positions never sees one appear behind where they are.
TEST_P(EventStoreContract, ReadersNeverSkipAPosition) {
  constexpr int kWriters = 4;
  constexpr int kEach = 50;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      const std::string learner = "learner" + std::to_string(w);
      for (int i = 1; i <= kEach; ++i) {
        EXPECT_OK(store().Append(std::vector{Action(learner, i, "r" + std::to_string(i))}));
      }
    });
  }
  int64_t seen = 0;
  while (seen < kWriters * kEach && !HasFailure()) {
    auto page = store().ReadCommitted(seen, 16);
    ASSERT_OK(page);
    for (const StoredEvent& event : *page) ASSERT_EQ(event.position, ++seen);
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_THAT(store().LastPosition(), IsOkAndHolds(kWriters * kEach));
}

// The same action arrives several times at once, as it does when a client that hears nothing tries again.
TEST_P(EventStoreContract, OfConcurrentDuplicatesOneIsRecorded) {
  constexpr int kCallers = 4;
  constexpr int kActions = 25;
  std::atomic<int> recorded = 0;
  std::vector<std::thread> callers;
  for (int caller = 0; caller < kCallers; ++caller) {
    callers.emplace_back([&, caller] {
      for (int i = 1; i <= kActions; ++i) {
        const std::string request = absl::StrCat("r", i);
        const auto position = store().Append(std::vector{Action("ada", i, request, absl::StrCat("caller ", caller))});
        if (position.ok())
          ++recorded;
        else
          EXPECT_THAT(position, StatusIs(absl::StatusCode::kAborted));
        // Whoever was late waits for the one that was first, or the next place would not be free for anybody.
        EXPECT_TRUE(Eventually([&] { return store().LastSeq("ada").value_or(0) >= i; }));
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(recorded, kActions);
  EXPECT_THAT(store().LastPosition(), IsOkAndHolds(kActions)) << "no position was used up";
  for (int i = 1; i <= kActions; ++i) {
    EXPECT_THAT(Find("ada", absl::StrCat("r", i)),
                IsOkAndHolds(std::optional(StoredRequest{i + 1000ull, absl::StrCat("outcome of r", i)})));
  }
}

TEST_P(EventStoreContract, KeepsEveryLearnersOrderInTheOutbox) {
  constexpr int kLearners = 4;
  constexpr int kEach = 30;
  std::vector<std::thread> learners;
  for (int l = 0; l < kLearners; ++l) {
    learners.emplace_back([&, l] {
      const std::string learner = absl::StrCat("learner", l);
      for (int i = 1; i <= kEach; i += 2) {
        EXPECT_OK(store().Append(
            std::vector{Action(learner, i, absl::StrCat("r", i), learner), Consequence(learner, i + 1, learner)}));
      }
    });
  }
  for (std::thread& learner : learners) learner.join();
  const auto outbox = store().ReadCommitted(0, 2 * kLearners * kEach);
  ASSERT_OK(outbox);
  ASSERT_EQ(outbox->size(), static_cast<size_t>(kLearners * kEach));
  std::map<std::string, int64_t> last;
  for (const StoredEvent& event : *outbox) EXPECT_EQ(event.learner_seq, ++last[event.payload]);
}

// What was done offline long ago is recorded behind everything that was recorded meanwhile.
TEST_P(EventStoreContract, ALateEventIsTheNewest) {
  ASSERT_OK(store().Append(std::vector{Action("ada", 1, "r1", "of today")}));
  std::vector<NewEvent> others;
  for (int i = 1; i <= 300; ++i) others.push_back(Action(absl::StrCat("other", i), 1, "r1"));
  ASSERT_OK(store().Append(others));
  EXPECT_THAT(store().Append(std::vector{Action("ada", 2, "r0", "of last month")}), IsOkAndHolds(302));
  EXPECT_THAT(store().ReadCommitted(301, 10),
              IsOkAndHolds(ElementsAre(StoredEvent{302, 2, "of last month", *store().Pseudonym("ada")})));
  EXPECT_THAT(store().ReadLearner("ada", 1, 10, 1000), IsOkAndHolds(ElementsAre(StoredEvent{302, 2, "of last month"})));
}

TEST_P(EventStoreContract, HoldsTenThousandEventsOfOneLearner) {
  constexpr int kEvents = 10'000;
  constexpr int kBatch = 500;
  for (int first = 1; first <= kEvents; first += kBatch) {
    std::vector<NewEvent> batch;
    for (int i = first; i < first + kBatch; ++i) batch.push_back(Action("ada", i, absl::StrCat("r", i)));
    ASSERT_THAT(store().Append(batch), IsOkAndHolds(first));
  }
  EXPECT_THAT(store().LastSeq("ada"), IsOkAndHolds(kEvents));
  int64_t seen = 0;
  while (seen < kEvents) {
    const auto page = store().ReadLearner("ada", seen, 1000, 1 << 20);
    ASSERT_OK(page);
    ASSERT_FALSE(page->empty());
    for (const StoredEvent& event : *page) ASSERT_EQ(event.learner_seq, ++seen);
  }
  for (const int i : {1, kEvents / 2, kEvents}) EXPECT_TRUE(Find("ada", absl::StrCat("r", i))->has_value());
  EXPECT_THAT(store().Append(std::vector{Action("ada", kEvents + 1, "r1")}), StatusIs(absl::StatusCode::kAborted));
}

TEST_P(EventStoreContract, KnowsTheLastPlaceOfManyLearners) {
  ASSERT_OK(store().Append(std::vector{Action("ada", 1, "r1"), Action("bob", 1, "r1"), Consequence("ada", 2)}));
  const std::vector<std::string> learners = {"bob", "nobody", "ada"};
  EXPECT_THAT(store().LastSeqs(learners), IsOkAndHolds(ElementsAre(1, 0, 2)));
  EXPECT_THAT(store().LastSeqs({}), IsOkAndHolds(IsEmpty()));
}

TEST_P(EventStoreContract, FindsManyRequestsInTheirOrder) {
  ASSERT_OK(store().Append(std::vector{Action("ada", 1, "r1"), Action("bob", 1, "r1"), Action("ada", 2, "r2")}));
  const std::string ada = "ada", bob = "bob", r1 = "r1", r2 = "r2";
  const std::vector<RequestKey> keys = {{ada, r2}, {bob, r2}, {ada, r1}, {ada, r2}};
  EXPECT_THAT(store().FindRequests(keys),
              IsOkAndHolds(ElementsAre(StoredRequest{1002, "outcome of r2"}, std::nullopt,
                                       StoredRequest{1001, "outcome of r1"}, StoredRequest{1002, "outcome of r2"})));
}

INSTANTIATE_TEST_SUITE_P(Stores, EventStoreContract, EveryStore(), NameOfStore);

}  // namespace
}  // namespace edirae::progress
