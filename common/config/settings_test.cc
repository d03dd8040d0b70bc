#include "common/config/settings.h"

#include <stdlib.h>

#include <CLI/CLI.hpp>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SettingsTest : public testing::Test {
 protected:
  SettingsTest() {
    settings.Add("listen", listen, "address", {.required = true, .check = IsHostAndPort});
    settings.Add("service-token", token, "secret", {.required = true, .secret = true, .check = IsSecret});
    settings.Add("nats-url", nats_url, "bus");
    settings.Add("threads", threads, 1, 64, "threads");
    settings.Add("drain-delay", drain, absl::ZeroDuration(), absl::Minutes(1), "pause");
    settings.Add("reflection", reflection, "reflection");
  }
  ~SettingsTest() override { unsetenv("EDIRAE_LISTEN"); }

  bool Parse(std::vector<std::string> args) {
    std::vector<char*> argv{const_cast<char*>("program")};
    for (std::string& arg : args) argv.push_back(arg.data());
    testing::internal::CaptureStderr();
    testing::internal::CaptureStdout();
    const bool parsed = ParseOrExplain(app, settings, static_cast<int>(argv.size()), argv.data(), exit_code);
    testing::internal::GetCapturedStdout();
    said = testing::internal::GetCapturedStderr();
    return parsed;
  }

  CLI::App app{"Does things", "program"};
  Settings settings{app};
  std::string listen;
  std::string token;
  std::string nats_url;
  int threads = 2;
  absl::Duration drain = absl::Seconds(2);
  bool reflection = false;
  int exit_code = -1;
  std::string said;
  const std::string secret = "0123456789abcdef0123456789abcdef";
};

TEST_F(SettingsTest, NamesEveryMissingSettingAtOnce) {
  EXPECT_FALSE(Parse({}));
  EXPECT_EQ(exit_code, 64);
  EXPECT_THAT(said, HasSubstr("--listen (EDIRAE_LISTEN) is required"));
  EXPECT_THAT(said, HasSubstr("--service-token (EDIRAE_SERVICE_TOKEN) is required"));
}

TEST_F(SettingsTest, HelpShowsTheDefaultOfASwitch) { EXPECT_THAT(app.help(), HasSubstr("reflection [off]")); }

TEST_F(SettingsTest, NamesTheSettingOfAWrongDuration) {
  EXPECT_FALSE(Parse({"--listen", "127.0.0.1:7000", "--service-token", secret, "--drain-delay", "5x"}));
  EXPECT_THAT(said, HasSubstr("--drain-delay (EDIRAE_DRAIN_DELAY): '5x' is no duration from 0 to 1m"));
}

TEST_F(SettingsTest, BlamesNoVariableForWhatOnlyLooksLikeItsValue) {
  setenv("EDIRAE_LISTEN", "7", 1);
  EXPECT_FALSE(Parse({"--drain-delay", "7x"}));
  EXPECT_THAT(said, Not(HasSubstr("in the environment")));
  EXPECT_FALSE(Parse({"--surplus", "127.0.0.1:7000"}));
  EXPECT_THAT(said, Not(HasSubstr("in the environment")));
}

TEST_F(SettingsTest, FlagsWinOverTheEnvironment) {
  setenv("EDIRAE_LISTEN", "0.0.0.0:7000", 1);
  EXPECT_TRUE(Parse({"--service-token", secret})) << said;
  EXPECT_EQ(listen, "0.0.0.0:7000");
}

TEST_F(SettingsTest, AWrongVariableThatAFlagOverridesDoesNotMatter) {
  const std::vector<std::pair<const char*, const char*>> wrong = {{"EDIRAE_LISTEN", "nowhere"},
                                                                  {"EDIRAE_SERVICE_TOKEN", "short"},
                                                                  {"EDIRAE_THREADS", "many"},
                                                                  {"EDIRAE_DRAIN_DELAY", "soon"},
                                                                  {"EDIRAE_REFLECTION", "perhaps"}};
  for (const auto& [name, value] : wrong) setenv(name, value, 1);
  EXPECT_TRUE(Parse({"--listen", "localhost:7000", "--service-token", secret, "--threads", "3", "--drain-delay", "1s",
                     "--no-reflection"}))
      << said;
  for (const auto& [name, value] : wrong) unsetenv(name);
  EXPECT_EQ(listen, "localhost:7000");
  EXPECT_EQ(threads, 3);
  EXPECT_EQ(drain, absl::Seconds(1));
  EXPECT_FALSE(reflection);
}

