#include "gateway/rpc/pass_on.h"

#include <string>
#include <utility>

#include "gateway/errors.h"
#include "gateway/limits.h"

namespace edirae::gateway {

absl::Status EverybodyMay(const identity::v1::Principal&) { return absl::OkStatus(); }

rpc::Handler PassOn(const char* method, MayCall may_call, rpc::MethodClient& service, Admission& calls) {
  return PassOn(std::move(may_call), calls,
                [method, &service](const rpc::CallContext& context, std::string request, rpc::Done done) {
                  service.Call(method, context, std::move(request), std::move(done));
                });
}

rpc::Handler PassOn(MayCall may_call, Admission& calls, AskService ask) {
  return [may_call = std::move(may_call), &calls, ask = std::move(ask)](const rpc::CallContext& context,
                                                                        absl::string_view bytes, rpc::Done done) {
    absl::Status status = may_call(context.principal);
    if (status.ok() && bytes.size() > limits::kMaxRequestBytes) status = RequestTooLarge(limits::kMaxRequestBytes);
    if (!status.ok()) return std::move(done)(status);
    absl::StatusOr<Admission::Slot> slot = calls.Enter(context.principal.subject());
    if (!slot.ok()) return std::move(done)(slot.status());
    ask(context, std::string(bytes),
        [slot = *std::move(slot), done = std::move(done)](absl::StatusOr<rpc::Bytes> response) mutable {
          slot = {};
          std::move(done)(std::move(response));
        });
  };
}

}  // namespace edirae::gateway
