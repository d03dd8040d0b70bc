#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_ROLLBACK_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_ROLLBACK_H_

#include <string>

#include "edirae/catalog/v1/migration.pb.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog {

// The migrations with which `older` is published again behind `head`: its own, and those since, turned round. What led
// from a concept that is taught again, or that leads on to one, is undone, and what it became leads back to it: a
// renamed concept to its first name, the parts of a split to the whole, a merged concept to each of its sources, so
// that mastery of either side stays mastery. A removal is undone, and a merge into a concept that was there before: its
// evidence was the source's all the time. What led from a concept that was added since stays as it is. `reason` is that
// of what is turned round. Both contents have passed `Validate`.
google::protobuf::RepeatedPtrField<v1::ConceptMigration> MigrationsBack(const v1::RevisionContent& head,
                                                                        const v1::RevisionContent& older,
                                                                        const std::string& reason);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_ROLLBACK_H_
