#include "services/catalog/load_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/testing/status_matchers.h"
#include "services/catalog/limits.h"
#include "services/catalog/testing/content_tree.h"
#include "services/catalog/testing/cooking_files.h"

namespace edirae::catalog {
namespace {

using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using testing::FindingsIn;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(LoadContent, AcceptsAGoodTree) {
  const LoadedContent loaded = LoadContent(testing::ContentTree().Write());
  ASSERT_THAT(loaded.findings, IsEmpty()) << ToString(loaded.findings);
  ASSERT_THAT(loaded.content.roadmaps(), SizeIs(1));
  const v1::Roadmap& roadmap = loaded.content.roadmaps(0);
  EXPECT_EQ(roadmap.duration().max_months(), 2);
  EXPECT_EQ(roadmap.career_paths(0).demand(), v1::MARKET_DEMAND_VERY_HIGH);
  ASSERT_THAT(roadmap.stages(), SizeIs(2));
  EXPECT_EQ(roadmap.stages(0).resources(1).kind(), v1::RESOURCE_KIND_VIDEO_COURSE);
  EXPECT_THAT(roadmap.stages(1).concepts(0).prerequisite_ids(), ElementsAre("water", "fire"));
  EXPECT_TRUE(roadmap.stages(1).concepts(1).optional());
  ASSERT_THAT(loaded.content.questions(), SizeIs(11));
  const v1::KeyedQuestion& second = loaded.content.questions(1);
  EXPECT_EQ(second.question().question_id(), "water.second");
  EXPECT_THAT(second.question().concept_ids(), ElementsAre("water"));
  EXPECT_THAT(second.key().correct_choice_ids(), ElementsAre("a", "b"));
  EXPECT_THAT(second.key().feedback(), SizeIs(3));
  EXPECT_EQ(loaded.content.questions(0).question().hint_count(), 1);
  EXPECT_EQ(loaded.content.questions(0).key().feedback(1).misconception_id(), "always-hot");
  EXPECT_EQ(loaded.content.flashcards(3).card_id(), "garnish.card");
  ASSERT_THAT(loaded.content.lessons(), SizeIs(4));
  EXPECT_THAT(loaded.content.lessons(1).explanation(), HasSubstr("## Worked example"));
  EXPECT_EQ(loaded.content.lessons(1).misconceptions(0).correction(), "It can be cold.");
  ASSERT_THAT(loaded.content.resources(), SizeIs(4));
  EXPECT_THAT(loaded.content.resources(0).concept_ids(), ElementsAre("water"));
  EXPECT_EQ(loaded.content.resources(0).cost(), v1::RESOURCE_COST_FREE);
  EXPECT_EQ(roadmap.stages(0).milestone().criteria(0).levels(1).points(), 2);
  EXPECT_THAT(roadmap.career_paths(0).concept_ids(), ElementsAre("fire", "soup"));
}

TEST(LoadContent, ReadsTheKeyOfEachKind) {
  const v1::RevisionContent content = testing::GoodContent();
  const v1::KeyedQuestion& minutes = content.questions(6);
  EXPECT_EQ(minutes.question().unit(), "minutes");
  EXPECT_EQ(minutes.key().numeric().answer(), 20.5);
  EXPECT_EQ(minutes.key().numeric().wrong_numbers(1).value(), -3.5);
  EXPECT_EQ(minutes.key().numeric().wrong_numbers(0).feedback().misconception_id(), "always-hot");
  const v1::KeyedQuestion& spice = content.questions(7);
  EXPECT_THAT(spice.key().text().accepted_texts(), ElementsAre("salt", "table salt", "Table-Salt"));
  EXPECT_THAT(spice.key().text().wrong_texts(0).texts(), ElementsAre("pepper", "black pepper"));
  const v1::KeyedQuestion& steps = content.questions(8);
  EXPECT_THAT(steps.question().choices(), SizeIs(3));
  EXPECT_THAT(steps.key().order().choice_ids(), ElementsAre("fill", "heat", "eat"));
  EXPECT_THAT(steps.key().order().wrong_orders(0).choice_ids(), ElementsAre("heat", "fill", "eat"));
}

TEST(LoadContent, WantsEachFileOfAConceptAndNoOther) {
  testing::ContentTree tree;
  tree.Remove("cooking/concepts/water/explanation.md");
  tree.Remove(kWaterQuestions);
  tree["cooking/concepts/water/question.yaml"] = "[]";
  tree["cooking/concepts/fire/picture.png"] = "PNG";
  tree["cooking/concepts/steam.yaml"] = "id: steam";
  tree["cooking/stage/basics.yaml"] = "id: basics";
  EXPECT_THAT(FindingsIn(tree),
              ElementsAre(HasSubstr("concepts/fire/picture.png:1:1: the file is not read; remove it; a concept has "
                                    "concept.yaml, explanation.md, questions.yaml, flashcards.yaml"),
                          HasSubstr("concepts/steam.yaml:1:1: the file is not read, because each concept has a folder"),
                          HasSubstr("water/explanation.md:1:1: there is no file"),
                          HasSubstr("water/question.yaml:1:1: the file is not read; did you mean 'questions.yaml'?"),
                          HasSubstr("water/questions.yaml:1:1: there is no file"),
                          HasSubstr("cooking/stage:1:1: this is not read; did you mean 'stages'?")));
}

TEST(LoadContent, LeavesTheSchemasOfEditorsAlone) {
  testing::ContentTree tree;
  tree["schema/concept.schema.json"] = "{}";
  EXPECT_THAT(FindingsIn(tree), IsEmpty());
}

TEST(LoadContent, NamesWhatLiesBehindACircle) {
  testing::ContentTree tree;
  tree.Replace(kWater, "prerequisites: []", "prerequisites: [water]");
  tree.Replace("cooking/concepts/fire/concept.yaml", "[water]", "[]");
  EXPECT_THAT(FindingsIn(tree),
              ElementsAre(HasSubstr("soup/concept.yaml:4:16: no learner can ever reach the concept 'soup': it needs "
                                    "'water'"),
                          HasSubstr("water/concept.yaml:4:17: the prerequisites go round in a circle")));
}

TEST(LoadContent, ReportsMistakesOfAllFilesAtOnce) {
  testing::ContentTree tree;
  tree.Replace(kRoadmap, "title: Cooking", "titel: Cooking");
  tree[kWater] = "- no mapping";
  tree.Remove(kSoup);
  EXPECT_THAT(FindingsIn(tree), ElementsAre(HasSubstr("soup/concept.yaml:1:1: there is no file"),
                                            HasSubstr("water/concept.yaml:1:1: the concept is a list"),
                                            HasSubstr("roadmap.yaml:1:1: the roadmap has no 'title'"),
                                            HasSubstr("roadmap.yaml:2:1: the roadmap knows no key 'titel'")));
}

TEST(LoadContent, CountsColumnsInCharacters) {
  testing::ContentTree tree;
  tree.Replace(kRoadmap, "salary: {currency: USD, min: 10", "salary: {currency: \"Ω€\", min: x");
  EXPECT_THAT(FindingsIn(tree), ElementsAre(HasSubstr("roadmap.yaml:16:24: 'Ω€' is no currency"),
                                            HasSubstr("roadmap.yaml:16:35: 'min' of the salary is no whole number")));
}

TEST(LoadContent, RefusesAliasBombWithoutExpandingIt) {
  testing::ContentTree tree;
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 60; ++i) {
    absl::StrAppend(&bomb, "a", i, ": &a", i, " [*a", i - 1, ", *a", i - 1, "]\n");
  }
  tree[kRoadmap] = bomb;
  const std::vector<std::string> findings = FindingsIn(tree);
  EXPECT_THAT(findings, SizeIs(60 + 2 * 59));
  EXPECT_THAT(findings[0], HasSubstr("roadmap.yaml:1:5: anchors (&name) are not allowed"));
}

TEST(LoadContent, RefusesFileThatIsTooLarge) {
  testing::ContentTree tree;
  tree[kWater] += std::string(limits::kMaxFileBytes, '#');
  EXPECT_THAT(FindingsIn(tree), ElementsAre(HasSubstr("water/concept.yaml:1:1: the file has more than 1048576 bytes")));
}

TEST(LoadContent, RefusesFileOfWrongEnding) {
  testing::ContentTree tree;
  tree["cooking/stages/steam.yml"] = "id: steam";
  EXPECT_THAT(FindingsIn(tree), ElementsAre(HasSubstr("steam.yml:1:1: the file is not read")));
}

TEST(LoadContent, RefusesFolderInPlaceOfFile) {
  testing::ContentTree tree;
  tree.Remove(kWater);
  std::filesystem::create_directories(tree.Write() + "/" + kWater);
  EXPECT_THAT(FindingsIn(tree), ElementsAre(HasSubstr("water/concept.yaml:1:1: this is no ordinary file")));
}

TEST(LoadContent, NamesFolderThatIsMissingOrEmpty) {
  const edirae::testing::TempFolder empty;
  EXPECT_THAT(LoadGoodContent(empty.path()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("the content folder holds no roadmap")));
  EXPECT_THAT(LoadGoodContent(empty.File("none")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("there is no folder")));
  testing::ContentTree tree;
  EXPECT_THAT(LoadGoodContent(tree.Write() + "/cooking"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("this is a roadmap, and not the folder")));
}

TEST(LoadContent, KeepsIdsUniqueOverAllRoadmapsAndPrerequisitesInside) {
  testing::ContentTree tree;
  tree["baking/roadmap.yaml"] =
      absl::StrReplaceAll(tree[kRoadmap], {{"id: cooking", "id: baking"}, {"[basics, dishes]", "[oven]"}});
  tree["baking/stages/oven.yaml"] = absl::StrReplaceAll(
      tree[kDishes], {{"id: dishes", "id: oven"}, {"[soup, garnish]", "[bread, water]"}, {"id: dinner", "id: loaf"}});
  tree.AddConcept("baking", "bread", "prerequisites: [fire]");
  tree.AddConcept("baking", "water", "");
  const std::vector<std::string> findings = FindingsIn(tree);
  EXPECT_THAT(
      findings,
      ::testing::Contains(HasSubstr("cooking/concepts/water/concept.yaml:1:5: the concept id 'water' is used twice")));
  EXPECT_THAT(findings, ::testing::Contains(HasSubstr(
                            "cooking/concepts/water/questions.yaml:1:7: the question id 'water.first' is used twice")));
  EXPECT_THAT(findings, ::testing::Contains(
                            HasSubstr("bread/concept.yaml:4:17: the concept 'fire' belongs to the roadmap 'cooking'")));
}

}  // namespace
}  // namespace edirae::catalog
