#include "services/progress/rpc/record_stream.h"

#include <utility>

#include "common/rpc/unary.h"
#include "common/status/error.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/methods.h"
#include "services/progress/rpc/wire.h"

namespace edirae::progress {
namespace {

// The refusal with the request id in its metadata.
errors::v1::Status Refusal(const absl::Status& status, const std::string& request_id) {
  errors::v1::ErrorInfo cause = ErrorInfoOf(status);
  ErrorMetadata metadata(cause.metadata().begin(), cause.metadata().end());
  metadata["request_id"] = request_id;
  return edirae::ToProto(MakeError(status.code(), cause.reason(), status.message(), std::move(metadata)), kErrorDomain);
}

}  // namespace

RecordStream::RecordStream(Ledger& ledger, const Clock& clock, identity::v1::Principal principal,
                           v1::RecordEventsStreamResponse* response)
    : ledger_(ledger), clock_(clock), principal_(std::move(principal)), response_(*response) {
  StartRead(&incoming_);
}

void RecordStream::OnReadDone(bool ok) {
  Next next;
  {
    const std::lock_guard lock(mutex_);
    reading_ = false;
    if (ok) {
      response_.set_batch_count(response_.batch_count() + 1);
      held_ = std::make_unique<v1::RecordEventsRequest>(std::move(*incoming_.mutable_batch()));
      if (absl::Status checked = CheckRecord(principal_, *held_); !checked.ok() && failure_.ok()) failure_ = checked;
    } else {
      ended_ = true;
    }
    next = Decide();
  }
  Do(std::move(next));
}

void RecordStream::OnCancel() {
  Next next;
  {
    const std::lock_guard lock(mutex_);
    if (failure_.ok()) failure_ = absl::CancelledError("the caller has gone");
    next = Decide();
  }
  Do(std::move(next));
}

RecordStream::Next RecordStream::Decide() {
  Next next;
  if (!failure_.ok()) held_ = nullptr;
  if (held_ != nullptr && !under_way_.contains(held_->learner_id())) {
    under_way_.insert(held_->learner_id());
    next.submit = std::move(held_);
  }
  const bool open = failure_.ok() && !ended_;
  if (open && !reading_ && held_ == nullptr && under_way_.size() < limits::kStreamBatchesInFlight) {
    reading_ = true;
    next.read = true;
  }
  // After a failure a read may be under way still; it ends with the call.
  if (!open && held_ == nullptr && under_way_.empty() && next.submit == nullptr && !finished_) {
    finished_ = true;
    next.finish = true;
  }
  return next;
}

void RecordStream::Do(Next next) {
  if (next.finish) {
    absl::Status status;
    {
      const std::lock_guard lock(mutex_);
      status = failure_;
    }
    Finish(rpc::ToGrpc(status, kErrorDomain));
    return;  // this object may be gone
  }
  // The read first: once the batch is submitted, its end may end the call.
  if (next.read) StartRead(&incoming_);
  if (next.submit == nullptr) return;
  std::vector<std::string> request_ids;
  for (const auto& action : next.submit->actions()) request_ids.push_back(action.request_id());
  std::string learner_id = next.submit->learner_id();
  ledger_.Record(
      {std::move(next.submit), clock_.Now() + limits::kStreamBatchDeadline},
      [this, learner_id = std::move(learner_id), request_ids = std::move(request_ids)](
          const absl::StatusOr<std::vector<ActionAnswer>>& answers) { OnRecorded(learner_id, request_ids, answers); });
}

void RecordStream::OnRecorded(const std::string& learner_id, const std::vector<std::string>& request_ids,
                              const absl::StatusOr<std::vector<ActionAnswer>>& answers) {
  Next next;
  {
    const std::lock_guard lock(mutex_);
    under_way_.erase(learner_id);
    if (answers.ok()) {
      Count(request_ids, *answers);
    } else if (failure_.ok()) {
      failure_ = answers.status();
    }
    next = Decide();
  }
  Do(std::move(next));
}

void RecordStream::Count(const std::vector<std::string>& request_ids, const std::vector<ActionAnswer>& answers) {
  for (size_t i = 0; i < answers.size(); ++i) {
    if (answers[i].ok()) {
      response_.set_recorded_count(response_.recorded_count() + 1);
      continue;
    }
    response_.set_refused_count(response_.refused_count() + 1);
    if (response_.refusals_size() == limits::kMaxStreamRefusals) continue;
    *response_.add_refusals() = Refusal(answers[i].status(), request_ids[i]);
  }
}

}  // namespace edirae::progress
