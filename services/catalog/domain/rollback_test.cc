#include "services/catalog/domain/rollback.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/catalog/domain/migrations.h"
#include "services/catalog/domain/succession.h"

namespace edirae::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct Led {
  const char* from;
  std::initializer_list<const char*> to;
  bool into_existing = false;
};

v1::RevisionContent Content(std::initializer_list<const char*> taught, std::initializer_list<Led> migrations = {}) {
  v1::RevisionContent content;
  v1::Roadmap& roadmap = *content.add_roadmaps();
  roadmap.set_roadmap_id("cooking");
  v1::Stage& stage = *roadmap.add_stages();
  for (const char* id : taught) stage.add_concepts()->set_concept_id(id);
  for (const Led& led : migrations) {
    v1::ConceptMigration& migration = *content.add_migrations();
    migration.set_from_concept_id(led.from);
    for (const char* id : led.to) migration.add_to_concept_ids(id);
    migration.set_into_existing(led.into_existing);
    migration.set_reason("because");
  }
  return content;
}

// What `older` is published with behind `head`.
v1::RevisionContent Back(const v1::RevisionContent& head, v1::RevisionContent older) {
  *older.mutable_migrations() = MigrationsBack(head, older, "back");
  return older;
}

// As "from>to,to", with a + where evidence alone moves.
std::vector<std::string> Said(const v1::RevisionContent& content) {
  std::vector<std::string> said;
  for (const v1::ConceptMigration& migration : content.migrations()) {
    said.push_back(absl::StrCat(migration.from_concept_id(), ">", absl::StrJoin(migration.to_concept_ids(), ","),
                                migration.into_existing() ? "+" : ""));
  }
  return said;
}

// What forbids to publish it.
std::vector<Finding> Findings(const v1::RevisionContent& head, const v1::RevisionContent& content) {
  std::vector<Finding> findings = CheckSuccession(head, content, SourceMap(), /*restored=*/true);
  const SourceMap sources;
  Checker check(sources);
  CheckMigrations(content, Curriculum(content), check);
  for (Finding& finding : check.Take()) findings.push_back(std::move(finding));
  return findings;
}

TEST(MigrationsBack, LeadARenamedConceptToItsFirstName) {
  const auto older = Content({"a", "other"});
  const auto head = Content({"b", "other"}, {{"a", {"b"}}});
  const auto back = Back(head, older);
  EXPECT_THAT(Said(back), ElementsAre("b>a"));
  EXPECT_EQ(back.migrations(0).reason(), "back");
  EXPECT_THAT(Findings(head, back), IsEmpty());
}

TEST(MigrationsBack, LeadThePartsOfASplitToTheWhole) {
  const auto head = Content({"b", "c"}, {{"a", {"b", "c"}}});
  const auto back = Back(head, Content({"a"}));
  EXPECT_THAT(Said(back), UnorderedElementsAre("b>a", "c>a"));
  EXPECT_THAT(Findings(head, back), IsEmpty());
}

TEST(MigrationsBack, LeadAMergedConceptToEachOfItsSources) {
  const auto head = Content({"c"}, {{"a", {"c"}}, {"b", {"c"}}});
  const auto back = Back(head, Content({"a", "b"}));
  EXPECT_THAT(Said(back), ElementsAre("c>a,b"));
  EXPECT_THAT(Findings(head, back), IsEmpty());
}

TEST(MigrationsBack, UndoARemovalAndAMergeIntoWhatWasThere) {
  const auto head = Content({"stays"}, {{"gone", {}}, {"part", {"stays"}, true}});
  const auto back = Back(head, Content({"gone", "part", "stays"}));
  EXPECT_THAT(Said(back), IsEmpty());
  EXPECT_THAT(Findings(head, back), IsEmpty());
}

TEST(MigrationsBack, FollowChains) {
  const auto head = Content({"c"}, {{"a", {"b"}}, {"b", {"c"}}});
  const auto back = Back(head, Content({"a"}));
  EXPECT_THAT(Said(back), UnorderedElementsAre("b>a", "c>b"));
  EXPECT_THAT(Findings(head, back), IsEmpty());
  EXPECT_THAT(Said(Back(head, Content({"b"}, {{"a", {"b"}}}))), UnorderedElementsAre("a>b", "c>b"))
      << "what the older revision had already stays";
}

TEST(MigrationsBack, LeaveWhatCameOfConceptsThatWereAddedSince) {
  const auto older = Content({"a"});
  const auto head = Content({"a", "z"}, {{"y", {"z"}}});
  const auto back = Back(head, older);
  EXPECT_THAT(Said(back), ElementsAre("y>z"));
  EXPECT_THAT(Findings(head, back), testing::Not(IsEmpty())) << "z needs a migration of the author's";
  auto asked = back;
  asked.add_migrations()->set_from_concept_id("z");
  asked.mutable_migrations(1)->set_reason("too early");
  EXPECT_THAT(Findings(head, asked), IsEmpty());
  const auto merged = Content({"z"}, {{"y", {"z"}}, {"a", {"z"}}});
  EXPECT_THAT(Said(Back(merged, older)), UnorderedElementsAre("y>z", "z>a"));
  EXPECT_THAT(Findings(merged, Back(merged, older)), IsEmpty());
}

TEST(MigrationsBack, GoForwardAgain) {
  const auto first = Content({"a"});
  const auto second = Content({"b"}, {{"a", {"b"}}});
  const auto third = Back(second, first);
  const auto fourth = Back(third, second);
  EXPECT_THAT(Said(fourth), ElementsAre("a>b"));
  EXPECT_THAT(Findings(third, fourth), IsEmpty());
  EXPECT_THAT(Said(Back(fourth, first)), ElementsAre("b>a"));
}

TEST(MigrationsBack, ReachARevisionOnAnotherWay) {
  // From revision 1 to 2 (a becomes b), back, to 4 (a becomes c), and then to 2 again.
  const auto second = Content({"b"}, {{"a", {"b"}}});
  const auto fourth = Content({"c"}, {{"b", {"a"}}, {"a", {"c"}}});
  const auto back = Back(fourth, second);
  EXPECT_THAT(Said(back), UnorderedElementsAre("a>b", "c>a"));
  EXPECT_THAT(Findings(fourth, back), IsEmpty());
}

TEST(MigrationsBack, AreNoneWhenNothingWasMigrated) {
  const auto content = Content({"a"}, {{"old", {"a"}}});
  EXPECT_THAT(Said(Back(content, content)), ElementsAre("old>a"));
}

}  // namespace
}  // namespace edirae::catalog
