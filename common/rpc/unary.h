#ifndef EDIRAE_COMMON_RPC_UNARY_H_
#define EDIRAE_COMMON_RPC_UNARY_H_

#include "absl/strings/string_view.h"
#include "common/rpc/authenticator.h"
#include "common/rpc/method_table.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/server_callback.h"

namespace edirae::rpc {

// Answers gRPC unary calls from a method table: authenticates, builds the context, dispatches. One line per method in
// the generated service's raw callback class. Thread-safe. Both references must outlive the server.
class UnaryEndpoint {
 public:
  UnaryEndpoint(const MethodTable& methods, const Authenticator& authenticator)
      : methods_(methods), authenticator_(authenticator) {}

  grpc::ServerUnaryReactor* Serve(absl::string_view method, grpc::CallbackServerContext* context,
                                  const grpc::ByteBuffer* request, grpc::ByteBuffer* response) const;

 private:
  const MethodTable& methods_;
  const Authenticator& authenticator_;
};

// The metadata that proves the caller; empty when there is none. Valid as long as the context.
absl::string_view AuthorizationOf(const grpc::CallbackServerContext& context);

// Metadata by which a service says for whom it calls: an id, and `author` when that is what the caller is. From anyone
// else they mean nothing.
inline constexpr char kSubjectMetadata[] = "x-edirae-subject";
inline constexpr char kRoleMetadata[] = "x-edirae-role";
inline constexpr char kAuthorRole[] = "author";

// Metadata by which a caller names the trace that the call belongs to, https://www.w3.org/TR/trace-context/
inline constexpr char kTraceparentMetadata[] = "traceparent";

// What a streaming method needs of its caller, proved. UNAUTHENTICATED otherwise.
absl::StatusOr<CallContext> ContextOf(const grpc::CallbackServerContext& context, const Authenticator& authenticator);

// With `ErrorInfo` in `grpc-status-details-bin`; see ToProto of common/status/error.h.
grpc::Status ToGrpc(const absl::Status& status, absl::string_view domain);

// The inverse, for clients.
absl::Status FromGrpc(const grpc::Status& status);

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_UNARY_H_
