// The content that ships with Edirae.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "services/catalog/load_content.h"

namespace edirae::catalog {
namespace {

// What the content has of each concept, by its id.
struct Material {
  int questions = 0;
  std::set<v1::QuestionKind> kinds;
  std::set<v1::Difficulty> difficulties;
  int with_hints = 0;
  int flashcards = 0;
  int resources = 0;
  int misconceptions = 0;
};

std::map<std::string, Material> MaterialOf(const v1::RevisionContent& content) {
  std::map<std::string, Material> material;
  for (const v1::Lesson& lesson : content.lessons()) {
    material[lesson.concept_id()].misconceptions = lesson.misconceptions_size();
  }
  for (const v1::KeyedQuestion& keyed : content.questions()) {
    Material& of_concept = material[keyed.question().concept_ids(0)];
    ++of_concept.questions;
    of_concept.kinds.insert(keyed.question().kind());
    of_concept.difficulties.insert(keyed.question().difficulty());
    if (keyed.question().hint_count() > 0) ++of_concept.with_hints;
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
  }
  EXPECT_EQ(concepts, 24);
  EXPECT_EQ(optional, 2);
}

}  // namespace
}  // namespace edirae::catalog
