#include "common/rpc/mux_client.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/limits.h"
#include "common/rpc/unanswered_calls.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "edirae/mux/v1/mux_service.grpc.pb.h"

namespace edirae::rpc {
namespace {

using mux::v1::ExchangeRequest;
using mux::v1::ExchangeResponse;
using mux::v1::MuxService;

absl::Status Broken(const grpc::Status& status) {
  if (status.error_code() == grpc::StatusCode::UNAUTHENTICATED ||
      status.error_code() == grpc::StatusCode::PERMISSION_DENIED) {
    return MakeError(absl::StatusCode::kUnavailable, "SERVICE_REFUSED_US",
                     "a service refused this one; do both have the same EDIRAE_SERVICE_TOKEN?");
  }
  return ServiceUnavailable();
}

absl::StatusOr<Bytes> OutcomeOf(mux::v1::Reply& reply) {
  if (reply.has_status()) return FromProto(reply.status());
  return std::make_shared<const std::string>(std::move(*reply.mutable_response()));
}

}  // namespace

// What outlives the client: the calls that wait, and the stream under way.
class MuxClient::Link : public std::enable_shared_from_this<Link> {
 public:
  Link(std::shared_ptr<grpc::Channel> channel, std::string service_token)
      : stub_(MuxService::NewStub(std::move(channel))), service_token_(std::move(service_token)) {}

  void Stop();
  void Call(absl::string_view method, const CallContext& context, std::string request, Done done);

 private:
  class Stream;

  void Gather(uint64_t id, absl::string_view method, const CallContext& context, std::string request)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void OpenIfDue() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void WriteIfIdle() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  ExchangeRequest TakeSome() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void OnReplies(ExchangeResponse& replies);
  void OnWritten(bool ok);
  void OnEnd(const grpc::Status& status);

  const std::unique_ptr<MuxService::Stub> stub_;
  const std::string service_token_;
  UnansweredCalls unanswered_;

  std::mutex mutex_;
  std::condition_variable ended_;
  ExchangeRequest gathered_ ABSL_GUARDED_BY(mutex_);
  size_t gathered_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  std::shared_ptr<Stream> stream_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Duration backoff_ ABSL_GUARDED_BY(mutex_) = absl::ZeroDuration();
  absl::Time next_open_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
};

// One stream, from its opening to its end.
class MuxClient::Link::Stream final : public grpc::ClientBidiReactor<ExchangeRequest, ExchangeResponse> {
 public:
  explicit Stream(std::shared_ptr<Link> link) : link_(std::move(link)) {}

  void Open(std::shared_ptr<Stream> self) {
    self_ = std::move(self);
    AddBearer(context_, link_->service_token_);
    link_->stub_->async()->Exchange(&context_, this);
    StartRead(&response_);
    AddHold();  // writes are started from other threads
    StartCall();
  }

  // Takes over `calls`. Not while a write is under way.
  void Write(ExchangeRequest& calls) {
    outgoing_.Clear();
    outgoing_.Swap(&calls);
    StartWrite(&outgoing_);
  }

  void Cancel() { context_.TryCancel(); }

  void OnReadDone(bool ok) override {
    if (!ok) return ReleaseHold();
    link_->OnReplies(response_);
    StartRead(&response_);
  }

  // Gives up the hold: the reading side has ended, so nothing is written any more.
  void ReleaseHold() {
    {
      const std::lock_guard lock(link_->mutex_);
      ended_ = true;
    }
    RemoveHold();
  }

  bool ended() const { return ended_; }

  void OnWriteDone(bool ok) override { link_->OnWritten(ok); }

  void OnDone(const grpc::Status& status) override {
    const std::shared_ptr<Stream> self = std::move(self_);
    link_->OnEnd(status);
  }

 private:
  const std::shared_ptr<Link> link_;
  grpc::ClientContext context_;
  ExchangeRequest outgoing_;
  ExchangeResponse response_;
  bool ended_ = false;  // guarded by the link's mutex
  std::shared_ptr<Stream> self_;
};

void MuxClient::Link::Call(absl::string_view method, const CallContext& context, std::string request, Done done) {
  absl::StatusOr<uint64_t> id;
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && stream_ == nullptr) OpenIfDue();
    // Under the lock, so that a stream that ends fails exactly the calls that it was to carry.
    id = stopping_ || stream_ == nullptr ? ServiceUnavailable() : unanswered_.Add(done, context.deadline);
    if (id.ok()) {
      Gather(*id, method, context, std::move(request));
      return WriteIfIdle();
    }
  }
  std::move(done)(id.status());
}

