#include "services/progress/adapters/index_files.h"

#include <filesystem>
#include <fstream>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::progress {
namespace {

using edirae::testing::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

class IndexFilesTest : public ::testing::Test {
 protected:
  IndexFilesTest() { Reopen(); }
  void Reopen() {
    index_.reset();
    index_ = *IndexFiles::Open(folder_.path() + "/index");
  }
  void Add(std::vector<IndexedEvent> events) {
    const int64_t last = events.back().position;
    ASSERT_OK(index_->Add(events, {last, static_cast<uint64_t>(last) * 1000}));
  }
  std::vector<std::optional<int64_t>> Find(const std::string& learner, const std::string& request) {
    const RequestKey keys[] = {{learner, request}};
    const auto found = index_->FindRequests(keys);
    EXPECT_OK(found);
    return *found;
  }
  edirae::testing::TempFolder folder_;
  std::unique_ptr<IndexFiles> index_;
};

TEST_F(IndexFilesTest, StartsEmpty) {
  EXPECT_EQ(index_->mark()->position, 0);
  EXPECT_THAT(index_->LastSeq("ada"), IsOkAndHolds(0));
  EXPECT_THAT(index_->Positions("ada", 0, 10)->positions, IsEmpty());
  EXPECT_THAT(Find("ada", "r1"), ElementsAre(std::nullopt));
}

TEST_F(IndexFilesTest, KnowsWhereALearnersEventsAndRequestsAre) {
  Add({{1, "ada", 1, "r1"}, {2, "bob", 1, "r1"}, {3, "ada", 2, ""}, {4, "ada", 3, "r2"}});
  EXPECT_THAT(index_->Positions("ada", 0, 10)->positions, ElementsAre(1, 3, 4));
  EXPECT_THAT(index_->Positions("ada", 1, 10)->positions, ElementsAre(3, 4));
  EXPECT_THAT(index_->Positions("ada", 0, 2)->positions, ElementsAre(1, 3));
  EXPECT_THAT(index_->LastSeq("ada"), IsOkAndHolds(3));
  EXPECT_THAT(Find("ada", "r2"), ElementsAre(Optional(4)));
  EXPECT_THAT(Find("bob", "r1"), ElementsAre(Optional(2)));
  EXPECT_THAT(Find("bob", "r2"), ElementsAre(std::nullopt));
}

TEST_F(IndexFilesTest, TellsLearnersApartWhoseIdsBeginAlike) {
  Add({{1, "ada", 1, "r1"}, {2, "adam", 1, "r2"}, {3, "adam", 2, "r3"}, {4, "ad", 1, "r4"}});
  EXPECT_THAT(index_->Positions("ada", 0, 10)->positions, ElementsAre(1));
  EXPECT_THAT(index_->LastSeq("ada"), IsOkAndHolds(1));
  EXPECT_THAT(index_->LastSeq("ad"), IsOkAndHolds(1));
  EXPECT_THAT(index_->LastSeq("adamant"), IsOkAndHolds(0));
}

TEST_F(IndexFilesTest, KeepsTheOrderOfLongHistories) {
  std::vector<IndexedEvent> events;
  for (int64_t i = 1; i <= 1000; ++i) events.push_back({i, "ada", i, ""});
  Add(events);
  EXPECT_THAT(index_->LastSeq("ada"), IsOkAndHolds(1000));
  EXPECT_EQ(index_->Positions("ada", 254, 4)->last_seq, 258);
  EXPECT_THAT(index_->Positions("ada", 254, 4)->positions, ElementsAre(255, 256, 257, 258));
}

TEST_F(IndexFilesTest, RemembersHowFarItHasComeWhenClosed) {
  Add({{1, "ada", 1, "r1"}});
  Reopen();
  EXPECT_EQ(index_->mark()->position, 1);
  EXPECT_EQ(index_->mark()->fingerprint, 1000);
  EXPECT_THAT(Find("ada", "r1"), ElementsAre(Optional(1)));
}

TEST_F(IndexFilesTest, ClearForgetsEverything) {
  Add({{1, "ada", 1, "r1"}});
  ASSERT_OK(index_->Clear());
  EXPECT_EQ(index_->mark()->position, 0);
  EXPECT_THAT(Find("ada", "r1"), ElementsAre(std::nullopt));
  Add({{1, "bob", 1, "r1"}});
  EXPECT_THAT(Find("bob", "r1"), ElementsAre(Optional(1)));
}

TEST_F(IndexFilesTest, ReplacesADamagedOne) {
  Add({{1, "ada", 1, "r1"}});
  index_.reset();
  for (const auto& file : std::filesystem::directory_iterator(folder_.path() + "/index")) {
    if (file.path().filename().string().rfind("MANIFEST", 0) == 0) std::ofstream(file.path()) << "not a manifest";
  }
  Reopen();
  EXPECT_EQ(index_->mark()->position, 0);
  EXPECT_THAT(Find("ada", "r1"), ElementsAre(std::nullopt));
}

}  // namespace
}  // namespace edirae::progress
