#include "common/sql/folder_lock.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::sql {
namespace {

using ::edirae::testing::StatusIs;
using ::edirae::testing::TempFolder;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(FolderLock, CreatesThePrivateFolder) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(FolderLock lock, FolderLock::Acquire(folder.File("a/b/")));
  struct stat found;
  ASSERT_EQ(::stat(folder.File("a/b").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
  EXPECT_EQ(lock.folder(), folder.File("a/b"));
}

TEST(FolderLock, SecondWriterIsRefusedWithFolderAndPid) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(FolderLock lock, FolderLock::Acquire(folder.path()));
  EXPECT_THAT(FolderLock::Acquire(folder.path()),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr(folder.path()), HasSubstr(absl::StrCat("pid ", ::getpid())))));
}

TEST(FolderLock, IsReleasedByDestructionAndKeptByMove) {
  TempFolder folder;
  std::optional<FolderLock> kept;
  {
    ASSERT_OK_AND_ASSIGN(FolderLock lock, FolderLock::Acquire(folder.path()));
    kept = std::move(lock);
  }
  EXPECT_THAT(FolderLock::Acquire(folder.path()), StatusIs(absl::StatusCode::kFailedPrecondition));
  kept.reset();
  EXPECT_OK(FolderLock::Acquire(folder.path()));
}

TEST(FolderLock, IsReleasedWhenTheHolderIsKilled) {
  TempFolder folder;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t holder = ::fork();
  ASSERT_GE(holder, 0);
  if (holder == 0) {
    absl::StatusOr<FolderLock> lock = FolderLock::Acquire(folder.path());
    if (::write(ready[1], lock.ok() ? "y" : "n", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  char answer = 0;
  ASSERT_EQ(::read(ready[0], &answer, 1), 1);
  ASSERT_EQ(answer, 'y');
  EXPECT_THAT(FolderLock::Acquire(folder.path()),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr(absl::StrCat("pid ", holder))));
  ::kill(holder, SIGKILL);
  ASSERT_EQ(::waitpid(holder, nullptr, 0), holder);
  EXPECT_OK(FolderLock::Acquire(folder.path()));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST(FolderLock, RefusesAFileInTheFoldersPlace) {
  TempFolder folder;
  ASSERT_OK_AND_ASSIGN(FolderLock lock, FolderLock::Acquire(folder.path()));
  EXPECT_THAT(FolderLock::Acquire(folder.File("LOCK")), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(FolderLock::Acquire(""), StatusIs(absl::StatusCode::kInvalidArgument));
}

}  // namespace
}  // namespace edirae::sql
