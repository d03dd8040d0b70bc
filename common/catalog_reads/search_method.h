#ifndef EDIRAE_COMMON_CATALOG_READS_SEARCH_METHOD_H_
#define EDIRAE_COMMON_CATALOG_READS_SEARCH_METHOD_H_

#include "common/catalog_reads/read_methods.h"
#include "common/rpc/call.h"
#include "common/search/searcher.h"

namespace edirae::catalog_reads {

// The method `Search` of both services. It answers from a thread of `searcher`, which searches the documents of the
// revisions and must outlive it.
rpc::Handler SearchMethod(Newest newest, search::Searcher& searcher);

}  // namespace edirae::catalog_reads

#endif  // EDIRAE_COMMON_CATALOG_READS_SEARCH_METHOD_H_
