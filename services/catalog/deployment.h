#ifndef EDIRAE_SERVICES_CATALOG_DEPLOYMENT_H_
#define EDIRAE_SERVICES_CATALOG_DEPLOYMENT_H_

#include <string>

#include "absl/status/status.h"
#include "services/catalog/domain/revision_store.h"
#include "services/catalog/rpc/publisher.h"
#include "services/catalog/rpc/revisions.h"

namespace edirae::catalog {

// The author of what a deployment brings along.
inline constexpr char kDeploymentAuthor[] = "deployment";

// Publishes the content of `folder` when it is new: neither what is served, nor what the newest revision of a
// deployment has. A restart therefore does not undo what authors have published since. INVALID_ARGUMENT, with every
// finding as `file:line:column: problem; remedy`, when it must not be published; errors of Publisher. Blocks.
absl::Status PublishDeployment(const std::string& folder, const Revisions& revisions, RevisionStore& store,
                               Publisher& publisher);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DEPLOYMENT_H_
