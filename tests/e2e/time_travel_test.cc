// The past, criteria on trial and a ledger that is folded again, with the program `edirae` on a running platform.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
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

constexpr char kConcept[] = "pitch-and-notation";
constexpr int kAnswers = 3;

class TimeTravelTest : public PlatformFixture {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(StartSplit());
    for (const char* learner : {"ada", "bob"}) ASSERT_NO_FATAL_FAILURE(AnswerRight(learner));
  }
  void AnswerRight(const std::string& learner) {
    ASSERT_OK_AND_ASSIGN(const cli::AnswerSheet sheet, AnswersOf(*platform_));
    const Student student(*platform_, platform_->gateway().address(), learner);
    ASSERT_OK_AND_ASSIGN(const auto questions, student.Questions(kConcept));
    for (int i = 0; i < kAnswers; ++i) {
      const std::string& question_id = questions[static_cast<size_t>(i)].question_id();
      ASSERT_OK_AND_ASSIGN(const auto reply, sheet.Right(question_id));
      ASSERT_OK(student.Answer(question_id, reply, absl::StrCat("right-", i)));
    }
  }

  Ended Edirae(const std::string& who, identity::v1::Role role, std::vector<std::string> arguments) {
    return RunAs(*platform_, who, role, std::move(arguments), {{"EDIRAE_ROADMAP", "music-theory"}});
  }
  Ended Ada(std::vector<std::string> arguments) {
    return Edirae("ada", identity::v1::ROLE_LEARNER, std::move(arguments));
  }
  Ended Rebuild() { return RunToEnd("edirae", {"rebuild", "--verify", "--data", platform_->DataFolder("progress")}); }

  // Flips a bit of an answer that `learner` gave, in the ledger's file.
  void BreakAnAnswerOf(const std::string& learner) {
    const std::string path = absl::StrCat(platform_->DataFolder("progress"), "/ledger.db");
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    // Field 2 of an event, the learner's id; behind it field 3, the place, which is 2.
    const size_t event =
        bytes.find(absl::StrCat("\x12", std::string(1, static_cast<char>(learner.size())), learner, "\x18\x02"));
    ASSERT_NE(event, std::string::npos);
    const size_t question = bytes.find(kConcept, event);
    ASSERT_NE(question, std::string::npos);
    bytes[question] = static_cast<char>(bytes[question] ^ 1);
    std::ofstream(path, std::ios::binary) << bytes;
  }

  const TempFolder folder_;
};

