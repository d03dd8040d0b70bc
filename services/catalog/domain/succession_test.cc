#include "services/catalog/domain/succession.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/catalog/domain/migrations.h"

namespace edirae::catalog {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Ids = std::initializer_list<const char*>;

v1::RevisionContent Teaching(Ids concepts) {
  v1::RevisionContent content;
  v1::Roadmap& roadmap = *content.add_roadmaps();
  roadmap.set_roadmap_id("cooking");
  v1::Stage& stage = *roadmap.add_stages();
  for (const char* id : concepts) stage.add_concepts()->set_concept_id(id);
  return content;
}

v1::ConceptMigration& Migrate(v1::RevisionContent& content, const char* from, Ids to, bool into_existing = false) {
  v1::ConceptMigration& migration = *content.add_migrations();
  migration.set_from_concept_id(from);
  for (const char* id : to) migration.add_to_concept_ids(id);
  migration.set_reason("because");
  migration.set_into_existing(into_existing);
  return migration;
}

v1::KeyedQuestion& AddQuestion(v1::RevisionContent& content, const char* id, const char* owner) {
  v1::KeyedQuestion& keyed = *content.add_questions();
  keyed.mutable_question()->set_question_id(id);
  keyed.mutable_question()->add_concept_ids(owner);
  keyed.mutable_question()->set_kind(v1::QUESTION_KIND_SINGLE_CHOICE);
  return keyed;
}

std::vector<std::string> Texts(const std::vector<Finding>& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) texts.push_back(ToString(finding));
  return texts;
}

std::vector<std::string> After(const v1::RevisionContent& head, const v1::RevisionContent& content) {
  return Texts(CheckSuccession(head, content, SourceMap()));
}

std::vector<std::string> Alone(const v1::RevisionContent& content) {
  const SourceMap sources;
  Checker check(sources);
  CheckMigrations(content, Curriculum(content), check);
  std::vector<Finding> findings = check.Take();
  SortAndDeduplicate(findings);
  return Texts(findings);
}

TEST(CheckMigrations, AcceptsRenameSplitMergeRemovalAndChains) {
  v1::RevisionContent content = Teaching({"b", "c", "d"});
  Migrate(content, "a", {"b"});
  Migrate(content, "both", {"c", "d"});
  Migrate(content, "left", {"whole"});
  Migrate(content, "right", {"whole"});
  Migrate(content, "whole", {"d"});
  Migrate(content, "gone", {});
  EXPECT_THAT(Alone(content), IsEmpty());
}

TEST(CheckMigrations, RefusesAMigrationWithoutEffect) {
  v1::RevisionContent content = Teaching({"a", "b"});
  Migrate(content, "a", {"b"});
  EXPECT_THAT(Alone(content), ElementsAre(AllOf(HasSubstr("'a' is taught, so that its migration has no effect"),
                                                HasSubstr("an id that was never used"))));
}

TEST(CheckMigrations, RefusesUnknownAndRepeatedTargets) {
  v1::RevisionContent content = Teaching({"b"});
  Migrate(content, "a", {"b", "c", "b"});
  EXPECT_THAT(Alone(content), ElementsAre(HasSubstr("to_concept_ids[1]:1:1: the target 'c' is no concept"),
                                          HasSubstr("to_concept_ids[2]:1:1: the target 'b' is named twice")));
}

TEST(CheckMigrations, RefusesTwoMigrationsOfOneConcept) {
  v1::RevisionContent content = Teaching({"b"});
  Migrate(content, "a", {"b"});
  Migrate(content, "a", {});
  EXPECT_THAT(Alone(content), ElementsAre(HasSubstr("migrations[1].from_concept_id:1:1: the concept 'a' has two")));
}

TEST(CheckMigrations, RefusesCirclesOnce) {
  v1::RevisionContent content = Teaching({"x"});
  Migrate(content, "start", {"a"});
  Migrate(content, "a", {"b"});
  Migrate(content, "b", {"x", "a"});
  Migrate(content, "self", {"self"});
  EXPECT_THAT(Alone(content), ElementsAre(HasSubstr("circle: 'b' leads back to 'a'"),
                                          HasSubstr("circle: 'self' leads back to 'self'")));
}

