#ifndef EDIRAE_SERVICES_RECOMMEND_ADAPTERS_GRPC_HISTORY_READER_H_
#define EDIRAE_SERVICES_RECOMMEND_ADAPTERS_GRPC_HISTORY_READER_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "edirae/progress/v1/progress_service.grpc.pb.h"
#include "grpcpp/channel.h"
#include "services/recommend/domain/history_reader.h"

namespace edirae::recommend {

// Reads `ProgressService.ListLearnerEvents` as a service. Destruction cancels what is under way and waits for its
// callbacks.
class GrpcHistoryReader final : public HistoryReader {
 public:
  GrpcHistoryReader(const std::shared_ptr<grpc::Channel>& progress, std::string service_token);
  ~GrpcHistoryReader() override;

  void Read(const std::string& learner_id, int64_t after_seq, Callback callback) override;

 private:
  struct Call;
  void Finish(Call* call, const grpc::Status& status);

  const std::unique_ptr<progress::v1::ProgressService::Stub> stub_;
  const std::string service_token_;
  std::mutex mutex_;
  std::condition_variable ended_;
  absl::flat_hash_set<Call*> calls_ ABSL_GUARDED_BY(mutex_);  // owned
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_GRPC_HISTORY_READER_H_
