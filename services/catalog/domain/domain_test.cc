#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/catalog/domain/finding.h"
#include "services/catalog/domain/nearest.h"
#include "services/catalog/domain/revision.h"
#include "services/catalog/domain/source_map.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

using ::testing::Contains;

using ::testing::EndsWith;
using ::testing::HasSubstr;

TEST(SourceMap, FallsBackToTheNearestFieldThatHasAPlace) {
  SourceMap sources;
  const Path stage = Path().Field("roadmaps", 0).Field("stages", 2);
  sources.Put(stage, {"stage.yaml", 3, 4});
  EXPECT_EQ(sources.At(stage.Field("milestone").Field("criteria", 1)), (Location{"stage.yaml", 3, 4}));
  EXPECT_EQ(sources.At(Path("questions[7].key")), (Location{"questions[7].key", 1, 1}));
}

TEST(SourceMap, CallsBrokenWhatLiesInABrokenField) {
  SourceMap sources;
  sources.MarkBroken(Path("questions[1]"));
  EXPECT_TRUE(sources.IsBroken(Path("questions[1].key.feedback[0]")));
  EXPECT_FALSE(sources.IsBroken(Path("questions[10]")));
  EXPECT_FALSE(sources.IsBroken(Path("questions")));
}

TEST(DidYouMean, FindsSlipsAndNothingElse) {
  const std::vector<absl::string_view> keys = {"summary", "title", "id"};
  EXPECT_EQ(DidYouMean("sumary", keys, "none"), "did you mean 'summary'?");
  EXPECT_EQ(DidYouMean("tilte", keys, "none"), "did you mean 'title'?");
  EXPECT_EQ(DidYouMean("colour", keys, "none"), "none");
  EXPECT_EQ(DidYouMean("xy", keys, "none"), "none");
  EXPECT_EQ(DidYouMean(std::string(100'000, 's'), keys, "none"), "none");
}

TEST(Findings, AreShownUpToABound) {
  std::vector<Finding> findings;
  for (int i = 0; i < 250; ++i) findings.push_back({{"a.yaml", i + 1, 1}, "it is wrong", "mend it"});
  EXPECT_THAT(ToString(findings), HasSubstr("a.yaml:200:1: it is wrong; mend it"));
  EXPECT_THAT(ToString(findings), EndsWith("\nand 50 more"));
}

v1::RevisionContent TwoRoadmaps() {
  v1::RevisionContent content;
  for (const char* id : {"b", "a"}) {
    v1::Roadmap& roadmap = *content.add_roadmaps();
    roadmap.set_roadmap_id(id);
    v1::Stage& stage = *roadmap.add_stages();
    stage.set_stage_id("only");
    stage.add_concepts()->set_concept_id(absl::StrCat(id, "-concept"));
  }
  return content;
}

TEST(Revision, FindsEverythingById) {
  const Revision revision(1, TwoRoadmaps());
  EXPECT_EQ(revision.roadmaps()[0]->roadmap_id(), "a");
  EXPECT_EQ(revision.FindRoadmap("b")->roadmap_id(), "b");
  EXPECT_EQ(revision.FindRoadmap("c"), nullptr);
  EXPECT_EQ(revision.FindStage("a", "only")->concepts(0).concept_id(), "a-concept");
  EXPECT_EQ(revision.FindStage("a", "none"), nullptr);
  EXPECT_EQ(revision.FindConcept("b-concept")->roadmap->roadmap_id(), "b");
  EXPECT_EQ(revision.roadmap_heads()[1].stages_size(), 0);
}

TEST(Validate, RefusesRoadmapThatDoesNotFitOnePart) {
  v1::RevisionContent content = TwoRoadmaps();
  for (int i = 0; i < 200; ++i) content.mutable_roadmaps(0)->add_prerequisites(std::string(6000, 'x'));
  std::vector<std::string> problems;
  for (const Finding& finding : Validate(content, SourceMap())) problems.push_back(finding.problem);
  EXPECT_THAT(problems, Contains(HasSubstr("bytes without its questions")));
}

// Each is looked at beside all others, which an upload of many small ones would make expensive.
TEST(Validate, RefusesTooManyRoadmapsBeforeItLooksAtThem) {
  v1::RevisionContent content;
  for (size_t i = 0; i <= limits::kMaxRoadmaps; ++i) content.add_roadmaps();
  const std::vector<Finding> findings = Validate(content, SourceMap());
  ASSERT_EQ(findings.size(), 1);
  EXPECT_THAT(findings[0].problem, HasSubstr(absl::StrCat(limits::kMaxRoadmaps + 1, " roadmaps")));
}

TEST(Validate, NamesTheStartOfAVeryLongCircle) {
  v1::RevisionContent content;
  v1::Stage& stage = *content.add_roadmaps()->add_stages();
  constexpr int kLength = 50'000;
  for (int i = 0; i < kLength; ++i) {
    v1::Concept& taught = *stage.add_concepts();
    taught.set_concept_id(absl::StrCat("c", i));
    taught.add_prerequisite_ids(absl::StrCat("c", (i + 1) % kLength));
  }
  const SourceMap sources;
  Checker checker(sources);
  CheckPrerequisites(Curriculum(content), checker);
  const std::vector<Finding> findings = checker.Take();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_THAT(findings[0].problem, HasSubstr("circle: c0 needs c1 needs c2"));
  EXPECT_THAT(findings[0].problem, EndsWith("needs c19 needs ... needs c0"));
}

}  // namespace
}  // namespace edirae::catalog
