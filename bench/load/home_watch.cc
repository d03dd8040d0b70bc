#include "bench/load/home_watch.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/unary.h"

namespace edirae::bench {
namespace {

constexpr std::chrono::seconds kAnswerDeadline(10);

}  // namespace

// One answer under way; lives until its callback has run.
struct HomeWatch::AnswerCall {
  grpc::ClientContext context;
  learn::v1::AnswerQuestionRequest request;
  learn::v1::AnswerQuestionResponse response;
};

HomeWatch::HomeWatch(const std::shared_ptr<grpc::Channel>& channel, std::string authorization,
                     const std::string& roadmap_id)
    : stub_(learn::v1::LearnService::NewStub(channel)), authorization_(std::move(authorization)) {
  context_.AddMetadata("authorization", authorization_);
  request_.set_roadmap_id(roadmap_id);
}

void HomeWatch::Start() {
  stub_->async()->WatchHome(&context_, &request_, this);
  StartRead(&response_);
  StartCall();
}

void HomeWatch::Answer(learn::v1::AnswerQuestionRequest request) {
  {
    const std::lock_guard lock(mutex_);
    ++unacknowledged_;
  }
  auto call = std::make_shared<AnswerCall>();
  call->context.AddMetadata("authorization", authorization_);
  call->context.set_deadline(std::chrono::system_clock::now() + kAnswerDeadline);
  call->request = std::move(request);
  stub_->async()->AnswerQuestion(&call->context, &call->request, &call->response,
                                 [this, call](const grpc::Status& status) { AnswerEnded(*call, status); });
}

absl::Status HomeWatch::WaitUntilFresh(absl::Duration patience) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, absl::ToChronoNanoseconds(patience), [this] { return Fresh() || !failure_.ok() || done_; });
  if (!failure_.ok()) return failure_;
  if (Fresh()) return absl::OkStatus();
  if (done_) return absl::UnavailableError("WatchHome ended");
  return absl::DeadlineExceededError(
      absl::StrCat("the newest suggestions know the history up to ", pushed_seq_, ", acknowledged is ",
                   unmatched_.empty() ? 0 : unmatched_.back().as_of_seq, ", ", unacknowledged_, " are unacknowledged"));
}

void HomeWatch::Stop() {
  context_.TryCancel();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return done_ && unacknowledged_ == 0; });
}

void HomeWatch::OnReadDone(bool ok) {
  if (!ok) return;
  const Moment now = std::chrono::steady_clock::now();
  if (response_.home().has_next_steps()) {
    const std::lock_guard lock(mutex_);
    pushed_seq_ = std::max(pushed_seq_, response_.home().next_steps().as_of_seq());
    Match(now);
  }
  StartRead(&response_);
}

void HomeWatch::OnDone(const grpc::Status& status) {
  const std::lock_guard lock(mutex_);
  if (!status.ok() && status.error_code() != grpc::StatusCode::CANCELLED) failure_ = rpc::FromGrpc(status);
  done_ = true;
  changed_.notify_all();
}

void HomeWatch::AnswerEnded(const AnswerCall& call, const grpc::Status& status) {
  const Moment now = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  --unacknowledged_;
  if (status.ok()) {
    unmatched_.push_back({call.response.outcome().as_of_seq(), now});
  } else {
    failure_ = rpc::FromGrpc(status);
  }
  Match(now);
}

void HomeWatch::Match(Moment now) {
  while (!unmatched_.empty() && unmatched_.front().as_of_seq <= pushed_seq_) {
    delays_.Record(absl::FromChrono(now - unmatched_.front().moment));
    unmatched_.pop_front();
  }
  changed_.notify_all();
}

bool HomeWatch::Fresh() const { return pushed_seq_ >= 0 && unacknowledged_ == 0 && unmatched_.empty(); }

}  // namespace edirae::bench
