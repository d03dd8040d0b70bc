#include "cli/catalog/catalog_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/catalog/diff_report.h"
#include "cli/catalog/lint_report.h"
#include "cli/catalog/preview.h"
#include "common/testing/status_matchers.h"
#include "services/catalog/testing/content_tree.h"

namespace edirae::cli {
namespace {

using catalog::testing::ContentTree;
using edirae::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::Not;

const Style kPlain(false);

// Runs `edirae catalog …` and returns its outcome and what it printed.
std::pair<absl::Status, std::string> Catalog(std::vector<std::string> arguments) {
  CLI::App app;
  const CatalogCommands commands(app);
  arguments.insert(arguments.begin(), "catalog");
  std::ranges::reverse(arguments);
  app.parse(arguments);
  EXPECT_TRUE(commands.chosen());
  ::testing::internal::CaptureStdout();
  const absl::Status status = commands.Run();
  return {status, ::testing::internal::GetCapturedStdout()};
}

TEST(CatalogLint, CountsWhatIsGood) {
  const auto [status, out] = Catalog({"lint", ContentTree().Write()});
  EXPECT_OK(status);
  EXPECT_THAT(out, HasSubstr("No mistakes in 1 roadmaps, 4 concepts"));
}

TEST(CatalogLint, ShowsEveryMistakeWithItsPlaceAndRemedy) {
  ContentTree tree;
  tree.Replace("cooking/roadmap.yaml", "title: Cooking", "titel: Cooking");
  tree.Replace("cooking/stages/basics.yaml", "weeks: [1, 2]", "weeks: [2, 1]");
  const std::string folder = tree.Write();
  const auto [status, out] = Catalog({"lint", folder});
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnknown, HasSubstr("the content has mistakes: ")));
  EXPECT_THAT(out, HasSubstr(folder + "/cooking/roadmap.yaml:2:1: "));
  EXPECT_THAT(out, HasSubstr(folder + "/cooking/stages/basics.yaml:4:8: "));
  EXPECT_THAT(out, Not(HasSubstr("No mistakes")));

  const auto json = nlohmann::json::parse(Catalog({"lint", folder, "--json"}).second);
  EXPECT_EQ(json["findings"][0]["line"], 1);
  EXPECT_EQ(json["concepts"], 4);
}

TEST(CatalogLint, AFolderThatIsNotThereIsNotFound) {
  EXPECT_THAT(Catalog({"lint", "/nowhere/at/all"}).first, StatusIs(absl::StatusCode::kNotFound));
}

TEST(CatalogDiff, SaysWhatChanged) {
  const ContentTree before;
  ContentTree after;
  after.Replace("cooking/roadmap.yaml", "title: Taste everything.", "title: Taste all of it.");
  const std::string old_folder = before.Write(), new_folder = after.Write();
  const auto [status, out] = Catalog({"diff", old_folder, new_folder});
  EXPECT_OK(status);
  EXPECT_EQ(out, "~ roadmap cooking, tip taste: title: “Taste everything.” became “Taste all of it.”\n1 changed.\n");
  EXPECT_EQ(Catalog({"diff", old_folder, old_folder}).second, "Nothing changed.\n");
  const auto json = nlohmann::json::parse(Catalog({"diff", old_folder, new_folder, "--json"}).second);
  EXPECT_EQ(json[0]["kind"], "changed");
}

TEST(CatalogDiff, RefusesContentWithMistakes) {
  const ContentTree good;
  ContentTree bad;
  bad.Replace("cooking/roadmap.yaml", "title: Cooking", "titel: Cooking");
  EXPECT_THAT(Catalog({"diff", good.Write(), bad.Write()}).first, StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(CatalogPreview, ShowsAConceptWithItsKeys) {
  const ContentTree tree;
  const auto [status, out] = Catalog({"preview", "soup", "--content", tree.Write()});
  EXPECT_OK(status);
  EXPECT_THAT(out, HasSubstr("About soup  soup\n"));
  EXPECT_THAT(out, HasSubstr("Worked example\n"));
  EXPECT_THAT(out, HasSubstr("✓ "));
  EXPECT_THAT(out, HasSubstr("✗ anything else\n"));
  EXPECT_THAT(out, HasSubstr("KEY"));  // what learners do not see
  EXPECT_THAT(out, Not(HasSubstr("About fire")));
}

TEST(CatalogPreview, MistakesElsewhereAreNoReasonToShowNothing) {
  ContentTree tree;
  tree.Replace("cooking/concepts/fire/questions.yaml", "prompt:", "promt:");
  tree.Replace("cooking/concepts/fire/concept.yaml", "title:", "titel:");
  const auto [status, out] = Catalog({"preview", "soup", "--content", tree.Write()});
  EXPECT_OK(status);
  EXPECT_THAT(out, HasSubstr("About soup  soup\n"));
  EXPECT_THAT(Catalog({"preview", "fire", "--content", tree.Write()}).first,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("concepts/fire/concept.yaml:")));
  EXPECT_THAT(Catalog({"preview", "stew", "--content", tree.Write()}).first,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("concepts/fire/concept.yaml:")))
      << "perhaps that is why";
}

TEST(CatalogPreview, AnUnknownConceptIsNotFound) {
  EXPECT_THAT(Catalog({"preview", "stew", "--content", ContentTree().Write()}).first,
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("stew")));
}

}  // namespace
}  // namespace edirae::cli
