#include "services/recommend/adapters/grpc_history_reader.h"

#include <iterator>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/unary.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

struct GrpcHistoryReader::Call {
  grpc::ClientContext context;
  progress::v1::ListLearnerEventsRequest request;
  progress::v1::ListLearnerEventsResponse response;
  Callback callback;
};

GrpcHistoryReader::GrpcHistoryReader(const std::shared_ptr<grpc::Channel>& progress, std::string service_token)
    : stub_(progress::v1::ProgressService::NewStub(progress)), service_token_(std::move(service_token)) {}

GrpcHistoryReader::~GrpcHistoryReader() {
  std::unique_lock lock(mutex_);
  for (Call* call : calls_) call->context.TryCancel();
  ended_.wait(lock, [this] { return calls_.empty(); });
}

void GrpcHistoryReader::Read(const std::string& learner_id, int64_t after_seq, Callback callback) {
  auto* call = new Call;
  rpc::AddBearer(call->context, service_token_);
  call->context.set_deadline(absl::ToChronoTime(absl::Now() + limits::kHistoryDeadline));
  call->request.set_learner_id(learner_id);
  call->request.set_page_size(limits::kHistoryPage);
  call->request.set_after_seq(after_seq);
  call->callback = std::move(callback);
  {
    const std::lock_guard lock(mutex_);
    calls_.insert(call);
  }
  stub_->async()->ListLearnerEvents(&call->context, &call->request, &call->response,
                                    [this, call](grpc::Status status) { Finish(call, status); });
}

void GrpcHistoryReader::Finish(Call* call, const grpc::Status& status) {
  if (status.ok()) {
    auto& events = *call->response.mutable_events();
    std::move(call->callback)(std::vector<events::v1::LearnerEvent>(std::make_move_iterator(events.begin()),
                                                                    std::make_move_iterator(events.end())));
  } else {
    std::move(call->callback)(rpc::FromGrpc(status));
  }
  const std::lock_guard lock(mutex_);
  calls_.erase(call);
  delete call;
  ended_.notify_all();
}

}  // namespace edirae::recommend
