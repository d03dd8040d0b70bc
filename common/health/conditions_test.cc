#include "common/health/conditions.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace edirae::health {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ConditionsTest : public ::testing::Test {
 protected:
  std::string Set(const char* name, const absl::Status& status) {
    ::testing::internal::CaptureStderr();
    conditions_.Set(name, status);
    return ::testing::internal::GetCapturedStderr();
  }

  std::vector<bool> told_;
  Conditions conditions_{{"catalog", "store"}, [this](bool ready) { told_.push_back(ready); }};
};

TEST_F(ConditionsTest, ReadyOnceEverythingIsThere) {
  Set("store", absl::OkStatus());
  EXPECT_THAT(told_, IsEmpty());
  Set("catalog", absl::OkStatus());
  EXPECT_THAT(told_, ElementsAre(true));
}

TEST_F(ConditionsTest, SaysOnceWhatIsMissingAndWhyAndComesBack) {
  Set("store", absl::OkStatus());
  Set("catalog", absl::OkStatus());
  EXPECT_THAT(Set("store", absl::ResourceExhaustedError("disk full")),
              AllOf(HasSubstr("store"), HasSubstr("disk full")));
  EXPECT_THAT(Set("store", absl::UnavailableError("I/O error")), IsEmpty()) << "it was not ready before";
  Set("store", absl::OkStatus());
  EXPECT_THAT(told_, ElementsAre(true, false, true));
}

TEST_F(ConditionsTest, NamesWhatIsMissing) {
  EXPECT_EQ(conditions_.Missing(), "catalog,store");
  Set("catalog", absl::OkStatus());
  EXPECT_EQ(conditions_.Missing(), "store");
  Set("store", absl::OkStatus());
  EXPECT_EQ(conditions_.Missing(), "");
}

}  // namespace
}  // namespace edirae::health
