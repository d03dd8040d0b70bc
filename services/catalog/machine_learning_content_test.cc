// The content that ships with Edirae.
#include <gtest/gtest.h>

#include "services/catalog/load_content.h"

namespace edirae::catalog {
namespace {

TEST(MachineLearningContent, LoadsWithoutFindingsAndIsWhole) {
  const LoadedContent loaded = LoadContent(EDIRAE_CONTENT_FOLDER);
  ASSERT_TRUE(loaded.findings.empty()) << ToString(loaded.findings);
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
  }
  EXPECT_EQ(concepts, 24);
  EXPECT_EQ(optional, 2);
}

}  // namespace
}  // namespace edirae::catalog
