#include "common/catalog_feed/revision_assembler.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

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
absl::StatusOr<std::shared_ptr<const CatalogRevision>> TakeAll(RevisionAssembler& assembler,
                                                               const std::vector<Part>& parts) {
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const auto taken = assembler.Take(parts[i]);
    EXPECT_TRUE(taken.ok() && *taken == nullptr) << taken.status();
  }
  return assembler.Take(parts.back());
}

TEST(DigestOf, IsXxh64OfTheSerializationInSixteenDigits) {
  EXPECT_EQ(DigestOf({}), "ef46db3751d8e999");  // XXH64 of nothing with seed 0
  EXPECT_NE(DigestOfCards({"a"}), DigestOfCards({"b"}));
}

TEST(RevisionAssembler, PutsPartsTogetherInOrder) {
  RevisionAssembler assembler({});
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
  RevisionAssembler assembler({4, DigestOfCards({"held"})});
  EXPECT_TRUE(TakeAll(assembler, {Begin(4), Card("other"), End(4, DigestOfCards({"other"}))}).ok());
  EXPECT_TRUE(TakeAll(assembler, {Begin(1), Card("first"), End(1, DigestOfCards({"first"}))}).ok());
}

struct Distrusted {
  std::string name;
  std::vector<Part> parts;  // all but the last are as they should be
};

class DistrustedParts : public ::testing::TestWithParam<Distrusted> {};

TEST_P(DistrustedParts, AreRefused) {
  RevisionAssembler assembler({4, DigestOfCards({"held"})});
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
