#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_SUCCESSION_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_SUCCESSION_H_

#include <vector>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/domain/finding.h"
#include "services/catalog/domain/source_map.h"

namespace edirae::catalog {

// Everything that forbids to publish `content` after `head`, in order of place. Ids of concepts are for ever: a concept
// that is no longer taught needs a migration, and a migration that was ever published stays as it was. Ids of
// questions, flashcards and resources may be given up, but never mean something else. A criterion that changes gets a
// higher version. `content` that was published before and is `restored` may have older versions of criteria, and has
// the migrations that rollback.h gives it. Both contents have passed `Validate`; `sources` says where the fields of
// `content` were written.
std::vector<Finding> CheckSuccession(const v1::RevisionContent& head, const v1::RevisionContent& content,
                                     const SourceMap& sources, bool restored = false);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_SUCCESSION_H_
