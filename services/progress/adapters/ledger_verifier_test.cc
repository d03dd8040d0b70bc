#include "services/progress/adapters/ledger_verifier.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/progress/adapters/sqlite_event_store.h"
#include "services/progress/domain/event_head.h"
#include "services/progress/domain/history_digest.h"
#include "services/progress/testing/fake_event_store.h"
#include "services/progress/testing/test_content.h"
#include "services/progress/testing/test_learner.h"

namespace edirae::progress {
namespace {

using edirae::testing::StatusIs;
using edirae::testing::TempFolder;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Verification Verify(EventStore& store, const LedgerDigests* known = nullptr) {
  absl::StatusOr<Verification> found = LedgerVerifier(store, known, 17, [](const VerificationStep&) {}).Run();
  EXPECT_OK(found);
  return found.ok() ? *std::move(found) : Verification();
}

auto Names(const std::string& learner_id) { return Field(&LedgerDifference::learner_id, learner_id); }

class VerifiedFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Open();
    for (const char* learner : {"ada", "bob", "eve"}) ASSERT_OK(store_->Append(RowsOfMastery(learner)));
    known_ = Verify(*store_).digests;
  }
  void Open() { ASSERT_OK_AND_ASSIGN(store_, SqliteEventStore::Open(folder_.path())); }

  // Flips the lowest bit of one byte of the file, of the payload of `learner`'s first answer. While nobody has it open.
  void Break(const std::string& learner, const std::string& near, size_t behind) {
    store_.reset();
    const std::string path = folder_.File("ledger.db");
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const std::string payload = RowsOfMastery(learner)[0].payload;
    const size_t id = bytes.find(payload.substr(payload.find(learner), learner.size() + 3));
    ASSERT_NE(id, std::string::npos);
    const size_t at = bytes.find(near, id);
    ASSERT_NE(at, std::string::npos);
    bytes[at + behind] = static_cast<char>(bytes[at + behind] ^ 1);
    std::ofstream(path, std::ios::binary) << bytes;
    Open();
  }

  const TempFolder folder_;
  std::unique_ptr<SqliteEventStore> store_;
  LedgerDigests known_;
};

TEST_F(VerifiedFileTest, NothingDiffersOfWhatIsAsItWas) {
  const Verification found = Verify(*store_, &known_);
  EXPECT_THAT(found.differences, IsEmpty());
  EXPECT_EQ(found.event_count, 12);
  EXPECT_EQ(found.learner_count, 3);
  EXPECT_EQ(found.compared_count, 3);
}

TEST_F(VerifiedFileTest, OneBrokenByteIsFoundAndItsLearnerNamed) {
  ASSERT_NO_FATAL_FAILURE(Break("bob", "right", 2));
  const Verification found = Verify(*store_, &known_);
  EXPECT_THAT(found.differences, ElementsAre(AllOf(Names("bob"), Field(&LedgerDifference::what, HasSubstr("digest")))));
}

TEST_F(VerifiedFileTest, HistoriesGoOnWithoutADifference) {
  ASSERT_OK(store_->Append(RowsOfMastery("zoe")));
  const Verification found = Verify(*store_, &known_);
  EXPECT_THAT(found.differences, IsEmpty());
  EXPECT_EQ(found.compared_count, 3);
  EXPECT_EQ(found.learner_count, 4);
}

TEST(LedgerVerifier, AGapIsTheLearnersThatHasIt) {
  FakeEventStore store;
  std::vector<NewEvent> rows = RowsOfMastery("ada");
  events::v1::LearnerEvent event;
  ASSERT_TRUE(event.ParseFromString(rows[1].payload));
  event.set_learner_seq(3);
  rows[1].payload = event.SerializeAsString();
  ASSERT_OK(store.Append(rows));
  ASSERT_OK(store.Append(RowsOfMastery("bob")));
  const Verification found = Verify(store);
  ASSERT_FALSE(found.ok());
  for (const LedgerDifference& difference : found.differences) EXPECT_EQ(difference.learner_id, "ada");
}

TEST(LedgerVerifier, WhatIsNoEventIsNamedByWhatCanBeRead) {
  FakeEventStore store;
  std::vector<NewEvent> rows = RowsOfMastery("ada");
  rows.resize(1);
  rows[0].payload.resize(rows[0].payload.size() - 3);
  ASSERT_OK(store.Append(rows));
  EXPECT_THAT(Verify(store).differences, ::testing::Contains(Names("ada")));
}

TEST(LedgerVerifier, ARetryMustGetTheAnswerOfItsEvent) {
  FakeEventStore store;
  std::vector<NewEvent> rows = RowsOfMastery("ada");
  std::swap(rows[0].outcome, rows[1].outcome);
  ASSERT_OK(store.Append(rows));
  EXPECT_THAT(Verify(store).differences,
              ElementsAre(AllOf(Names("ada"), Field(&LedgerDifference::what, HasSubstr("retry of the request")))));
}

TEST(LedgerVerifier, AHistoryThatWasLongerAndOneThatIsGoneAreTold) {
  FakeEventStore whole, lost;
  for (const char* learner : {"ada", "bob"}) ASSERT_OK(whole.Append(RowsOfMastery(learner)));
  std::vector<NewEvent> shorter = RowsOfMastery("ada");
  shorter.resize(2);
  ASSERT_OK(lost.Append(shorter));
  const LedgerDigests known = Verify(whole).digests;
  EXPECT_THAT(Verify(lost, &known).differences,
              ElementsAre(AllOf(Names("ada"), Field(&LedgerDifference::what, HasSubstr("ends at place 2"))),
                          AllOf(Names(""), Field(&LedgerDifference::what, HasSubstr("1 histories are gone")))));
}

