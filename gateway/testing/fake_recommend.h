#ifndef EDIRAE_GATEWAY_TESTING_FAKE_RECOMMEND_H_
#define EDIRAE_GATEWAY_TESTING_FAKE_RECOMMEND_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "edirae/recommend/v1/recommend_service.grpc.pb.h"
#include "gateway/testing/fake_backend.h"

namespace edirae::gateway::testing {

// Recommend as a script: what is pushed goes to every open watch, and first to each new one unless its resume token
// says that it was seen. Thread-safe.
class FakeRecommend final : private recommend::v1::RecommendService::CallbackService {
 public:
  FakeRecommend();
  ~FakeRecommend() override;

  FakeBackend& backend() { return backend_; }
  // Offers the service; on this port when one is given.
  void Start(bool ready = true, int port = 0) { backend_.Start({this}, ready, port); }

  // The next steps of everybody from now on; sent to all watches.
  void Push(int64_t as_of_seq);
  // Leaves look-ups unanswered from now on.
  void FallSilent();
  // What look-ups are answered with instead from now on.
  void FailLookups(absl::Status status);

  int watches() const;
  // The callers of all watches so far, and what they asked.
  std::vector<identity::v1::Principal> watchers() const;
  std::vector<recommend::v1::WatchRequest> watch_requests() const;

  static recommend::v1::NextSteps Steps(const std::string& learner_id, const std::string& roadmap_id,
                                        int64_t as_of_seq);

 private:
  class Stream;

  grpc::ServerWriteReactor<recommend::v1::WatchResponse>* Watch(grpc::CallbackServerContext* context,
                                                                const recommend::v1::WatchRequest* request) override;
  void Lookup(const recommend::v1::SuggestRequest& request, rpc::TypedDone<recommend::v1::SuggestResponse> done);
  void Forget(Stream* stream);

  mutable std::mutex mutex_;
  int64_t as_of_seq_ ABSL_GUARDED_BY(mutex_) = 1;
  absl::Status lookup_status_ ABSL_GUARDED_BY(mutex_);
  bool silent_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<rpc::TypedDone<recommend::v1::SuggestResponse>> unanswered_ ABSL_GUARDED_BY(mutex_);
  std::map<Stream*, std::shared_ptr<Stream>> streams_ ABSL_GUARDED_BY(mutex_);
  std::vector<identity::v1::Principal> watchers_ ABSL_GUARDED_BY(mutex_);
  std::vector<recommend::v1::WatchRequest> watch_requests_ ABSL_GUARDED_BY(mutex_);
  FakeBackend backend_{"recommend.edirae"};
};

}  // namespace edirae::gateway::testing

#endif  // EDIRAE_GATEWAY_TESTING_FAKE_RECOMMEND_H_
