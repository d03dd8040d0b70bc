#include "services/recommend/adapters/weights_file.h"

#include <google/protobuf/text_format.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "services/recommend/domain/mastery/prior.h"
#include "services/recommend/domain/mastery/weights_codec.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

constexpr char kPrior[] = "prior";  // a file of that name is ./prior

}  // namespace

absl::StatusOr<mastery::Weights> ReadWeights(const std::string& path) {
  if (path.empty() || path == kPrior) return mastery::ShippedPrior();
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read the weights file ", path));
  std::string bytes;
  std::array<char, 65'536> part;
  while (bytes.size() <= limits::kMaxWeightsBytes && (file.read(part.data(), part.size()), file.gcount() > 0)) {
    bytes.append(part.data(), static_cast<size_t>(file.gcount()));
  }
  auto weights = mastery::Decode(bytes);
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
  std::error_code error;
  // What a link leads to; a device or a pipe cannot be replaced.
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
  if (error) return absl::DataLossError(absl::StrCat("cannot write ", path, ": ", error.message()));
  const bool is_file = !std::filesystem::exists(target, error) || std::filesystem::is_regular_file(target, error);
  const std::filesystem::path written = is_file ? target.string() + ".unfinished" : target.string();
  bool whole = false;
  {
    std::ofstream file(written, std::ios::binary);
    whole = file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush().good();
  }
  if (is_file && whole) std::filesystem::rename(written, target, error);
  if (whole && !error) return absl::OkStatus();
  if (is_file) std::filesystem::remove(written, error);
  return absl::DataLossError(absl::StrCat("cannot write ", path));
}

}  // namespace edirae::recommend
