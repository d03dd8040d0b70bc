#ifndef EDIRAE_GATEWAY_CLIENTS_PROGRESS_CLIENT_H_
#define EDIRAE_GATEWAY_CLIENTS_PROGRESS_CLIENT_H_

#include "absl/strings/string_view.h"
#include "common/rpc/method_client.h"
#include "edirae/progress/v1/progress_service.pb.h"

namespace edirae::gateway {

// Calls the progress service for a learner. Thread-safe, never blocks; `done` gets the serialized response or the
// service's own error.
class ProgressClient {
 public:
  virtual ~ProgressClient() = default;

  virtual void GetRoadmapProgress(const rpc::CallContext& context, absl::string_view learner_id,
                                  absl::string_view roadmap_id, rpc::Done done) = 0;
  // `stage_id` may be empty.
  virtual void GetGate(const rpc::CallContext& context, absl::string_view learner_id, absl::string_view roadmap_id,
                       absl::string_view stage_id, rpc::Done done) = 0;
  virtual void ExplainDecision(const rpc::CallContext& context, absl::string_view learner_id,
                               absl::string_view event_id, rpc::Done done) = 0;
  virtual void RecordEvents(const rpc::CallContext& context, const progress::v1::RecordEventsRequest& request,
                            rpc::Done done) = 0;
};

// By the methods of progress. `service` must outlive it.
class ServiceProgressClient final : public ProgressClient {
 public:
  explicit ServiceProgressClient(rpc::MethodClient& service) : service_(service) {}

  void GetRoadmapProgress(const rpc::CallContext& context, absl::string_view learner_id, absl::string_view roadmap_id,
                          rpc::Done done) override;
  void GetGate(const rpc::CallContext& context, absl::string_view learner_id, absl::string_view roadmap_id,
               absl::string_view stage_id, rpc::Done done) override;
  void ExplainDecision(const rpc::CallContext& context, absl::string_view learner_id, absl::string_view event_id,
                       rpc::Done done) override;
  void RecordEvents(const rpc::CallContext& context, const progress::v1::RecordEventsRequest& request,
                    rpc::Done done) override;

 private:
  rpc::MethodClient& service_;
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_CLIENTS_PROGRESS_CLIENT_H_
