#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_WEIGHTS_FILE_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_WEIGHTS_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/recommend/domain/mastery/weights.h"

namespace edirae::recommend {

// What edirae-fit wrote at `path`; of an empty path and of `prior`, what the platform ships with. NOT_FOUND when there
// is no such file, INVALID_ARGUMENT when it is no weights file of this program's layout; both name the path.
absl::StatusOr<mastery::Weights> ReadWeights(const std::string& path);

enum class WeightsForm {
  kBinary,  // which ReadWeights reads
  kText,    // protobuf's, for people and for the shipped prior
};
// A file is written whole or not at all, and a link is followed. DATA_LOSS, naming the path, when it cannot be written.
absl::Status WriteWeights(const mastery::Weights& weights, WeightsForm form, const std::string& path);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_WEIGHTS_FILE_H_
