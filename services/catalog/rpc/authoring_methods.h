#ifndef EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_METHODS_H_
#define EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_METHODS_H_

#include "common/process/task_thread.h"
#include "common/rpc/method_table.h"
#include "services/catalog/domain/revision_store.h"
#include "services/catalog/rpc/publisher.h"

namespace edirae::catalog {

// The unary methods of `AuthoringService` by full name.
inline constexpr char kRollbackRevision[] = "/edirae.catalog.v1.AuthoringService/RollbackRevision";
inline constexpr char kListRevisions[] = "/edirae.catalog.v1.AuthoringService/ListRevisions";
inline constexpr char kGetRevision[] = "/edirae.catalog.v1.AuthoringService/GetRevision";
inline constexpr char kGetRevisionContent[] = "/edirae.catalog.v1.AuthoringService/GetRevisionContent";

// Adds them. They run on `thread`, because the store blocks; all arguments must outlive the table and its calls.
void AddAuthoringMethods(Publisher& publisher, RevisionStore& store, process::TaskThread& thread,
                         rpc::MethodTable& methods);

// What the thread answers when it takes no more.
process::TaskThread::Refusals AuthoringRefusals();

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_AUTHORING_METHODS_H_
