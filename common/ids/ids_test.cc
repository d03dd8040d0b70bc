#include "common/ids/ids.h"

#include <set>

#include "common/status/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae {
namespace {

TEST(Ids, PartitionsNeverChange) {
  // xxh64 with seed 0, taken modulo 64 by an independent tool (xxhsum -H64).
  EXPECT_EQ(PartitionOf(""), 0xef46db3751d8e999ULL % 64);
  EXPECT_EQ(PartitionOf("a"), 0xd24ec4f1a98c6e5bULL % 64);
}

TEST(Ids, SlugsAreWhatAuthorsMayWrite) {
  EXPECT_TRUE(IsSlug("gradient-descent"));
  EXPECT_FALSE(IsSlug(""));
  EXPECT_FALSE(IsSlug("9lives"));
  EXPECT_FALSE(IsSlug("Bayes"));
  EXPECT_FALSE(IsSlug("a_b"));
  EXPECT_TRUE(IsSlug(std::string(63, 'a')));
  EXPECT_FALSE(IsSlug(std::string(64, 'a')));
}

TEST(Ids, ItemsAreSlugsAlsoBelowAnother) {
  for (const char* good : {"open-course", "bayes.law"}) EXPECT_TRUE(IsItemId(good)) << good;
  for (const char* bad : {"", ".", "bayes.", ".law", "a.b.c", "a b", "a\n"}) EXPECT_FALSE(IsItemId(bad)) << bad;
}

TEST(Ids, AMalformedIdNamesItsFieldAndIsNotRepeated) {
  const absl::Status malformed = CheckItemId("card_id", "Bad\x01Id");
  EXPECT_EQ(ErrorInfoOf(malformed).reason(), "MALFORMED_ID");
  EXPECT_EQ(ErrorInfoOf(malformed).metadata().at("field"), "card_id");
  EXPECT_THAT(std::string(malformed.message()), testing::Not(testing::HasSubstr("Bad")));
  EXPECT_THAT(std::string(CheckItemId("card_id", "").message()), testing::StartsWith("card_id is required"));
  EXPECT_THAT(std::string(CheckSlug("stage_id", "").message()), testing::StartsWith("stage_id is required"));
}

TEST(Ids, OpaqueIdsRefuseWhatCouldBeASubjectOrAPath) {
  EXPECT_TRUE(IsOpaqueId("Ada_Lovelace-1815"));
  for (const char* bad : {"", "a.b", "a*", "a>b", "a/b", "a b", "\xc3\xa4", "a\n"})
    EXPECT_FALSE(IsOpaqueId(bad)) << bad;
  EXPECT_FALSE(IsOpaqueId(std::string(65, 'a')));
}

TEST(Ids, UuidsAreVersion7OrderedByTimeAndDistinct) {
  const std::string earlier = NewUuid7(absl::FromUnixMillis(1'000));
  const std::string later = NewUuid7(absl::FromUnixMillis(2'000));
  EXPECT_THAT(earlier, testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  EXPECT_LT(earlier, later);
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) seen.insert(NewUuid7(absl::UnixEpoch()));
  EXPECT_EQ(seen.size(), 10'000);
}

}  // namespace
}  // namespace edirae
