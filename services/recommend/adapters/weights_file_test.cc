#include "services/recommend/adapters/weights_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/recommend/domain/mastery/weights_codec.h"

namespace edirae::recommend {
namespace {

using edirae::testing::StatusIs;
using edirae::testing::TempFolder;
using ::testing::HasSubstr;

class WeightsFile : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(prior_, ReadWeights("")); }
  std::string BytesAt(const std::string& path) {
    const auto read = ReadWeights(path);
    return read.ok() ? mastery::Encode(*read) : std::string(read.status().message());
  }

  const TempFolder folder_;
  const std::string path_ = folder_.File("mastery.weights");
  mastery::Weights prior_;
};

TEST_F(WeightsFile, IsReadAsItWasWritten) {
  ASSERT_OK(WriteWeights(prior_, WeightsForm::kBinary, path_));
  EXPECT_EQ(BytesAt(path_), mastery::Encode(prior_));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1) << "nothing is left beside it";
}

TEST_F(WeightsFile, NeedNotBeThereForThePrior) { EXPECT_EQ(BytesAt("prior"), mastery::Encode(prior_)); }

TEST_F(WeightsFile, ThatALinkLeadsToIsWrittenThere) {
  std::ofstream(path_) << "old";
  std::filesystem::create_symlink(path_, folder_.File("current"));
  ASSERT_OK(WriteWeights(prior_, WeightsForm::kBinary, folder_.File("current")));
  EXPECT_TRUE(std::filesystem::is_symlink(folder_.File("current")));
  EXPECT_EQ(BytesAt(path_), mastery::Encode(prior_));
}

TEST_F(WeightsFile, ThatCannotBeWrittenLeavesTheOldOne) {
  ASSERT_OK(WriteWeights(prior_, WeightsForm::kBinary, path_));
  std::filesystem::create_directory(path_ + ".unfinished");
  EXPECT_THAT(WriteWeights(mastery::Weights(), WeightsForm::kBinary, path_), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(BytesAt(path_), mastery::Encode(prior_));
  EXPECT_THAT(WriteWeights(prior_, WeightsForm::kBinary, folder_.File("none/weights")),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(WeightsFile, DoesNotReplaceWhatIsNoFile) {
  ASSERT_EQ(mknod(path_.c_str(), S_IFSOCK | 0600, 0), 0);
  EXPECT_THAT(WriteWeights(prior_, WeightsForm::kBinary, path_), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_TRUE(std::filesystem::is_socket(path_));
}

TEST_F(WeightsFile, ThatIsNoneIsRefusedByName) {
  EXPECT_THAT(ReadWeights(folder_.File("none")), StatusIs(absl::StatusCode::kNotFound));
  std::ofstream(path_) << "";
  EXPECT_THAT(ReadWeights(path_), StatusIs(absl::StatusCode::kInvalidArgument));
  ASSERT_OK(WriteWeights(prior_, WeightsForm::kText, path_));
  const absl::Status refused = ReadWeights(path_).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(refused.message()), ::testing::AllOf(HasSubstr(path_), HasSubstr("text form")));
}

}  // namespace
}  // namespace edirae::recommend
