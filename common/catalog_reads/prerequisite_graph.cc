#include "common/catalog_reads/prerequisite_graph.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace edirae::catalog_reads {
namespace {

using catalog::v1::Concept;
using catalog::v1::PrerequisiteEdge;
using catalog::v1::PrerequisiteGraph;
using catalog::v1::PrerequisiteNode;
using catalog::v1::Roadmap;
using catalog::v1::Stage;

void AddNode(const TaughtAt& at, PrerequisiteGraph& graph) {
  PrerequisiteNode& node = *graph.add_nodes();
  node.set_concept_id(at.content->concept_id());
  node.set_title(at.content->title());
  node.set_stage_id(at.stage->stage_id());
  node.set_optional(at.content->optional());
  node.set_estimated_minutes(at.content->estimated_minutes());
  if (at.roadmap->roadmap_id() != graph.roadmap_id()) node.set_roadmap_id(at.roadmap->roadmap_id());
}

void AddEdge(const std::string& from, const Concept& to, catalog::v1::PrerequisiteStrength strength,
             PrerequisiteGraph& graph) {
  PrerequisiteEdge& edge = *graph.add_edges();
  edge.set_from_concept_id(from);
  edge.set_to_concept_id(to.concept_id());
  edge.set_strength(strength);
}

// Gives every node its layer: takes away, again and again, what builds on nothing that is left (Kahn's order).
void AddLayers(PrerequisiteGraph& graph) {
  absl::flat_hash_map<absl::string_view, int> place_of;
  for (int i = 0; i < graph.nodes_size(); ++i) place_of.emplace(graph.nodes(i).concept_id(), i);
  const auto size = static_cast<size_t>(graph.nodes_size());
  std::vector<std::vector<int>> builds_on_it(size);
  std::vector<int> unplaced(size);
  for (const PrerequisiteEdge& edge : graph.edges()) {
    const int to = place_of.at(edge.to_concept_id());
    builds_on_it[static_cast<size_t>(place_of.at(edge.from_concept_id()))].push_back(to);
    ++unplaced[static_cast<size_t>(to)];
  }
  std::vector<int> ready;
  for (size_t i = 0; i < size; ++i) {
    if (unplaced[i] == 0) ready.push_back(static_cast<int>(i));
  }
  while (!ready.empty()) {
    const int at = ready.back();
    ready.pop_back();
    for (const int next : builds_on_it[static_cast<size_t>(at)]) {
      PrerequisiteNode& node = *graph.mutable_nodes(next);
      node.set_layer(std::max(node.layer(), graph.nodes(at).layer() + 1));
      if (--unplaced[static_cast<size_t>(next)] == 0) ready.push_back(next);
    }
  }
}

}  // namespace

ConceptPlaces PlacesOf(const catalog::v1::RevisionContent& content) {
  ConceptPlaces places;
  for (const Roadmap& roadmap : content.roadmaps()) {
    for (const Stage& stage : roadmap.stages()) {
      for (const Concept& taught : stage.concepts())
        places.try_emplace(taught.concept_id(), TaughtAt{&roadmap, &stage, &taught});
    }
  }
  return places;
}

PrerequisiteGraph GraphOf(const Roadmap& roadmap, const ConceptPlaces& places) {
  PrerequisiteGraph graph;
  graph.set_roadmap_id(roadmap.roadmap_id());
  std::set<absl::string_view> elsewhere;
  const auto add_edges = [&](const Concept& to, const auto& from_ids, catalog::v1::PrerequisiteStrength strength) {
    for (const std::string& from : from_ids) {
      const auto found = places.find(from);
      if (found == places.end()) continue;
      if (found->second.roadmap != &roadmap) elsewhere.insert(found->first);
      AddEdge(from, to, strength, graph);
    }
  };
  for (const Stage& stage : roadmap.stages()) {
    for (const Concept& taught : stage.concepts()) {
      AddNode({&roadmap, &stage, &taught}, graph);
      add_edges(taught, taught.prerequisite_ids(), catalog::v1::PREREQUISITE_STRENGTH_HARD);
      add_edges(taught, taught.helpful_ids(), catalog::v1::PREREQUISITE_STRENGTH_HELPFUL);
    }
  }
  for (const absl::string_view id : elsewhere) AddNode(places.at(id), graph);
  AddLayers(graph);
  return graph;
}

}  // namespace edirae::catalog_reads
