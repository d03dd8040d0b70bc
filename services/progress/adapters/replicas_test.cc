// Two replicas of progress over one database.
#include <future>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/testing/eventually.h"
#include "common/testing/nats_fixture.h"
#include "common/testing/postgres_server.h"
#include "common/testing/seed.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/adapters/outbox_relay.h"
#include "services/progress/adapters/postgres_event_store.h"
#include "services/progress/adapters/store_history.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/testing/blocking_ledger.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::StatusIs;
using ::testing::SizeIs;

// All of progress but its door. Relays when it is given a bus.
struct Replica {
  std::unique_ptr<PostgresEventStore> store;
  std::unique_ptr<OutboxRelay> relay;
  std::unique_ptr<StoreLedger> ledger;
};

class ReplicasTest : public edirae::testing::NatsFixture {
 protected:
  void SetUp() override {
    NatsFixture::SetUp();
    ASSERT_OK_AND_ASSIGN(database_, edirae::testing::PostgresServer::Start());
    ASSERT_OK(database_->NewDatabase("test"));
    content_.Set(TestIndex());
    for (Replica& replica : replicas_) ASSERT_NO_FATAL_FAILURE(Start(replica));
  }
  void TearDown() override {
    for (Replica& replica : replicas_) Stop(replica);
    NatsFixture::TearDown();
  }

  void Start(Replica& replica) {
    ASSERT_OK_AND_ASSIGN(replica.store, PostgresEventStore::Open(database_->Url("test")));
    replica.ledger = std::make_unique<StoreLedger>(*replica.store, content_, clock_, metrics_, 1000, [&replica] {
      if (replica.relay != nullptr) replica.relay->Wake();
    });
  }
  void StartRelay(Replica& replica) {
    RelayOptions options;
    options.nats_url = server().url();
    options.stream.max_bytes = int64_t{64} << 20;
    ASSERT_OK_AND_ASSIGN(replica.relay, OutboxRelay::Start(options, *replica.store, clock_, metrics_));
  }
  static void Stop(Replica& replica) {
    if (replica.ledger != nullptr) replica.ledger->Stop();
    replica.relay.reset();
    replica.ledger.reset();
    replica.store.reset();
  }

  StoreLedger& ledger(int replica) { return *replicas_[static_cast<size_t>(replica)].ledger; }
  std::string Query(const std::string& sql) { return database_->Query("test", sql).value_or("failed"); }

