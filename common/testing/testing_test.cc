#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "common/testing/eventually.h"
#include "common/testing/free_port.h"
#include "common/testing/seed.h"
#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"

namespace edirae::testing {
namespace {

using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(TempFolder, IsRemovedWithItsContents) {
  std::string path;
  {
    TempFolder folder;
    path = folder.path();
    std::ofstream(folder.File("a")) << "x";
    EXPECT_TRUE(std::filesystem::exists(path + "/a"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(FreePort, LiesBelowTheEphemeralRange) {
  const int port = FreePort();
  EXPECT_GE(port, 20000);
  EXPECT_LT(port, 32768);
}

TEST(Eventually, StopsAtTheFirstTrue) {
  int asked = 0;
  EXPECT_TRUE(Eventually([&] { return ++asked == 3; }));
  EXPECT_EQ(asked, 3);
}

TEST(Eventually, GivesUpAfterTheTimeout) {
  EXPECT_FALSE(Eventually([] { return false; }, absl::Milliseconds(10)));
}

TEST(Seed, StaysTheSame) { EXPECT_EQ(Seed(), Seed()); }

TEST(StatusMatchers, LookAtCodeMessageAndValue) {
  const absl::StatusOr<int> seven = 7;
  const absl::StatusOr<int> missing = absl::NotFoundError("no such thing");
  EXPECT_OK(seven);
  EXPECT_THAT(missing, Not(IsOk()));
  EXPECT_THAT(missing, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(missing, Not(StatusIs(absl::StatusCode::kInternal)));
  EXPECT_THAT(missing, StatusIs(absl::StatusCode::kNotFound, HasSubstr("thing")));
  EXPECT_THAT(missing, Not(StatusIs(absl::StatusCode::kNotFound, "thing")));
  EXPECT_THAT(seven, IsOkAndHolds(7));
  EXPECT_THAT(seven, IsOkAndHolds(Gt(6)));
  EXPECT_THAT(seven, Not(IsOkAndHolds(8)));
  EXPECT_THAT(missing, Not(IsOkAndHolds(7)));
  ASSERT_OK_AND_ASSIGN(const int value, seven);
  EXPECT_EQ(value, 7);
}

}  // namespace
}  // namespace edirae::testing
