#ifndef EDIRAE_COMMON_CATALOG_READS_SEARCH_DOCUMENTS_H_
#define EDIRAE_COMMON_CATALOG_READS_SEARCH_DOCUMENTS_H_

#include "common/search/document.h"
#include "edirae/catalog/v1/revision_service.pb.h"

namespace edirae::catalog_reads {

// Visits what can be found in a revision: its kinds are those of `SearchKind`, its groups roadmaps, its parents
// concepts. Of a question only the prompt, nothing of a key.
void EachDocument(const catalog::v1::RevisionContent& content, const search::Visit& visit);

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_SEARCH_DOCUMENTS_H_
