#include "common/catalog_feed/revision_assembler.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/catalog_feed/encoded_content.h"

namespace edirae::catalog_feed {
namespace {

using Part = catalog::v1::WatchRevisionsResponse;

Part Begin(int64_t revision) {
  Part part;
  part.mutable_begin()->set_revision(revision);
  part.mutable_begin()->mutable_publish_time()->set_seconds(1'800'000'000);
  part.mutable_begin()->mutable_publish_time()->set_nanos(5);
  return part;
}

Part Card(const std::string& id) {
  Part part;
  part.mutable_content()->add_flashcards()->set_card_id(id);
  return part;
}

Part End(int64_t revision, const std::string& digest) {
  Part part;
  part.mutable_end()->set_revision(revision);
  part.mutable_end()->set_digest(digest);
  return part;
}

Part Heartbeat() {
  Part part;
  part.mutable_heartbeat();
  return part;
}

std::string DigestOfCards(const std::vector<std::string>& ids) {
  catalog::v1::RevisionContent content;
  for (const std::string& id : ids) content.add_flashcards()->set_card_id(id);
  return DigestOf(content);
}

// What comes of the last of `parts`; all before it must be taken without completing anything.
absl::StatusOr<Assembled> TakeAll(RevisionAssembler& assembler, const std::vector<Part>& parts) {
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const auto taken = assembler.Take(parts[i].SerializeAsString());
    EXPECT_TRUE(taken.ok() && *taken == nullptr) << taken.status();
  }
  return assembler.Take(parts.back().SerializeAsString());
}

const DroppedFields kNothingDropped;

// Revision 4, which has these cards.
Assembled Holding(const std::vector<std::string>& ids) {
  RevisionAssembler assembler(nullptr, kNothingDropped);
  std::vector<Part> parts = {Begin(4)};
  for (const std::string& id : ids) parts.push_back(Card(id));
  parts.push_back(End(4, DigestOfCards(ids)));
  auto held = TakeAll(assembler, parts);
  EXPECT_TRUE(held.ok()) << held.status();
  return *std::move(held);
}

TEST(DigestOf, IsXxh64OfTheSerializationInSixteenDigits) {
  EXPECT_EQ(DigestOf({}), "ef46db3751d8e999");  // XXH64 of nothing with seed 0
  EXPECT_NE(DigestOfCards({"a"}), DigestOfCards({"b"}));
}

TEST(RevisionAssembler, PutsPartsTogetherInOrder) {
  RevisionAssembler assembler(nullptr, kNothingDropped);
  const auto revision =
      TakeAll(assembler, {Begin(1), Card("a"), Heartbeat(), Card("b"), End(1, DigestOfCards({"a", "b"}))});
  ASSERT_TRUE(revision.ok()) << revision.status();
  ASSERT_NE(*revision, nullptr);
  EXPECT_EQ((*revision)->number, 1);
  EXPECT_EQ((*revision)->content.flashcards(1).card_id(), "b");
  EXPECT_EQ((*revision)->publish_time, absl::FromUnixSeconds(1'800'000'000) + absl::Nanoseconds(5));
  EXPECT_TRUE(TakeAll(assembler, {Begin(3), Card("c"), End(3, DigestOfCards({"c"}))}).ok());
}

TEST(RevisionAssembler, TakesWhatACatalogHasThatLostItsData) {
  RevisionAssembler assembler(Holding({"held"}), kNothingDropped);
  EXPECT_TRUE(TakeAll(assembler, {Begin(4), Card("other"), End(4, DigestOfCards({"other"}))}).ok());
  EXPECT_TRUE(TakeAll(assembler, {Begin(1), Card("first"), End(1, DigestOfCards({"first"}))}).ok());
}

// Revision 5 as a change of revision 4: these runs, and what was sent.
struct Run {
  int first_held;
  int held;
  int sent;
};
std::vector<Part> Change(const std::vector<std::string>& sent, const std::vector<Run>& runs,
                         const std::vector<std::string>& result) {
  Part begin = Begin(5);
  begin.mutable_begin()->set_base_revision(4);
  std::vector<Part> parts = {begin};
  for (const std::string& id : sent) parts.push_back(Card(id));
  Part end = End(5, DigestOfCards(result));
  auto& change = *end.mutable_end()->add_changes();
  change.set_field_number(catalog::v1::RevisionContent::kFlashcardsFieldNumber);
  for (const Run& run : runs) {
    auto& added = *change.add_runs();
    added.set_first_held(run.first_held);
    added.set_held_count(run.held);
    added.set_sent_count(run.sent);
  }
  catalog::v1::RevisionContent content;
  for (const std::string& id : result) content.add_flashcards()->set_card_id(id);
  end.mutable_end()->set_elements_digest(DigestOfElements(EncodedContent(content).elements()));
  parts.push_back(end);
  return parts;
}

TEST(RevisionAssembler, AppliesAChangeAndSharesWhatStays) {
  const Assembled held = Holding({"a", "b", "c"});
  RevisionAssembler assembler(held, kNothingDropped);
  const auto revision = TakeAll(assembler, Change({"x", "y"}, {{2, 1, 1}, {0, 1, 1}}, {"c", "x", "a", "y"}));
  ASSERT_TRUE(revision.ok()) << revision.status();
  EXPECT_EQ((*revision)->number, 5);
  EXPECT_EQ((*revision)->digest, DigestOfCards({"c", "x", "a", "y"}));
  EXPECT_EQ(DigestOf((*revision)->content), (*revision)->digest);
  EXPECT_EQ(&(*revision)->content.flashcards(2), &held->content.flashcards(0)) << "the same message in memory";
}

TEST(RevisionAssembler, AppliesOneChangeAfterTheOther) {
  RevisionAssembler assembler(Holding({"a"}), kNothingDropped);
  ASSERT_TRUE(TakeAll(assembler, Change({"b"}, {{0, 1, 1}}, {"a", "b"})).ok());
  std::vector<Part> next = Change({}, {{1, 1, 0}}, {"b"});
  for (Part& part : next) {
    if (part.has_begin()) part.mutable_begin()->set_revision(6);
    if (part.has_begin()) part.mutable_begin()->set_base_revision(5);
    if (part.has_end()) part.mutable_end()->set_revision(6);
  }
  const auto revision = TakeAll(assembler, next);
  ASSERT_TRUE(revision.ok()) << revision.status();
  EXPECT_EQ(DigestOf((*revision)->content), DigestOfCards({"b"}));
}

TEST(RevisionAssembler, LeavesOutWhatIsDropped) {
  const DroppedFields dropped = {"flashcards.front", "questions"};
  RevisionAssembler assembler(nullptr, dropped);
  Part card = Card("a");
  card.mutable_content()->mutable_flashcards(0)->set_front("front");
  card.mutable_content()->mutable_flashcards(0)->set_back("back");
  catalog::v1::RevisionContent content = card.content();
  content.add_questions()->mutable_question()->set_question_id("a.b");
  Part question;
  *question.mutable_content()->add_questions() = content.questions(0);
  const auto revision = TakeAll(assembler, {Begin(1), question, card, End(1, DigestOf(content))});
  ASSERT_TRUE(revision.ok()) << revision.status();
  EXPECT_EQ((*revision)->content.ShortDebugString(), "flashcards { card_id: \"a\" back: \"back\" }");
  EXPECT_EQ((*revision)->Digests(), EncodedContent(content).elements()) << "as they were sent";
}

struct Unfit {
  std::string name;
  std::vector<Part> parts;
};

// What asks for the whole: everything that a change may be for another base.
class UnfitChange : public ::testing::TestWithParam<Unfit> {};

TEST_P(UnfitChange, IsToldFromWhatCannotBeTrusted) {
  RevisionAssembler assembler(Holding({"a", "b"}), kNothingDropped);
  absl::Status status;
  for (const Part& part : GetParam().parts) {
    status = assembler.Take(part.SerializeAsString()).status();
    if (!status.ok()) break;
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << status;
}

std::vector<Part> OfAnotherBase() {
  std::vector<Part> parts = Change({}, {{0, 1, 0}}, {"a"});
  parts[0].mutable_begin()->set_base_revision(3);
  return parts;
}
std::vector<Part> OfAnotherList() {
  std::vector<Part> parts = Change({}, {{0, 1, 0}}, {"a"});
  parts.back().mutable_end()->mutable_changes(0)->set_field_number(99);
  return parts;
}

INSTANTIATE_TEST_SUITE_P(All, UnfitChange,
                         ::testing::Values(Unfit{"AnotherBase", OfAnotherBase()}, Unfit{"AnotherList", OfAnotherList()},
                                           Unfit{"AnotherResult", Change({}, {{0, 1, 0}}, {"z"})},
                                           Unfit{"HeldPastTheEnd", Change({}, {{1, 2, 0}}, {"b"})},
                                           Unfit{"HeldFromBehindTheEnd", Change({}, {{3, 0, 0}, {9, 1, 0}}, {"b"})},
                                           Unfit{"NegativeRun", Change({}, {{-1, 1, 0}}, {"a"})},
                                           Unfit{"TooFewSent", Change({"x"}, {{0, 1, 2}}, {"a", "x"})},
                                           Unfit{"TooManySent", Change({"x", "y"}, {{0, 1, 1}}, {"a", "x"})},
                                           Unfit{"SentForNothing", Change({"x"}, {}, {})}),
                         [](const auto& param_info) { return param_info.param.name; });

TEST(RevisionAssembler, TakesNoChangeWhenItHoldsNothing) {
  RevisionAssembler assembler(nullptr, kNothingDropped);
  EXPECT_EQ(assembler.Take(OfAnotherBase()[0].SerializeAsString()).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

struct Distrusted {
  std::string name;
  std::vector<Part> parts;  // all but the last are as they should be
};

class DistrustedParts : public ::testing::TestWithParam<Distrusted> {};

TEST_P(DistrustedParts, AreRefused) {
  RevisionAssembler assembler(Holding({"held"}), kNothingDropped);
  EXPECT_EQ(TakeAll(assembler, GetParam().parts).status().code(), absl::StatusCode::kDataLoss);
}

INSTANTIATE_TEST_SUITE_P(
    All, DistrustedParts,
    ::testing::Values(Distrusted{"ContentBeforeBegin", {Card("a")}}, Distrusted{"EndBeforeBegin", {End(5, "")}},
                      Distrusted{"BeginInsideRevision", {Begin(5), Card("a"), Begin(6)}},
                      Distrusted{"HeldRevision", {Begin(4), Card("held"), End(4, DigestOfCards({"held"}))}},
                      Distrusted{"NoRevision", {Begin(0)}},
                      Distrusted{"EndOfAnother", {Begin(5), Card("a"), End(6, DigestOfCards({"a"}))}},
                      Distrusted{"WrongDigest", {Begin(5), Card("a"), End(5, DigestOfCards({"b"}))}},
                      Distrusted{"MissingPart", {Begin(5), Card("b"), End(5, DigestOfCards({"a", "b"}))}},
                      Distrusted{"EmptyPart", {Begin(5), Part()}}),
    [](const auto& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace edirae::catalog_feed
