#include "common/clock/parse_day.h"

#include <gmock/gmock.h>

#include "common/testing/status_matchers.h"

namespace edirae {
namespace {

using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(ParseDay, TakesDaysAndTimes) {
  EXPECT_THAT(ParseDay("1970-01-02"), IsOkAndHolds(absl::FromUnixSeconds(86'400)));
  EXPECT_THAT(ParseDay("1970-01-01T01:00:30+01:00"), IsOkAndHolds(absl::FromUnixSeconds(30)));
}

TEST(ParseDay, SaysHowToWriteWhatIsNone) {
  for (const char* text : {"", "yesterday", "1970-13-01"}) {
    const absl::Status refused = ParseDay(text).status();
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("2026-11-28T18:00:00Z"));
  }
}

}  // namespace
}  // namespace edirae
