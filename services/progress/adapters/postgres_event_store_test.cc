// What is special about a ledger in PostgreSQL; tests/contract holds what it shares with the others.
#include "services/progress/adapters/postgres_event_store.h"

#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "common/testing/eventually.h"
#include "common/testing/postgres_fixture.h"
#include "common/testing/seed.h"

namespace edirae::progress {
namespace {

using edirae::testing::Eventually;
using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::IsEmpty;

constexpr absl::Duration kHealing = absl::Seconds(2);  // writes resume within it by themselves

NewEvent EventAt(const std::string& learner, int64_t seq) {
  return {learner, seq, absl::StrCat(learner, " ", seq), absl::StrCat("r", seq), 1, "outcome"};
}

class PostgresEventStoreTest : public edirae::testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    store_ = OpenStore();
  }
  std::unique_ptr<PostgresEventStore> OpenStore() {
    auto store = PostgresEventStore::Open(url());
    EXPECT_OK(store);
    return store.ok() ? *std::move(store) : nullptr;
  }
  absl::StatusOr<int64_t> Append(int64_t seq) { return store_->Append(std::vector{EventAt("ada", seq)}); }

  // Ends the sessions of `name`, as a crash of their server processes would; how many there were.
  std::string KillBackends(const std::string& name) {
    return Query(absl::Substitute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'edirae-progress $0'",
        name));
  }

  // Raises the error in whoever adds an event, from now on.
  void FailInserts(const std::string& sql_state) {
    Query(
        absl::Substitute("CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
                         "$$$$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '$0'; END $$$$;"
                         "CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON event EXECUTE FUNCTION fail()",
                         sql_state));
  }
  void LetInserts() { Query("DROP TRIGGER fail ON event"); }

  std::unique_ptr<PostgresEventStore> store_;
};

// The planner takes a ledger that grew since it last looked for empty, and keeps its plans.
TEST_F(PostgresEventStoreTest, AYoungLedgerIsNotReadAsAWhole) {
  Query("ALTER TABLE event SET (autovacuum_enabled = off)");
  constexpr int kBatches = 40;
  constexpr int kBatch = 64;
  for (int batch = 0; batch < kBatches; ++batch) {
    std::vector<NewEvent> events;
    std::vector<RequestKey> keys;
    std::vector<std::string> learners;
    for (int i = 0; i < kBatch; ++i) {
      learners.push_back(absl::StrCat("learner-", i));
      events.push_back(EventAt(learners.back(), batch + 1));
    }
    for (const NewEvent& event : events) keys.push_back({event.learner_id, event.request_id});
    ASSERT_OK(store_->LastSeqs(learners));
    ASSERT_OK(store_->FindRequests(keys));
    ASSERT_OK(store_->Append(events));
    ASSERT_OK(store_->ReadCommitted(batch * kBatch, kBatch));
  }
  store_.reset();  // its sessions report what they read when they end
  const auto read = [&] {
    return Query("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'event'");
  };
  // Each event is read a few times: as the place before the next one, and on its way to the bus.
  EXPECT_TRUE(Eventually([&] { return std::stoll(read()) >= kBatches * kBatch; }));
  EXPECT_LT(std::stoll(read()), 10 * kBatches * kBatch);
}

// The places in an append where its server process can die. Each dies once, and what was asked for happens once.
TEST_F(PostgresEventStoreTest, ABackendThatDiesBetweenTwoStepsLosesAndDoublesNothing) {
  Query(R"(CREATE SEQUENCE death;
           CREATE FUNCTION die_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             IF nextval('death') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(5); END IF;
             RETURN coalesce(NEW, OLD); END $$)");
  const std::string at_commit =
      "CONSTRAINT TRIGGER die AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED "
      "FOR EACH ROW";
  const std::vector<std::string> steps = {"TRIGGER die BEFORE UPDATE ON ledger_partition FOR EACH ROW",
                                          "TRIGGER die AFTER UPDATE ON ledger_partition FOR EACH ROW",
                                          "TRIGGER die BEFORE INSERT ON event FOR EACH ROW",
                                          "TRIGGER die AFTER INSERT ON event FOR EACH ROW", at_commit};
  ASSERT_THAT(Append(1), IsOkAndHolds(1));
  int64_t seq = 1;
  for (const std::string& step : steps) {
    Query(absl::StrCat("ALTER SEQUENCE death RESTART; CREATE ", step, " EXECUTE FUNCTION die_once()"));
    ++seq;
    EXPECT_THAT(Append(seq), IsOkAndHolds(seq)) << step;
    EXPECT_NE(Query("SELECT last_value FROM death"), "1\n") << "nobody died at " << step;
    Query(absl::StrCat("DROP TRIGGER die ON ", step.find("event") != std::string::npos ? "event" : "ledger_partition"));
  }
  EXPECT_EQ(Query("SELECT count(*), max(position) FROM event"), absl::StrCat(seq, "|", seq, "\n"));
}

