#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/catalog/load_content.h"
#include "services/catalog/testing/content_tree.h"

namespace edirae::catalog {
namespace {

using ::testing::ElementsAre;
using testing::FindingsIn;
using ::testing::HasSubstr;

constexpr char kFile[] = "cooking/migrations.yaml";

TEST(MigrationsFile, IsReadWithEveryField) {
  testing::ContentTree tree;
  tree[kFile] =
      "- {from: steam, to: [water], reason: It is water., into_existing: true}\n"
      "- from: knife\n"
      "  reason: Taught elsewhere.\n";
  const LoadedContent loaded = LoadContent(tree.Write());
  ASSERT_THAT(loaded.findings, ::testing::IsEmpty()) << ToString(loaded.findings);
  ASSERT_EQ(loaded.content.migrations_size(), 2);
  EXPECT_EQ(loaded.content.migrations(0).from_concept_id(), "steam");
  EXPECT_THAT(loaded.content.migrations(0).to_concept_ids(), ElementsAre("water"));
  EXPECT_EQ(loaded.content.migrations(0).reason(), "It is water.");
  EXPECT_TRUE(loaded.content.migrations(0).into_existing());
  EXPECT_EQ(loaded.content.migrations(1).to_concept_ids_size(), 0);
}

TEST(MigrationsFile, FindingsHaveTheirPlace) {
  testing::ContentTree tree;
  tree[kFile] =
      "- from: steam\n"
      "  to: [vapour]\n"
      "  reson: A slip.\n";
  EXPECT_THAT(FindingsIn(tree), ElementsAre(HasSubstr("migrations.yaml:1:3: the migration has no 'reason'"),
                                            HasSubstr("migrations.yaml:2:8: the target 'vapour' is no concept"),
                                            HasSubstr("migrations.yaml:3:3: the migration knows no key 'reson'")));
}

TEST(MigrationsFile, MustBeAList) {
  testing::ContentTree tree;
  tree[kFile] = "from: steam\n";
  EXPECT_THAT(FindingsIn(tree), ElementsAre(HasSubstr("migrations.yaml:1:1: the migrations must be a list")));
}

}  // namespace
}  // namespace edirae::catalog
