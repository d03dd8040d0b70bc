// The programs as an operator meets them: settings, start, stop, terminal.
#include <sched.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/client/reply.h"
#include "common/process/child_process.h"
#include "common/testing/eventually.h"
#include "common/testing/free_port.h"
#include "common/testing/status_matchers.h"
#include "gateway/auth/token.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/run_to_end.h"
#include "tests/platform/socket.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr char kSecret[] = "0123456789abcdef0123456789abcdef";

std::string FreeAddress() { return absl::StrCat("127.0.0.1:", FreePort()); }

TEST(Programs, NameEverySettingThatIsMissingAndStartNothing) {
  for (const char* program : {"edirae-catalog", "edirae-progress", "edirae-recommend", "edirae-gateway"}) {
    const Ended ended = RunToEnd(program, {});
    EXPECT_EQ(ended.status.code, 64) << program;
    EXPECT_THAT(ended.output, HasSubstr("EDIRAE_LISTEN")) << program;
    EXPECT_THAT(ended.output, HasSubstr("EDIRAE_SERVICE_TOKEN")) << program;
  }
}

TEST(Programs, HaveHelp) {
  for (const char* program : {"edirae", "edirae-catalog", "edirae-progress", "edirae-recommend", "edirae-gateway"}) {
    EXPECT_EQ(RunToEnd(program, {"--help"}).status.code, 0) << program;
  }
}

TEST(Programs, TellTheirExitCodes) {
  for (const char* program : {"edirae", "edirae-catalog", "edirae-progress", "edirae-recommend", "edirae-gateway"}) {
    EXPECT_THAT(RunToEnd(program, {"--help"}).output, HasSubstr("Exit codes: 0 ")) << program;
  }
}

TEST(Programs, NameVariablesThatTheyDoNotKnow) {
  const std::vector<std::string> progress = {"--data",     "/dev/null/no-folder",   "--listen",          FreeAddress(),
                                             "--nats-url", "nats://127.0.0.1:4222", "--catalog-address", FreeAddress()};
  const Ended ended =
      RunToEnd("edirae-progress", progress, {{"EDIRAE_SERVICE_TOKEN", kSecret}, {"EDIRAE_CACHED_LEARNER", "5"}});
  EXPECT_NE(ended.status.code, 0) << "it has no folder";
  EXPECT_THAT(ended.output, HasSubstr("EDIRAE_CACHED_LEARNER is no setting of this program; did you mean "
                                      "EDIRAE_CACHED_LEARNERS?"));
  EXPECT_THAT(RunToEnd("edirae", {"home"}, {{"EDIRAE_ADRESS", "x"}, {"EDIRAE_ADDRESS", FreeAddress()}}).output,
              HasSubstr("did you mean EDIRAE_ADDRESS?"));
}

TEST(Programs, AWrongVariableOfServeStopsNoOtherCommand) {
  const std::vector<std::pair<std::string, std::string>> environment = {{"EDIRAE_DRAIN_DELAY", "soon"},
                                                                        {"EDIRAE_ADDRESS", FreeAddress()}};
  EXPECT_EQ(RunToEnd("edirae", {"roadmap"}, environment).status.code, 69) << "nobody is there";
  const Ended serve = RunToEnd("edirae", {"serve", "--content", EDIRAE_CONTENT}, environment);
  EXPECT_EQ(serve.status.code, 64);
  EXPECT_THAT(serve.output, HasSubstr("EDIRAE_DRAIN_DELAY"));
}

TEST(Programs, AWrongSettingIsWrongUse) {
  const Ended ended =
      RunToEnd("edirae-catalog", {"--data", "/nowhere", "--listen", FreeAddress(), "--log-level", "loud"},
               {{"EDIRAE_SERVICE_TOKEN", kSecret}});
  EXPECT_EQ(ended.status.code, 64) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("loud"));
}

