// The content that ships with Edirae.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/load_content.h"

namespace edirae::catalog {
namespace {

using ::testing::IsEmpty;

// What the content has of each concept, by its id.
struct Material {
  int questions = 0;
  std::set<v1::QuestionKind> kinds;
  std::set<v1::Difficulty> difficulties;
  int with_hints = 0;
  int flashcards = 0;
  int resources = 0;
  int misconceptions = 0;
  bool has_worked_example = false;
  std::vector<std::string> without_feedback;  // wrong choices, as question.choice
};

std::vector<std::string> ChoicesWithoutFeedback(const v1::KeyedQuestion& keyed) {
  std::vector<std::string> silent;
  if (keyed.question().kind() == v1::QUESTION_KIND_ORDERING) return silent;
  for (const v1::Choice& choice : keyed.question().choices()) {
    const auto& feedback = keyed.key().feedback();
    if (std::none_of(feedback.begin(), feedback.end(), [&](const v1::ChoiceFeedback& said) {
          return said.choice_id() == choice.choice_id() && !said.text().empty();
        })) {
      silent.push_back(absl::StrCat(keyed.question().question_id(), ".", choice.choice_id()));
    }
  }
  return silent;
}

std::map<std::string, Material> MaterialOf(const v1::RevisionContent& content) {
  std::map<std::string, Material> material;
  for (const v1::Lesson& lesson : content.lessons()) {
    material[lesson.concept_id()].misconceptions = lesson.misconceptions_size();
    material[lesson.concept_id()].has_worked_example = absl::StrContains(lesson.explanation(), "\n## Worked example\n");
  }
  for (const v1::KeyedQuestion& keyed : content.questions()) {
    Material& of_concept = material[keyed.question().concept_ids(0)];
    ++of_concept.questions;
    of_concept.kinds.insert(keyed.question().kind());
    of_concept.difficulties.insert(keyed.question().difficulty());
    if (keyed.question().hint_count() > 0) ++of_concept.with_hints;
    std::vector<std::string> silent = ChoicesWithoutFeedback(keyed);
    of_concept.without_feedback.insert(of_concept.without_feedback.end(), silent.begin(), silent.end());
  }
  for (const v1::Flashcard& card : content.flashcards()) ++material[card.concept_id()].flashcards;
  for (const v1::Resource& resource : content.resources()) ++material[resource.concept_ids(0)].resources;
  return material;
}

TEST(ShippedContent, LoadsWithoutFindings) {
  const LoadedContent loaded = LoadContent(EDIRAE_CONTENT_FOLDER);
  EXPECT_TRUE(loaded.findings.empty()) << ToString(loaded.findings);
}

TEST(ShippedContent, HasEnoughMaterialForEveryConcept) {
  const LoadedContent loaded = LoadContent(EDIRAE_CONTENT_FOLDER);
  for (const auto& [id, material] : MaterialOf(loaded.content)) {
    EXPECT_GE(material.questions, 10) << id;
    EXPECT_GE(material.kinds.size(), 3) << id;
    EXPECT_EQ(material.difficulties.size(), 3) << id << " has not all levels";
    EXPECT_GE(2 * material.with_hints, material.questions) << id << " has too few questions with hints";
    EXPECT_GE(material.flashcards, 8) << id;
    EXPECT_GE(material.resources, 3) << id;
    EXPECT_LE(material.resources, 5) << id;
    EXPECT_TRUE(material.has_worked_example) << id;
    EXPECT_THAT(material.without_feedback, IsEmpty()) << id;
    EXPECT_GE(material.misconceptions, 2) << id;
  }
}

TEST(ShippedContent, HasTheMachineLearningRoadmapWhole) {
  const LoadedContent loaded = LoadContent(EDIRAE_CONTENT_FOLDER);
  const v1::Roadmap* roadmap = nullptr;
  for (const v1::Roadmap& candidate : loaded.content.roadmaps()) {
    if (candidate.roadmap_id() == "machine-learning") roadmap = &candidate;
  }
  ASSERT_NE(roadmap, nullptr);
  EXPECT_EQ(roadmap->stages_size(), 4);
  EXPECT_EQ(roadmap->career_paths_size(), 4);
  int concepts = 0, optional = 0;
  for (const v1::Stage& stage : roadmap->stages()) {
    concepts += stage.concepts_size();
    for (const v1::Concept& taught : stage.concepts()) optional += taught.optional() ? 1 : 0;
    EXPECT_GE(stage.milestone().steps_size(), 4) << stage.stage_id();
    EXPECT_LE(stage.milestone().steps_size(), 8) << stage.stage_id();
    EXPECT_GE(stage.milestone().evidence_size(), 3) << stage.stage_id();
    EXPECT_GE(stage.milestone().criteria_size(), 4) << stage.stage_id();
    for (const v1::MilestoneCriterion& criterion : stage.milestone().criteria()) {
      EXPECT_EQ(criterion.levels_size(), 4) << criterion.criterion_id();
    }
  }
  EXPECT_EQ(concepts, 24);
  EXPECT_EQ(optional, 2);
}

}  // namespace
}  // namespace edirae::catalog
