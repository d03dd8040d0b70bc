#ifndef EDIRAE_COMMON_RPC_CALL_H_
#define EDIRAE_COMMON_RPC_CALL_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "edirae/identity/v1/principal.pb.h"

namespace edirae::rpc {

// What a handler knows of a call besides its request. Held by value; outlives the transport's own context.
struct CallContext {
  identity::v1::Principal principal;
  // When the caller stops waiting. Never infinite.
  absl::Time deadline;
  // W3C trace context as the caller sent it; empty when it sent none, or a malformed one.
  std::string traceparent;
};

// A serialized response, shared so that a ready-made answer is handed out without a copy.
using Bytes = std::shared_ptr<const std::string>;

// Ends a call. Called exactly once, from any thread.
using Done = absl::AnyInvocable<void(absl::StatusOr<Bytes>) &&>;

// A unary method over serialized messages, whichever transport brought them. Must not block. `request` is valid only
// during the call; the context too, unless copied.
using Handler = std::function<void(const CallContext& context, absl::string_view request, Done done)>;

// Ends a typed call. Called exactly once, from any thread.
template <class Response>
using TypedDone = absl::AnyInvocable<void(absl::StatusOr<Response>) &&>;

// INVALID_ARGUMENT for a request that is not a message of the method's type.
absl::Status MalformedRequest();

// Adapts a handler of typed messages.
template <class Request, class Response>
Handler Typed(std::function<void(const CallContext&, const Request&, TypedDone<Response>)> handler) {
  return [handler = std::move(handler)](const CallContext& context, absl::string_view bytes, Done done) {
    Request request;
    if (!request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
      return std::move(done)(MalformedRequest());
    }
    handler(context, request, [done = std::move(done)](absl::StatusOr<Response> response) mutable {
      if (!response.ok()) return std::move(done)(response.status());
      std::move(done)(std::make_shared<const std::string>(response->SerializeAsString()));
    });
  };
}

// OK when `principal` may act for `subject`: itself, or anyone for a service. PERMISSION_DENIED with reason
// OTHER_SUBJECT otherwise.
absl::Status CheckMayActFor(const identity::v1::Principal& principal, absl::string_view subject);

// OK when `principal` may act for whoever it is: an administrator or a service. OTHER_SUBJECT otherwise.
absl::Status CheckMayActForAnyone(const identity::v1::Principal& principal);

// OK when `principal` may publish content: an author or a service. PERMISSION_DENIED with reason AUTHORS_ONLY
// otherwise.
absl::Status CheckMayAuthor(const identity::v1::Principal& principal);

// OK when `principal` may ask whom other criteria would have changed: whoever may author, and an administrator.
// AUTHORS_ONLY otherwise.
absl::Status CheckMayTryCriteria(const identity::v1::Principal& principal);

// OK when `principal` may review the work of others: a mentor or a service. PERMISSION_DENIED with reason MENTORS_ONLY
// otherwise.
absl::Status CheckMayMentor(const identity::v1::Principal& principal);

// PERMISSION_DENIED with reason SERVICES_ONLY unless `principal` is a service.
absl::Status CheckIsService(const identity::v1::Principal& principal);

// The trace id inside a `traceparent`, 32 hexadecimal digits, for the log; empty when malformed.
absl::string_view TraceId(absl::string_view traceparent);

// A new trace id, for a failure in a call whose caller sent none.
std::string NewTraceId();

// `received` when it is a well-formed trace context, empty otherwise.
std::string TraceparentFrom(absl::string_view received);

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_CALL_H_