TEST(Programs, CatalogRefusesBadContentWithFileAndLine) {
  const TempFolder folder;
  std::filesystem::copy(EDIRAE_CONTENT, folder.File("content"), std::filesystem::copy_options::recursive);
  std::ofstream(folder.File("content/machine-learning/stages/foundations.yaml"), std::ios::app) << "\nsurprise: true\n";
  const Ended ended = RunToEnd(
      "edirae-catalog", {"--content", folder.File("content"), "--data", folder.File("data"), "--listen", FreeAddress()},
      {{"EDIRAE_SERVICE_TOKEN", kSecret}});
  EXPECT_NE(ended.status.code, 0);
  EXPECT_THAT(ended.output, ::testing::ContainsRegex("stages/foundations.yaml:[0-9]+"));
  EXPECT_THAT(ended.output, HasSubstr("surprise"));
}

class RunningTest : public PlatformFixture {};

TEST_F(RunningTest, ASecondWriterOnTheSameFolderRefuses) {
  for (const char* service : {"progress", "recommend"}) {
    std::vector<std::string> arguments = {"--data",
                                          platform_->DataFolder(service),
                                          "--listen",
                                          FreeAddress(),
                                          "--metrics-listen",
                                          FreeAddress(),
                                          "--nats-url",
                                          platform_->nats().url(),
                                          "--catalog-address",
                                          platform_->catalog().address()};
    if (std::string(service) == "recommend") {
      arguments.insert(arguments.end(), {"--progress-address", platform_->progress().address()});
    }
    const Ended ended =
        RunToEnd(absl::StrCat("edirae-", service), arguments, {{"EDIRAE_SERVICE_TOKEN", platform_->service_token()}});
    EXPECT_NE(ended.status.code, 0) << service;
    EXPECT_THAT(ended.output, HasSubstr(platform_->DataFolder(service))) << service;
  }
}

TEST_F(RunningTest, NoServiceInterruptsWhoeverRunsWhenItWakes) {
  for (const Program* program :
       {&platform_->catalog(), &platform_->progress(), &platform_->recommend(), &platform_->gateway()}) {
    EXPECT_EQ(sched_getscheduler(program->pid()), SCHED_BATCH) << program->address();
  }
}

TEST_F(RunningTest, EveryServiceStopsCleanlyWhenAsked) {
  for (Program* program :
       {&platform_->gateway(), &platform_->recommend(), &platform_->progress(), &platform_->catalog()}) {
    const process::ExitStatus status = program->Stop();
    EXPECT_EQ(status.code, 0) << status.ToString() << "\n" << program->LogTail();
  }
}

TEST_F(RunningTest, TheClientSpeaksJsonToProgramsAndExitsWithACode) {
  const std::string token = gateway::MintToken(platform_->token_secret(), "ada", absl::Hours(1), absl::Now()).value();
  const std::vector<std::pair<std::string, std::string>> environment = {
      {"EDIRAE_ADDRESS", platform_->gateway().address()}, {"EDIRAE_TOKEN", token}};
  const Ended home = RunToEnd("edirae", {"home", "--json"}, environment);
  EXPECT_EQ(home.status.code, 0) << home.output;
  EXPECT_EQ(nlohmann::json::parse(home.output)["home"]["progress"]["learner_id"], "ada");

  const Ended roadmap = RunToEnd("edirae", {"roadmap"}, environment);
  EXPECT_EQ(roadmap.status.code, 0);
  EXPECT_THAT(roadmap.output, HasSubstr("supervised-learning"));
  EXPECT_THAT(roadmap.output, ::testing::Not(HasSubstr("\033["))) << "no colour when it is not a terminal";

  EXPECT_EQ(RunToEnd("edirae", {"concept", "no-such-concept"}, environment).status.code, 66);
  EXPECT_EQ(RunToEnd("edirae", {"home"}, {{"EDIRAE_ADDRESS", platform_->gateway().address()}}).status.code, 77);
  EXPECT_EQ(RunToEnd("edirae", {"home"}, {{"EDIRAE_ADDRESS", FreeAddress()}}).status.code, 69);
  EXPECT_EQ(RunToEnd("edirae", {"juggle"}, environment).status.code, 64);
}

