// What operators are told of metrics is what the programs export: alert rules name nothing else, and every metric has
// its row in docs/operations.md.
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <regex>
#include <set>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/platform/socket.h"
#include "tests/platform/student.h"

namespace edirae::deploy {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

std::string Read(const std::string& path) {
  std::ifstream file(std::string(EDIRAE_SOURCE_DIR) + "/" + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::set<std::string> Matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::set<std::string> matches;
  for (std::sregex_iterator each(text.begin(), text.end(), regex), end; each != end; ++each) matches.insert((*each)[1]);
  return matches;
}

std::set<std::string> Without(std::set<std::string> names, const std::set<std::string>& known) {
  std::erase_if(names, [&](const std::string& name) { return known.contains(name); });
  return names;
}

YAML::Node Rules() {
  YAML::Node rules(YAML::NodeType::Sequence);
  const YAML::Node file = YAML::Load(Read("deploy/prometheus/alerts.yaml"));
  for (const auto& group : file["groups"]) {
    for (const auto& rule : group["rules"]) rules.push_back(rule);
  }
  return rules;
}

class MetricsTest : public ::testing::Test {
 protected:
  // All services in one process export what the programs do, and a learner's answer brings what comes with use.
  static void SetUpTestSuite() {
    const auto platform = testing::Platform::StartOne();
    ASSERT_OK(platform);
    const testing::Student ada(**platform, (*platform)->gateway().address(), "ada");
    const auto questions = ada.Questions("supervised-learning");
    ASSERT_OK(questions);
    ASSERT_OK(ada.AnswerUntilAcknowledged(questions->front().question_id(), testing::Choose({"a"}), "r1"));
    // The ledger counts an event after it has acknowledged it.
    std::string scraped;
    ASSERT_TRUE(testing::Eventually([&] {
      scraped = testing::Scrape((*platform)->gateway().metrics_address());
      return absl::StrContains(scraped, "edirae_progress_events_total");
    }));
    families = Matches(scraped, "# TYPE (edirae_\\w+) ");
    histograms = Matches(scraped, "# TYPE (edirae_\\w+) histogram");
  }

  // The family of a name in an expression: a histogram is asked for by its parts.
  static std::string FamilyOf(const std::string& name) {
    for (const char* part : {"_bucket", "_sum", "_count"}) {
      const std::string family(absl::StripSuffix(name, part));
      if (family != name && histograms.contains(family)) return family;
    }
    return name;
  }

  inline static std::set<std::string> families;
  inline static std::set<std::string> histograms;
};

TEST_F(MetricsTest, AlertsAskForMetricsThatAreExported) {
  ASSERT_THAT(families, Not(IsEmpty()));
  const YAML::Node rules = Rules();
  ASSERT_GT(rules.size(), 0);
  for (const auto& rule : rules) {
    const auto names = Matches(rule["expr"].as<std::string>(), "\\b(edirae_\\w+)");
    EXPECT_THAT(names, Not(IsEmpty())) << rule["alert"];
    for (const std::string& name : names) EXPECT_TRUE(families.contains(FamilyOf(name))) << name;
  }
}

TEST_F(MetricsTest, EveryMetricIsInTheOperatorsTableAndNoOther) {
  const auto documented = Matches(Read("docs/operations.md"), "\n\\| `(edirae_\\w+)");
  EXPECT_THAT(Without(families, documented), IsEmpty()) << "add them to the table in docs/operations.md";
  EXPECT_THAT(Without(documented, families), IsEmpty()) << "nobody exports them";
}

TEST(Alerts, LeadToAPartOfTheOperatorsDocument) {
  // A heading's anchor as GitHub makes it: lower case, spaces to dashes, nothing but letters, digits and dashes.
  std::set<std::string> anchors;
  for (const std::string& heading : Matches(Read("docs/operations.md"), "\n##+ ([^\n]+)")) {
    std::string anchor;
    for (const char c : heading) {
      if (c == ' ') anchor += '-';
      if (c == '-' || absl::ascii_isalnum(static_cast<unsigned char>(c))) {
        anchor += absl::ascii_tolower(static_cast<unsigned char>(c));
      }
    }
    anchors.insert(anchor);
  }
  std::set<std::string> names;
  for (const auto& rule : Rules()) {
    EXPECT_TRUE(names.insert(rule["alert"].as<std::string>()).second) << "twice: " << rule["alert"];
    EXPECT_THAT((std::set<std::string>{"page", "ticket"}),
                ::testing::Contains(rule["labels"]["severity"].as<std::string>()));
    const std::string runbook = rule["annotations"]["runbook"].as<std::string>();
    EXPECT_EQ(runbook.substr(0, runbook.find('#')), "docs/operations.md");
    EXPECT_THAT(anchors, ::testing::Contains(runbook.substr(runbook.find('#') + 1))) << rule["alert"];
    EXPECT_TRUE(rule["annotations"]["summary"].IsDefined()) << rule["alert"];
  }
}

}  // namespace
}  // namespace edirae::deploy
