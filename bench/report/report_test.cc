#include "bench/report/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::bench {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

Result Home() { return {.name = "home_split", .value = 30'000, .unit = "calls/s", .limit = 60'000, .least = 0.35}; }
Result Slow() { return {.name = "freshness_p99_ms", .value = 45, .unit = "ms", .limit = 30, .most = 1}; }

TEST(Result, KeepsItsPromiseOnTheBound) {
  Result result = Home();
  EXPECT_EQ(result.kept(), true);
  result.value = 0.35 * 60'000;
  EXPECT_EQ(result.kept(), true);
  result.value = 0.34 * 60'000;
  EXPECT_EQ(result.kept(), false);
  EXPECT_EQ(Slow().kept(), false);
  result.least.reset();
  EXPECT_EQ(result.kept(), std::nullopt);
}

TEST(Report, JsonIsAnArrayOfObjectsWithFiveStableKeys) {
  const auto json = nlohmann::json::parse(ToJson({Home(), Slow()}));
  ASSERT_EQ(json.size(), 2);
  EXPECT_EQ(json[0],
            nlohmann::json::parse(R"({"name":"home_split","value":30000,"unit":"calls/s","limit":60000,"ratio":0.5})"));
  EXPECT_EQ(json[1]["ratio"], 1.5);
}

TEST(Report, JsonRoundsToFourDigits) {
  Result result = Home();
  result.value = 12345.678;
  EXPECT_EQ(nlohmann::json::parse(ToJson({result}))[0]["value"], 12350);
}

TEST(Report, JsonOfNothingMeasuredIsAnEmptyArray) { EXPECT_EQ(nlohmann::json::parse(ToJson({})).size(), 0); }

TEST(Report, WritesTheFileAndItsFolder) {
  const testing::TempFolder folder;
  const std::string path = folder.File("new/bench.json");
  ASSERT_OK(WriteJson({Home()}, path));
  ASSERT_OK(WriteJson({Slow()}, path));
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(text.str(), ToJson({Slow()}));
}

TEST(Report, SaysWhenTheFileCannotBeWritten) {
  const testing::TempFolder folder;
  std::ofstream(folder.File("file")) << "no folder";
  EXPECT_THAT(WriteJson({}, folder.File("file/bench.json")),
              testing::StatusIs(absl::StatusCode::kUnavailable, HasSubstr("file/bench.json")));
}

TEST(Report, TableSaysWhichPromisesAreKept) {
  const std::string table = ToTable({Home(), Slow()}, /*colour=*/false);
  EXPECT_THAT(table, ContainsRegex("home_split +30,000 calls/s +60,000 +0.50 +>= 0.35 +pass"));
  EXPECT_THAT(table, ContainsRegex("freshness_p99_ms +45.00 ms +30.00 +1.50 +<= 1.00 +FAIL"));
  EXPECT_THAT(table, Not(HasSubstr("\x1b")));
}

TEST(Report, ColoursOnlyWhenAsked) {
  EXPECT_THAT(ToTable({Home()}, /*colour=*/true), HasSubstr("\x1b[32mpass\x1b[0m"));
}

}  // namespace
}  // namespace edirae::bench