TEST_F(RunningTest, TheClientTellsProgramsEverythingInOneDocument) {
  const Student ada(*platform_, platform_->gateway().address(), "ada");
  const std::vector<std::pair<std::string, std::string>> environment = {
      {"EDIRAE_ADDRESS", platform_->gateway().address()}, {"EDIRAE_TOKEN", ada.session().settings().token}};
  const auto json = [&](std::vector<std::string> arguments, int code) {
    arguments.push_back("--json");
    const Ended ended = RunToEnd("edirae", arguments, environment);
    EXPECT_EQ(ended.status.code, code) << ended.output;
    return nlohmann::json::parse(ended.output, nullptr, false);
  };
  const auto both = json({"concept", "supervised-learning"}, 0);
  EXPECT_EQ(both["concept_content"]["concept_id"], "supervised-learning");
  EXPECT_TRUE(both["resources"].is_array());
  EXPECT_EQ(json({"home"}, 0)["home"]["progress"]["mastered_required_count"], 0) << "what is zero is there";

  const auto error = json({"review", "no-such-card", "good"}, 66)["error"];
  EXPECT_EQ(error["code"], "NOT_FOUND");
  EXPECT_EQ(error["reason"], "CARD_NOT_FOUND");
  EXPECT_EQ(error["metadata"]["card_id"], "no-such-card");
  EXPECT_THAT(error["message"], HasSubstr("no-such-card"));
  const auto slip = json({"review", "--loudly"}, 64)["error"];
  EXPECT_EQ(slip["code"], "INVALID_ARGUMENT");
  EXPECT_THAT(slip["message"], HasSubstr("CARD"));
}

TEST_F(RunningTest, AFlagWinsOverItsVariableInEveryCommand) {
  const Student ada(*platform_, platform_->gateway().address(), "ada");
  const std::string& token = ada.session().settings().token;
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"home"}, {"gate"}, {"events"}, {"past"}, {"goal", "--whole-roadmap", "--hours", "5"}, {"track"}}) {
    std::vector<std::string> line = command;
    line.insert(line.end(), {"--token", token, "--address", platform_->gateway().address()});
    const Ended ended =
        RunToEnd("edirae", line, {{"EDIRAE_ADDRESS", "127.0.0.1:1"}, {"EDIRAE_TOKEN", "somebody-else"}});
    EXPECT_EQ(ended.status.code, 0) << command[0] << ": " << ended.output;
  }
}

TEST_F(RunningTest, TheClientFailsWhenAGateStaysShut) {
  const Student ada(*platform_, platform_->gateway().address(), "ada");
  const std::vector<std::pair<std::string, std::string>> environment = {
      {"EDIRAE_ADDRESS", platform_->gateway().address()}, {"EDIRAE_TOKEN", ada.session().settings().token}};
  const Ended refused = RunToEnd("edirae", {"advance"}, environment);
  EXPECT_EQ(refused.status.code, 1) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("stays shut"));
  EXPECT_THAT(refused.output, ::testing::ContainsRegex("right among the newest [0-9]+ answers"));
  const Ended locked = RunToEnd("edirae", {"advance", "production"}, environment);
  EXPECT_THAT(locked.output, HasSubstr("comes first"));
}

