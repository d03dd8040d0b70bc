#include "services/recommend/adapters/model_files.h"

#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/domain/mastery/prior.h"
#include "services/recommend/domain/mastery/weights_codec.h"
#include "xxhash.h"

namespace edirae::recommend {
namespace {

absl::StatusOr<mastery::Weights> ReadWeights(const std::string& path) {
  if (path.empty()) return mastery::ShippedPrior();
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) {
    return absl::NotFoundError(absl::StrCat("cannot read the weights file ", path));
  }
  auto weights = mastery::Decode(bytes.str());
  if (!weights.ok()) return absl::InvalidArgumentError(absl::StrCat(path, ": ", weights.status().message()));
  return weights;
}

}  // namespace

absl::StatusOr<Models> LoadModels(const std::string& path) {
  auto weights = ReadWeights(path);
  if (!weights.ok()) return weights.status();
  return Models{.weights = *std::move(weights)};
}

std::string FoldNameOf(const Models& models) {
  const std::string bytes = mastery::Encode(models.weights);
  return absl::StrCat(kFoldVersion, "-", absl::Hex(XXH64(bytes.data(), bytes.size(), 0), absl::kZeroPad16));
}

}  // namespace edirae::recommend
