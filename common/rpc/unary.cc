#include "common/rpc/unary.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/byte_buffer.h"
#include "common/rpc/limits.h"
#include "common/status/error.h"
#include "grpcpp/support/time.h"

namespace edirae::rpc {
namespace {

constexpr char kAuthorization[] = "authorization";

absl::string_view Metadata(const grpc::CallbackServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

absl::Time BoundedDeadline(const grpc::CallbackServerContext& context) {
  const absl::Time now = absl::Now();
  const absl::Time asked = absl::FromChrono(context.deadline());
  // A caller without a deadline shows as one in the far future.
  if (asked - now > absl::Hours(24)) return now + limits::kDefaultDeadline;
  return std::min(asked, now + limits::kMaxDeadline);
}

}  // namespace

absl::string_view AuthorizationOf(const grpc::CallbackServerContext& context) {
  return Metadata(context, kAuthorization);
}

absl::StatusOr<CallContext> ContextOf(const grpc::CallbackServerContext& context, const Authenticator& authenticator) {
  if (context.client_metadata().count(kAuthorization) > 1) {
    return MakeError(absl::StatusCode::kUnauthenticated, "TOKEN_INVALID", "send one `authorization`, not several");
  }
  auto principal = authenticator.Authenticate(AuthorizationOf(context));
  if (!principal.ok()) return principal.status();
  const absl::string_view subject = Metadata(context, kSubjectMetadata);
  if (!subject.empty() && principal->role() == identity::v1::ROLE_SERVICE) {
    // A service speaks for somebody: from here on it may do what they may.
    principal->set_subject(std::string(subject));
    principal->set_role(Metadata(context, kRoleMetadata) == kAuthorRole ? identity::v1::ROLE_AUTHOR
                                                                        : identity::v1::ROLE_LEARNER);
  }
  return CallContext{.principal = *std::move(principal),
                     .deadline = BoundedDeadline(context),
                     .traceparent = TraceparentFrom(Metadata(context, kTraceparentMetadata))};
}

grpc::ServerUnaryReactor* UnaryEndpoint::Serve(absl::string_view method, grpc::CallbackServerContext* context,
                                               const grpc::ByteBuffer* request, grpc::ByteBuffer* response) const {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  const absl::StatusOr<CallContext> call = ContextOf(*context, authenticator_);
  if (!call.ok()) {
    reactor->Finish(ToGrpc(call.status(), methods_.domain()));
    return reactor;
  }
  const FlatBytes flat(*request);
  methods_.Dispatch(method, *call, flat.view(), [this, reactor, response](absl::StatusOr<Bytes> bytes) {
    if (bytes.ok()) *response = ToByteBuffer(*bytes);
    reactor->Finish(ToGrpc(bytes.status(), methods_.domain()));
  });
  return reactor;
}

grpc::Status ToGrpc(const absl::Status& status, absl::string_view domain) {
  if (status.ok()) return grpc::Status::OK;
  const errors::v1::Status shown = ToProto(status, domain);
  return {static_cast<grpc::StatusCode>(shown.code()), shown.message(), shown.SerializeAsString()};
}

absl::Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  errors::v1::Status shown;
  if (!status.error_details().empty() && shown.ParseFromString(status.error_details())) return FromProto(shown);
  return {static_cast<absl::StatusCode>(status.error_code()), status.error_message()};
}

}  // namespace edirae::rpc
