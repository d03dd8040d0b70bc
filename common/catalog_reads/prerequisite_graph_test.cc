#include "common/catalog_reads/prerequisite_graph.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace edirae::catalog_reads {
namespace {

using catalog::v1::RevisionContent;
using catalog::v1::Stage;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

catalog::v1::Concept& AddConcept(Stage& stage, const std::string& id, const std::vector<std::string>& hard,
                                 const std::vector<std::string>& helpful = {}) {
  catalog::v1::Concept& added = *stage.add_concepts();
  added.set_concept_id(id);
  added.set_title(absl::StrCat("About ", id));
  added.set_estimated_minutes(45);
  for (const std::string& it : hard) added.add_prerequisite_ids(it);
  for (const std::string& it : helpful) added.add_helpful_ids(it);
  return added;
}

Stage& AddStage(RevisionContent& content, const std::string& roadmap_id, const std::string& stage_id) {
  catalog::v1::Roadmap& roadmap = *content.add_roadmaps();
  roadmap.set_roadmap_id(roadmap_id);
  Stage& stage = *roadmap.add_stages();
  stage.set_stage_id(stage_id);
  return stage;
}

std::vector<std::string> Layers(const catalog::v1::PrerequisiteGraph& graph) {
  std::vector<std::string> layers;
  for (const auto& node : graph.nodes()) layers.push_back(absl::StrCat(node.concept_id(), " ", node.layer()));
  return layers;
}

std::vector<std::string> Edges(const catalog::v1::PrerequisiteGraph& graph) {
  std::vector<std::string> edges;
  for (const auto& edge : graph.edges()) {
    const bool hard = edge.strength() == catalog::v1::PREREQUISITE_STRENGTH_HARD;
    edges.push_back(absl::StrCat(edge.from_concept_id(), hard ? " => " : " -> ", edge.to_concept_id()));
  }
  return edges;
}

TEST(PrerequisiteGraph, LayersFollowTheLongestWayOverBothKindsOfEdge) {
  RevisionContent content;
  Stage& stage = AddStage(content, "ml", "one");
  AddConcept(stage, "e", {});
  AddConcept(stage, "d", {"a", "e"}, {"c"});
  AddConcept(stage, "a", {});
  AddConcept(stage, "b", {"a"});
  AddConcept(stage, "c", {"b", "a"});
  const auto graph = GraphOf(content.roadmaps(0), PlacesOf(content));
  EXPECT_EQ(graph.roadmap_id(), "ml");
  EXPECT_THAT(Layers(graph), ElementsAre("e 0", "d 3", "a 0", "b 1", "c 2"));
  EXPECT_THAT(Edges(graph), ElementsAre("a => d", "e => d", "c -> d", "a => b", "b => c", "a => c"));
}

TEST(PrerequisiteGraph, NodesSayWhatAViewerNeeds) {
  RevisionContent content;
  Stage& stage = AddStage(content, "ml", "one");
  AddConcept(stage, "a", {}).set_optional(true);
  const auto graph = GraphOf(content.roadmaps(0), PlacesOf(content));
  const auto& node = graph.nodes(0);
  EXPECT_EQ(node.title(), "About a");
  EXPECT_EQ(node.stage_id(), "one");
  EXPECT_TRUE(node.optional());
  EXPECT_EQ(node.estimated_minutes(), 45);
  EXPECT_EQ(node.roadmap_id(), "");
}

TEST(PrerequisiteGraph, HasTheConceptsOfOtherRoadmapsThatItBuildsOnAndNotWhatTheyBuildOn) {
  RevisionContent content;
  AddConcept(AddStage(content, "ml", "one"), "a", {"x"}, {"gone"});
  Stage& other = AddStage(content, "maths", "basics");
  AddConcept(other, "w", {});
  AddConcept(other, "x", {"w"});
  const auto graph = GraphOf(content.roadmaps(0), PlacesOf(content));
  EXPECT_THAT(Layers(graph), ElementsAre("a 1", "x 0"));
  EXPECT_THAT(Edges(graph), ElementsAre("x => a"));
  EXPECT_EQ(graph.nodes(1).roadmap_id(), "maths");
  EXPECT_EQ(graph.nodes(1).stage_id(), "basics");
}

TEST(PrerequisiteGraph, OfALongChainNeedsNoStack) {
  RevisionContent content;
  Stage& stage = AddStage(content, "ml", "one");
  AddConcept(stage, "c0", {});
  for (int i = 1; i < 100'000; ++i) AddConcept(stage, absl::StrCat("c", i), {absl::StrCat("c", i - 1)});
  const auto graph = GraphOf(content.roadmaps(0), PlacesOf(content));
  EXPECT_EQ(graph.nodes(99'999).layer(), 99'999);
}

TEST(PrerequisiteGraph, OfAnEmptyRoadmapIsEmpty) {
  RevisionContent content;
  content.add_roadmaps()->set_roadmap_id("art");
  const auto graph = GraphOf(content.roadmaps(0), PlacesOf(content));
  EXPECT_EQ(graph.roadmap_id(), "art");
  EXPECT_THAT(graph.nodes(), IsEmpty());
}

}  // namespace
}  // namespace edirae::catalog_reads