TEST_F(RunningTest, TheClientKeepsATrackAndTriesOthers) {
  const Student carl(*platform_, platform_->gateway().address(), "carl");
  const auto run = [&](const std::vector<std::string>& arguments, int code) {
    const Ended ended = RunToEnd(
        "edirae", arguments,
        {{"EDIRAE_ADDRESS", platform_->gateway().address()}, {"EDIRAE_TOKEN", carl.session().settings().token}});
    EXPECT_EQ(ended.status.code, code) << ended.output;
    return ended.output;
  };
  EXPECT_THAT(run({"track"}, 1), HasSubstr("no goal is kept"));
  EXPECT_THAT(run({"track", "--hours", "8"}, 0), HasSubstr("edirae goal --"));
  run({"goal", "--whole-roadmap", "--hours", "8", "--from", "soon"}, 64);
  EXPECT_THAT(run({"pin", "gradient-descent"}, 0), HasSubstr("your next steps follow the pins alone"));
  const std::string tomorrow = absl::FormatTime("%Y-%m-%d", absl::Now() + absl::Hours(24), absl::UTCTimeZone());
  EXPECT_THAT(run({"goal", "--whole-roadmap", "--hours", "8", "--by", tomorrow}, 0),
              HasSubstr("That does not\n  meet "));
  run({"goal", "--whole-roadmap", "--hours", "71582793.25"}, 64);
  EXPECT_THAT(run({"goal", "--whole-roadmap", "--hours", "2.5"}, 0), HasSubstr("at 2.5 hours a week: "));
  EXPECT_THAT(run({"goal", "--whole-roadmap", "--hours", "8"}, 0), HasSubstr("at 8 hours a week: "));
  run({"pin"}, 64);
  run({"pin", "feature-engineering@tomorrow"}, 64);
  EXPECT_THAT(run({"pin", absl::StrCat("end-to-end-pipelines@", tomorrow)}, 0), HasSubstr("cannot begin before"));
  run({"pin", "feature-engineering"}, 0);
  EXPECT_THAT(run({"home"}, 0), HasSubstr("for your goal, "));
  EXPECT_THAT(run({"plan", "30"}, 0), HasSubstr("for your goal, "));
  run({"prefer", "--retention", "0.85"}, 0);
  run({"prefer", "--retention", "0.5"}, 64);
  EXPECT_TRUE(Eventually([&] { return run({"track", "--hours", "8"}, 0).find("  pinned") != std::string::npos; }));
  EXPECT_THAT(run({"track"}, 0), HasSubstr("Nothing has changed since you set goal and pins."));
  EXPECT_THAT(run({"track", "--hours", "4"}, 0), HasSubstr("a week has 4 hours instead of 8 hours"));
  EXPECT_THAT(run({"track", "--without-pins"}, 0), HasSubstr("is pinned no longer"));
  EXPECT_THAT(run({"track", "--json"}, 0), HasSubstr("\"finish_date\""));
}

TEST_F(RunningTest, AWatchEndsWithItsReader) {
  const Student ada(*platform_, platform_->gateway().address(), "ada");
  const auto pipe = process::ChildProcess::Start(
      {.argv = {"/bin/sh", "-c", absl::StrCat(EDIRAE_PROGRAMS, "/edirae watch --json | head -n 1")},
       .environment = {{"EDIRAE_ADDRESS", platform_->gateway().address()},
                       {"EDIRAE_TOKEN", ada.session().settings().token}}});
  ASSERT_OK(pipe);
  EXPECT_OK((*pipe)->Wait(kPatience));
}

TEST_F(RunningTest, TheClientAnswersQuestionsOfEveryKind) {
  const Student ada(*platform_, platform_->gateway().address(), "ada");
  ASSERT_OK_AND_ASSIGN(const auto questions, ada.Questions("supervised-learning"));
  std::set<catalog::v1::QuestionKind> kinds;
  for (const catalog::v1::Question& question : questions) {
    if (!kinds.insert(question.kind()).second) continue;
    const std::string reply = cli::ReplyInWords(cli::SomeReply(question, 1));
    const Ended answer = RunToEnd(
        "edirae", {"answer", question.question_id(), reply},
        {{"EDIRAE_ADDRESS", platform_->gateway().address()}, {"EDIRAE_TOKEN", ada.session().settings().token}});
    EXPECT_EQ(answer.status.code, 0) << question.question_id() << " " << reply << "\n" << answer.output;
    EXPECT_THAT(answer.output, HasSubstr("recorded as event"));
  }
  EXPECT_GE(kinds.size(), 3);
  const Ended negative =
      RunToEnd("edirae", {"answer", "supervised-learning.no-such-question", "-1.4"},
               {{"EDIRAE_ADDRESS", platform_->gateway().address()}, {"EDIRAE_TOKEN", ada.session().settings().token}});
  EXPECT_EQ(negative.status.code, 66) << "a number below zero is no option: " << negative.output;
}

