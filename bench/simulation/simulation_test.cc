#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "bench/simulation/policies.h"
#include "bench/simulation/tournament.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::simulation {
namespace {

using ::edirae::testing::StatusIs;
using ::testing::HasSubstr;

const PolicyKind& Kind(const std::string& name) {
  for (const PolicyKind& kind : PolicyKinds()) {
    if (kind.name == name) return kind;
  }
  ADD_FAILURE() << "no policy " << name;
  return PolicyKinds().front();
}

TEST(Simulation, LearnersForgetAndLearnInEveryFamily) {
  Random random(3);
  const Graph graph = GenerateGraph(30, random);
  for (const Family& family : Families()) {
    Random luck(5);
    const auto learner = family.make(graph, 1, luck);
    const double before = Knowledge(*learner, graph.size(), 0);
    EXPECT_LE(Knowledge(*learner, graph.size(), 100), before) << family.name;
    for (int day = 0; day < 40; ++day) {
      for (int item = 0; item < graph.size(); ++item) learner->Answer(item, day, luck);
    }
    EXPECT_GT(Knowledge(*learner, graph.size(), 40), before) << family.name;
    EXPECT_LE(Knowledge(*learner, graph.size(), 400), Knowledge(*learner, graph.size(), 40)) << family.name;
    for (int i = 0; i < graph.size(); ++i) {
      EXPECT_GE(learner->Success(i, 50), 0);
      EXPECT_LE(learner->Success(i, 50), 1);
      EXPECT_LE(learner->Readiness(i, 50), 1);
    }
  }
}

TEST(Simulation, IsTheSameForTheSameSeed) {
  Random random(1);
  const Graph graph = GenerateGraph(20, random);
  const Course course = {.learners = 3, .days = 5};
  const std::vector<PolicyKind> policies = {Kind("zpdes"), Kind("ours")};
  const auto once = Compare(Families()[0], policies, graph, course);
  const auto again = Compare(Families()[0], policies, graph, course);
  EXPECT_EQ(once[0].gain.mean, again[0].gain.mean);
  EXPECT_EQ(once[1].gain.mean, again[1].gain.mean);
  EXPECT_NE(once[0].gain.mean, once[1].gain.mean);
  EXPECT_EQ(once[1].behind_ours.mean, 0);
}

// The table of docs/benchmarks.md in small: it goes red when the policy or the simulation breaks, not by bad luck.
TEST(Simulation, OursIsAheadOfTheBestBaselineWhateverTheWrongEdges) {
  Random random(1);
  const Graph graph = GenerateGraph(60, random);
  for (const double wrong_edges : {0.0, 0.3}) {
    for (const Family& family : Families()) {
      if (family.name == "B" || family.name == "E") continue;  // ahead by less than 30 learners can show
      const auto standings = Compare(family, {Kind("order"), Kind("ours")}, graph,
                                     {.learners = 30, .days = 40, .wrong_edges = wrong_edges});
      EXPECT_GT(standings[0].behind_ours.mean, 0) << family.name;
      EXPECT_GT(standings[1].gain.mean, 0.1) << family.name;
    }
  }
}

TEST(Simulation, TheBestBaselineIsAheadOfChance) {
  Random random(1);
  const Graph graph = GenerateGraph(60, random);
  const auto standings = Compare(Families()[0], {Kind("random"), Kind("order")}, graph, {.learners = 20});
  EXPECT_GT(standings[0].behind_ours.mean - standings[0].behind_ours.within, 0);
  EXPECT_GT(standings[0].unready, standings[1].unready);
}

TEST(Graph, HasPrerequisitesBeforeWhatNeedsThemAndAsManyEdgesWhenSomeAreWrong) {
  Random random(9);
  const Graph graph = GenerateGraph(92, random);
  const Graph wrong = WithWrongEdges(graph, 0.3, random);
  EXPECT_EQ(graph.edges(), wrong.edges());
  EXPECT_NE(graph.prerequisites, wrong.prerequisites);
  for (const Graph* it : {&graph, &wrong}) {
    for (int i = 0; i < it->size(); ++i) {
      for (const int prerequisite : it->prerequisites[i]) EXPECT_LT(prerequisite, i);
    }
  }
}

TEST(Graph, IsReadFromAFileAndRefusedByLine) {
  const testing::TempFolder folder;
  const std::string path = folder.File("graph.tsv");
  const auto write = [&](const std::string& text) { std::ofstream(path) << text; };
  std::string chain = "concept\tprerequisites\tdepth\n";
  for (int i = 0; i < 40; ++i) {
    chain +=
        "c" + std::to_string(i) + "\t" + (i == 0 ? "" : "c" + std::to_string(i - 1)) + "\t" + std::to_string(i) + "\n";
  }
  write(chain);
  const auto graph = ReadGraph(path);
  ASSERT_OK(graph);
  EXPECT_EQ(graph->size(), 40);
  EXPECT_EQ(graph->edges(), 39);
  write("concept\tprerequisites\tdepth\na\t\tdeep\n");
  EXPECT_THAT(ReadGraph(path), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 2")));
  write("id\n");
  EXPECT_THAT(ReadGraph(path), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1")));
  EXPECT_THAT(ReadGraph(folder.File("none")), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace edirae::simulation
