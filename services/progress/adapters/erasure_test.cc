// What an erasure leaves in files: nothing.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <random>

#include "absl/strings/str_cat.h"
#include "common/testing/files_with.h"
#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/progress/adapters/sqlite_event_store.h"

namespace edirae::progress {
namespace {

using edirae::testing::FilesWith;
using edirae::testing::IsOkAndHolds;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kPlantedLearners = 24;
constexpr int kRounds = 40;
constexpr int kKills = 5;

std::string NameOf(int learner) { return absl::StrCat("Zebrafish", learner, "x"); }

// What only this learner wrote.
std::string WordsOf(int learner, int round) { return absl::StrCat("Quagmire", learner, "y", round); }

NewEvent Planted(int learner, int round) {
  return {NameOf(learner),
          round,
          absl::StrCat(WordsOf(learner, round), std::string(200, 'p')),
          absl::StrCat("Xylophone", learner, "z", round),
          7,
          absl::StrCat(WordsOf(learner, round), std::string(90, 'o'))};
}

absl::StatusOr<Erasure> Erase(EventStore& store, int learner) {
  return store.Erase({NameOf(learner), absl::StrCat("key", learner), absl::FromUnixSeconds(1'800'000'000),
                      [](const std::string&, int64_t) { return "tombstone"; }});
}

class ErasureTest : public ::testing::Test {
 protected:
  // Many learners' events among each other, in ledger and index files alike.
  void SetUp() override {
    Open();
    for (int round = 1; round <= kRounds; ++round) {
      std::vector<NewEvent> events;
      for (int learner = 0; learner < kPlantedLearners; ++learner) events.push_back(Planted(learner, round));
      ASSERT_OK(store_->Append(events));
    }
    Close();  // what was in memory moves to the index's files
    ASSERT_THAT(FilesWith(folder_.path(), WordsOf(7, 3)), Not(IsEmpty()));
    ASSERT_THAT(FilesWith(folder_.File("ledger.index"), NameOf(7)), Not(IsEmpty()));
    Open();
  }

  void Open() {
    auto store = SqliteEventStore::Open(folder_.path());
    ASSERT_OK(store);
    store_ = *std::move(store);
  }
  void Close() { store_.reset(); }

  void ExpectNoTrace(int learner) {
    EXPECT_THAT(FilesWith(folder_.path(), NameOf(learner)), IsEmpty()) << "learner " << learner;
    EXPECT_THAT(FilesWith(folder_.path(), absl::StrCat("Quagmire", learner, "y")), IsEmpty()) << "learner " << learner;
    EXPECT_THAT(FilesWith(folder_.path(), absl::StrCat("Xylophone", learner, "z")), IsEmpty()) << "learner " << learner;
  }
  // Whose history is still whole.
  void ExpectWhole(int learner) {
    EXPECT_THAT(store_->LastSeq(NameOf(learner)), IsOkAndHolds(kRounds));
    ASSERT_OK_AND_ASSIGN(const auto events, store_->ReadLearner(NameOf(learner), 0, 1000, 1 << 20));
    ASSERT_EQ(events.size(), kRounds);
    EXPECT_EQ(events[2].payload, Planted(learner, 3).payload);
  }

  edirae::testing::TempFolder folder_;
  std::unique_ptr<SqliteEventStore> store_;
};

TEST_F(ErasureTest, LeavesNothingInAnyFile) {
  constexpr int kEach = 5;
  // Some among others, so that pages are merged and written anew again and again.
  for (int learner = 0; learner < kPlantedLearners; learner += kEach) {
    ASSERT_OK(Erase(*store_, learner));
    ASSERT_OK(store_->WipeErased());
    ExpectNoTrace(learner);
  }
  for (int learner = 0; learner < kPlantedLearners; learner += kEach) ExpectNoTrace(learner);
  Close();
  Open();
  for (int learner = 0; learner < kPlantedLearners; ++learner)
    learner % kEach == 0 ? ExpectNoTrace(learner) : ExpectWhole(learner);
}

TEST_F(ErasureTest, LeavesNothingOfWhatIsOnlyInMemory) {
  ASSERT_OK(store_->Append(std::vector{Planted(7, kRounds + 1)}));
  ASSERT_OK(Erase(*store_, 7));
  ASSERT_OK(store_->WipeErased());
  ExpectNoTrace(7);
  Close();
  ExpectNoTrace(7);
}

TEST_F(ErasureTest, LeavesNothingOfWhoWasOnlyAMentor) {
  constexpr char kMentor[] = "Yellowhammer";
  EraseCommand command{.learner_id = kMentor, .receipt_key = "key", .now = absl::UnixEpoch(), .make_tombstone = {}};
  command.make_tombstone = [](const std::string&, int64_t) { return "tombstone"; };
  command.act_positions = {5};
  command.rename_mentor = [](const std::string& payload) { return payload; };
  ASSERT_OK(store_->Erase(command));
  ASSERT_OK(store_->WipeErased());
  EXPECT_THAT(FilesWith(folder_.path(), kMentor), IsEmpty());
  for (int i = 0; i < 2; ++i) {
    Close();
    EXPECT_THAT(FilesWith(folder_.path(), kMentor), IsEmpty());
    Open();
  }
}

TEST_F(ErasureTest, GoesOnAfterACrashBeforeFilesAreWiped) {
  ASSERT_OK(Erase(*store_, 7));
  // What the disk holds now is what a crash would leave.
  const edirae::testing::TempFolder kept;
  std::filesystem::copy(folder_.path(), kept.File("image"), std::filesystem::copy_options::recursive);
  Close();
  std::filesystem::remove_all(folder_.path());
  std::filesystem::copy(kept.File("image"), folder_.path(), std::filesystem::copy_options::recursive);
  ASSERT_THAT(FilesWith(folder_.path(), NameOf(7)), Not(IsEmpty())) << "or the test proves nothing";
  Open();
  ExpectNoTrace(7);
  ExpectWhole(8);
  EXPECT_THAT(store_->LastSeq(NameOf(7)), IsOkAndHolds(0));
}

// As after a crash between the ledger's commit and the index's.
TEST_F(ErasureTest, GoesOnWithAnIndexThatHasNotFollowed) {
  Close();
  const auto everything = std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing;
  std::filesystem::copy(folder_.File("ledger.index"), folder_.File("kept"), everything);
  Open();
  // The newest event of all, which is the index's mark, is theirs.
  ASSERT_OK(Erase(*store_, kPlantedLearners - 1));
  Close();
  std::filesystem::remove_all(folder_.File("ledger.index"));
  std::filesystem::rename(folder_.File("kept"), folder_.File("ledger.index"));
  Open();
  ExpectNoTrace(kPlantedLearners - 1);
  EXPECT_THAT(store_->LastSeq(NameOf(kPlantedLearners - 1)), IsOkAndHolds(0));
  ExpectWhole(8);
}

// Erases one after the other, and tells of each when it begins and when it is done, until the process is killed.
[[noreturn]] void EraseUntilKilled(const std::string& folder, int first, int progress) {
  const auto store = SqliteEventStore::Open(folder);
  if (!store.ok()) _exit(1);
  for (int learner = first; learner < kPlantedLearners; ++learner) {
    for (const bool done : {false, true}) {
      if (done && !(Erase(**store, learner).ok() && (*store)->WipeErased().ok())) _exit(1);
      const int entry[2] = {learner, done ? 1 : 0};
      if (write(progress, entry, sizeof(entry)) != sizeof(entry)) _exit(1);
    }
  }
  while (true) pause();
}

TEST_F(ErasureTest, IsWholeOrNotAtAllWheneverTheProcessIsKilled) {
  Close();
  std::mt19937_64 random(edirae::testing::Seed());
  int next = 0;
  for (int round = 0; round < kKills && next < kPlantedLearners; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) EraseUntilKilled(folder_.path(), next, ends[1]);
    close(ends[1]);
    int entry[2] = {-1, 0};
    ASSERT_EQ(read(ends[0], entry, sizeof(entry)), static_cast<ssize_t>(sizeof(entry)));
    usleep(static_cast<useconds_t>(random() % 60'000));
    kill(child, SIGKILL);
    int acknowledged = next;
    do {
      if (entry[1] == 1) acknowledged = entry[0] + 1;
    } while (read(ends[0], entry, sizeof(entry)) == sizeof(entry));
    close(ends[0]);
    waitpid(child, nullptr, 0);
    Open();
    for (int learner = next; learner < kPlantedLearners; ++learner) {
      const bool erased = store_->FindErasure(absl::StrCat("key", learner))->has_value();
      EXPECT_TRUE(erased || learner >= acknowledged) << "learner " << learner << " in round " << round;
      if (!erased) break;
      ExpectNoTrace(learner);
      next = learner + 1;
    }
    if (next < kPlantedLearners) ExpectWhole(kPlantedLearners - 1);
    Close();
  }
}

TEST_F(ErasureTest, WhoComesBackBeforeFilesAreWipedKeepsTheNewHistory) {
  ASSERT_OK(Erase(*store_, 7));
  ASSERT_OK(store_->Append(std::vector{Planted(7, 1)}));
  ASSERT_OK(store_->WipeErased());
  EXPECT_THAT(store_->LastSeq(NameOf(7)), IsOkAndHolds(1));
  Close();
  Open();
  EXPECT_THAT(store_->LastSeq(NameOf(7)), IsOkAndHolds(1));
  EXPECT_THAT(FilesWith(folder_.path(), WordsOf(7, 3)), IsEmpty());
}

}  // namespace
}  // namespace edirae::progress
