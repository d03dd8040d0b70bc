// Runs kubectl, offline, on the manifests of this tree.
#ifndef EDIRAE_TESTS_DEPLOY_RENDER_H_
#define EDIRAE_TESTS_DEPLOY_RENDER_H_

#include <string>

#include "absl/status/statusor.h"
#include "tests/deploy/manifests.h"

namespace edirae::deploy {

// The content of a file of the repository, by its path from the root; NOT_FOUND where there is none.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// What `kubectl kustomize` makes of a folder of the repository. FAILED_PRECONDITION without a kubectl,
// INVALID_ARGUMENT with kubectl's own words where it refuses the folder.
absl::StatusOr<Manifests> Render(const std::string& folder);

// Lets nats-server read a configuration without starting; its words where it refuses.
absl::Status CheckNatsConfig(const std::string& path);

}  // namespace edirae::deploy

#endif  // EDIRAE_TESTS_DEPLOY_RENDER_H_
