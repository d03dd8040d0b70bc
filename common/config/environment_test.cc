#include "common/config/environment.h"

#include <stdlib.h>

#include <CLI/CLI.hpp>

#include "common/config/exit_code.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class EnvironmentTest : public ::testing::Test {
 protected:
  EnvironmentTest() {
    app_.add_option("--listen", text_)->envname("EDIRAE_LISTEN");
    app_.add_subcommand("serve")->add_option("--data", text_)->envname("EDIRAE_DATA");
    for (const auto& name : Names()) unsetenv(name.c_str());  // those of whoever runs the tests
  }
  ~EnvironmentTest() override {
    for (const auto& name : Names()) unsetenv(name.c_str());
  }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const UnknownVariable& variable : UnknownVariables(app_)) names.push_back(variable.name);
    return names;
  }

  CLI::App app_{"Does things", "program"};
  std::string text_;
};

TEST_F(EnvironmentTest, NamesWhatNobodyReads) {
  setenv("EDIRAE_LISTEN", "a", 1);
  setenv("EDIRAE_DATA", "of a subcommand", 1);
  setenv("EDIRAE_TOKEN", "of the client", 1);
  setenv("EDIRAE_CATALOG_ADDRESS", "of the programs beside this one", 1);
  setenv("EDIRAE_LISTEM", "a slip", 1);
  setenv("EDIRAE_COLOUR_OF_THE_SKY", "", 1);
  EXPECT_THAT(Names(), ElementsAre("EDIRAE_COLOUR_OF_THE_SKY", "EDIRAE_LISTEM"));
  const auto unknown = UnknownVariables(app_);
  EXPECT_EQ(unknown[0].nearest, "");
  EXPECT_EQ(unknown[1].nearest, "EDIRAE_LISTEN");
  EXPECT_THAT(ToWarning(unknown[1]),
              HasSubstr("EDIRAE_LISTEM is no setting of this program; did you mean EDIRAE_LISTEN?"));
  unsetenv("EDIRAE_LISTEN");
  unsetenv("EDIRAE_DATA");
  unsetenv("EDIRAE_TOKEN");
  unsetenv("EDIRAE_CATALOG_ADDRESS");
}

class SharedSettingTest : public ::testing::Test {
 protected:
  SharedSettingTest() {
    CLI::App* group = app_.add_subcommand("mentor");
    for (CLI::App* command :
         {app_.add_subcommand("home"), group->add_subcommand("claim"), app_.add_subcommand("past")}) {
      command->add_option("--token", token_)->envname("EDIRAE_TOKEN");
      command->callback([this] { ++calls_; });
    }
    LeaveEnvironmentToCalled(app_);
    setenv("EDIRAE_TOKEN", "of the environment", 1);
  }
  ~SharedSettingTest() override { unsetenv("EDIRAE_TOKEN"); }

  CLI::App app_;
  std::string token_;
  int calls_ = 0;
};

TEST_F(SharedSettingTest, AFlagWinsWhicheverCommandIsCalled) {
  for (const char* line : {"home --token of-a-flag", "mentor claim --token of-a-flag", "past --token of-a-flag"}) {
    app_.parse(line);
    EXPECT_EQ(token_, "of-a-flag") << line;
  }
  EXPECT_EQ(calls_, 3);
}

TEST_F(SharedSettingTest, WithoutAFlagItIsTheVariable) {
  for (const char* line : {"home", "mentor claim", "past"}) {
    token_.clear();
    app_.parse(line);
    EXPECT_EQ(token_, "of the environment") << line;
  }
}

TEST(ExitCode, IsThatOfSysexits) {
  EXPECT_EQ(ExitCode(absl::OkStatus()), 0);
  EXPECT_EQ(ExitCode(absl::InvalidArgumentError("")), 64);
  EXPECT_EQ(ExitCode(absl::DataLossError("")), 65);
  EXPECT_EQ(ExitCode(absl::NotFoundError("")), 66);
  EXPECT_EQ(ExitCode(absl::UnavailableError("")), 69);
  EXPECT_EQ(ExitCode(absl::ResourceExhaustedError("")), 75);
  EXPECT_EQ(ExitCode(absl::PermissionDeniedError("")), 77);
  EXPECT_EQ(ExitCode(absl::FailedPreconditionError("")), 1);
}

}  // namespace
}  // namespace edirae::config
