// Work on its way from a learner over mentors to an open gate, with the program `edirae` on a running platform whose
// ledger is killed in between.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/testing/eventually.h"
#include "common/testing/status_matchers.h"
#include "nlohmann/json.hpp"
#include "tests/e2e/answers.h"
#include "tests/e2e/run_as.h"
#include "tests/platform/one_sitting.h"
#include "tests/platform/platform_fixture.h"
#include "tests/platform/student.h"

namespace edirae::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kStage[] = "notation-and-rhythm";
constexpr char kMilestone[] = "write-down-a-melody";

class MentoringTest : public PlatformFixture {
 protected:
  void SetUp() override {
    PlatformOptions options;
    ASSERT_OK_AND_ASSIGN(options.content, ContentForOneSitting(folder_));
    ASSERT_NO_FATAL_FAILURE(StartSplit(options));
  }
  Ended Edirae(const std::string& who, identity::v1::Role role, std::vector<std::string> arguments) {
    return RunAs(*platform_, who, role, std::move(arguments), {{"EDIRAE_ROADMAP", "music-theory"}});
  }
  // As the learner "ada".
  Ended Ada(std::vector<std::string> arguments) {
    return Edirae("ada", identity::v1::ROLE_LEARNER, std::move(arguments));
  }
  Ended Mentor(const std::string& who, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "mentor");
    return Edirae(who, identity::v1::ROLE_MENTOR, std::move(arguments));
  }
  // Every criterion of the milestone reaches just the level that it must.
  Ended Review(const std::string& who, const std::string& submission, const std::string& verdict) {
    std::vector<std::string> arguments = {"review", submission, verdict, "--feedback", absl::StrCat("said by ", who)};
    const auto milestone = nlohmann::json::parse(Ada({"roadmap", "--json"}).output);
    for (const auto& stage : milestone["roadmap"]["stages"]) {
      if (stage["stage_id"] != kStage) continue;
      for (const auto& criterion : stage["milestone"]["criteria"]) {
        arguments.insert(arguments.end(), {"--score", absl::StrCat(criterion["criterion_id"].get<std::string>(), "=",
                                                                   criterion["min_level_id"].get<std::string>())});
      }
    }
    return Mentor(who, std::move(arguments));
  }

  void MasterTheStage() {
    ASSERT_OK_AND_ASSIGN(const cli::AnswerSheet sheet, AnswersOf(*platform_));
    const Student ada(*platform_, platform_->gateway().address(), "ada");
    for (const char* concept_id : {"pitch-and-notation", "rhythm-and-meter", "intervals"}) {
      ASSERT_OK_AND_ASSIGN(const auto questions, ada.Questions(concept_id));
      for (size_t i = 0; i < 3; ++i) {
        const std::string& question_id = questions[i].question_id();
        ASSERT_OK_AND_ASSIGN(const auto reply, sheet.Right(question_id));
        ASSERT_OK(ada.Answer(question_id, reply, absl::StrCat(concept_id, i)));
      }
    }
  }

  const TempFolder folder_;
};

TEST_F(MentoringTest, WorkIsReviewedByTwoAcrossACrashAndOpensTheGate) {
  EXPECT_EQ(Ada({"goal", "--career", "music-teacher", "--hours", "5"}).status.code, 0);
  EXPECT_EQ(Ada({"step", kMilestone, "choose-the-melody"}).status.code, 0);
  ASSERT_NO_FATAL_FAILURE(MasterTheStage());
  EXPECT_NE(Ada({"advance", kStage}).status.code, 0) << "the gate asks for the milestone too";
  const auto first_step_is = [&](const std::string& step) {
    return Eventually([&] { return Ada({"home"}).output.find(absl::StrCat("1. ", step)) != std::string::npos; });
  };
  EXPECT_TRUE(first_step_is(absl::StrCat("submit ", kMilestone)));

  const Ended refused = Ada({"submit", kMilestone, "--link", "http://example.org/score"});
  EXPECT_EQ(refused.status.code, 64) << refused.output;
  const Ended submitted =
      Ada({"submit", kMilestone, "--link", "score=https://example.org/score", "--notes", "by ear", "--json"});
  ASSERT_EQ(submitted.status.code, 0) << submitted.output;
  const std::string submission = nlohmann::json::parse(submitted.output)["outcome"]["submission"]["submission_id"];

  EXPECT_THAT(Mentor("mia", {"queue"}).output, HasSubstr(submission));
  EXPECT_THAT(Mentor("ada", {"queue"}).output, Not(HasSubstr(submission))) << "nobody reviews their own work";
  EXPECT_EQ(Edirae("ada", identity::v1::ROLE_LEARNER, {"mentor", "queue"}).status.code, 77);
  const Ended claimed = Mentor("mia", {"claim", submission});
  EXPECT_THAT(claimed.output, HasSubstr("https://example.org/score"));
  EXPECT_THAT(claimed.output, HasSubstr("CRITERION=LEVEL"));
  EXPECT_THAT(claimed.output, HasSubstr("points, needed"));
  // An id may spell the name by chance: ids made in the same minute begin with the same digits.
  EXPECT_THAT(absl::StrReplaceAll(claimed.output, {{submission, "ID"}}), Not(HasSubstr("ada")))
      << "whose work it is, is not told";

  platform_->progress().Kill();
  ASSERT_OK(platform_->progress().Start());
  ASSERT_OK(platform_->progress().WaitReady());
  ASSERT_TRUE(Eventually([&] { return Mentor("mia", {"queue"}).output.find(submission) != std::string::npos; },
                         absl::Seconds(30)));
  EXPECT_THAT(Mentor("noa", {"queue"}).output, Not(HasSubstr(submission))) << "the claim is still there";

  const Ended first = Review("mia", submission, "approve");
  EXPECT_EQ(first.status.code, 0) << first.output;
  EXPECT_THAT(first.output, HasSubstr("second mentor"));
  EXPECT_NE(Ada({"advance", kStage}).status.code, 0) << "one mentor is not enough so near to the threshold";
  EXPECT_EQ(Mentor("noa", {"claim", submission}).status.code, 0);
  const Ended second = Review("noa", submission, "approve");
  EXPECT_THAT(second.output, HasSubstr("approved"));

  EXPECT_THAT(Ada({"home"}).output, HasSubstr("said by noa"));
  const Ended advanced = Ada({"advance", kStage, "--json"});
  ASSERT_EQ(advanced.status.code, 0) << advanced.output;
  const std::string event_id = nlohmann::json::parse(advanced.output)["outcome"]["event_id"];
  EXPECT_THAT(Ada({"why", event_id}).output, HasSubstr("The same again."));
}

}  // namespace
}  // namespace edirae::testing
