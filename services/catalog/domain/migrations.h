#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_MIGRATIONS_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_MIGRATIONS_H_

#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/domain/checker.h"
#include "services/catalog/domain/curriculum.h"

namespace edirae::catalog {

// A part of `Validate`: migrations by themselves. Each source once and no longer taught, each target taught or led on
// from, no circle.
void CheckMigrations(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_MIGRATIONS_H_
