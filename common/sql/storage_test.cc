#include "common/sql/storage.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>

#include "common/sql/database.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::sql {
namespace {

using ::edirae::testing::StatusIs;
using ::edirae::testing::TempFolder;
using ::testing::HasSubstr;

TEST(Storage, AFolderThatIsMovedAwayIsNoticedAndFoundAgain) {
  const TempFolder folder;
  std::filesystem::create_directory(folder.File("data"));
  ASSERT_OK_AND_ASSIGN(const auto db, OpenReadWrite(folder.File("data/a.db")));
  EXPECT_OK(CheckInPlace(*db));
  std::filesystem::rename(folder.File("data"), folder.File("elsewhere"));
  EXPECT_THAT(CheckInPlace(*db), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("data/a.db")));
  std::filesystem::rename(folder.File("elsewhere"), folder.File("data"));
  EXPECT_OK(CheckInPlace(*db));
}

TEST(Storage, AnotherFileUnderTheNameIsNotOurs) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(const auto db, OpenReadWrite(folder.File("a.db")));
  ASSERT_OK_AND_ASSIGN(const auto other, OpenReadWrite(folder.File("b.db")));
  std::filesystem::rename(folder.File("b.db"), folder.File("a.db"));
  EXPECT_THAT(CheckInPlace(*db), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(Storage, AFileSystemThatDoesNotAnswerHasNoRoom) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(const auto db, OpenReadWrite(folder.File("a.db")));
  EXPECT_OK(CheckRoom(*db));
  std::filesystem::remove(folder.File("a.db"));
  EXPECT_THAT(CheckRoom(*db), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(Storage, ACheckOfWritesIsACommitThatOthersSee) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(const auto db, OpenReadWrite(folder.File("a.db")));
  ASSERT_OK_AND_ASSIGN(const auto other, OpenReadWrite(folder.File("a.db")));
  const auto version = [&] { return other->execAndGet("PRAGMA data_version").getInt(); };
  for (int i = 0; i < 3; ++i) {
    const int before = version();
    EXPECT_OK(CheckWrites(*db));
    EXPECT_NE(version(), before);
  }
}

TEST(Storage, ADatabaseThatTakesNothingFailsTheCheckOfWrites) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(const auto db, OpenReadWrite(folder.File("a.db")));
  db->exec("PRAGMA query_only = 1");
  EXPECT_FALSE(CheckWrites(*db).ok());
}

}  // namespace
}  // namespace edirae::sql
