#include "gateway/rpc/authoring_service.h"

#include <utility>

#include "common/rpc/channel.h"
#include "common/status/macros.h"
#include "gateway/errors.h"
#include "gateway/rpc/pass_on.h"

namespace edirae::gateway {
namespace {

// Ends a call before it has begun.
class Refusal final : public grpc::ServerReadReactor<grpc::ByteBuffer> {
 public:
  explicit Refusal(const absl::Status& status) { Finish(rpc::ToGrpc(status, kErrorDomain)); }
  void OnDone() override { delete this; }
};

}  // namespace

void AddAuthoringMethods(rpc::MethodClient& catalog, Admission& calls, rpc::MethodTable& table) {
  for (const char* method :
       {method::kRollbackRevision, method::kListRevisions, method::kGetRevision, method::kGetRevisionContent}) {
    table.Add(method, PassOn(method, &rpc::CheckMayAuthor, catalog, calls));
  }
}

AuthoringService::AuthoringService(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator,
                                   Admission& calls, std::shared_ptr<grpc::Channel> catalog, std::string service_token)
    : endpoint_(methods, authenticator),
      authenticator_(authenticator),
      calls_(calls),
      catalog_(std::move(catalog)),
      service_token_(std::move(service_token)) {}

grpc::ServerReadReactor<grpc::ByteBuffer>* AuthoringService::PublishRevision(Context* context, Bytes* response) {
  const absl::StatusOr<rpc::CallContext> call = rpc::ContextOf(*context, authenticator_);
  if (!call.ok()) return new Refusal(call.status());
  if (absl::Status status = rpc::CheckMayAuthor(call->principal); !status.ok()) return new Refusal(status);
  absl::StatusOr<Admission::Slot> slot = calls_.Enter(call->principal.subject());
  if (!slot.ok()) return new Refusal(slot.status());
  const std::lock_guard lock(mutex_);
  if (stopping_) return new Refusal(Stopping());
  std::erase_if(publications_, [](const auto& held) { return held.expired(); });
  const auto relay = PublicationRelay::Start(catalog_, service_token_, *call, *std::move(slot), response);
  publications_.push_back(relay);
  return relay.get();
}

void AuthoringService::Stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  for (const auto& held : publications_) {
    if (const auto relay = held.lock()) relay->Stop();
  }
}

size_t AuthoringService::open() {
  const std::lock_guard lock(mutex_);
  std::erase_if(publications_, [](const auto& held) { return held.expired(); });
  return publications_.size();
}

}  // namespace edirae::gateway
