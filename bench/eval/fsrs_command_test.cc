#include "bench/eval/fsrs_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "bench/eval/limits.h"
#include "common/testing/status_matchers.h"

namespace edirae::eval {
namespace {

using ::edirae::testing::StatusIs;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct Ran {
  absl::Status status;
  std::vector<nlohmann::json> lines;
};

Ran RunFsrs(std::vector<std::string> arguments, const std::string& input) {
  CLI::App app;
  FsrsCommand command(app);
  arguments.insert(arguments.begin(), "fsrs");
  std::reverse(arguments.begin(), arguments.end());
  app.parse(arguments);
  std::istringstream in(input);
  std::ostringstream out;
  Ran ran{command.Run(in, out), {}};
  std::istringstream printed(out.str());
  for (std::string line; std::getline(printed, line);) ran.lines.push_back(nlohmann::json::parse(line));
  return ran;
}

TEST(FsrsCommand, AnswersEachReviewWithTheCardAfterIt) {
  // The figures are those of ts-fsrs.
  const Ran ran = RunFsrs({}, "a\t0\t3\nb\t5\t1\na\t600000\t3\n");
  ASSERT_OK(ran.status);
  ASSERT_THAT(ran.lines, SizeIs(3));
  EXPECT_EQ(ran.lines[0], nlohmann::json::parse(R"({"card_id": "a", "ts_ms": 0, "stability": 2.3065,
      "difficulty": 2.11810397, "retrievability_before": 0.0, "due_ms": 600000})"));
  EXPECT_EQ(ran.lines[1]["card_id"], "b");
  EXPECT_EQ(ran.lines[2], nlohmann::json::parse(R"({"card_id": "a", "ts_ms": 600000, "stability": 2.3065,
      "difficulty": 2.11121424, "retrievability_before": 1.0, "due_ms": 173400000})"));
}

TEST(FsrsCommand, FitAddsTheLogLossOfReviewsADayApart) {
  const Ran ran = RunFsrs({"--fit"}, "a\t0\t4\na\t1000\t3\na\t86400000\t3\na\t864000000\t1\n");
  ASSERT_OK(ran.status);
  ASSERT_THAT(ran.lines, SizeIs(5));
  EXPECT_EQ(ran.lines[4]["reviews"], 2);
  EXPECT_GT(ran.lines[4]["log_loss"].get<double>(), 0);
  EXPECT_EQ(RunFsrs({"--fit"}, "").lines[0].dump(), R"({"log_loss":null,"log_loss_of_defaults":null,"reviews":0})");
}

TEST(FsrsCommand, FitPredictsInTheOrderOfTimeWhateverTheOrderOfCards) {
  const std::string a = "a\t0\t3\na\t200000000\t1\na\t900000000\t1\n";
  const std::string b = "b\t0\t3\nb\t300000000\t1\nb\t800000000\t3\n";
  EXPECT_EQ(RunFsrs({"--fit"}, a + b).lines.back(), RunFsrs({"--fit"}, b + a).lines.back());
}

TEST(FsrsCommand, RetentionAndModelAreSettings) {
  const std::string reviews = "a\t0\t4\n";
  const auto due = [&](std::vector<std::string> arguments) {
    return RunFsrs(std::move(arguments), reviews).lines[0]["due_ms"].get<int64_t>();
  };
  EXPECT_LT(due({"--retention", "0.95"}), due({}));
  EXPECT_NE(due({"--fsrs-7"}), due({}));
  EXPECT_THROW(RunFsrs({"--retention", "0.5"}, reviews), CLI::ValidationError);
}

TEST(FsrsCommand, RefusesAMalformedLineByItsNumberAndAnswersThoseBefore) {
  for (const auto& [line, why] : std::vector<std::pair<std::string, std::string>>{
           {"a\t1", "2 fields"},
           {"", "1 fields"},
           {"\t1\t3", "card_id is empty"},
           {"a\tsoon\t3", "ts_ms is 'soon'"},
           {"a\t-5\t3", "a review at -5 ms"},
           {"a\t1\t5", "rating is '5'"},
           {"a\t1\t3\t7", "4 fields"},
           {"b\t99\t3", "before the last one"},
           {std::string(limits::kMaxReviewLineBytes + 1, 'x'), "longer than"}}) {
    const Ran ran = RunFsrs({}, "b\t100\t3\n" + line + "\n");
    EXPECT_THAT(ran.status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 2: "))) << line;
    EXPECT_THAT(std::string(ran.status.message()), HasSubstr(why));
    EXPECT_THAT(ran.lines, SizeIs(1));
  }
}

TEST(FsrsCommand, SaysWhenItCannotWrite) {
  CLI::App app;
  FsrsCommand command(app);
  app.parse("fsrs");
  std::istringstream in("a\t0\t3\n");
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  EXPECT_THAT(command.Run(in, out), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace edirae::eval
