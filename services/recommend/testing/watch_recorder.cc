#include "services/recommend/testing/watch_recorder.h"

#include <utility>

namespace edirae::recommend::testing {

WatchRecorder::WatchRecorder(v1::RecommendService::Stub& stub, std::unique_ptr<grpc::ClientContext> context,
                             const v1::WatchRequest& request)
    : context_(std::move(context)), reader_(stub.Watch(context_.get(), request)), thread_([this] {
        v1::WatchResponse response;
        while (reader_->Read(&response)) {
          const std::lock_guard lock(mutex_);
          responses_.push_back(response);
        }
        const grpc::Status status = reader_->Finish();
        const std::lock_guard lock(mutex_);
        status_ = status;
        ended_ = true;
      }) {}

WatchRecorder::~WatchRecorder() {
  context_->TryCancel();
  thread_.join();
}

std::vector<v1::WatchResponse> WatchRecorder::responses() {
  const std::lock_guard lock(mutex_);
  return responses_;
}

int64_t WatchRecorder::as_of_seq() {
  int64_t newest = -1;
  const std::lock_guard lock(mutex_);
  for (const auto& response : responses_) {
    if (response.has_next_steps()) newest = response.next_steps().as_of_seq();
  }
  return newest;
}

int WatchRecorder::heartbeats() {
  int count = 0;
  const std::lock_guard lock(mutex_);
  for (const auto& response : responses_) count += response.has_heartbeat() ? 1 : 0;
  return count;
}

std::string WatchRecorder::resume_token() {
  const std::lock_guard lock(mutex_);
  return responses_.empty() ? "" : responses_.back().resume_token();
}

bool WatchRecorder::ended() {
  const std::lock_guard lock(mutex_);
  return ended_;
}

grpc::Status WatchRecorder::status() {
  const std::lock_guard lock(mutex_);
  return status_;
}

}  // namespace edirae::recommend::testing