TEST_F(SettingsTest, AWrongVariableIsNamed) {
  for (const auto& [name, value] : std::vector<std::pair<const char*, const char*>>{{"EDIRAE_THREADS", "many"},
                                                                                    {"EDIRAE_THREADS", "65"},
                                                                                    {"EDIRAE_DRAIN_DELAY", "soon"},
                                                                                    {"EDIRAE_REFLECTION", "perhaps"}}) {
    setenv(name, value, 1);
    EXPECT_FALSE(Parse({"--listen", "localhost:7000", "--service-token", secret})) << name;
    unsetenv(name);
    EXPECT_EQ(exit_code, 64);
    EXPECT_THAT(said, HasSubstr(name));
    EXPECT_THAT(said, HasSubstr(value));
  }
}

TEST_F(SettingsTest, ABooleanIsSetByItsVariableEitherWay) {
  for (const auto& [value, expected] :
       std::vector<std::pair<const char*, bool>>{{"true", true}, {"false", false}, {"1", true}, {"0", false}}) {
    setenv("EDIRAE_REFLECTION", value, 1);
    EXPECT_TRUE(Parse({"--listen", "localhost:7000", "--service-token", secret})) << said;
    unsetenv("EDIRAE_REFLECTION");
    EXPECT_EQ(reflection, expected) << value;
  }
}

TEST_F(SettingsTest, RefusesPortsInTheEphemeralRange) {
  EXPECT_FALSE(Parse({"--listen", "localhost:50051", "--service-token", secret}));
  EXPECT_THAT(said, HasSubstr("--listen (EDIRAE_LISTEN): 'localhost:50051'"));
}

TEST_F(SettingsTest, RefusesShortSecretsAndNeverShowsThem) {
  EXPECT_FALSE(Parse({"--listen", "localhost:7000", "--service-token", "short"}));
  EXPECT_THAT(said, HasSubstr("--service-token"));
  EXPECT_THAT(said, Not(HasSubstr("'short'")));
  EXPECT_TRUE(Parse({"--listen", "localhost:7000", "--service-token", secret})) << said;
  EXPECT_THAT(settings.Describe(), HasSubstr("service-token=***"));
  EXPECT_THAT(settings.Describe(), Not(HasSubstr(secret)));
}

TEST_F(SettingsTest, ShowsNoPasswordOfAUrl) {
  EXPECT_TRUE(Parse({"--listen", "localhost:7000", "--service-token", secret, "--nats-url", "nats://a:b@bus:4222"}));
  EXPECT_THAT(settings.Describe(), HasSubstr("nats-url=nats://bus:4222"));
  EXPECT_EQ(nats_url, "nats://a:b@bus:4222");
}

TEST_F(SettingsTest, RefusesNumbersAndDurationsOutOfRange) {
  EXPECT_FALSE(Parse({"--listen", "localhost:7000", "--service-token", secret, "--threads", "65"}));
  EXPECT_THAT(said, HasSubstr("--threads (EDIRAE_THREADS): '65' is no number from 1 to 64"));
  threads = 2;
  EXPECT_FALSE(Parse({"--listen", "localhost:7000", "--service-token", secret, "--drain-delay", "2h"}));
  EXPECT_TRUE(Parse({"--listen", "localhost:7000", "--service-token", secret, "--drain-delay", "250ms"})) << said;
  EXPECT_EQ(drain, absl::Milliseconds(250));
}

TEST_F(SettingsTest, HelpIsNoError) {
  EXPECT_FALSE(Parse({"--help"}));
  EXPECT_EQ(exit_code, 0);
}

TEST(IsServiceAddress, TakesWhatGrpcCanFind) {
  for (const char* good :
       {"catalog:7401", "127.0.0.1:40001", "[::1]:7401", "dns:///catalog:7401", "unix:/run/catalog"}) {
    EXPECT_TRUE(IsServiceAddress(good).ok()) << good;
  }
  for (const char* bad :
       {"catalog", ":7401", "catalog:", "catalog:0", "catalog:65536", "http://catalog:7401", "dns:", "a b"}) {
    EXPECT_THAT(std::string(IsServiceAddress(bad).message()), HasSubstr("dns:///")) << bad;
  }
}

TEST(AreNatsUrls, TakesSchemesThatTheBusSpeaks) {
  for (const char* good : {"nats://bus:4222", "tls://bus:4222", "nats://a:b@one:4222,nats://two:4222"}) {
    EXPECT_TRUE(AreNatsUrls(good).ok()) << good;
  }
  for (const char* bad : {"", "bus:4222", "http://bus:4222", "nats://", "nats://one:4222,", "nats:one:4222"}) {
    EXPECT_FALSE(AreNatsUrls(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace edirae::config
