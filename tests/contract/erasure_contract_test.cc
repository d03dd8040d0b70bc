// What every EventStore has to prove about pseudonyms and erasures.
#include <memory>
#include <string>
#include <vector>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "tests/contract/event_stores.h"

namespace edirae::progress {
namespace {

using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Optional;

const absl::Time kErased = absl::FromUnixSeconds(1'800'000'000);

NewEvent Did(std::string learner, int64_t seq, const std::string& request) {
  return {std::move(learner), seq, "payload", request, 7, "outcome of " + request};
}

class ErasureContract : public ::testing::TestWithParam<StoreKind> {
 protected:
  void SetUp() override { store_ = GetParam().open(folder_.path()); }
  void Reopen() {
    store_.reset();
    store_ = GetParam().open(folder_.path());
  }
  EventStore& store() { return *store_; }

  absl::StatusOr<Erasure> Erase(const std::string& learner, const std::string& receipt_key = "key") {
    return store().Erase({learner, receipt_key, kErased, [](const std::string& pseudonym, int64_t count) {
                            return "tombstone of " + pseudonym + " with " + std::to_string(count);
                          }});
  }

  // Who did what is in the log, as the bus sees it, and where.
  std::vector<std::pair<int64_t, std::string>> Log() {
    std::vector<std::pair<int64_t, std::string>> log;
    const auto committed = store().ReadCommitted(0, 100);
    EXPECT_OK(committed);
    for (const StoredEvent& event : *committed) log.emplace_back(event.position, event.pseudonym);
    return log;
  }

  edirae::testing::TempFolder folder_;
  std::unique_ptr<EventStore> store_;
};

TEST_P(ErasureContract, APseudonymStaysFromTheFirstQuestionOn) {
  ASSERT_OK_AND_ASSIGN(const std::string ada, store().Pseudonym("ada"));
  EXPECT_THAT(ada, MatchesRegex("[0-9a-f]{32}"));
  EXPECT_THAT(store().Pseudonym("ada"), IsOkAndHolds(ada));
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1"), Did("bob", 1, "r1"), Did("ada", 2, "r2")}));
  ASSERT_OK_AND_ASSIGN(const std::string bob, store().Pseudonym("bob"));
  EXPECT_NE(ada, bob);
  EXPECT_THAT(store().Pseudonym("ada"), IsOkAndHolds(ada));
  EXPECT_THAT(Log(), ElementsAre(std::pair(1, ada), std::pair(2, bob), std::pair(3, ada)));
  EXPECT_THAT(store().LearnerOf(ada), IsOkAndHolds(Optional(std::string("ada"))));
  if (!GetParam().durable) return;
  Reopen();
  EXPECT_THAT(store().Pseudonym("ada"), IsOkAndHolds(ada));
}

TEST_P(ErasureContract, NothingIsLeftButATombstone) {
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1"), Did("bob", 1, "r1"), Did("ada", 2, "r2")}));
  ASSERT_OK_AND_ASSIGN(const std::string ada, store().Pseudonym("ada"));
  ASSERT_OK_AND_ASSIGN(const std::string bob, store().Pseudonym("bob"));
  ASSERT_OK_AND_ASSIGN(const Erasure erasure, Erase("ada"));
  EXPECT_EQ(erasure.pseudonym, ada);
  EXPECT_EQ(erasure.tombstone_position, 4);
  EXPECT_EQ(erasure.event_count, 2);
  EXPECT_EQ(erasure.erase_time, kErased);
  EXPECT_FALSE(erasure.complete_time.has_value() || erasure.proof.has_value());
  EXPECT_THAT(store().ReadLearner("ada", 0, 10, 1000), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(store().LastSeq("ada"), IsOkAndHolds(0));
  const RequestKey asked[] = {{"ada", "r1"}, {"bob", "r1"}};
  ASSERT_OK_AND_ASSIGN(const auto found, store().FindRequests(asked));
  EXPECT_FALSE(found[0].has_value());
  EXPECT_TRUE(found[1].has_value());
  EXPECT_THAT(store().LearnerOf(ada), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(Log(), ElementsAre(std::pair(2, bob), std::pair(4, ada)));
  ASSERT_OK_AND_ASSIGN(const auto tombstone, store().ReadLearner("~" + ada, 0, 10, 1000));
  ASSERT_EQ(tombstone.size(), 1);
  EXPECT_EQ(tombstone[0].payload, "tombstone of " + ada + " with 2");
  EXPECT_EQ(tombstone[0].learner_seq, 3);
}

TEST_P(ErasureContract, HappensOnlyWhereTheHistoryEndsWhenThatIsAskedFor) {
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1"), Did("ada", 2, "r2"), Did("bob", 1, "r1")}));
  const auto erase_at = [&](int64_t seq) {
    return store().Erase({"ada", "key", kErased, [](const std::string&, int64_t) { return "tombstone"; }, seq});
  };
  EXPECT_THAT(erase_at(1), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(erase_at(3), StatusIs(absl::StatusCode::kAborted));
  EXPECT_THAT(store().LastSeq("ada"), IsOkAndHolds(2)) << "nothing changed";
  EXPECT_THAT(store().LastPosition(), IsOkAndHolds(3));
  EXPECT_OK(erase_at(2));
  EXPECT_THAT(store().LastSeq("ada"), IsOkAndHolds(0));
}

TEST_P(ErasureContract, EventsOfOthersDoNotNameAMentorAnyMore) {
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1"), Did("bob", 1, "r1"), Did("bob", 2, "r2")}));
  EraseCommand command{.learner_id = "mia", .receipt_key = "key", .now = kErased, .make_tombstone = {}};
  command.make_tombstone = [](const std::string& pseudonym, int64_t) { return "tombstone of " + pseudonym; };
  command.rename_mentor = [](const std::string& payload) { return payload + " by somebody"; };
  EXPECT_THAT(store().Erase(command), StatusIs(absl::StatusCode::kNotFound)) << "nothing is kept of mia";
  command.act_positions = {1, 3};
  ASSERT_OK_AND_ASSIGN(const Erasure erasure, store().Erase(command));
  EXPECT_EQ(erasure.mentor_act_count, 2);
  EXPECT_EQ(erasure.event_count, 0);
  EXPECT_THAT(erasure.pseudonym, MatchesRegex("[0-9a-f]{32}")) << "though nothing was recorded of mia's own";
  EXPECT_THAT(store().FindErasure("key"), IsOkAndHolds(Optional(erasure)));
  ASSERT_OK_AND_ASSIGN(const auto committed, store().ReadCommitted(0, 10));
  std::vector<std::string> payloads;
  for (const StoredEvent& event : committed) payloads.push_back(event.payload);
  const std::string renamed = "payload by somebody";
  EXPECT_THAT(payloads, ElementsAre(renamed, "payload", renamed, "tombstone of " + erasure.pseudonym));
  ASSERT_OK_AND_ASSIGN(const auto bob, store().ReadLearner("bob", 1, 10, 1000));
  EXPECT_EQ(bob.at(0).payload, renamed);
  const RequestKey asked[] = {{"bob", "r2"}};
  ASSERT_OK_AND_ASSIGN(const auto found, store().FindRequests(asked));
  EXPECT_THAT(found[0], Optional(StoredRequest{7, "outcome of r2"})) << "the answer to a retry stays";
  EXPECT_NE(*store().Pseudonym("mia"), erasure.pseudonym);
}

TEST_P(ErasureContract, AMentorsActsThatAreGoneArePassedOver) {
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1"), Did("bob", 1, "r1")}));
  ASSERT_OK(Erase("ada", "first"));
  EraseCommand command{.learner_id = "mia", .receipt_key = "key", .now = kErased, .make_tombstone = {}};
  command.make_tombstone = [](const std::string&, int64_t) { return "tombstone"; };
  command.rename_mentor = [](const std::string& payload) { return payload; };
  command.act_positions = {1, 2};
  ASSERT_OK_AND_ASSIGN(const Erasure erasure, store().Erase(command));
  EXPECT_EQ(erasure.mentor_act_count, 1);
  command.receipt_key = "again";
  command.act_positions = {1};
  EXPECT_THAT(store().Erase(command), StatusIs(absl::StatusCode::kNotFound)) << "none is left";
  EXPECT_THAT(store().FindErasure("again"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(store().LastPosition(), IsOkAndHolds(4)) << "nothing changed";
}

TEST_P(ErasureContract, ActsThatNobodyHasToldOfAreFoundBehindWhatIsKnown) {
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1"), Did("bob", 1, "r1"), Did("bob", 2, "r2")}));
  EraseCommand command{.learner_id = "mia", .receipt_key = "key", .now = kErased, .make_tombstone = {}};
  command.make_tombstone = [](const std::string&, int64_t) { return "tombstone"; };
  command.rename_mentor = [](const std::string& payload) -> std::optional<std::string> {
    if (payload != "payload") return std::nullopt;
    return "renamed";
  };
  command.acts_known_to = 1;
  ASSERT_OK_AND_ASSIGN(const Erasure erasure, store().Erase(command));
  EXPECT_EQ(erasure.mentor_act_count, 2);
  ASSERT_OK_AND_ASSIGN(const auto committed, store().ReadCommitted(0, 10));
  std::vector<std::string> payloads;
  for (const StoredEvent& event : committed) payloads.push_back(event.payload);
  EXPECT_THAT(payloads, ElementsAre("payload", "renamed", "renamed", "tombstone"));
}

TEST_P(ErasureContract, LearnersAreListedPageByPageUntilTheyAreErased) {
  EXPECT_THAT(store().ListLearners("", 10), IsOkAndHolds(IsEmpty()));
  ASSERT_OK(store().Append(std::vector{Did("eve", 1, "r1"), Did("Ada", 1, "r1"), Did("bob", 1, "r1"),
                                       Did("bob", 2, "r2"), Did("\xc3\xa9va", 1, "r1")}));
  EXPECT_THAT(store().ListLearners("", 3), IsOkAndHolds(ElementsAre("Ada", "bob", "eve")));
  EXPECT_THAT(store().ListLearners("eve", 3), IsOkAndHolds(ElementsAre("\xc3\xa9va")));
  ASSERT_OK(Erase("bob"));
  EXPECT_THAT(store().ListLearners("", 10), IsOkAndHolds(ElementsAre("Ada", "eve", "\xc3\xa9va")));
}

TEST_P(ErasureContract, ATakenPositionIsNeverGivenAgain) {
  ASSERT_OK(store().Append(std::vector{Did("bob", 1, "r1"), Did("ada", 1, "r1")}));
  ASSERT_OK(Erase("ada"));
  EXPECT_THAT(store().LastPosition(), IsOkAndHolds(3));
  if (GetParam().durable) Reopen();
  EXPECT_THAT(store().Append(std::vector{Did("bob", 2, "r2")}), IsOkAndHolds(4));
}

TEST_P(ErasureContract, WhoeverComesBackIsSomebodyElse) {
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1")}));
  ASSERT_OK_AND_ASSIGN(const std::string before, store().Pseudonym("ada"));
  ASSERT_OK(Erase("ada"));
  EXPECT_THAT(store().Append(std::vector{Did("ada", 2, "r2")}), StatusIs(absl::StatusCode::kAborted))
      << "whoever decided this knew the old history";
  EXPECT_THAT(store().Append(std::vector{Did("ada", 1, "r1")}), IsOkAndHolds(3));
  ASSERT_OK_AND_ASSIGN(const std::string after, store().Pseudonym("ada"));
  EXPECT_NE(before, after);
  ASSERT_OK(store().WipeErased());
  if (GetParam().durable) Reopen();
  EXPECT_THAT(store().LastSeq("ada"), IsOkAndHolds(1));
  EXPECT_THAT(Erase("ada", "another key")->event_count, 1);
}

TEST_P(ErasureContract, AReceiptIsKeptForEver) {
  EXPECT_THAT(store().FindErasure("key"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(Erase("ada"), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1")}));
  ASSERT_OK_AND_ASSIGN(const Erasure erasure, Erase("ada"));
  if (GetParam().durable) Reopen();
  EXPECT_THAT(store().FindErasure("key"), IsOkAndHolds(Optional(erasure)));
  EXPECT_THAT(Erase("ada", "another key"), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(ErasureContract, IsUnfinishedUntilTheStreamHasFollowed) {
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1"), Did("bob", 1, "r1"), Did("ada", 2, "r2")}));
  ASSERT_OK(Erase("ada"));
  ASSERT_OK(Erase("bob", "of bob"));
  if (GetParam().durable) Reopen();
  ASSERT_OK_AND_ASSIGN(const auto unfinished, store().ReadUnfinishedErasures(10));
  ASSERT_EQ(unfinished.size(), 2);
  EXPECT_EQ(unfinished[0].receipt_key, "key");
  EXPECT_EQ(unfinished[0].tombstone_position, 4);
  EXPECT_THAT(unfinished[0].positions, ElementsAre(1, 3));
  ASSERT_OK(store().SaveErasure("key", 1, std::nullopt));
  EXPECT_EQ(store().ReadUnfinishedErasures(1)->at(0).stream_message_count, 1);
  ASSERT_OK(store().SaveErasure("key", 2, kErased + absl::Seconds(1)));
  EXPECT_EQ(store().ReadUnfinishedErasures(10)->at(0).receipt_key, "of bob");
  ASSERT_OK_AND_ASSIGN(const auto erasure, store().FindErasure("key"));
  EXPECT_EQ(erasure->complete_time, kErased + absl::Seconds(1));
  EXPECT_EQ(erasure->stream_message_count, 2);
}

TEST_P(ErasureContract, AProofIsKeptWithTheReceipt) {
  ASSERT_OK(store().Append(std::vector{Did("ada", 1, "r1"), Did("bob", 1, "r1")}));
  ASSERT_OK(Erase("ada"));
  const ErasureProof proof{.event_count = 1, .verify_time = kErased + absl::Seconds(2)};
  ASSERT_OK(store().SaveProof("key", proof));
  ASSERT_OK(store().SaveErasure("key", 1, kErased + absl::Seconds(3)));
  if (GetParam().durable) Reopen();
  ASSERT_OK_AND_ASSIGN(const auto erasure, store().FindErasure("key"));
  EXPECT_EQ(erasure->proof, proof);
}

INSTANTIATE_TEST_SUITE_P(Stores, ErasureContract, EveryStore(), NameOfStore);

}  // namespace
}  // namespace edirae::progress
