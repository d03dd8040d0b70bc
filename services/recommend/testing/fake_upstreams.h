#ifndef EDIRAE_SERVICES_RECOMMEND_TESTING_FAKE_UPSTREAMS_H_
#define EDIRAE_SERVICES_RECOMMEND_TESTING_FAKE_UPSTREAMS_H_

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "common/rpc/server.h"
#include "edirae/catalog/v1/revision_service.grpc.pb.h"
#include "edirae/progress/v1/progress_service.grpc.pb.h"

// The services that recommend calls, as small real gRPC servers inside the process.
namespace edirae::recommend::testing {

// Publishes revisions of the sample content.
class FakeCatalog final : public catalog::v1::RevisionService::Service {
 public:
  FakeCatalog();
  ~FakeCatalog() override;

  void Publish(int64_t revision, const catalog::v1::RevisionContent& content);
  std::shared_ptr<grpc::Channel> Channel() { return server_->InProcessChannel(); }

  grpc::Status WatchRevisions(grpc::ServerContext* context, const catalog::v1::WatchRevisionsRequest* request,
                              grpc::ServerWriter<catalog::v1::WatchRevisionsResponse>* writer) override;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int64_t revision_ ABSL_GUARDED_BY(mutex_) = 0;
  catalog::v1::RevisionContent content_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::unique_ptr<rpc::Server> server_;
};

// A ledger that only lists.
class FakeProgress final : public progress::v1::ProgressService::Service {
 public:
  FakeProgress();

  void SetHistory(const std::vector<events::v1::LearnerEvent>& events);
  std::shared_ptr<grpc::Channel> Channel() { return server_->InProcessChannel(); }
  int reads();

  grpc::Status ListLearnerEvents(grpc::ServerContext* context, const progress::v1::ListLearnerEventsRequest* request,
                                 progress::v1::ListLearnerEventsResponse* response) override;
  // Everybody goes by their own name.
  grpc::Status GetPseudonym(grpc::ServerContext* context, const progress::v1::GetPseudonymRequest* request,
                            progress::v1::GetPseudonymResponse* response) override;

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<events::v1::LearnerEvent>> histories_ ABSL_GUARDED_BY(mutex_);
  int reads_ ABSL_GUARDED_BY(mutex_) = 0;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace edirae::recommend::testing

#endif  // EDIRAE_SERVICES_RECOMMEND_TESTING_FAKE_UPSTREAMS_H_