TEST(CheckMigrations, FollowsALongChain) {
  v1::RevisionContent content = Teaching({"end"});
  for (int i = 0; i < 15'000; ++i) Migrate(content, absl::StrCat("c", i).c_str(), {absl::StrCat("c", i + 1).c_str()});
  Migrate(content, "c15000", {"end"});
  EXPECT_THAT(Alone(content), IsEmpty());
}

TEST(CheckMigrations, WantsAReason) {
  v1::RevisionContent content = Teaching({"b"});
  Migrate(content, "a", {"b"}).clear_reason();
  EXPECT_THAT(Alone(content), ElementsAre(HasSubstr("the reason is empty")));
}

TEST(CheckSuccession, LetsConceptsComeAndGoWithTheirMigration) {
  v1::RevisionContent content = Teaching({"kept", "new", "renamed"});
  Migrate(content, "old", {"renamed"});
  EXPECT_THAT(After(Teaching({"kept", "old"}), content), IsEmpty());
}

TEST(CheckSuccession, RefusesARemovalWithoutMigration) {
  EXPECT_THAT(After(Teaching({"kept", "old"}), Teaching({"kept"})),
              ElementsAre(AllOf(HasSubstr("roadmaps[0]:1:1: the concept 'old' is no longer taught"),
                                HasSubstr("{from: old, to: [...], reason: ...}"))));
}

TEST(CheckSuccession, RefusesAnUnknownSource) {
  v1::RevisionContent content = Teaching({"kept"});
  Migrate(content, "never", {"kept"}, true);
  EXPECT_THAT(After(Teaching({"kept"}), content), ElementsAre(HasSubstr("the concept 'never' was never taught")));
}

TEST(CheckSuccession, KeepsEveryMigrationAsItWas) {
  v1::RevisionContent head = Teaching({"b", "c"});
  Migrate(head, "a", {"b"});
  EXPECT_THAT(After(head, Teaching({"b", "c"})),
              ElementsAre(AllOf(HasSubstr("the migration of 'a' is gone"), HasSubstr("{from: a, to: [b]}"))));
  v1::RevisionContent changed = Teaching({"c"});
  Migrate(changed, "b", {"c"}, true);
  Migrate(changed, "a", {"c"});
  EXPECT_THAT(After(head, changed),
              ElementsAre(HasSubstr("migrations[1]:1:1: the migration of 'a' was published with other targets")));
  v1::RevisionContent explained = head;
  explained.mutable_migrations(0)->set_reason("a better reason");
  EXPECT_THAT(After(head, explained), IsEmpty());
}

TEST(CheckSuccession, LeadsOnFromATargetThatIsGivenUpLater) {
  v1::RevisionContent head = Teaching({"b"});
  Migrate(head, "a", {"b"});
  v1::RevisionContent content = Teaching({"c"});
  Migrate(content, "a", {"b"});
  Migrate(content, "b", {"c"});
  EXPECT_THAT(After(head, content), IsEmpty());
  EXPECT_THAT(Alone(content), IsEmpty());
}

TEST(CheckSuccession, WantsToKnowWhetherATargetIsNew) {
  v1::RevisionContent content = Teaching({"whole", "new"});
  Migrate(content, "part", {"whole"});
  Migrate(content, "other", {"new"}, true);
  EXPECT_THAT(After(Teaching({"whole", "part", "other"}), content),
              ElementsAre(AllOf(HasSubstr("'whole' was taught before"), HasSubstr("into_existing: true")),
                          AllOf(HasSubstr("'new' was not taught before"), HasSubstr("remove `into_existing`"))));
}

TEST(CheckSuccession, LetsItemsRetireAndRefusesOtherMeanings) {
  v1::RevisionContent head = Teaching({"a", "b"});
  AddQuestion(head, "q1", "a");
  AddQuestion(head, "q2", "a");
  AddQuestion(head, "q3", "a");
  head.add_flashcards()->set_card_id("card");
  head.mutable_flashcards(0)->set_concept_id("a");
  v1::Resource& book = *head.mutable_roadmaps(0)->mutable_stages(0)->add_resources();
  book.set_resource_id("book");
  book.set_kind(v1::RESOURCE_KIND_BOOK);

  v1::RevisionContent content = Teaching({"a", "b"});
  AddQuestion(content, "q1", "b");
  AddQuestion(content, "q2", "a").mutable_question()->set_kind(v1::QUESTION_KIND_SEVERAL_CHOICE);
  content.add_flashcards()->set_card_id("card");
  content.mutable_flashcards(0)->set_concept_id("b");
  v1::Resource& video = *content.add_resources();  // in the same roadmap, as another kind of thing
  video.set_resource_id("book");
  video.add_concept_ids("a");
  video.set_kind(v1::RESOURCE_KIND_VIDEO_COURSE);
  EXPECT_THAT(After(head, content), ElementsAre(HasSubstr("the flashcard 'card' belonged to 'a'"),
                                                HasSubstr("the question 'q1' belonged to 'a'"),
                                                HasSubstr("the question 'q2' was of another kind"),
                                                HasSubstr("the resource 'book' was of another kind")));
}

TEST(CheckSuccession, LetsItemsFollowTheirConcept) {
  v1::RevisionContent head = Teaching({"old"});
  AddQuestion(head, "q1", "old");
  v1::RevisionContent content = Teaching({"new"});
  AddQuestion(content, "q1", "new");
  Migrate(content, "old", {"new"});
  EXPECT_THAT(After(head, content), IsEmpty());
}

v1::MasteryCriterion& CriterionOf(v1::RevisionContent& content, const char* id, int version, int distinct) {
  v1::MasteryCriterion& criterion = *content.mutable_roadmaps(0)->mutable_mastery_criterion();
  criterion.set_criterion_id(id);
  criterion.set_version(version);
  criterion.set_min_distinct_correct(distinct);
  return criterion;
}

TEST(Succession, ACriterionThatChangesGetsAHigherVersion) {
  v1::RevisionContent before = Teaching({"water"});
  CriterionOf(before, "usual", 3, 4);
  v1::RevisionContent after = before;
  EXPECT_THAT(After(before, after), IsEmpty());
  CriterionOf(after, "usual", 4, 5);
  EXPECT_THAT(After(before, after), IsEmpty());
  CriterionOf(after, "another", 1, 5);
  EXPECT_THAT(After(before, after), IsEmpty());
  CriterionOf(after, "usual", 3, 5);
  EXPECT_THAT(After(before, after),
              ElementsAre(AllOf(HasSubstr("version 3 of the criterion 'usual' was published with other numbers"),
                                HasSubstr("raise it to 4"))));
  CriterionOf(after, "usual", 2, 5);
  EXPECT_THAT(After(before, after),
              ElementsAre(HasSubstr("version 2 of the criterion 'usual' is older than the published 3")));
  EXPECT_THAT(Texts(CheckSuccession(before, after, SourceMap(), /*restored=*/true)), IsEmpty())
      << "older content was published with it";
}

TEST(Succession, CriteriaOfGatesHaveVersionsOfTheirOwn) {
  v1::RevisionContent before = Teaching({"water"});
  CriterionOf(before, "usual", 1, 4);
  v1::GateCriterion& gate = *before.mutable_roadmaps(0)->mutable_gate_criterion();
  gate.set_criterion_id("usual");
  gate.set_version(1);
  v1::RevisionContent after = before;
  EXPECT_THAT(After(before, after), IsEmpty());
  after.mutable_roadmaps(0)->mutable_gate_criterion()->set_milestone_approved(true);
  EXPECT_THAT(After(before, after), ElementsAre(HasSubstr("was published with other numbers")));
}

}  // namespace
}  // namespace edirae::catalog
