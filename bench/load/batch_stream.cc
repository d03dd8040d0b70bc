#include "bench/load/batch_stream.h"

#include <chrono>
#include <utility>

#include "common/rpc/unary.h"

namespace edirae::bench {
namespace {

constexpr std::chrono::seconds kDeadline(60);

}  // namespace

BatchStream::BatchStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& authorization, Next next)
    : stub_(progress::v1::ProgressService::NewStub(channel)), next_(std::move(next)) {
  context_.AddMetadata("authorization", authorization);
  context_.set_deadline(std::chrono::system_clock::now() + kDeadline);
}

void BatchStream::Start() {
  stub_->async()->RecordEventsStream(&context_, &response_, this);
  WriteNext();
  StartCall();
}

absl::StatusOr<progress::v1::RecordEventsStreamResponse> BatchStream::Wait() {
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [this] { return done_; });
  if (!status_.ok()) return rpc::FromGrpc(status_);
  return response_;
}

void BatchStream::OnWriteDone(bool ok) {
  if (ok) WriteNext();
}

void BatchStream::OnDone(const grpc::Status& status) {
  const std::lock_guard lock(mutex_);
  status_ = status;
  done_ = true;
  ended_.notify_all();
}

void BatchStream::WriteNext() {
  request_.Clear();
  if (next_(request_)) {
    StartWrite(&request_);
  } else {
    StartWritesDone();
  }
}

}  // namespace edirae::bench
