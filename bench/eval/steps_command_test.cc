#include "bench/eval/steps_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "bench/eval/limits.h"
#include "common/testing/status_matchers.h"

namespace edirae::eval {
namespace {

using ::edirae::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kConcepts[] =
    R"({"concepts": [{"id": "sets", "prerequisites": []}, {"id": "maps", "prerequisites": ["sets", "elsewhere"]}]})"
    "\n";

std::vector<nlohmann::json> Converse(const std::string& input) {
  CLI::App app;
  StepsCommand command(app);
  app.parse("steps");
  std::istringstream in(input);
  std::ostringstream out;
  EXPECT_OK(command.Run(in, out));
  std::vector<nlohmann::json> lines;
  std::istringstream printed(out.str());
  for (std::string line; std::getline(printed, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

std::string Next(const std::string& learner, double days) {
  return absl::StrCat(R"({"next": {"learner": ")", learner, R"(", "time_days": )", days, "}}\n");
}

std::string Answered(const std::string& learner, const std::string& taught, bool correct, double days) {
  return absl::StrCat(R"({"answer": {"learner": ")", learner, R"(", "concept": ")", taught, R"(", "correct": )",
                      correct ? "true" : "false", R"(, "time_days": )", days, "}}\n");
}

TEST(StepsCommand, AnswersWithAConceptAndAReasonForEachLearner) {
  std::string input = kConcepts + Next("ada", 0);
  for (int i = 0; i < 10; ++i) input += Answered("ada", "sets", true, 0.001 * i);
  input += Next("ada", 0.1) + Next("bob", 0.1);
  const auto lines = Converse(input);
  ASSERT_THAT(lines, SizeIs(13));
  EXPECT_EQ(lines[0], nlohmann::json::parse(R"({"concept": "sets", "reason": "sets is next in the curriculum."})"));
  EXPECT_EQ(lines[1], nlohmann::json::parse(R"({"ok": true})"));
  EXPECT_EQ(lines[11]["concept"], "maps");
  EXPECT_THAT(lines[11]["reason"].get<std::string>(), HasSubstr("You answered 10 of 10 right on sets"));
  EXPECT_EQ(lines[12]["concept"], "sets");
}

TEST(StepsCommand, TakesWholeNumbersForIds) {
  const auto lines = Converse(
      R"({"concepts": [{"id": 1, "prerequisites": []}, {"id": 2, "prerequisites": [1]}, {"id": 3, "prerequisites": null}]})"
      "\n"
      R"({"next": {"learner": 7, "time_days": 0}})"
      "\n"
      R"({"answer": {"learner": 7, "concept": 2, "correct": 1, "time_days": 0}})"
      "\n");
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0]["concept"], "1");
  EXPECT_EQ(lines[1], nlohmann::json::parse(R"({"ok": true})"));
}

TEST(StepsCommand, BracketsInATextAreNoDepth) {
  const std::string id = "\\\"" + std::string(100, '[');
  EXPECT_EQ(Converse(R"({"concepts": [{"id": ")" + id + R"("}]})" + "\n" + Next("ada", 0))[0]["concept"],
            "\"" + std::string(100, '['));
}

TEST(StepsCommand, AnswersAMalformedLineWithAnErrorAndGoesOn) {
  for (const std::string& line : std::vector<std::string>{
           "nonsense", "[1]", "{}", R"({"next": 5})", R"({"next": {"learner": "ada"}})",
           R"({"next": {"learner": "", "time_days": 1}})", R"({"next": {"learner": "ada", "time_days": 1e300}})",
           R"({"answer": {"learner": "ada", "concept": "none", "correct": true, "time_days": 1}})",
           R"({"answer": {"learner": "ada", "concept": "sets", "correct": "yes", "time_days": 1}})",
           R"({"concepts": []})", R"({"concepts": [{"id": "a"}, {"id": "a"}]})", R"({"concepts": [{"name": "a"}]})",
           std::string(1 << 20, '['), std::string(limits::kMaxStepsLineBytes + 1, 'x'), "\xff\xfe{}"}) {
    const auto lines = Converse(kConcepts + line + "\n" + Next("ada", 1));
    ASSERT_THAT(lines, SizeIs(2)) << line.substr(0, 80);
    EXPECT_THAT(lines[0]["error"].get<std::string>(), HasSubstr("line 2: "));
    EXPECT_EQ(lines[1]["concept"], "sets");
  }
}

TEST(StepsCommand, NeedsConceptsFirstAndBeginsAnewWithOthers) {
  const auto lines = Converse(Next("ada", 0) + Answered("ada", "sets", true, 0) + kConcepts + Next("ada", 0) + "\n" +
                              R"({"concepts": [{"id": "rings"}]})" + "\n" + Next("ada", 0));
  ASSERT_THAT(lines, SizeIs(4));
  EXPECT_THAT(lines[0]["error"].get<std::string>(), HasSubstr("no concepts were given yet"));
  EXPECT_THAT(lines[1]["error"].get<std::string>(), HasSubstr("no concepts were given yet"));
  EXPECT_EQ(lines[2]["concept"], "sets");
  EXPECT_EQ(lines[3]["concept"], "rings");
}

TEST(StepsCommand, SaysWhenItCannotWrite) {
  CLI::App app;
  StepsCommand command(app);
  app.parse("steps");
  std::istringstream in(kConcepts + Next("ada", 0));
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  EXPECT_THAT(command.Run(in, out), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace edirae::eval