// A client that makes no call reads nothing, so it does not know that the server has stopped until it calls again.
TEST(Serve, ACallAfterTheStopIsUnavailableAlsoOnAConnectionThatWasIdle) {
  ASSERT_OK_AND_ASSIGN(const auto platform, Platform::StartOne());
  const std::string address = platform->gateway().address();
  const Student ada(*platform, address, "ada");
  ASSERT_OK(ada.Home());
  std::thread stop([&] { EXPECT_EQ(platform->gateway().Stop().code, 0); });
  EXPECT_TRUE(Eventually([&] { return !Socket(address).connected(); }));
  EXPECT_THAT(ada.Home(), StatusIs(absl::StatusCode::kUnavailable));
  stop.join();
}

TEST(Serve, ASecondOneSaysWhatTheFirstHas) {
  ASSERT_OK_AND_ASSIGN(const auto platform, Platform::StartOne());
  const TempFolder folder;
  const auto serve = [](const std::string& data, const std::string& listen, const std::string& metrics_listen) {
    return RunToEnd("edirae", {"serve", "--content", EDIRAE_CONTENT, "--data", data, "--listen", listen,
                               "--metrics-listen", metrics_listen});
  };
  const std::string taken = platform->gateway().address();
  for (const auto& [flag, second] : std::vector<std::pair<std::string, Ended>>{
           {"--data: ", serve(platform->DataFolder("data"), FreeAddress(), FreeAddress())},
           {"--listen: cannot listen on " + taken, serve(folder.File("a"), taken, FreeAddress())},
           {"--metrics-listen: cannot listen on " + taken, serve(folder.File("b"), FreeAddress(), taken)},
           {"nats-server did not start: ",
            RunToEnd("edirae", {"serve", "--content", EDIRAE_CONTENT, "--data", folder.File("c"), "--listen",
                                FreeAddress(), "--metrics-listen", FreeAddress(), "--events-port",
                                std::string(taken.substr(taken.rfind(':') + 1))})}}) {
    EXPECT_EQ(second.status.code, flag == "--data: " ? 1 : 69) << second.output;
    EXPECT_THAT(second.output, HasSubstr(flag));
    EXPECT_THAT(second.output, ::testing::Not(HasSubstr(".cc:"))) << "nothing of gRPC's own log";
  }
}

TEST(Client, MakesNoSecretAndSaysWhereToLookForOne) {
  const TempFolder folder;
  const Ended token = RunToEnd("edirae", {"token", "ada", "--data", folder.File("nobody")});
  EXPECT_EQ(token.status.code, 66);
  EXPECT_THAT(token.output, HasSubstr("no token-secret in " + folder.File("nobody")));
  EXPECT_FALSE(std::filesystem::exists(folder.File("nobody")));
}

TEST(Client, TellsItsVersion) {
  const Ended version = RunToEnd("edirae", {"--version"});
  EXPECT_EQ(version.status.code, 0);
  EXPECT_THAT(version.output, ::testing::MatchesRegex("edirae [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(Serve, PlaysTheMorningInOneProcessAndEndsWell) {
  const TempFolder folder;
  const std::string events = FreeAddress();
  const Ended ended = RunToEnd("edirae", {"serve", "--demo", "--exit-after-demo", "--content", EDIRAE_CONTENT, "--data",
                                          folder.File("data"), "--listen", FreeAddress(), "--metrics-listen",
                                          FreeAddress(), "--events-port", events.substr(events.rfind(':') + 1)});
  EXPECT_EQ(ended.status.code, 0) << ended.output;
  EXPECT_THAT(ended.output, HasSubstr("Hint 1"));
  EXPECT_THAT(ended.output, HasSubstr("hints used: 1"));
  EXPECT_THAT(ended.output, HasSubstr("The gate stays shut"));
  EXPECT_THAT(ended.output, HasSubstr("a right answer at least 24 hours after the first"));
  EXPECT_THAT(ended.output, HasSubstr("left for your goal, ")) << "next steps follow it";
  EXPECT_THAT(ended.output, HasSubstr("counted once"));
  EXPECT_THAT(ended.output, HasSubstr(absl::StrCat("nats://", events)));
  EXPECT_THAT(ended.output, HasSubstr("Stopped."));
}

}  // namespace
}  // namespace edirae::testing
