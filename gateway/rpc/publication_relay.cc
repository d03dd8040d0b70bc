#include "gateway/rpc/publication_relay.h"

#include <utility>

#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "edirae/catalog/v1/authoring_service.grpc.pb.h"  // for how parts are parsed
#include "gateway/errors.h"
#include "gateway/limits.h"
#include "grpcpp/generic/generic_stub.h"

namespace edirae::gateway {
namespace {

constexpr char kMethod[] = "/edirae.catalog.v1.AuthoringService/PublishRevision";

// Whether it is the part that comes last, behind which an author may leave the stream open.
bool SaysEnd(grpc::ByteBuffer part) {
  using Part = catalog::v1::PublishRevisionRequest;
  if (part.Length() > limits::kMaxEndBytes) return false;
  Part parsed;
  return grpc::SerializationTraits<Part>::Deserialize(&part, &parsed).ok() && parsed.has_end();
}

}  // namespace

std::shared_ptr<PublicationRelay> PublicationRelay::Start(const std::shared_ptr<grpc::Channel>& catalog,
                                                          const std::string& service_token,
                                                          const rpc::CallContext& call, Admission::Slot slot,
                                                          Bytes* response) {
  auto relay = std::make_shared<PublicationRelay>(std::move(slot), response);
  relay->until_done_ = relay;
  relay->until_answered_ = relay;
  rpc::AddBearer(relay->context_, service_token);
  relay->context_.AddMetadata(rpc::kSubjectMetadata, call.principal.subject());
  relay->context_.AddMetadata(rpc::kRoleMetadata, rpc::kAuthorRole);
  if (!call.traceparent.empty()) relay->context_.AddMetadata(rpc::kTraceparentMetadata, call.traceparent);
  relay->context_.set_deadline(absl::ToChronoTime(call.deadline));
  relay->alarm_.Set(absl::ToChronoTime(call.deadline), [weak = std::weak_ptr(relay)](bool rang) {
    if (const auto late = weak.lock(); rang && late != nullptr) {
      late->End(rpc::ToGrpc(absl::DeadlineExceededError("the deadline passed before the content was published"),
                            kErrorDomain));
    }
  });
  grpc::TemplatedGenericStub<Bytes, Bytes>(catalog).PrepareBidiStreamingCall(&relay->context_, kMethod, {},
                                                                             &relay->forward_);
  relay->forward_.AddHold();  // writes are started from the author's side
  relay->forward_.StartRead(&relay->answer_);
  relay->forward_.StartCall();
  relay->StartRead(&relay->part_);
  return relay;
}

void PublicationRelay::OnReadDone(bool ok) {
  const bool is_last = !ok || SaysEnd(part_);
  if (is_last) {
    const std::lock_guard lock(mutex_);
    whole_ = true;  // the catalog may act on it from now on
  }
  if (ok) return forward_.StartWrite(&part_);
  EndOfParts();
}

void PublicationRelay::OnWritten(bool ok) {
  bool is_last;
  {
    const std::lock_guard lock(mutex_);
    is_last = whole_;
  }
  if (ok && !is_last) return StartRead(&part_);
  if (ok) return EndOfParts();
  forward_.RemoveHold();
}

void PublicationRelay::EndOfParts() {
  forward_.StartWritesDone();
  forward_.RemoveHold();
}

void PublicationRelay::Stop() {
  const std::lock_guard lock(mutex_);
  if (whole_ || std::exchange(ended_, true)) return;
  Finish(rpc::ToGrpc(Stopping(), kErrorDomain));  // and then the call to the catalog is cancelled
}

void PublicationRelay::OnAnswered(const grpc::Status& status) {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_ && status.ok()) response_->Swap(&answer_);
  }
  const bool says_nothing = status.ok() && !has_answer_;
  End(rpc::ToGrpc(
      says_nothing ? absl::InternalError("the catalog ended a publication without a word") : rpc::FromGrpc(status),
      kErrorDomain));
  const auto last = std::move(until_answered_);
}

void PublicationRelay::OnCancel() {
  context_.TryCancel();
  End(grpc::Status::CANCELLED);
}

void PublicationRelay::End(const grpc::Status& status) {
  const std::lock_guard lock(mutex_);
  if (!std::exchange(ended_, true)) Finish(status);
}

void PublicationRelay::OnDone() {
  alarm_.Cancel();
  context_.TryCancel();
  slot_ = {};
  const auto last = std::move(until_done_);
}

}  // namespace edirae::gateway
