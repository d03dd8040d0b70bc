#ifndef EDIRAE_GATEWAY_TESTING_FAKE_AUTHORING_H_
#define EDIRAE_GATEWAY_TESTING_FAKE_AUTHORING_H_

#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "edirae/catalog/v1/authoring_service.grpc.pb.h"

namespace edirae::gateway::testing {

// What was received of one publication.
struct ReceivedPublication {
  std::vector<catalog::v1::PublishRevisionRequest> parts;
  std::string subject;  // for whom the gateway says that it calls, and as what
  std::string role;
};

// Takes publications, one at a time, and answers as the test says. Thread-safe.
class FakeAuthoring final : public catalog::v1::AuthoringService::CallbackService {
 public:
  // Ends the next publication with this instead of an answer, when so many parts have come.
  void RefuseAfter(size_t parts, grpc::Status refusal);

  // Leaves the next publication that has come wholly unanswered until `Release`.
  void Hold();
  void Release();

  ReceivedPublication received() const;

 private:
  class Reader;

  grpc::ServerReadReactor<catalog::v1::PublishRevisionRequest>* PublishRevision(
      grpc::CallbackServerContext* context, catalog::v1::PublishRevisionResponse* response) override;

  mutable std::mutex mutex_;
  ReceivedPublication received_ ABSL_GUARDED_BY(mutex_);
  size_t refuse_after_ ABSL_GUARDED_BY(mutex_) = 0;  // 0 for never
  grpc::Status refusal_ ABSL_GUARDED_BY(mutex_);
  bool holding_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<Reader*> held_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::gateway::testing

#endif  // EDIRAE_GATEWAY_TESTING_FAKE_AUTHORING_H_
