#ifndef EDIRAE_SERVICES_CATALOG_DOMAIN_SHUFFLE_H_
#define EDIRAE_SERVICES_CATALOG_DOMAIN_SHUFFLE_H_

#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog {

// Brings the items of an ordering question into an order that depends on nothing but the ids of question and items, and
// that is not the right one. Leaves other questions alone. Doing it again changes nothing.
void ShuffleItems(v1::KeyedQuestion& keyed);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_DOMAIN_SHUFFLE_H_
