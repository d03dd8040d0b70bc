// The settings that the manifests may use are those that the built programs have.
#include "tests/deploy/settings.h"

#include <functional>
#include <regex>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/platform/run_to_end.h"

namespace edirae::deploy {
namespace {

using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAreArray;

// What the first group of `pattern` matches in `text`.
std::vector<std::string> Matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> matches;
  for (std::sregex_iterator each(text.begin(), text.end(), regex), end; each != end; ++each) {
    matches.push_back((*each)[1]);
  }
  return matches;
}

std::vector<std::string> NamesOf(const Program& program, const std::function<bool(const Setting&)>& wanted) {
  std::vector<std::string> names;
  for (const Setting& setting : program.settings) {
    if (wanted(setting)) names.push_back(setting.name);
  }
  return names;
}

class Settings : public ::testing::TestWithParam<Program> {
 protected:
  static std::string OutputOf(const std::vector<std::string>& arguments) {
    return testing::RunToEnd("edirae-" + GetParam().name, arguments).output;
  }
};

TEST_P(Settings, AreThoseOfItsHelp) {
  EXPECT_THAT(NamesOf(GetParam(), [](const Setting&) { return true; }),
              UnorderedElementsAreArray(Matches(OutputOf({"--help"}), R"(\(Env:(EDIRAE_\w+)\))")));
}

TEST_P(Settings, AreRequiredWhereItDoesNotStartWithout) {
  const std::vector<std::string> missing = Matches(OutputOf({}), R"(\((EDIRAE_\w+)\) is required)");
  EXPECT_THAT(missing, Not(IsEmpty()));
  EXPECT_THAT(NamesOf(GetParam(), [](const Setting& setting) { return setting.required; }), IsSupersetOf(missing));
}

// A default in the help would be readable for everyone.
TEST_P(Settings, ThatAreSecretHaveNoDefault) {
  const std::vector<std::string> secrets = NamesOf(GetParam(), [](const Setting& setting) { return setting.secret; });
  EXPECT_THAT(Matches(OutputOf({"--help"}), R"(TEXT \(Env:(EDIRAE_\w+)\))"), IsSupersetOf(secrets));
}

INSTANTIATE_TEST_SUITE_P(Programs, Settings, ::testing::ValuesIn(Programs()),
                         [](const auto& program) { return program.param.name; });

}  // namespace
}  // namespace edirae::deploy
