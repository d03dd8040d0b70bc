#include "gateway/testing/fake_recommend.h"

#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/unary.h"

namespace edirae::gateway::testing {

using recommend::v1::NextSteps;
using recommend::v1::SuggestRequest;
using recommend::v1::SuggestResponse;
using recommend::v1::WatchRequest;
using recommend::v1::WatchResponse;

// Writes what it is given, one after the other.
class FakeRecommend::Stream final : public grpc::ServerWriteReactor<WatchResponse> {
 public:
  Stream(FakeRecommend& owner, WatchRequest request) : owner_(owner), request_(std::move(request)) {}

  void Send(int64_t as_of_seq) {
    {
      const std::lock_guard lock(mutex_);
      WatchResponse& response = waiting_.emplace_back();
      *response.mutable_next_steps() = Steps(request_.learner_id(), request_.roadmap_id(), as_of_seq);
      response.set_resume_token(absl::StrCat("seen-", as_of_seq));
    }
    Next();
  }

  void OnWriteDone(bool ok) override {
    {
      const std::lock_guard lock(mutex_);
      writing_ = false;
    }
    if (ok) Next();
  }
  void OnCancel() override { End(grpc::Status::CANCELLED); }
  void OnDone() override { owner_.Forget(this); }

  void End(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(ended_, true)) Finish(status);
  }

 private:
  void Next() {
    const std::lock_guard lock(mutex_);  // also while it starts: a stream that has ended takes no write
    if (ended_ || writing_ || waiting_.empty()) return;
    writing_ = true;
    outgoing_ = std::move(waiting_.front());
    waiting_.pop_front();
    StartWrite(&outgoing_);
  }

  FakeRecommend& owner_;
  const WatchRequest request_;
  WatchResponse outgoing_;
  std::mutex mutex_;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  std::deque<WatchResponse> waiting_ ABSL_GUARDED_BY(mutex_);
};

FakeRecommend::FakeRecommend() {
  backend_.methods().Add(
      "/edirae.recommend.v1.RecommendService/Suggest",
      rpc::Typed<SuggestRequest, SuggestResponse>(
          [this](const rpc::CallContext&, const auto& request, auto done) { Lookup(request, std::move(done)); }));
  // Says whom it was asked about.
  backend_.methods().Add("/edirae.recommend.v1.RecommendService/Explain",
                         rpc::Typed<recommend::v1::ExplainRequest, recommend::v1::ExplainResponse>(
                             [](const rpc::CallContext&, const auto& request, auto done) {
                               if (request.concept_id().empty())
                                 return std::move(done)(absl::NotFoundError("no concept"));
                               recommend::v1::ExplainResponse response;
                               response.mutable_explanation()->set_learner_id(request.learner_id());
                               response.mutable_explanation()->set_concept_id(request.concept_id());
                               std::move(done)(std::move(response));
                             }));
}

FakeRecommend::~FakeRecommend() {
  std::vector<rpc::TypedDone<SuggestResponse>> unanswered;
  {
    const std::lock_guard lock(mutex_);
    unanswered.swap(unanswered_);
  }
  for (auto& done : unanswered) std::move(done)(absl::UnavailableError("the test is over"));
}

void FakeRecommend::Push(int64_t as_of_seq) {
  std::vector<std::shared_ptr<Stream>> streams;
  {
    const std::lock_guard lock(mutex_);
    as_of_seq_ = as_of_seq;
    for (const auto& [key, stream] : streams_) streams.push_back(stream);
  }
  for (const auto& stream : streams) stream->Send(as_of_seq);
}

void FakeRecommend::FallSilent() {
  const std::lock_guard lock(mutex_);
  silent_ = true;
}

void FakeRecommend::FailLookups(absl::Status status) {
  const std::lock_guard lock(mutex_);
  lookup_status_ = std::move(status);
}

int FakeRecommend::watches() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(streams_.size());
}

std::vector<identity::v1::Principal> FakeRecommend::watchers() const {
  const std::lock_guard lock(mutex_);
  return watchers_;
}

std::vector<WatchRequest> FakeRecommend::watch_requests() const {
  const std::lock_guard lock(mutex_);
  return watch_requests_;
}

NextSteps FakeRecommend::Steps(const std::string& learner_id, const std::string& roadmap_id, int64_t as_of_seq) {
  NextSteps steps;
  steps.set_learner_id(learner_id);
  steps.set_roadmap_id(roadmap_id);
  steps.set_as_of_seq(as_of_seq);
  for (const char* id : {"vectors", "bayes", "trees"}) {
    auto& step = *steps.add_suggestions();
    step.set_kind(recommend::v1::STEP_KIND_LEARN);
    step.set_concept_id(id);
    step.set_explanation(absl::StrCat("Everything that ", id, " builds on is mastered."));
  }
  return steps;
}

grpc::ServerWriteReactor<WatchResponse>* FakeRecommend::Watch(grpc::CallbackServerContext* context,
                                                              const WatchRequest* request) {
  auto stream = std::make_shared<Stream>(*this, *request);
  const auto call = rpc::ContextOf(*context, backend_.authenticator());
  int64_t as_of_seq = 0;
  {
    const std::lock_guard lock(mutex_);
    watch_requests_.push_back(*request);
    streams_[stream.get()] = stream;
    as_of_seq = as_of_seq_;
    if (call.ok()) watchers_.push_back(call->principal);
  }
  if (!call.ok()) {
    stream->End(rpc::ToGrpc(call.status(), "recommend.edirae"));
  } else if (request->resume_token() != absl::StrCat("seen-", as_of_seq)) {
    stream->Send(as_of_seq);
  }
  return stream.get();
}

void FakeRecommend::Lookup(const SuggestRequest& request, rpc::TypedDone<SuggestResponse> done) {
  absl::Status status;
  SuggestResponse response;
  {
    const std::lock_guard lock(mutex_);
    if (silent_) {
      unanswered_.push_back(std::move(done));
      return;
    }
    status = lookup_status_;
    *response.mutable_next_steps() = Steps(request.learner_id(), request.roadmap_id(), as_of_seq_);
  }
  if (!status.ok()) return std::move(done)(status);
  std::move(done)(std::move(response));
}

void FakeRecommend::Forget(Stream* stream) {
  std::shared_ptr<Stream> gone;  // ends after the lock
  const std::lock_guard lock(mutex_);
  const auto found = streams_.find(stream);
  if (found == streams_.end()) return;
  gone = std::move(found->second);
  streams_.erase(found);
}

}  // namespace edirae::gateway::testing