TEST(LedgerVerifier, ALedgerFromBeforeAnErasureIsCalledOlder) {
  FakeEventStore store;
  ASSERT_OK(store.Append(RowsOfMastery("ada")));
  LedgerDigests known = Verify(store).digests;
  known.erasure_count += 2;
  EXPECT_THAT(Verify(store, &known).differences,
              ElementsAre(AllOf(Names(""), Field(&LedgerDifference::what, HasSubstr("2 erasures fewer")))));
}

// The digest of a history of one event, as versions computed it that counted the mentor's name in.
TEST(LedgerVerifier, DigestsOfOlderVersionsCountMentorsIn) {
  const auto ledger_with = [](FakeEventStore& store, const std::string& feedback) {
    events::v1::LearnerEvent review;
    WriteHead({.event_id = "01890000-0000-7000-8000-000000000001", .learner_id = "ada", .learner_seq = 1}, review);
    review.mutable_milestone_reviewed()->set_milestone_id("first-work");
    review.mutable_milestone_reviewed()->set_reviewer_id("mia");
    review.mutable_milestone_reviewed()->set_feedback(feedback);
    EXPECT_OK(store.Append(std::vector{NewEvent{"ada", 1, review.SerializeAsString(), "", 0, ""}}));
    return review.SerializeAsString();
  };
  FakeEventStore store, damaged;
  const std::string payload = ledger_with(store, "good");
  ledger_with(damaged, "goof");
  LedgerDigests known{.seed = 5, .with_mentors = true, .histories = {}};
  known.histories[known.KeyOf("ada")] = {1, DigestAfter(0, payload)};
  const Verification same = Verify(store, &known);
  EXPECT_THAT(same.differences, IsEmpty());
  EXPECT_EQ(same.compared_count, 1);
  EXPECT_FALSE(same.digests.with_mentors);
  EXPECT_NE(same.digests.histories.at(known.KeyOf("ada")).digest, DigestAfter(0, payload));
  EXPECT_THAT(Verify(damaged, &known).differences, ElementsAre(Names("ada")));
}

TEST(LedgerVerifier, AMentorWhoWasErasedSinceAnOlderVersionIsNoDamage) {
  events::v1::LearnerEvent review;
  WriteHead({.event_id = "01890000-0000-7000-8000-000000000001", .learner_id = "ada", .learner_seq = 1}, review);
  review.mutable_milestone_reviewed()->set_milestone_id("first-work");
  review.mutable_milestone_reviewed()->set_reviewer_id("mia");
  LedgerDigests known{.seed = 5, .with_mentors = true, .histories = {}};
  known.histories[known.KeyOf("ada")] = {1, DigestAfter(0, review.SerializeAsString())};
  review.mutable_milestone_reviewed()->set_reviewer_id("~0123456789abcdef0123456789abcdef");
  FakeEventStore store;
  ASSERT_OK(store.Append(std::vector{NewEvent{"ada", 1, review.SerializeAsString(), "", 0, ""}}));
  const Verification found = Verify(store, &known);
  EXPECT_THAT(found.differences, IsEmpty());
  EXPECT_EQ(found.compared_count, 0);
}

TEST(LedgerDigests, AreReadAsTheyWereWrittenAndNotWhenDamaged) {
  const TempFolder folder;
  const std::string path = folder.File("digests");
  EXPECT_THAT(ReadDigests(path), StatusIs(absl::StatusCode::kNotFound));
  LedgerDigests digests{.seed = 5, .erasure_count = 2, .histories = {}};
  digests.histories[digests.KeyOf("ada")] = {4, 0xfedcba9876543210};
  ASSERT_OK(WriteDigests(digests, path));
  ASSERT_OK_AND_ASSIGN(const LedgerDigests read, ReadDigests(path));
  EXPECT_EQ(read.seed, digests.seed);
  EXPECT_EQ(read.erasure_count, 2);
  EXPECT_TRUE(read.histories == digests.histories);
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  for (size_t i = 0; i < text.size(); ++i) {
    std::string broken = text;
    broken[i] = static_cast<char>(broken[i] ^ 1);
    std::ofstream(path, std::ios::binary) << broken;
    EXPECT_THAT(ReadDigests(path), StatusIs(absl::StatusCode::kDataLoss)) << i;
  }
}

TEST(LedgerDigests, OfOlderVersionsAreRead) {
  const TempFolder folder;
  const std::string path = folder.File("digests");
  const std::string lines = "edirae-ledger-digests 1 0000000000000005 2\n00000000000000aa 4 fedcba9876543210\n";
  std::ofstream(path) << lines << "end " << DigestText(DigestAfter(0, lines)) << "\n";
  ASSERT_OK_AND_ASSIGN(const LedgerDigests read, ReadDigests(path));
  EXPECT_TRUE(read.with_mentors);
  EXPECT_EQ(read.histories.at(0xaa).digest, 0xfedcba9876543210);
  ASSERT_OK(WriteDigests(read, path));
  EXPECT_FALSE(ReadDigests(path)->with_mentors);
}

}  // namespace
}  // namespace edirae::progress
