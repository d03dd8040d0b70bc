#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_MODEL_FILES_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_MODEL_FILES_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/recommend/domain/models.h"

namespace edirae::recommend {

// The models of a service, from the weights file that edirae-fit wrote at `path`; of an empty path, the shipped prior.
// NOT_FOUND when there is no such file, INVALID_ARGUMENT when it is no weights file of this program's layout; both name
// the path.
absl::StatusOr<Models> LoadModels(const std::string& path);

// Names how states are made with these models: equal for two processes whose states are equal. 1 to 64 characters.
std::string FoldNameOf(const Models& models);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_MODEL_FILES_H_