// An oracle that knows what was acknowledged, while server processes and the server itself are killed at random.
TEST_F(PostgresEventStoreTest, NothingAcknowledgedIsLostAndNothingIsThereTwice) {
  constexpr int kLearners = 3;
  constexpr int kFaults = 12;
  std::atomic<bool> stop = false;
  std::vector<int64_t> acknowledged(kLearners);
  std::vector<std::thread> writers;
  for (int l = 0; l < kLearners; ++l) {
    writers.emplace_back([&, l] {
      const std::string learner = absl::StrCat("learner", l);
      while (!stop) {
        const int64_t seq = acknowledged[static_cast<size_t>(l)] + 1;
        const auto appended = store_->Append(std::vector{EventAt(learner, seq)});
        if (appended.ok()) {
          acknowledged[static_cast<size_t>(l)] = seq;
        } else if (absl::IsAborted(appended.status())) {  // it was recorded, and we were not told
          EXPECT_TRUE(Eventually([&] { return store_->LastSeq(learner).value_or(0) == seq; }));
          acknowledged[static_cast<size_t>(l)] = seq;
        } else {
          EXPECT_THAT(appended, StatusIs(absl::StatusCode::kUnavailable));
        }
      }
    });
  }
  std::mt19937_64 random(edirae::testing::Seed());
  for (int fault = 0; fault < kFaults; ++fault) {
    const int64_t before = store_->LastPosition().value_or(0);
    if (random() % 4 == 0) {
      random() % 2 == 0 ? server().Kill() : server().Stop();
      EXPECT_OK(server().Restart());
    } else {
      KillBackends("append");
    }
    EXPECT_TRUE(Eventually([&] { return store_->LastPosition().value_or(0) > before + 20; }))
        << "after fault " << fault;
  }
  stop = true;
  for (std::thread& writer : writers) writer.join();
  int64_t total = 0;
  for (int l = 0; l < kLearners; ++l) {
    const int64_t seq = acknowledged[static_cast<size_t>(l)];
    total += seq;
    const std::string learner = absl::StrCat("learner", l);
    EXPECT_THAT(store_->LastSeq(learner), IsOkAndHolds(seq));
    EXPECT_EQ(Query(absl::Substitute("SELECT count(*) FROM event WHERE learner_id = '$0'", learner)),
              absl::StrCat(seq, "\n"));
  }
  EXPECT_EQ(Query("SELECT count(*), min(position), max(position) FROM event"), absl::StrCat(total, "|1|", total, "\n"));
}

