#include "gateway/aggregate/home_reader.h"

#include <gtest/gtest.h>

#include "common/testing/status_matchers.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/testing/fake_progress.h"
#include "gateway/testing/fake_recommend.h"

namespace edirae::gateway {
namespace {

using ::edirae::testing::StatusIs;
using learn::v1::GetHomeResponse;

std::string ProgressAnswer(const progress::v1::RoadmapProgress& progress) {
  progress::v1::GetRoadmapProgressResponse response;
  *response.mutable_progress() = progress;
  return response.SerializeAsString();
}

std::string SuggestAnswer(const recommend::v1::NextSteps& next_steps) {
  recommend::v1::SuggestResponse response;
  *response.mutable_next_steps() = next_steps;
  return response.SerializeAsString();
}

TEST(AssembleHome, IsWhatParsingAndSerializingWouldGive) {
  for (const int64_t seq : {int64_t{0}, int64_t{1}, int64_t{1} << 50}) {
    const auto progress = testing::FakeProgress::Standing("ada", "ml", seq);
    const auto next_steps = testing::FakeRecommend::Steps("ada", "ml", seq);
    GetHomeResponse expected;
    *expected.mutable_home()->mutable_progress() = progress;
    *expected.mutable_home()->mutable_next_steps() = next_steps;
    const auto home = AssembleHome(ProgressAnswer(progress), SuggestAnswer(next_steps));
    ASSERT_OK(home);
    EXPECT_EQ(**home, expected.SerializeAsString());
  }
}

TEST(AssembleHome, KeepsSubmessagesThatAreEmpty) {
  GetHomeResponse expected;
  expected.mutable_home()->mutable_progress();
  expected.mutable_home()->mutable_next_steps();
  EXPECT_EQ(**AssembleHome(ProgressAnswer({}), SuggestAnswer({})), expected.SerializeAsString());
}

TEST(AssembleHome, LeavesOutWhatRecommendDidNotSay) {
  const auto progress = testing::FakeProgress::Standing("ada", "ml", 3);
  GetHomeResponse expected;
  *expected.mutable_home()->mutable_progress() = progress;
  EXPECT_EQ(**AssembleHome(ProgressAnswer(progress), std::nullopt), expected.SerializeAsString());
  EXPECT_EQ(**AssembleHome(ProgressAnswer(progress), ""), expected.SerializeAsString());
}

TEST(AssembleHome, RefusesAnswersThatAreSomethingElse) {
  EXPECT_THAT(AssembleHome("", SuggestAnswer({})), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(AssembleHome("\xff", SuggestAnswer({})), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(AssembleHome(ProgressAnswer({}), "\x0a\x05x"), StatusIs(absl::StatusCode::kInternal));
}

}  // namespace
}  // namespace edirae::gateway