TEST_F(TimeTravelTest, ALearnerReadsTheirOwnPastAndNobodyElses) {
  const Ended events = Ada({"events", "--type", "question_answered", "--json"});
  ASSERT_EQ(events.status.code, 0) << events.output;
  const std::vector<std::string> lines = absl::StrSplit(events.output, '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), kAnswers);
  EXPECT_EQ(nlohmann::json::parse(lines[1])["learner_id"], "ada");
  EXPECT_EQ(Ada({"events", "--until", "2001-01-01"}).output, "");
  EXPECT_EQ(Ada({"events", "--since", "yesterday"}).status.code, 64);

  const auto then = nlohmann::json::parse(Ada({"past", "--seq", "2", "--json"}).output);
  EXPECT_EQ(then["progress"]["concepts"][0]["answer_count"], 2);
  const auto now = nlohmann::json::parse(Ada({"past", "--json"}).output);
  EXPECT_EQ(now["progress"]["concepts"][0]["answer_count"], kAnswers);
  EXPECT_NE(now["digest"]["digest"], then["digest"]["digest"]);

  EXPECT_EQ(Ada({"events", "--learner", "bob"}).status.code, 77);
  EXPECT_EQ(Ada({"past", "--learner", "bob"}).status.code, 77);
  EXPECT_EQ(Edirae("root", identity::v1::ROLE_ADMIN, {"past", "--learner", "bob"}).status.code, 0);
}

TEST_F(TimeTravelTest, AnAuthorHearsWhomOtherCriteriaWouldHaveChanged) {
  ASSERT_OK_AND_ASSIGN(const std::string easier, ContentForOneSitting(folder_));
  const Ended tried = Edirae("ann", identity::v1::ROLE_AUTHOR, {"catalog", "try-criteria", easier});
  EXPECT_EQ(tried.status.code, 0) << tried.output;
  EXPECT_THAT(tried.output, HasSubstr(absl::StrCat("ada  would have mastered ", kConcept)));
  EXPECT_THAT(tried.output, HasSubstr("for 2 of 2 learners."));
  const Ended same = Edirae("ann", identity::v1::ROLE_AUTHOR, {"catalog", "try-criteria", EDIRAE_CONTENT});
  EXPECT_THAT(same.output, HasSubstr("for 0 of 2 learners.")) << same.output;
  EXPECT_EQ(Ada({"catalog", "try-criteria", easier}).status.code, 77);
  EXPECT_THAT(Ada({"gate"}).output, Not(HasSubstr("mastered: pitch"))) << "nothing was published";
}

TEST_F(TimeTravelTest, AnOperatorFitsTheModelToWhatTheLedgerHas) {
  const auto dump = [this] { return RunToEnd("edirae", {"dump", "--data", platform_->DataFolder("progress")}); };
  EXPECT_NE(dump().status.code, 0) << "progress has the folder";
  platform_->progress().Kill();
  const Ended dumped = dump();
  ASSERT_EQ(dumped.status.code, 0) << dumped.output;
  EXPECT_THAT(dumped.output, Not(HasSubstr("\"ada\"")));
  EXPECT_THAT(dumped.output, HasSubstr("\"question_answered\""));
  const std::string events = folder_.File("events.jsonl");
  std::ofstream(events) << dumped.output;
  const Ended fitted = RunToEnd("edirae-fit", {"--events", events, "--out", folder_.File("mastery.weights")});
  EXPECT_EQ(fitted.status.code, 0) << fitted.output;
  EXPECT_THAT(fitted.output,
              HasSubstr(absl::StrCat("learned from ", 2 * kAnswers, " of ", 2 * kAnswers, " answers of 2 learners")));
  const Ended judged = RunToEnd(
      "edirae-eval", {"mastery", "--events", events, "--folds", "2", "--weights", folder_.File("mastery.weights")});
  EXPECT_EQ(judged.status.code, 0) << judged.output;
  EXPECT_THAT(judged.output, HasSubstr(absl::StrCat("\"answers\":", 2 * kAnswers)));
  EXPECT_EQ(RunToEnd("edirae-eval", {"mastery", "--events", events, "--weights", events}).status.code, 65)
      << "no weights file";
}

TEST_F(TimeTravelTest, ABrokenByteOfTheLedgerIsFoundAndItsLearnerNamed) {
  EXPECT_NE(Rebuild().status.code, 0) << "progress has the folder";
  platform_->progress().Kill();
  const Ended first = Rebuild();
  EXPECT_EQ(first.status.code, 0) << first.output;
  EXPECT_THAT(first.output, HasSubstr("0 digests were known; differences: 0"));
  const Ended again = Rebuild();
  EXPECT_EQ(again.status.code, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("2 digests were known; differences: 0"));
  ASSERT_NO_FATAL_FAILURE(BreakAnAnswerOf("bob"));
  const Ended broken = Rebuild();
  EXPECT_EQ(broken.status.code, 65) << broken.output;
  EXPECT_THAT(broken.output, HasSubstr("bob: the digest up to place"));
  EXPECT_THAT(broken.output, Not(HasSubstr("ada:"))) << "digests are hexadecimal and may spell the name";
  ASSERT_OK(platform_->progress().Start());
  EXPECT_OK(platform_->progress().WaitReady()) << "it serves what it has";
}

}  // namespace
}  // namespace edirae::testing
