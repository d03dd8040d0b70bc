#include "cli/client/render_catalog.h"

#include <gmock/gmock.h>

#include <sstream>

namespace edirae::cli {
namespace {

using ::testing::HasSubstr;

learn::v1::SearchResponse OneHit() {
  learn::v1::SearchResponse found;
  catalog::v1::SearchHit& hit = *found.add_hits();
  hit.set_kind(catalog::v1::SEARCH_KIND_LESSON);
  hit.set_id("gradient-descent");
  hit.set_title("Gradient descent");
  hit.add_snippet()->set_text("the ");
  hit.add_snippet()->set_text("gradient");
  hit.mutable_snippet(1)->set_matches(true);
  return found;
}

std::string Search(const learn::v1::SearchResponse& found, bool colour) {
  std::ostringstream out;
  PrintSearch(out, Style(colour), found);
  return out.str();
}

TEST(PrintSearch, ShowsKindNameAndMarkedPassage) {
  EXPECT_EQ(Search(OneHit(), false), "Gradient descent  lesson gradient-descent\n  the *gradient*\n");
  EXPECT_THAT(Search(OneHit(), true), HasSubstr("the \033[33mgradient\033[0m"));
}

TEST(PrintSearch, SaysWhenNothingIsFoundAndWhichWordsWereReplaced) {
  learn::v1::SearchResponse found;
  found.add_corrections()->set_word("gradeint");
  found.mutable_corrections(0)->add_replacements("gradient");
  found.add_corrections()->set_word("xyzzy");
  EXPECT_EQ(Search(found, false),
            "'gradeint' occurs nowhere; looked for gradient\n'xyzzy' occurs nowhere; nothing is near to it\n"
            "Nothing was found.\n");
}

TEST(PrintGraph, ShowsLayersAndWhatEachConceptBuildsOn) {
  catalog::v1::PrerequisiteGraph graph;
  for (const char* id : {"a", "b", "x"}) {
    catalog::v1::PrerequisiteNode& node = *graph.add_nodes();
    node.set_concept_id(id);
    node.set_stage_id("one");
    node.set_estimated_minutes(60);
  }
  graph.mutable_nodes(1)->set_layer(1);
  graph.mutable_nodes(1)->set_optional(true);
  graph.mutable_nodes(2)->set_roadmap_id("maths");
  const auto add = [&](const char* from, catalog::v1::PrerequisiteStrength strength) {
    catalog::v1::PrerequisiteEdge& edge = *graph.add_edges();
    edge.set_from_concept_id(from);
    edge.set_to_concept_id("b");
    edge.set_strength(strength);
  };
  add("a", catalog::v1::PREREQUISITE_STRENGTH_HARD);
  add("x", catalog::v1::PREREQUISITE_STRENGTH_HELPFUL);
  std::ostringstream out;
  PrintGraph(out, Style(false), graph);
  EXPECT_THAT(out.str(), HasSubstr("Layer 0\n"));
  EXPECT_THAT(out.str(), HasSubstr("x        maths/one  60"));
  EXPECT_THAT(out.str(), HasSubstr("\nLayer 1\n"));
  EXPECT_THAT(out.str(), HasSubstr("b (optional)  one    60       a      x\n"));
}

}  // namespace
}  // namespace edirae::cli