  // A learner's events, in order and without a gap.
  std::vector<events::v1::LearnerEvent> HistoryOf(const std::string& learner, int replica = 0) {
    std::vector<events::v1::LearnerEvent> events;
    const auto page = ReadHistory(ledger(replica), learner, 0, 100'000);
    EXPECT_OK(page);
    if (!page.ok()) return events;
    for (const std::string& payload : page->events) {
      EXPECT_TRUE(events.emplace_back().ParseFromString(payload));
      EXPECT_EQ(events.back().learner_seq(), static_cast<int64_t>(events.size()));
    }
    return events;
  }

  std::unique_ptr<edirae::testing::PostgresServer> database_;
  SystemClock clock_;
  Metrics metrics_;
  CurrentContent content_;
  std::array<Replica, 2> replicas_;
};

TEST_F(ReplicasTest, WhatOneRecordedTheOtherKnowsAtOnce) {
  for (int i = 1; i <= 6; ++i) {
    const int writer = i % 2;
    EXPECT_EQ(RecordOne(ledger(writer), "ada", Answer(absl::StrCat("r", i), "vectors.q1")).learner_seq(), i);
    for (const int reader : {0, 1}) {
      const auto progress = ReadProgress(ledger(reader), "ada");
      ASSERT_OK(progress);
      EXPECT_EQ(progress->as_of_seq(), i);
    }
  }
}

TEST_F(ReplicasTest, ARequestHasOneAnswerOnBoth) {
  const auto first = Record(ledger(0), "ada", {Answer("r1", "vectors.q1")});
  RecordOne(ledger(1), "ada", Answer("r2", "vectors.q2"));
  const auto again = Record(ledger(1), "ada", {Answer("r1", "vectors.q1")});
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(*first->at(0), *again->at(0));
  EXPECT_THAT(Record(ledger(1), "ada", {Answer("r1", "vectors.q2")})->at(0),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ReadProgress(ledger(0), "ada")->as_of_seq(), 2);
}

TEST_F(ReplicasTest, WhomOneErasedTheOtherForgets) {
  for (int i = 1; i <= 3; ++i) RecordOne(ledger(1), "ada", Answer(absl::StrCat("r", i), "vectors.q1"));
  ASSERT_EQ(ReadProgress(ledger(1), "ada")->as_of_seq(), 3);
  const auto erase = [&](const std::string& key) {
    return replicas_[0].store->Erase({"ada", key, clock_.Now(), [](const std::string& pseudonym, int64_t) {
                                        events::v1::LearnerEvent event;
                                        event.set_learner_id(pseudonym);
                                        event.mutable_learner_erased();
                                        return event.SerializeAsString();
                                      }});
  };
  ASSERT_OK(erase("first"));
  EXPECT_EQ(ReadProgress(ledger(1), "ada")->as_of_seq(), 0);
  EXPECT_EQ(RecordOne(ledger(1), "ada", Answer("r1", "vectors.q2")).learner_seq(), 1);
  // The new history grows, on the other replica, beyond what this one remembers of the old one.
  ASSERT_OK(erase("second"));
  for (int i = 1; i <= 3; ++i) RecordOne(ledger(0), "ada", Answer(absl::StrCat("n", i), "vectors.q1"));
  EXPECT_EQ(RecordOne(ledger(1), "ada", Answer("n4", "vectors.q1")).learner_seq(), 4);
  EXPECT_THAT(HistoryOf("ada", 1), SizeIs(4));
}

// What a mentor did through one replica is known to the other in time, when they are erased there.
TEST_F(ReplicasTest, AMentorOfOneReplicaIsForgottenByTheOther) {
  const int64_t reviewed = RecordOne(ledger(1), "ada", ReviewWork("r1", "first-work")).learner_seq();
  ASSERT_OK(ReadProgress(ledger(0), "ada"));
  StoreHistory history(*replicas_[0].store, ledger(0), clock_, metrics_, [] {});
  std::promise<absl::StatusOr<Erasure>> promise;
  history.Erase({.learner_id = "mentor", .pseudonym = "", .request_id = "erasure"},
                [&](absl::StatusOr<Erasure> erasure) { promise.set_value(std::move(erasure)); });
  ASSERT_OK_AND_ASSIGN(const Erasure erasure, promise.get_future().get());
  EXPECT_EQ(erasure.mentor_act_count, 1);
  for (const int reader : {0, 1}) {
    EXPECT_THAT(HistoryOf("ada", reader).at(static_cast<size_t>(reviewed) - 1).milestone_reviewed().reviewer_id(),
                ::testing::StartsWith("~"));
  }
  history.Stop();
}

// An append that waits for an erasure must not go on with the history that it knew.
TEST_F(ReplicasTest, ErasuresAndAppendsLeaveNothingBetweenThem) {
  constexpr int kRounds = 40;
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int i = 1; !done; ++i) RecordOne(ledger(1), "ada", Answer(absl::StrCat("r", i), "vectors.q1"));
  });
  for (int round = 0; round < kRounds; ++round) {
    const auto erased = replicas_[0].store->Erase(
        {"ada", absl::StrCat("key", round), clock_.Now(), [](const std::string& pseudonym, int64_t) {
           events::v1::LearnerEvent event;
           event.set_learner_id(pseudonym);
           event.mutable_learner_erased();
           return event.SerializeAsString();
         }});
    EXPECT_TRUE(erased.ok() || absl::IsNotFound(erased.status())) << erased.status();
  }
  done = true;
  writer.join();
  RecordOne(ledger(1), "ada", Answer("last", "vectors.q1"));
  HistoryOf("ada");  // begins with 1 and has no gap
  EXPECT_EQ(Query("SELECT count(*) FROM event WHERE learner_id = 'ada' AND learner_seq = 1"), "1\n");
  EXPECT_EQ(Query("SELECT count(*) FROM learner WHERE learner_id = 'ada'"), "1\n");
}

