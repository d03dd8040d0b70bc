#include "common/rpc/mux_server.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/clock.h"
#include "common/rpc/limits.h"
#include "common/rpc/together.h"
#include "common/rpc/unary.h"
#include "common/status/error.h"

namespace edirae::rpc {
namespace {

using mux::v1::Call;
using mux::v1::ExchangeRequest;
using mux::v1::ExchangeResponse;
using mux::v1::Reply;

// A stream that is refused.
class Refused final : public grpc::ServerBidiReactor<ExchangeRequest, ExchangeResponse> {
 public:
  explicit Refused(const grpc::Status& status) { Finish(status); }
  void OnDone() override { delete this; }
};

}  // namespace

// One open stream. Replies gather while a write is under way and leave together. Destroys itself when gRPC is done with
// it and no call is unanswered.
class MuxServer::Stream final : public grpc::ServerBidiReactor<ExchangeRequest, ExchangeResponse>, public Corked {
 public:
  explicit Stream(const MethodTable& methods) : methods_(methods) {}

  void Begin(std::shared_ptr<Stream> self) {
    self_ = std::move(self);
    StartRead(&request_);
  }

  // Takes no more calls, and ends when those that run are answered.
  void Drain() {
    const std::lock_guard lock(mutex_);
    draining_ = true;
    FinishIfQuiet();
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Drain();
    {
      // Replies of calls that complete at once leave in one message.
      const std::lock_guard lock(mutex_);
      corked_ = true;
    }
    for (const Call& call : request_.calls()) Run(call);
    {
      const std::lock_guard lock(mutex_);
      corked_ = false;
      WriteIfIdle();
      FinishIfQuiet();
      if (!finished_) StartRead(&request_);
    }
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    if (!ok) broken_ = true;
    WriteIfIdle();
    FinishIfQuiet();
  }

  void OnCancel() override {
    const std::lock_guard lock(mutex_);
    broken_ = true;
    FinishIfQuiet();
  }

  void OnDone() override { self_.reset(); }

  void Uncork() override {
    const std::lock_guard lock(mutex_);
    WriteIfIdle();
    FinishIfQuiet();
  }

 private:
  void Run(const Call& call) {
    {
      const std::lock_guard lock(mutex_);
      ++unanswered_;
      if (draining_) {
        return Answer(call.call_id(), MakeError(absl::StatusCode::kUnavailable, "DRAINING",
                                                "the service is stopping; call another replica"));
      }
      if (unanswered_ > limits::kMaxUnanswered) {
        return Answer(call.call_id(), MakeError(absl::StatusCode::kResourceExhausted, "TOO_MANY_UNANSWERED",
                                                "too many calls of this stream are unanswered; retry after a pause"));
      }
    }
    CallContext context;
    context.principal = call.principal();
    context.deadline =
        absl::Now() + std::min(absl::Milliseconds(std::max(call.timeout_ms(), 1U)), limits::kMaxDeadline);
    context.traceparent = TraceparentFrom(call.traceparent());
    methods_.Dispatch(call.method(), context, call.request(),
                      [self = self_, id = call.call_id()](absl::StatusOr<Bytes> response) {
                        const std::lock_guard lock(self->mutex_);
                        self->Answer(id, std::move(response));
                      });
  }

  void Answer(uint64_t call_id, absl::StatusOr<Bytes> response) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    --unanswered_;
    if (broken_) return FinishIfQuiet();
    Reply& reply = *gathered_.add_replies();
    reply.set_call_id(call_id);
    if (response.ok()) {
      reply.set_response(**response);
      gathered_bytes_ += (*response)->size();
    } else {
      *reply.mutable_status() = ToProto(response.status(), methods_.domain());
    }
    if (!Together::Gathers(self_)) WriteIfIdle();
  }

  void WriteIfIdle() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (writing_ || corked_ || broken_ || finished_ || gathered_.replies().empty()) return;
    outgoing_.Clear();
    if (gathered_.replies_size() <= limits::kMuxMaxBatch && gathered_bytes_ <= limits::kMuxMaxBatchBytes) {
      outgoing_.Swap(&gathered_);
      gathered_bytes_ = 0;
    } else {
      MoveSome();
    }
    writing_ = true;
    StartWrite(&outgoing_);
  }

  // Moves as many of the oldest replies as fit into one message.
  void MoveSome() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    size_t bytes = 0;
    int taken = 0;
    while (taken < gathered_.replies_size() && taken < limits::kMuxMaxBatch &&
           (taken == 0 || bytes + gathered_.replies(taken).response().size() <= limits::kMuxMaxBatchBytes)) {
      bytes += gathered_.replies(taken).response().size();
      outgoing_.add_replies()->Swap(gathered_.mutable_replies(taken));
      ++taken;
    }
    gathered_.mutable_replies()->DeleteSubrange(0, taken);
    gathered_bytes_ -= bytes;
  }

  void FinishIfQuiet() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const bool drained = draining_ && !corked_ && unanswered_ == 0 && gathered_.replies().empty();
    if (finished_ || writing_ || !(drained || broken_)) return;
    finished_ = true;
    Finish(grpc::Status(grpc::StatusCode::UNAVAILABLE, "the stream has ended; open another"));
  }

  const MethodTable& methods_;
  ExchangeRequest request_;  // owned by the read under way

  std::mutex mutex_;
  ExchangeResponse outgoing_;  // owned by the write under way
  ExchangeResponse gathered_ ABSL_GUARDED_BY(mutex_);
  size_t gathered_bytes_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t unanswered_ ABSL_GUARDED_BY(mutex_) = 0;
  bool corked_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;

  // Held by gRPC until OnDone, and by every unanswered call.
  std::shared_ptr<Stream> self_;
};

MuxServer::MuxServer(const MethodTable& methods, const Authenticator& authenticator)
    : methods_(methods), authenticator_(authenticator) {}

grpc::ServerBidiReactor<ExchangeRequest, ExchangeResponse>* MuxServer::Exchange(grpc::CallbackServerContext* context) {
  const absl::StatusOr<CallContext> call = ContextOf(*context, authenticator_);
  const absl::Status allowed = call.ok() ? CheckIsService(call->principal) : call.status();
  if (!allowed.ok()) return new Refused(ToGrpc(allowed, methods_.domain()));
  auto stream = std::make_shared<Stream>(methods_);
  {
    const std::lock_guard lock(mutex_);
    streams_.erase(std::remove_if(streams_.begin(), streams_.end(), [](const auto& held) { return held.expired(); }),
                   streams_.end());
    streams_.push_back(stream);
    if (draining_) stream->Drain();
  }
  stream->Begin(stream);
  return stream.get();
}

void MuxServer::Drain() {
  const std::lock_guard lock(mutex_);
  draining_ = true;
  for (const auto& held : streams_) {
    if (const auto stream = held.lock()) stream->Drain();
  }
}

}  // namespace edirae::rpc
