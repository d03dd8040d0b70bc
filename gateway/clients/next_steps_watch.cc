#include "gateway/clients/next_steps_watch.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "gateway/limits.h"
#include "grpcpp/alarm.h"

namespace edirae::gateway {
namespace {

using recommend::v1::RecommendService;
using recommend::v1::WatchRequest;
using recommend::v1::WatchResponse;

constexpr char kSubject[] = "x-edirae-subject";

}  // namespace

// What outlives the watch: the stream under way, or the pause before the next.
class NextStepsWatch::Link : public std::enable_shared_from_this<Link> {
 public:
  Link(std::shared_ptr<RecommendReplicas> replicas, WatchMetadata metadata, WatchRequest request,
       OnNextSteps on_next_steps)
      : replicas_(std::move(replicas)),
        metadata_(std::move(metadata)),
        on_next_steps_(std::move(on_next_steps)),
        request_(std::move(request)) {}

  void Open();
  void Close();
  // From the attempt under way.
  void OnResponse(WatchResponse& response);
  void OnEnd(size_t ordinal, const grpc::Status& status);

 private:
  friend class NextStepsWatch::Attempt;

  const std::shared_ptr<RecommendReplicas> replicas_;
  const WatchMetadata metadata_;
  const OnNextSteps on_next_steps_;

  std::mutex mutex_;
  WatchRequest request_ ABSL_GUARDED_BY(mutex_);  // carries the newest resume token
  std::shared_ptr<Attempt> attempt_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<grpc::Alarm> pause_ ABSL_GUARDED_BY(mutex_);
  absl::Duration backoff_ ABSL_GUARDED_BY(mutex_) = absl::ZeroDuration();
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

// One stream, from its opening to its end; keeps itself and the link alive meanwhile.
class NextStepsWatch::Attempt final : public grpc::ClientReadReactor<WatchResponse> {
 public:
  Attempt(std::shared_ptr<Link> link, WatchRequest request)
      : link_(std::move(link)),
        request_(std::move(request)),
        ordinal_(link_->replicas_->Find(link_->metadata_.subject)) {
    rpc::AddBearer(context_, link_->metadata_.service_token);
    context_.AddMetadata(kSubject, link_->metadata_.subject);
    if (!link_->metadata_.traceparent.empty()) {
      context_.AddMetadata(rpc::kTraceparentMetadata, link_->metadata_.traceparent);
    }
    context_.set_deadline(absl::ToChronoTime(absl::Now() + 2 * limits::kMaxWatchAge));
  }

  void Start(std::shared_ptr<Attempt> self) {
    self_ = std::move(self);
    link_->replicas_->stub(ordinal_).async()->Watch(&context_, &request_, this);
    StartRead(&response_);
    StartCall();
  }

  void Cancel() { context_.TryCancel(); }

  void OnReadDone(bool ok) override {
    if (!ok) return;
    link_->OnResponse(response_);
    StartRead(&response_);
  }

  void OnDone(const grpc::Status& status) override {
    const std::shared_ptr<Attempt> self = std::move(self_);
    link_->OnEnd(ordinal_, status);
  }

 private:
  const std::shared_ptr<Link> link_;
  const WatchRequest request_;
  const size_t ordinal_;  // of the replica that is asked
  grpc::ClientContext context_;
  WatchResponse response_;
  std::shared_ptr<Attempt> self_;
};

void NextStepsWatch::Link::Open() {
  std::shared_ptr<Attempt> attempt;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    attempt = std::make_shared<Attempt>(shared_from_this(), request_);
    attempt_ = attempt;
  }
  attempt->Start(attempt);
}

void NextStepsWatch::Link::Close() {
  std::shared_ptr<Attempt> attempt;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    attempt = attempt_;
    if (pause_ != nullptr) pause_->Cancel();
  }
  if (attempt != nullptr) attempt->Cancel();
}

void NextStepsWatch::Link::OnResponse(WatchResponse& response) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    backoff_ = absl::ZeroDuration();
    if (!response.resume_token().empty()) request_.set_resume_token(response.resume_token());
  }
  if (!response.has_next_steps()) return;
  on_next_steps_({.as_of_seq = response.next_steps().as_of_seq(), .bytes = response.next_steps().SerializeAsString()});
}

void NextStepsWatch::Link::OnEnd(size_t ordinal, const grpc::Status& status) {
  replicas_->FindAnother(metadata_.subject, ordinal, rpc::FromGrpc(status));
  const std::lock_guard lock(mutex_);
  attempt_.reset();
  if (closed_) return;
  backoff_ = std::clamp(backoff_ * 2, limits::kFirstBackoff, limits::kMaxBackoff);
  log::Debug("watch of next steps ended, opening another",
             {{"code", static_cast<int>(status.error_code())}, {"error", status.error_message()}});
  pause_ = std::make_unique<grpc::Alarm>();
  // An alarm keeps its callback after it has rung: if that kept the link, both would stay for ever.
  pause_->Set(absl::ToChronoTime(absl::Now() + backoff_), [weak = weak_from_this()](bool due) {
    const auto self = weak.lock();
    if (due && self != nullptr) self->Open();
  });
}

NextStepsWatch::NextStepsWatch(std::shared_ptr<RecommendReplicas> replicas, WatchMetadata metadata,
                               WatchRequest request, OnNextSteps on_next_steps)
    : link_(std::make_shared<Link>(std::move(replicas), std::move(metadata), std::move(request),
                                   std::move(on_next_steps))) {
  link_->Open();
}

NextStepsWatch::~NextStepsWatch() { link_->Close(); }

}  // namespace edirae::gateway
