#include "services/recommend/adapters/grpc_history_reader.h"

#include <iterator>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

template <class Request, class Response, class Done>
struct GrpcHistoryReader::Call {
  grpc::ClientContext context;
  Request request;
  Response response;
  Done callback;
};

GrpcHistoryReader::GrpcHistoryReader(const std::shared_ptr<grpc::Channel>& progress, std::string service_token)
    : stub_(progress::v1::ProgressService::NewStub(progress)), service_token_(std::move(service_token)) {}

GrpcHistoryReader::~GrpcHistoryReader() { Stop(); }

void GrpcHistoryReader::Stop() {
  std::unique_lock lock(mutex_);
  for (grpc::ClientContext* call : calls_) call->TryCancel();
  ended_.wait(lock, [this] { return calls_.empty(); });
}

template <class Started>
Started* GrpcHistoryReader::Begin(std::unique_ptr<Started> call) {
  rpc::AddBearer(call->context, service_token_);
  call->context.set_deadline(absl::ToChronoTime(absl::Now() + limits::kHistoryDeadline));
  const std::lock_guard lock(mutex_);
  calls_.insert(&call->context);
  return call.release();
}

void GrpcHistoryReader::End(grpc::ClientContext* context) {
  const std::lock_guard lock(mutex_);
  calls_.erase(context);
  ended_.notify_all();
}

void GrpcHistoryReader::Read(const std::string& pseudonym, int64_t after_seq, HistoryReader::Callback callback) {
  using HistoryCall =
      Call<progress::v1::ListLearnerEventsRequest, progress::v1::ListLearnerEventsResponse, HistoryReader::Callback>;
  auto* call = Begin(std::make_unique<HistoryCall>());
  call->request.set_pseudonym(pseudonym);
  call->request.set_page_size(limits::kHistoryPage);
  call->request.set_after_seq(after_seq);
  call->callback = std::move(callback);
  stub_->async()->ListLearnerEvents(
      &call->context, &call->request, &call->response, [this, call](const grpc::Status& status) {
        const std::unique_ptr<HistoryCall> owned(call);
        if (status.ok()) {
          auto& events = *call->response.mutable_events();
          std::move(call->callback)(std::vector<events::v1::LearnerEvent>(std::make_move_iterator(events.begin()),
                                                                          std::make_move_iterator(events.end())));
        } else {
          std::move(call->callback)(rpc::FromGrpc(status));
        }
        End(&call->context);
      });
}

void GrpcHistoryReader::Find(const std::string& learner_id, PseudonymSource::Callback callback) {
  using PseudonymCall =
      Call<progress::v1::GetPseudonymRequest, progress::v1::GetPseudonymResponse, PseudonymSource::Callback>;
  auto* call = Begin(std::make_unique<PseudonymCall>());
  call->request.set_learner_id(learner_id);
  call->callback = std::move(callback);
  stub_->async()->GetPseudonym(&call->context, &call->request, &call->response,
                               [this, call](const grpc::Status& status) {
                                 const std::unique_ptr<PseudonymCall> owned(call);
                                 if (status.ok()) {
                                   std::move(call->callback)(call->response.pseudonym());
                                 } else {
                                   std::move(call->callback)(rpc::FromGrpc(status));
                                 }
                                 End(&call->context);
                               });
}

}  // namespace edirae::recommend
