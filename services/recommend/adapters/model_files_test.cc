#include "services/recommend/adapters/model_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "common/testing/status_matchers.h"
#include "common/testing/temp_folder.h"
#include "services/recommend/domain/mastery/weights_codec.h"

namespace edirae::recommend {
namespace {

using edirae::testing::StatusIs;
using edirae::testing::TempFolder;

TEST(ModelFiles, WithoutAFileItIsTheShippedPrior) {
  ASSERT_OK_AND_ASSIGN(const Models models, LoadModels(""));
  EXPECT_NE(models.weights.network.bias, 0);
}

TEST(ModelFiles, OtherWeightsMakeAnotherFold) {
  const TempFolder folder;
  ASSERT_OK_AND_ASSIGN(Models models, LoadModels(""));
  const std::string shipped = FoldNameOf(models);
  const auto written = [&] {
    std::ofstream(folder.File("weights"), std::ios::binary) << mastery::Encode(models.weights);
    const auto read = LoadModels(folder.File("weights"));
    return read.ok() ? FoldNameOf(*read) : std::string(read.status().message());
  };
  EXPECT_EQ(written(), shipped);
  models.weights.network.bias += 0.25f;
  EXPECT_NE(written(), shipped);
}

TEST(ModelFiles, RefusesWhatIsNoWeightsFileAndNamesIt) {
  const TempFolder folder;
  EXPECT_THAT(LoadModels(folder.File("none")), StatusIs(absl::StatusCode::kNotFound));
  std::ofstream(folder.File("weights")) << "nothing of the kind";
  const absl::Status refused = LoadModels(folder.File("weights")).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr(folder.File("weights")));
}

}  // namespace
}  // namespace edirae::recommend
