// What every RevisionStore has to prove, whatever holds its rows. A new implementation adds one entry at the end.
#include <SQLiteCpp/Database.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/catalog_feed/digest.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/catalog/adapters/gzip.h"
#include "services/catalog/adapters/sqlite_revision_store.h"
#include "services/catalog/domain/revision_store.h"
#include "services/catalog/testing/fake_revision_store.h"

namespace edirae::catalog {
namespace {

using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<RevisionStore>(const std::string& folder)> open;
  // Replaces the stored content of a revision behind the store's back.
  std::function<void(RevisionStore& store, const std::string& folder, int64_t number, const std::string& content)>
      damage;
  bool durable;  // what was recorded is there after opening the same folder again
};

auto Numbered(int64_t number) { return Field(&RevisionRecord::number, number); }

class RevisionStoreContract : public ::testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override { store_ = GetParam().open(folder_.path()); }
  void Reopen() {
    store_.reset();
    store_ = GetParam().open(folder_.path());
  }
  RevisionStore& store() { return *store_; }
  NewRevision Sample(const std::string& content = "content", std::string request_id = "") {
    return {.publish_time = absl::FromUnixSeconds(1'800'000'000) + absl::Nanoseconds(5),
            .author = "ada",
            .note = "mended a typing error",
            .request_id = std::move(request_id),
            .restored_revision = 0,
            .counts = {1, 2, 3, 4},
            .content = store().Stage(content)};
  }
  void AppendMany(int count) {
    for (int i = 0; i < count; ++i) ASSERT_OK(store().Append(Sample(absl::StrCat("content ", i + 1)), i));
  }

  edirae::testing::TempFolder folder_;
  std::unique_ptr<RevisionStore> store_;
};

TEST_P(RevisionStoreContract, StartsEmpty) {
  EXPECT_THAT(store().Head(), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(store().Find(1), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store().ReadContent(1), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(store().List(100, 10), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(store().FindRequest("ada", "r1"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(store().ReadAnnounced(), IsOkAndHolds(AnnouncedMark{}));
}

TEST_P(RevisionStoreContract, GivesBackWhatWasRecorded) {
  const std::string content("a\0b", 3);
  NewRevision revision = Sample(content, "r1");
  revision.restored_revision = 7;
  const RevisionRecord expected = {.number = 1,
                                   .publish_time = revision.publish_time,
                                   .author = "ada",
                                   .note = "mended a typing error",
                                   .request_id = "r1",
                                   .restored_revision = 7,
                                   .counts = {1, 2, 3, 4},
                                   .digest = DigestOfBytes(content),
                                   .content_bytes = 3};
  EXPECT_THAT(store().Append(revision, 0), IsOkAndHolds(expected));
  EXPECT_THAT(store().Head(), IsOkAndHolds(Eq(expected)));
  EXPECT_THAT(store().Find(1), IsOkAndHolds(expected));
  EXPECT_THAT(store().FindRequest("ada", "r1"), IsOkAndHolds(Eq(expected)));
  EXPECT_THAT(store().ReadContent(1), IsOkAndHolds(content));
}

TEST_P(RevisionStoreContract, AppendsOnlyBehindTheExpectedHead) {
  ASSERT_OK(store().Append(Sample("first"), 0));
  EXPECT_THAT(store().Append(Sample("late"), 0), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(store().Append(Sample("early"), 2), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(store().Append(Sample("second"), 1), IsOkAndHolds(Numbered(2)));
  EXPECT_THAT(store().ReadContent(1), IsOkAndHolds("first"));
  EXPECT_THAT(store().ReadContent(2), IsOkAndHolds("second"));
  EXPECT_THAT(store().ReadContent(3), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(RevisionStoreContract, TakesARequestIdOnceForEachAuthor) {
  ASSERT_OK(store().Append(Sample("first", "r1"), 0));
  EXPECT_THAT(store().Append(Sample("second", "r1"), 1), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(store().ReadContent(2), StatusIs(absl::StatusCode::kNotFound));
  NewRevision of_another = Sample("second", "r1");
  of_another.author = "bob";
  EXPECT_THAT(store().Append(of_another, 1), IsOkAndHolds(Numbered(2)));
  EXPECT_THAT(store().FindRequest("bob", "r1"), IsOkAndHolds(::testing::Optional(Numbered(2))));
}

TEST_P(RevisionStoreContract, TakesAnyNumberWithoutARequestId) {
  AppendMany(2);
  EXPECT_THAT(store().Head(), IsOkAndHolds(::testing::Optional(Numbered(2))));
  EXPECT_THAT(store().FindRequest("ada", ""), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_P(RevisionStoreContract, ListsNewestFirstInPages) {
  AppendMany(5);
  EXPECT_THAT(store().List(100, 2), IsOkAndHolds(ElementsAre(Numbered(5), Numbered(4))));
  EXPECT_THAT(store().List(4, 10), IsOkAndHolds(ElementsAre(Numbered(3), Numbered(2), Numbered(1))));
  EXPECT_THAT(store().List(1, 10), IsOkAndHolds(IsEmpty()));
}

TEST_P(RevisionStoreContract, KeepsLargeContent) {
  std::string content;
  for (int i = 0; content.size() < 8'000'000; ++i) absl::StrAppend(&content, "question ", i, "; ");
  ASSERT_OK(store().Append(Sample(content), 0));
  const auto read = store().ReadContent(1);
  ASSERT_OK(read);
  EXPECT_TRUE(*read == content);
}

TEST_P(RevisionStoreContract, NoticesDamagedContent) {
  AppendMany(2);
  GetParam().damage(store(), folder_.path(), 1, "content 9");
  EXPECT_THAT(store().ReadContent(1), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(store().ReadContent(2), IsOkAndHolds("content 2"));
}

TEST_P(RevisionStoreContract, KeepsTheMarkOfWhatWasAnnounced) {
  ASSERT_OK(store().SaveAnnounced({77, 3}));
  EXPECT_THAT(store().ReadAnnounced(), IsOkAndHolds(AnnouncedMark{77, 3}));
  ASSERT_OK(store().SaveAnnounced({78, 0}));
  EXPECT_THAT(store().ReadAnnounced(), IsOkAndHolds(AnnouncedMark{78, 0}));
}

TEST_P(RevisionStoreContract, IsThereAfterARestart) {
  if (!GetParam().durable) GTEST_SKIP() << "in memory";
  AppendMany(2);
  ASSERT_OK(store().SaveAnnounced({77, 1}));
  Reopen();
  EXPECT_THAT(store().Head(), IsOkAndHolds(::testing::Optional(Numbered(2))));
  EXPECT_THAT(store().ReadContent(1), IsOkAndHolds("content 1"));
  EXPECT_THAT(store().ReadAnnounced(), IsOkAndHolds(AnnouncedMark{77, 1}));
}

TEST_P(RevisionStoreContract, LetsOneOfManyPublishersWin) {
  constexpr int kPublishers = 8;
  std::atomic<int> won = 0;
  std::vector<std::thread> publishers;
  for (int i = 0; i < kPublishers; ++i) {
    publishers.emplace_back([this, i, &won] {
      const auto appended = store().Append(Sample(absl::StrCat("of ", i)), 0);
      if (appended.ok()) return static_cast<void>(++won);
      EXPECT_THAT(appended, StatusIs(absl::StatusCode::kAborted));
    });
  }
  for (std::thread& publisher : publishers) publisher.join();
  EXPECT_EQ(won, 1);
  EXPECT_THAT(store().Head(), IsOkAndHolds(::testing::Optional(Numbered(1))));
}

std::unique_ptr<RevisionStore> OpenSqlite(const std::string& folder) {
  auto store = SqliteRevisionStore::Open(folder);
  EXPECT_OK(store);
  return *std::move(store);
}

void DamageSqlite(RevisionStore&, const std::string& folder, int64_t number, const std::string& content) {
  SQLite::Database db(folder + "/catalog.db", SQLite::OPEN_READWRITE, 5000);
  db.exec("DROP TRIGGER revision_content_stays");
  SQLite::Statement update(db, "UPDATE revision_content SET gzip = ? WHERE number = ?");
  const std::string gzip = Compress(content);
  update.bind(1, static_cast<const void*>(gzip.data()), static_cast<int>(gzip.size()));
  update.bind(2, number);
  ASSERT_EQ(update.exec(), 1);
}

INSTANTIATE_TEST_SUITE_P(
    Stores, RevisionStoreContract,
    ::testing::Values(Implementation{"Sqlite", OpenSqlite, DamageSqlite, true},
                      Implementation{
                          "Fake", [](const std::string&) { return std::make_unique<testing::FakeRevisionStore>(); },
                          [](RevisionStore& store, const std::string&, int64_t number, const std::string& content) {
                            static_cast<testing::FakeRevisionStore&>(store).Damage(number, content);
                          },
                          false}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(SqliteRevisionStore, RefusesToChangeWhatWasPublished) {
  const edirae::testing::TempFolder folder;
  const auto store = OpenSqlite(folder.path());
  ASSERT_OK(store->Append({.author = "ada", .content = store->Stage("content")}, 0));
  SQLite::Database db(folder.File("catalog.db"), SQLite::OPEN_READWRITE, 5000);
  EXPECT_THROW(db.exec("UPDATE revision SET note = 'other'"), SQLite::Exception);
  EXPECT_THROW(db.exec("UPDATE revision_content SET gzip = x'00'"), SQLite::Exception);
}

TEST(SqliteRevisionStore, HasOneWriterAtATime) {
  const edirae::testing::TempFolder folder;
  const auto store = OpenSqlite(folder.path());
  EXPECT_THAT(SqliteRevisionStore::Open(folder.path()), StatusIs(absl::StatusCode::kFailedPrecondition));
}

}  // namespace
}  // namespace edirae::catalog
