#include "common/log/log.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace edirae::log {
namespace {

using ::testing::HasSubstr;

TEST(Log, WritesOneJsonObjectALine) {
  ASSERT_TRUE(Configure("progress", "info").ok());
  testing::internal::CaptureStderr();
  Info("two\nlines \"quoted\"", {{"count", 3}, {"ratio", 0.5}, {"ok", true}, {"bytes", "\xff"}});
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1);
  const auto line = nlohmann::json::parse(text);
  EXPECT_EQ(line["service"], "progress");
  EXPECT_EQ(line["level"], "info");
  EXPECT_EQ(line["message"], "two\nlines \"quoted\"");
  EXPECT_EQ(line["count"], 3);
  EXPECT_EQ(line["ratio"], 0.5);
  EXPECT_EQ(line["ok"], true);
}

TEST(Log, LeavesOutWhatIsBelowTheLevel) {
  ASSERT_TRUE(Configure("progress", "warn").ok());
  testing::internal::CaptureStderr();
  Info("not this");
  Warn("but this");
  const std::string text = testing::internal::GetCapturedStderr();
  EXPECT_THAT(text, Not(HasSubstr("not this")));
  EXPECT_THAT(text, HasSubstr("but this"));
}

TEST(Log, RefusesAnUnknownLevel) { EXPECT_FALSE(Configure("progress", "loud").ok()); }

}  // namespace
}  // namespace edirae::log
