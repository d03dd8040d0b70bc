#include "common/catalog_feed/lineage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>

#include "absl/strings/str_cat.h"

namespace edirae {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void Migrate(catalog::v1::RevisionContent& content, const std::string& from, std::initializer_list<std::string> to,
             bool into_existing = false) {
  auto& migration = *content.add_migrations();
  migration.set_from_concept_id(from);
  for (const std::string& id : to) migration.add_to_concept_ids(id);
  migration.set_into_existing(into_existing);
}

MATCHER_P3(Is, id, sources, inherits, "") {
  return arg.concept_id == id && arg.sources == sources && arg.inherits_mastery == inherits;
}
using Places = std::vector<int>;

TEST(Lineage, IsEmptyForWhatNothingBecame) {
  catalog::v1::RevisionContent content;
  Migrate(content, "gone", {});
  EXPECT_TRUE(Lineage(content).empty());
  EXPECT_THAT(Lineage(content).Of("kept"), IsEmpty());
}

TEST(Lineage, PutsEachBehindItsSources) {
  catalog::v1::RevisionContent content;
  Migrate(content, "a", {"left", "right"});
  Migrate(content, "left", {"whole"});
  Migrate(content, "right", {"whole"});
  EXPECT_THAT(Lineage(content).Of("whole"), ElementsAre(Is("a", Places{}, false), Is("left", Places{0}, true),
                                                        Is("right", Places{0}, true), Is("whole", Places{1, 2}, true)));
  EXPECT_THAT(Lineage(content).Of("left"), ElementsAre(Is("a", Places{}, false), Is("left", Places{0}, true)));
}

TEST(Lineage, GivesNoMasteryToWhatWasThereBefore) {
  catalog::v1::RevisionContent content;
  Migrate(content, "part", {"whole"}, /*into_existing=*/true);
  EXPECT_THAT(Lineage(content).Of("whole"), ElementsAre(Is("part", Places{}, false), Is("whole", Places{0}, false)));
}

TEST(Lineage, EndsOnACircle) {
  catalog::v1::RevisionContent content;
  Migrate(content, "a", {"b"});
  Migrate(content, "b", {"a"});
  EXPECT_THAT(Lineage(content).Of("a"), ElementsAre(Is("b", Places{}, false), Is("a", Places{0}, true)));
}

TEST(Lineage, FollowsALongChain) {
  catalog::v1::RevisionContent content;
  for (int i = 0; i < 15'000; ++i) Migrate(content, absl::StrCat("c", i), {absl::StrCat("c", i + 1)});
  EXPECT_EQ(Lineage(content).Of("c15000").size(), 15'001u);
}

}  // namespace
}  // namespace edirae
