#ifndef EDIRAE_SERVICES_CATALOG_DEPLOYMENT_H_
#define EDIRAE_SERVICES_CATALOG_DEPLOYMENT_H_

#include <string>

#include "absl/status/status.h"
#include "services/catalog/domain/revision_store.h"
#include "services/catalog/rpc/publisher.h"

namespace edirae::catalog {

// The author of what a deployment brings along.
inline constexpr char kDeploymentAuthor[] = "deployment";

// Publishes the content of `folder` when it is new: neither what is served, nor what the newest revision of a
// deployment has. FAILED_PRECONDITION when it is new and the newest revision is an author's: no start undoes that.
// INVALID_ARGUMENT, with every finding as `file:line:column: problem; remedy`, when it must not be published; errors of
// Publisher. Blocks.
absl::Status PublishDeployment(const std::string& folder, RevisionStore& store, Publisher& publisher);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DEPLOYMENT_H_
