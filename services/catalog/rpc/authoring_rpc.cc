#include "services/catalog/rpc/authoring_rpc.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/catalog_feed/append_content.h"
#include "common/status/macros.h"
#include "grpcpp/alarm.h"
#include "services/catalog/errors.h"
#include "services/catalog/limits.h"
#include "services/catalog/rpc/authoring_wire.h"

namespace edirae::catalog {
namespace {

using Reactor = grpc::ServerReadReactor<v1::PublishRevisionRequest>;

// Ends a call before it has begun.
class UploadRefusal final : public Reactor {
 public:
  explicit UploadRefusal(const absl::Status& status) { Finish(rpc::ToGrpc(status, errors::kDomain)); }
  void OnDone() override { delete this; }
};

}  // namespace

// One publication under way. Ends once: by its outcome, by what is wrong with a part, by its deadline, or because the
// caller went or the server stops. Nothing is published before the caller has said that it is whole.
class AuthoringRpc::Upload final : public Reactor, public std::enable_shared_from_this<Upload> {
 public:
  Upload(AuthoringRpc& owner, rpc::CallContext call, v1::PublishRevisionResponse* response)
      : owner_(owner), call_(std::move(call)), response_(response) {}

  void Begin() {
    alarm_.Set(absl::ToChronoTime(call_.deadline), [weak = weak_from_this()](bool rang) {
      if (const auto upload = weak.lock(); rang && upload != nullptr) {
        upload->End(absl::DeadlineExceededError("the deadline passed before the content was published"));
      }
    });
    StartRead(&part_);
  }

  void End(const absl::Status& status) {
    const std::lock_guard lock(mutex_);
    EndLocked(status);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return GiveUp(errors::BadPublicationParts());
    const absl::StatusOr<bool> whole = Take();
    if (!whole.ok()) return GiveUp(whole.status());
    if (*whole) return Submit();
    StartRead(&part_);
  }

  void OnCancel() override { End(absl::CancelledError("the caller has gone")); }

  void OnDone() override {
    alarm_.Cancel();
    owner_.Leave(this);
  }

 private:
  // For whoever reads or has submitted: what was received is needed no more.
  void GiveUp(const absl::Status& status) {
    draft_ = Draft();
    owner_.FreePlace(*this);
    End(status);
  }

  // Whether the part was the last.
  absl::StatusOr<bool> Take() {
    switch (part_.part_case()) {
      case v1::PublishRevisionRequest::kHead: {
        if (order_) return errors::BadPublicationParts();
        EDIRAE_ASSIGN_OR_RETURN(order_, OrderOf(part_.head(), call_.principal.subject()));
        return false;
      }
      case v1::PublishRevisionRequest::kContent:
        if (!order_) return errors::BadPublicationParts();
        bytes_ += part_.content().ByteSizeLong();
        if (bytes_ > limits::kMaxContentBytes) return errors::ContentTooLarge(limits::kMaxContentBytes);
        catalog_feed::AppendContent(*part_.mutable_content(), draft_.content);
        return false;
      case v1::PublishRevisionRequest::kEnd:
        if (!order_) return errors::BadPublicationParts();
        return true;
      case v1::PublishRevisionRequest::PART_NOT_SET:
        break;
    }
    return errors::BadPublicationParts();
  }

  void Submit() {
    process::TaskThread::Task task = [self = shared_from_this()] { self->Publish(); };
    if (absl::Status refusal = owner_.thread_.Submit(task); !refusal.ok()) GiveUp(refusal);
  }

  // On the thread.
  void Publish() {
    {
      const std::lock_guard lock(mutex_);
      if (ended_) return;
    }
    const absl::StatusOr<PublishOutcome> outcome = owner_.publisher_.Publish(std::move(draft_), *order_);
    owner_.FreePlace(*this);
    const std::lock_guard lock(mutex_);
    if (ended_) return;  // the response belongs to nobody any more
    if (outcome.ok()) *response_ = ToResponse<v1::PublishRevisionResponse>(*outcome);
    EndLocked(PublicError(outcome.status()));
  }

  void EndLocked(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (std::exchange(ended_, true)) return;
    Finish(rpc::ToGrpc(status, errors::kDomain));
  }

  AuthoringRpc& owner_;
  const rpc::CallContext call_;
  v1::PublishRevisionResponse* const response_;
  grpc::Alarm alarm_;
  // Of the reads, one after the other, and then of the thread.
  v1::PublishRevisionRequest part_;
  std::optional<PublishOrder> order_;
  Draft draft_;
  size_t bytes_ = 0;

  std::mutex mutex_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

AuthoringRpc::AuthoringRpc(const rpc::MethodTable& methods, const rpc::Authenticator& authenticator,
                           Publisher& publisher, process::TaskThread& thread)
    : authenticator_(authenticator), endpoint_(methods, authenticator), publisher_(publisher), thread_(thread) {}

AuthoringRpc::~AuthoringRpc() = default;

Reactor* AuthoringRpc::PublishRevision(Context* context, v1::PublishRevisionResponse* response) {
  absl::StatusOr<rpc::CallContext> call = rpc::ContextOf(*context, authenticator_);
  if (!call.ok()) return new UploadRefusal(call.status());
  if (absl::Status status = rpc::CheckMayAuthor(call->principal); !status.ok()) return new UploadRefusal(status);
  const auto upload = std::make_shared<Upload>(*this, *std::move(call), response);
  if (absl::Status status = Enter(upload); !status.ok()) return new UploadRefusal(status);
  upload->Begin();
  return upload.get();
}

absl::Status AuthoringRpc::Enter(const std::shared_ptr<Upload>& upload) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return errors::Stopping();
  if (received_.size() >= static_cast<size_t>(limits::kMaxPublications)) return errors::TooManyPublications();
  received_.insert(upload.get());
  uploads_.emplace(upload.get(), upload);
  return absl::OkStatus();
}

void AuthoringRpc::FreePlace(const Upload& upload) {
  const std::lock_guard lock(mutex_);
  received_.erase(&upload);
}

void AuthoringRpc::Leave(Upload* upload) {
  std::shared_ptr<Upload> last;  // freed after the lock is
  const std::lock_guard lock(mutex_);
  received_.erase(upload);
  const auto found = uploads_.find(upload);
  last = std::move(found->second);
  uploads_.erase(found);
}

void AuthoringRpc::Stop() {
  std::vector<std::shared_ptr<Upload>> uploads;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const auto& [pointer, upload] : uploads_) uploads.push_back(upload);
  }
  for (const auto& upload : uploads) upload->End(errors::Stopping());
}

}  // namespace edirae::catalog