void MuxClient::Link::Gather(uint64_t id, absl::string_view method, const CallContext& context, std::string request) {
  mux::v1::Call& call = *gathered_.add_calls();
  call.set_call_id(id);
  call.set_method(method.data(), method.size());
  *call.mutable_principal() = context.principal;
  call.set_timeout_ms(
      static_cast<uint32_t>(std::max<int64_t>(absl::ToInt64Milliseconds(context.deadline - absl::Now()), 1)));
  call.set_traceparent(context.traceparent);
  gathered_bytes_ += request.size();
  call.set_request(std::move(request));
}

void MuxClient::Link::OpenIfDue() {
  const absl::Time now = absl::Now();
  if (now < next_open_) return;
  backoff_ = std::clamp(backoff_ * 2, limits::kMuxFirstBackoff, limits::kMuxMaxBackoff);
  next_open_ = now + backoff_;
  stream_ = std::make_shared<Stream>(shared_from_this());
  writing_ = false;
  stream_->Open(stream_);
}

void MuxClient::Link::WriteIfIdle() {
  if (stream_ == nullptr || stream_->ended() || writing_ || gathered_.calls().empty()) return;
  writing_ = true;
  if (gathered_.calls_size() <= limits::kMuxMaxBatch && gathered_bytes_ <= limits::kMuxMaxBatchBytes) {
    gathered_bytes_ = 0;
    return stream_->Write(gathered_);
  }
  ExchangeRequest some = TakeSome();
  stream_->Write(some);
}

// The oldest calls that fit into one message.
ExchangeRequest MuxClient::Link::TakeSome() {
  ExchangeRequest some;
  size_t bytes = 0;
  int taken = 0;
  while (taken < gathered_.calls_size() && taken < limits::kMuxMaxBatch &&
         (taken == 0 || bytes + gathered_.calls(taken).request().size() <= limits::kMuxMaxBatchBytes)) {
    bytes += gathered_.calls(taken).request().size();
    some.add_calls()->Swap(gathered_.mutable_calls(taken));
    ++taken;
  }
  gathered_.mutable_calls()->DeleteSubrange(0, taken);
  gathered_bytes_ -= bytes;
  return some;
}

void MuxClient::Link::OnReplies(ExchangeResponse& replies) {
  {
    const std::lock_guard lock(mutex_);
    backoff_ = absl::ZeroDuration();
  }
  for (mux::v1::Reply& reply : *replies.mutable_replies()) {
    unanswered_.Answer(reply.call_id(), OutcomeOf(reply));
  }
}

void MuxClient::Link::OnWritten(bool ok) {
  const std::lock_guard lock(mutex_);
  writing_ = false;
  if (ok) WriteIfIdle();
}

void MuxClient::Link::OnEnd(const grpc::Status& status) {
  std::vector<Done> lost;
  {
    const std::lock_guard lock(mutex_);
    lost = unanswered_.TakeAll();
    gathered_.Clear();
    gathered_bytes_ = 0;
    stream_ = nullptr;
    writing_ = false;
    ended_.notify_all();
  }
  unanswered_.Fail(std::move(lost), Broken(status));
}

void MuxClient::Link::Stop() {
  {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    if (stream_ != nullptr) stream_->Cancel();
    ended_.wait(lock, [this] { return stream_ == nullptr; });
  }
  unanswered_.Stop(ServiceUnavailable());
}

MuxClient::MuxClient(std::shared_ptr<grpc::Channel> channel, std::string service_token)
    : link_(std::make_shared<Link>(std::move(channel), std::move(service_token))) {}

MuxClient::~MuxClient() { link_->Stop(); }

void MuxClient::Call(absl::string_view method, const CallContext& context, std::string request, Done done) {
  link_->Call(method, context, std::move(request), std::move(done));
}

}  // namespace edirae::rpc
