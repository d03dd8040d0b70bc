#include "tests/tidy/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace edirae::tidy {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;

Tree TreeWith(const std::string& list) {
  return {{"gateway/errors.h", "return MakeError(absl::StatusCode::kNotFound,\n    \"LESSON_GONE\", text);\n"},
          {"services/progress/errors.h", "\ninline constexpr char kFull[] = \"STORAGE_FULL\";\n"},
          {"gateway/errors_test.cc", "MakeError(absl::StatusCode::kNotFound, \"SOME_REASON\", text)\n"},
          {"docs/errors.md", list}};
}

TEST(TidyReasons, AcceptsAListThatIsComplete) {
  EXPECT_THAT(CheckReasons(TreeWith("| `LESSON_GONE` | ... |\n| `STORAGE_FULL` | ... |\n")), IsEmpty());
}

TEST(TidyReasons, FindsWhatIsMissingAndWhatIsGone) {
  EXPECT_THAT(CheckReasons(TreeWith("| `LESSON_GONE` | ... |\n| `OLD_NAME` | ... |\n")),
              ElementsAre(AllOf(Field(&Finding::path, "docs/errors.md"), Field(&Finding::line, 2)),
                          AllOf(Field(&Finding::path, "services/progress/errors.h"), Field(&Finding::line, 2))));
}

}  // namespace
}  // namespace edirae::tidy
