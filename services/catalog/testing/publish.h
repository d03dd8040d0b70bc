#ifndef EDIRAE_SERVICES_CATALOG_TESTING_PUBLISH_H_
#define EDIRAE_SERVICES_CATALOG_TESTING_PUBLISH_H_

#include "absl/time/time.h"
#include "services/catalog/rpc/revisions.h"

namespace edirae::catalog::testing {

// Serves good content under the next number, without a store.
void Publish(Revisions& revisions, v1::RevisionContent content, absl::Time publish_time);

}  // namespace edirae::catalog::testing

#endif  // EDIRAE_SERVICES_CATALOG_TESTING_PUBLISH_H_
