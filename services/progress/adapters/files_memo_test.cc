#include "services/progress/adapters/files_memo.h"

#include <gtest/gtest.h>

#include <string>

namespace edirae::progress {
namespace {

TEST(FilesMemo, KnowsWhatWasNotedUntilTheFilesChange) {
  FilesMemo memo;
  EXPECT_FALSE(memo.IsAbsent("ada", "r1"));
  memo.NoteAbsent(memo.version(), "ada", "r1");
  memo.NoteLastSeq(memo.version(), "ada", 7);
  EXPECT_TRUE(memo.IsAbsent("ada", "r1"));
  EXPECT_FALSE(memo.IsAbsent("bob", "r1"));
  EXPECT_EQ(memo.LastSeq("ada"), 7);
  EXPECT_EQ(memo.LastSeq("bob"), std::nullopt);
  memo.Clear();
  EXPECT_FALSE(memo.IsAbsent("ada", "r1"));
  EXPECT_EQ(memo.LastSeq("ada"), std::nullopt);
}

TEST(FilesMemo, ALookUpThatBeganBeforeAChangeNotesNothing) {
  FilesMemo memo;
  const uint64_t before = memo.version();
  memo.Clear();
  memo.NoteAbsent(before, "ada", "r1");
  memo.NoteLastSeq(before, "ada", 7);
  EXPECT_FALSE(memo.IsAbsent("ada", "r1"));
  EXPECT_EQ(memo.LastSeq("ada"), std::nullopt);
}

TEST(FilesMemo, IsBounded) {
  FilesMemo memo;
  for (size_t i = 0; i <= limits::kIndexMemo; ++i) {
    memo.NoteAbsent(memo.version(), "ada", std::to_string(i));
    memo.NoteLastSeq(memo.version(), std::to_string(i), 1);
  }
  EXPECT_FALSE(memo.IsAbsent("ada", "0"));
  EXPECT_EQ(memo.LastSeq("0"), std::nullopt);
  EXPECT_TRUE(memo.IsAbsent("ada", std::to_string(limits::kIndexMemo)));
}

}  // namespace
}  // namespace edirae::progress
