#ifndef EDIRAE_SERVICES_RECOMMEND_TESTING_WATCH_RECORDER_H_
#define EDIRAE_SERVICES_RECOMMEND_TESTING_WATCH_RECORDER_H_

#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "edirae/recommend/v1/recommend_service.grpc.pb.h"
#include "grpcpp/client_context.h"

namespace edirae::recommend::testing {

// A caller who watches and keeps what it gets. Thread-safe. Destruction cancels the call.
class WatchRecorder {
 public:
  WatchRecorder(v1::RecommendService::Stub& stub, std::unique_ptr<grpc::ClientContext> context,
                const v1::WatchRequest& request);
  ~WatchRecorder();

  std::vector<v1::WatchResponse> responses();
  // as_of_seq of the newest steps; -1 before the first.
  int64_t as_of_seq();
  int heartbeats();
  std::string resume_token();
  // Whether the call has ended, and how.
  bool ended();
  grpc::Status status();

 private:
  const std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader_;
  std::mutex mutex_;
  std::vector<v1::WatchResponse> responses_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  grpc::Status status_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace edirae::recommend::testing

#endif  // EDIRAE_SERVICES_RECOMMEND_TESTING_WATCH_RECORDER_H_
