#include "services/recommend/adapters/model_files.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/recommend/adapters/weights_file.h"
#include "services/recommend/domain/fold.h"
#include "services/recommend/domain/mastery/weights_codec.h"
#include "xxhash.h"

namespace edirae::recommend {

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