// Everybody writes for the same few learners on both replicas, and every request is made twice, at any moment.
TEST_F(ReplicasTest, ConcurrentWritersLoseNothingAndDoubleNothing) {
  constexpr int kThreads = 6;
  constexpr int kRequests = 30;  // of a learner
  const std::vector<std::string> learners = {"ada", "bob", "eve"};
  std::mutex mutex;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> answers;  // of each request
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      std::mt19937_64 random(edirae::testing::Seed() + static_cast<uint64_t>(t));
      // Threads t and t + 3 make the same requests.
      const std::string& learner = learners[static_cast<size_t>(t) % learners.size()];
      for (int i = 0; i < kRequests;) {
        const std::string request = absl::StrCat("r", i);
        const auto answer = Record(ledger(static_cast<int>(random() % 2)), learner,
                                   {Answer(request, absl::StrCat("vectors.q", i % 5 + 1))});
        if (!answer.ok()) {
          EXPECT_THAT(answer, StatusIs(absl::StatusCode::kUnavailable));  // too many conflicts: try again
          continue;
        }
        EXPECT_OK(answer->at(0));
        const std::lock_guard lock(mutex);
        if (answer->at(0).ok()) answers[{learner, request}].insert(*answer->at(0));
        ++i;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(answers, SizeIs(learners.size() * kRequests));
  for (const auto& [request, different] : answers) EXPECT_THAT(different, SizeIs(1)) << request.second;
  for (const std::string& learner : learners) {
    int answered = 0;
    for (const auto& event : HistoryOf(learner)) answered += event.has_question_answered() ? 1 : 0;
    EXPECT_EQ(answered, kRequests) << learner;
    const auto here = ReadProgress(ledger(0), learner), there = ReadProgress(ledger(1), learner);
    EXPECT_EQ(here->SerializeAsString(), there->SerializeAsString());
  }
  EXPECT_EQ(Query("SELECT max(position) = count(*) AND min(position) = 1 FROM event"), "t\n");
}

TEST_F(ReplicasTest, OneRelayPublishesAndTheOtherTakesOver) {
  for (Replica& replica : replicas_) ASSERT_NO_FATAL_FAILURE(StartRelay(replica));
  const auto reader = Connect();
  nats::JetStream jetstream(*reader);
  const auto published = [&] {
    const auto stream = jetstream.GetStream(kLearnerEventStream);
    return stream.ok() ? static_cast<int64_t>(stream->messages) : 0;
  };
  int recorded = 0;
  const auto record = [&](int count, int replica) {
    for (int i = 0; i < count; ++i)
      RecordOne(ledger(replica), "ada", Answer(absl::StrCat("r", ++recorded), "vectors.q1"));
  };
  const auto all_published = [&] {
    const auto last = replicas_[1].store->LastPosition();
    return last.ok() && published() == *last;
  };
  record(20, 0);
  record(20, 1);
  EXPECT_TRUE(Eventually(all_published)) << "whichever of the two recorded them";
  // Each loses its connection, and with it the right to publish, a few times; then one of them is gone.
  for (int i = 0; i < 3; ++i) {
    Query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'edirae-progress outbox'");
    record(10, i % 2);
    EXPECT_TRUE(Eventually(all_published, absl::Seconds(20)));
  }
  Stop(replicas_[0]);
  record(20, 1);
  EXPECT_TRUE(Eventually(all_published, absl::Seconds(20)));
  EXPECT_EQ(HistoryOf("ada", 1).size(), static_cast<size_t>(published())) << "each event is in the stream once";
}

}  // namespace
}  // namespace edirae::progress
