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
#include "services/recommend/domain/pseudonym_source.h"

namespace edirae::recommend {

// Asks progress, as a service, for histories as they are on the bus and for pseudonyms.
class GrpcHistoryReader final : public HistoryReader, public PseudonymSource {
 public:
  GrpcHistoryReader(const std::shared_ptr<grpc::Channel>& progress, std::string service_token);
  ~GrpcHistoryReader() override;  // Stop()

  void Read(const std::string& pseudonym, int64_t after_seq, HistoryReader::Callback callback) override;
  void Find(const std::string& learner_id, PseudonymSource::Callback callback) override;

  // Cancels what is under way and waits for its callbacks. Nothing may be asked afterwards. Idempotent.
  void Stop();

 private:
  template <class Request, class Response, class Done>
  struct Call;
  // Prepares a call that is to be started.
  template <class Started>
  Started* Begin(std::unique_ptr<Started> call);
  void End(grpc::ClientContext* context);

  const std::unique_ptr<progress::v1::ProgressService::Stub> stub_;
  const std::string service_token_;
  std::mutex mutex_;
  std::condition_variable ended_;
  absl::flat_hash_set<grpc::ClientContext*> calls_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_ADAPTERS_GRPC_HISTORY_READER_H_
