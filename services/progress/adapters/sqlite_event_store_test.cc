#include "services/progress/adapters/sqlite_event_store.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "common/status/error.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/progress/adapters/sqlite_schema.h"
#include "services/progress/adapters/store_ledger.h"
#include "services/progress/testing/blocking_ledger.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A ledger over a file of its own.
struct OnDisk {
  explicit OnDisk(const std::string& folder) : store(*SqliteEventStore::Open(folder)) {
    content.Set(TestIndex());
    ledger = std::make_unique<StoreLedger>(*store, content, clock, metrics, 1000, [] {});
  }
  SystemClock clock;
  Metrics metrics;
  CurrentContent content;
  std::unique_ptr<SqliteEventStore> store;
  std::unique_ptr<StoreLedger> ledger;
};

TEST(SqliteEventStore, ASecondWriterOnOneFolderIsRefused) {
  edirae::testing::TempFolder folder;
  const auto first = SqliteEventStore::Open(folder.path());
  ASSERT_OK(first);
  EXPECT_THAT(SqliteEventStore::Open(folder.path()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(folder.path())));
}

TEST(SqliteEventStore, AFullDiskRefusesAndRecovers) {
  edirae::testing::TempFolder folder;
  OnDisk disk(folder.path());
  RecordOne(*disk.ledger, "ada", Answer("first", "vectors.q1"));
  ASSERT_OK(disk.store->SetMaxBytes(80 * 1024));
  int64_t recorded = 1;
  RecordAnswer answer;
  for (int i = 0; i < 2000; ++i) {
    answer = Record(*disk.ledger, "ada", {Review("r" + std::to_string(i), "vectors.card")});
    if (!answer.ok()) break;
    ++recorded;
  }
  ASSERT_THAT(answer, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_EQ(ErrorInfoOf(answer.status()).reason(), "STORAGE_FULL");
  EXPECT_EQ(ReadProgress(*disk.ledger, "ada")->as_of_seq(), recorded) << "reading goes on";
  ASSERT_OK(disk.store->SetMaxBytes(0));
  EXPECT_EQ(RecordOne(*disk.ledger, "ada", Answer("last", "vectors.q2")).learner_seq(), recorded + 1);
}

TEST(SqliteEventStore, OutcomesOutliveARestart) {
  edirae::testing::TempFolder folder;
  std::string first;
  {
    OnDisk disk(folder.path());
    first = *Record(*disk.ledger, "ada", {Answer("r1", "vectors.q1", false)})->at(0);
  }
  OnDisk disk(folder.path());
  EXPECT_EQ(*Record(*disk.ledger, "ada", {Answer("r1", "vectors.q1", false)})->at(0), first);
}

// What was recorded of one learner, as the store finds it.
std::vector<int64_t> SeqsOf(SqliteEventStore& store, const std::string& learner) {
  std::vector<int64_t> seqs;
  const auto events = store.ReadLearner(learner, 0, 1000, ~size_t{0});
  EXPECT_OK(events);
  for (const StoredEvent& event : *events) seqs.push_back(event.learner_seq);
  return seqs;
}

bool Knows(SqliteEventStore& store, const std::string& learner, const std::string& request) {
  const RequestKey keys[] = {{learner, request}};
  return store.FindRequests(keys)->at(0).has_value();
}

TEST(SqliteEventStore, AnIndexThatWasDeletedIsMadeAgain) {
  edirae::testing::TempFolder folder;
  {
    OnDisk disk(folder.path());
    for (int i = 1; i <= 3; ++i) RecordOne(*disk.ledger, "ada", Review("r" + std::to_string(i), "vectors.card"));
  }
  std::filesystem::remove_all(folder.path() + "/ledger.index");
  OnDisk disk(folder.path());
  EXPECT_THAT(SeqsOf(*disk.store, "ada"), ElementsAre(1, 2, 3));
  EXPECT_TRUE(Knows(*disk.store, "ada", "r3"));
}

TEST(SqliteEventStore, AnIndexThatIsBehindFollows) {
  edirae::testing::TempFolder folder;
  const std::string index = folder.path() + "/ledger.index", older = folder.path() + "/older";
  {
    OnDisk disk(folder.path());
    RecordOne(*disk.ledger, "ada", Review("r1", "vectors.card"));
  }
  std::filesystem::copy(index, older, std::filesystem::copy_options::recursive);
  {
    OnDisk disk(folder.path());
    RecordOne(*disk.ledger, "ada", Review("r2", "vectors.card"));
  }
  std::filesystem::remove_all(index);
  std::filesystem::rename(older, index);
  OnDisk disk(folder.path());
  EXPECT_THAT(SeqsOf(*disk.store, "ada"), ElementsAre(1, 2));
  EXPECT_TRUE(Knows(*disk.store, "ada", "r2"));
}

// A ledger that was restored from a backup may lie beside an index that knows of later events.
TEST(SqliteEventStore, AnIndexOfAnotherLedgerIsMadeAgain) {
  edirae::testing::TempFolder folder, other;
  {
    OnDisk disk(folder.path());
    RecordOne(*disk.ledger, "ada", Review("r1", "vectors.card"));
    OnDisk elsewhere(other.path());
    RecordOne(*elsewhere.ledger, "bob", Review("r9", "vectors.card"));
  }
  std::filesystem::remove_all(folder.path() + "/ledger.index");
  std::filesystem::rename(other.path() + "/ledger.index", folder.path() + "/ledger.index");
  OnDisk disk(folder.path());
  EXPECT_THAT(SeqsOf(*disk.store, "ada"), ElementsAre(1));
  EXPECT_THAT(SeqsOf(*disk.store, "bob"), IsEmpty());
  EXPECT_FALSE(Knows(*disk.store, "bob", "r9"));
}

TEST(SqliteEventStore, ALedgerOfTheFirstVersionIsTakenOver) {
  edirae::testing::TempFolder folder;
  {
    const auto db = sql::OpenReadWrite(folder.path() + "/ledger.db");
    ASSERT_OK(db);
    ASSERT_OK(sql::Migrate(**db, std::span(kLedgerSchema).first(1)));
    (*db)->exec(
        "INSERT INTO event VALUES (1, 1, 7, CAST('first' AS BLOB), CAST('outcome' AS BLOB)),"
        "  (2, 2, NULL, CAST('second' AS BLOB), NULL), (3, 1, 8, CAST('third' AS BLOB), CAST('o' AS BLOB));"
        "INSERT INTO learner_key VALUES ('ada', 1, 1), ('ada', 'r1', 1), ('ada', 2, 2), ('bob', 1, 3), ('bob', 'r1', "
        "3);");
  }
  const auto store = SqliteEventStore::Open(folder.path());
  ASSERT_OK(store);
  EXPECT_THAT((*store)->ReadLearner("ada", 0, 10, 1000),
              IsOkAndHolds(ElementsAre(StoredEvent{1, 1, "first"}, StoredEvent{2, 2, "second"})));
  const std::string ada = "ada", request = "r1";
  const RequestKey keys[] = {{ada, request}};
  EXPECT_EQ((*store)->FindRequests(keys)->at(0), (StoredRequest{7, "outcome"}));
  EXPECT_THAT((*store)->ReadCommitted(2, 10),
              IsOkAndHolds(ElementsAre(StoredEvent{3, 1, "third", *(*store)->Pseudonym("bob")})));
  const std::vector<NewEvent> next = {{"bob", 2, "fourth", "r2", 9, "o"}};
  EXPECT_THAT((*store)->Append(next), IsOkAndHolds(4));
}

// The child records as fast as it can, and tells through the pipe what was acknowledged, until it is killed.
[[noreturn]] void RecordUntilKilled(const std::string& folder, int acknowledged) {
  OnDisk disk(folder);
  for (uint32_t i = 0;; ++i) {
    std::vector<std::future<RecordAnswer>> answers;
    for (uint32_t j = 0; j < 8; ++j) {
      answers.push_back(StartRecord(*disk.ledger, "learner" + std::to_string(j),
                                    {Answer("r" + std::to_string(i), "vectors.q" + std::to_string(i % 5 + 1))}));
    }
    for (uint32_t j = 0; j < 8; ++j) {
      if (!answers[j].get()->at(0).ok()) _exit(1);
      const uint32_t entry[2] = {j, i};
      if (write(acknowledged, entry, sizeof(entry)) != sizeof(entry)) _exit(1);
    }
  }
}

TEST(SqliteEventStore, NothingAcknowledgedIsLostWhenTheProcessIsKilled) {
  edirae::testing::TempFolder folder;
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) RecordUntilKilled(folder.path(), pipe_ends[1]);
  close(pipe_ends[1]);
  std::set<std::pair<uint32_t, uint32_t>> acknowledged;
  uint32_t entry[2];
  const auto next = [&] { return read(pipe_ends[0], entry, sizeof(entry)) == sizeof(entry); };
  while (acknowledged.size() < 500 && next()) acknowledged.insert({entry[0], entry[1]});
  kill(child, SIGKILL);
  while (next()) acknowledged.insert({entry[0], entry[1]});
  close(pipe_ends[0]);
  waitpid(child, nullptr, 0);
  ASSERT_GE(acknowledged.size(), 500);

  OnDisk disk(folder.path());
  for (const auto& [learner, request] : acknowledged) {
    const std::string learner_id = "learner" + std::to_string(learner);
    const std::string request_id = "r" + std::to_string(request);
    const RequestKey keys[] = {{learner_id, request_id}};
    ASSERT_TRUE(disk.store->FindRequests(keys)->at(0).has_value()) << learner_id << " " << request_id;
  }
  for (int learner = 0; learner < 8; ++learner) {
    int64_t seq = 0;
    const auto history = disk.store->ReadLearner("learner" + std::to_string(learner), 0, 1 << 20, ~size_t{0});
    ASSERT_OK(history);
    for (const StoredEvent& event : *history) ASSERT_EQ(event.learner_seq, ++seq);
  }
}

}  // namespace
}  // namespace edirae::progress
