#ifndef EDIRAE_SERVICES_CATALOG_RPC_REVISION_PARTS_H_
#define EDIRAE_SERVICES_CATALOG_RPC_REVISION_PARTS_H_

#include <string>
#include <vector>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "google/protobuf/message_lite.h"
#include "grpcpp/support/byte_buffer.h"
#include "services/catalog/domain/revision.h"

namespace edirae::catalog {

// A revision as `WatchRevisions` sends it: serialized `WatchRevisionsResponse`s of at most `limits::kMaxPartBytes`.
// Copies of a buffer share its bytes, so that all watchers are served from one. `digest` is that of the content.
std::vector<grpc::ByteBuffer> PartsOf(const Revision& revision, const std::string& digest);

// One serialized message as a buffer.
grpc::ByteBuffer ToBuffer(const google::protobuf::MessageLite& message);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_RPC_REVISION_PARTS_H_
