#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_ITEM_IDS_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_ITEM_IDS_H_

#include "absl/strings/string_view.h"
#include "services/catalog/domain/checker.h"

namespace edirae::catalog {

// Checks the id of a question or a flashcard: `<concept id>.<slug>`.
void CheckItemId(const Path& path, absl::string_view id, absl::string_view concept_id, Checker& check);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_ITEM_IDS_H_
