#ifndef EDIRAE_GATEWAY_TESTING_FAKE_PROGRESS_H_
#define EDIRAE_GATEWAY_TESTING_FAKE_PROGRESS_H_

#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "gateway/testing/fake_backend.h"

namespace edirae::gateway::testing {

// Progress as a script. A gate has nothing but what was asked for; the same goes for an explanation, and for a review,
// whose notes are the mentor. Thread-safe.
class FakeProgress {
 public:
  FakeProgress();
  ~FakeProgress() { Release(); }

  FakeBackend& backend() { return backend_; }

  // Where everybody stands from now on, as of this place in the history.
  void StandAt(int64_t as_of_seq);
  // What look-ups are answered with from now on instead; OK to take it back.
  void FailLookups(absl::Status status);
  // What every write is answered with.
  void AnswerWrites(progress::v1::ActionResult result);
  // Keeps writes unanswered until `Release`.
  void HoldWrites();
  void Release();

  // What has arrived.
  std::vector<progress::v1::RecordEventsRequest> writes() const;
  std::vector<identity::v1::Principal> writers() const;
  int lookups() const;
  int held() const;

  static progress::v1::RoadmapProgress Standing(const std::string& learner_id, const std::string& roadmap_id,
                                                int64_t as_of_seq);

 private:
  void Lookup(const rpc::CallContext& context, const progress::v1::GetRoadmapProgressRequest& request,
              rpc::TypedDone<progress::v1::GetRoadmapProgressResponse> done);
  void Write(const rpc::CallContext& context, const progress::v1::RecordEventsRequest& request,
             rpc::TypedDone<progress::v1::RecordEventsResponse> done);

  mutable std::mutex mutex_;
  int64_t as_of_seq_ ABSL_GUARDED_BY(mutex_) = 1;
  absl::Status lookup_status_ ABSL_GUARDED_BY(mutex_);
  progress::v1::ActionResult result_ ABSL_GUARDED_BY(mutex_);
  bool holding_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<rpc::TypedDone<progress::v1::RecordEventsResponse>> held_ ABSL_GUARDED_BY(mutex_);
  std::vector<progress::v1::RecordEventsRequest> writes_ ABSL_GUARDED_BY(mutex_);
  std::vector<identity::v1::Principal> writers_ ABSL_GUARDED_BY(mutex_);
  int lookups_ ABSL_GUARDED_BY(mutex_) = 0;
  FakeBackend backend_{"progress.edirae"};
};

}  // namespace edirae::gateway::testing

#endif  // EDIRAE_GATEWAY_TESTING_FAKE_PROGRESS_H_