TEST_F(PostgresEventStoreTest, AReadOnlyServerIsUnavailableAndHeals) {
  ASSERT_OK(Append(1));
  ASSERT_THAT(store_->LastSeq("ada"), IsOkAndHolds(1));
  ASSERT_OK(server().Query("postgres", "ALTER DATABASE test SET default_transaction_read_only = on"));
  KillBackends("append");
  EXPECT_THAT(Append(2), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(store_->LastSeq("ada"), IsOkAndHolds(1)) << "reading goes on";
  ASSERT_OK(server().Query("postgres", "ALTER DATABASE test RESET default_transaction_read_only"));
  EXPECT_TRUE(Eventually([&] { return Append(2).ok(); }, kHealing));
}

TEST_F(PostgresEventStoreTest, TellsAFullDiskFromADamagedOne) {
  FailInserts("53100");
  EXPECT_THAT(Append(1), StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(store_->ReadCommitted(0, 10), IsOkAndHolds(IsEmpty())) << "reading goes on";
  FailInserts("XX001");
  EXPECT_THAT(Append(1), StatusIs(absl::StatusCode::kDataLoss));
  LetInserts();
  EXPECT_THAT(Append(1), IsOkAndHolds(1));
}

// A replica whose server was replaced by one that lacks the newest events must not write behind a gap.
TEST_F(PostgresEventStoreTest, RefusesAPlaceBehindAGap) {
  ASSERT_OK(Append(1));
  EXPECT_THAT(Append(3), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(Append(2), IsOkAndHolds(2)) << "no position was used up";
}

// An append that waits for an erasure sees the history as it was before it waited.
TEST_F(PostgresEventStoreTest, WhatWaitedForAnErasureDoesNotGoOnWithTheOldHistory) {
  ASSERT_OK(Append(1));
  Query(
      "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN OLD; END $$;"
      "CREATE TRIGGER dawdle BEFORE DELETE ON learner EXECUTE FUNCTION dawdle()");
  const auto other = OpenStore();
  std::thread eraser([&] {
    EXPECT_OK(other->Erase(
        {"ada", "key", absl::UnixEpoch(), [](const std::string&, int64_t) { return std::string("tombstone"); }}));
  });
  EXPECT_TRUE(
      Eventually([&] { return Query("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == "1\n"; }));
  EXPECT_THAT(Append(2), StatusIs(absl::StatusCode::kAborted));
  eraser.join();
  EXPECT_THAT(store_->LastSeq("ada"), IsOkAndHolds(0));
  EXPECT_OK(Append(1));
}

TEST_F(PostgresEventStoreTest, OfTwoStoresOneHoldsTheRelay) {
  const auto other = OpenStore();
  EXPECT_THAT(store_->HoldRelay(), IsOkAndHolds(true));
  EXPECT_THAT(store_->HoldRelay(), IsOkAndHolds(true));
  EXPECT_THAT(other->HoldRelay(), IsOkAndHolds(false));
  EXPECT_THAT(other->SaveRelayProgress({1, 1, 1}, {}), StatusIs(absl::StatusCode::kFailedPrecondition));
  ASSERT_OK(store_->StartRelayEpoch(7));
  store_.reset();
  EXPECT_TRUE(Eventually([&] { return other->HoldRelay().value_or(false); }));
  EXPECT_THAT(other->ReadRelayCursor(), IsOkAndHolds(RelayCursor{7, 0, 0}));
}

TEST_F(PostgresEventStoreTest, ARelayThatLostItsConnectionIsTold) {
  const auto other = OpenStore();
  ASSERT_THAT(store_->HoldRelay(), IsOkAndHolds(true));
  ASSERT_OK(other->LastPosition());
  KillBackends("outbox");
  EXPECT_TRUE(Eventually([&] { return other->HoldRelay().value_or(false); }));
  EXPECT_THAT(store_->SaveRelayProgress({1, 1, 1}, {}), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(store_->HoldRelay(), IsOkAndHolds(false));
  EXPECT_THAT(store_->HoldRelay(), IsOkAndHolds(false));
  KillBackends("outbox");
  EXPECT_TRUE(Eventually([&] { return store_->HoldRelay().value_or(false); }));
  EXPECT_THAT(other->HoldRelay(), IsOkAndHolds(false));
}

// A statement is planned when the ledger is empty; it must not read all of it ever after.
TEST_F(PostgresEventStoreTest, NeverReadsTheWholeLedger) {
  const std::string ada = "ada", r1 = "r1";
  for (int64_t seq = 1; seq <= 50; ++seq) {
    ASSERT_OK(Append(seq));
    ASSERT_OK(store_->FindRequests(std::vector<RequestKey>{{ada, r1}}));
    ASSERT_OK(store_->ReadLearner(ada, seq - 1, 10, 1000));
    ASSERT_OK(store_->ReadCommitted(seq - 1, 10));
    ASSERT_OK(store_->LastSeq(ada));
  }
  store_.reset();  // its sessions report when they end
  const std::string scans = "FROM pg_stat_user_tables WHERE relname = 'event'";
  EXPECT_TRUE(Eventually([&] { return std::stoi(Query("SELECT idx_scan " + scans)) > 200; }));
  EXPECT_EQ(Query("SELECT seq_tup_read " + scans), "0\n");
}

}  // namespace
}  // namespace edirae::progress
