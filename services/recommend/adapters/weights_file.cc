#include "services/recommend/adapters/weights_file.h"

#include <google/protobuf/text_format.h>

#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/mastery/prior.h"
#include "services/recommend/domain/mastery/weights_codec.h"

namespace edirae::recommend {

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

absl::Status WriteWeights(const mastery::Weights& weights, WeightsForm form, const std::string& path) {
  std::string bytes;
  if (form == WeightsForm::kText) {
    google::protobuf::TextFormat::PrintToString(mastery::ToProto(weights), &bytes);
  } else {
    bytes = mastery::Encode(weights);
  }
  std::ofstream file(path, std::ios::binary);
  if (!file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush()) {
    return absl::DataLossError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

}  // namespace edirae::recommend
