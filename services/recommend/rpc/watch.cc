#include "services/recommend/rpc/watch.h"

#include <utility>

#include "common/rpc/unary.h"
#include "services/recommend/errors.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

grpc::ServerWriteReactor<v1::WatchResponse>* Watch::Start(const Context& context, AdviceRequest request,
                                                          ResumeToken seen) {
  auto watch = std::make_shared<Watch>(context, std::move(request), seen);
  watch->self_ = watch;
  // Registered before the state is read, so that no change falls between.
  if (const absl::Status added = context.hub.Add(watch->request_.learner_id, watch); !added.ok()) {
    watch->Close(added);
    return watch.get();
  }
  context.states.Get(watch->request_.learner_id, [watch](StateSource::Result state) {
    state.ok() ? watch->OnState(*std::move(state)) : watch->Close(state.status());
  });
  return watch.get();
}

Watch::Watch(const Context& context, AdviceRequest request, ResumeToken seen)
    : context_(context),
      request_(std::move(request)),
      start_time_(context.clock.Now()),
      last_sent_(start_time_),
      seen_(seen) {}

void Watch::OnState(std::shared_ptr<const LearnerState> state) {
  {
    const std::lock_guard lock(mutex_);
    if (state_ != nullptr && state->applied_seq < state_->applied_seq) return;
    state_ = std::move(state);
    if (!Claim()) return;
  }
  Advance();
}

void Watch::OnCurriculum() {
  {
    const std::lock_guard lock(mutex_);
    if (state_ == nullptr || !Claim()) return;
  }
  Advance();
}

void Watch::OnTick() {
  const absl::Time now = context_.clock.Now();
  if (now - start_time_ >= limits::kMaxWatch) return Close(WatchOver());
  bool has_begun;
  {
    const std::lock_guard lock(mutex_);
    has_begun = state_ == nullptr || state_->applied_seq > 0;
  }
  // A learner whose history has not begun may get another pseudonym with it, under which their events come.
  if (!has_begun) {
    context_.states.Get(request_.learner_id, [watch = shared_from_this()](StateSource::Result state) {
      if (state.ok()) watch->OnState(*std::move(state));
    });
  }
  {
    const std::lock_guard lock(mutex_);
    if (state_ == nullptr || (now - last_sent_ < limits::kHeartbeat && now < next_due_)) return;
    if (!Claim()) return;
  }
  Advance();
}

void Watch::Close(const absl::Status& why) {
  {
    const std::lock_guard lock(mutex_);
    if (closing_.has_value()) return;
    closing_ = why;
    if (!Claim()) return;
  }
  Advance();
}

bool Watch::Claim() {
  changed_ = true;
  return !std::exchange(claimed_, true);
}

void Watch::Advance() {
  while (true) {
    std::shared_ptr<const LearnerState> state;
    std::optional<absl::Status> closing;
    bool heartbeat;
    const absl::Time now = context_.clock.Now();
    {
      const std::lock_guard lock(mutex_);
      if (!changed_) {
        claimed_ = false;
        return;
      }
      changed_ = false;
      state = state_;
      closing = closing_;
      heartbeat = now - last_sent_ >= limits::kHeartbeat;
    }
    if (closing.has_value()) return Finish(rpc::ToGrpc(*closing, kErrorDomain));
    const absl::StatusOr<bool> composed = Compose(*state, heartbeat);
    if (!composed.ok()) return Finish(rpc::ToGrpc(composed.status(), kErrorDomain));
    if (!*composed) continue;
    {
      const std::lock_guard lock(mutex_);
      last_sent_ = now;
      next_due_ = composed_due_;
    }
    return StartWrite(&response_);
  }
}

absl::StatusOr<bool> Watch::Compose(const LearnerState& state, bool heartbeat) {
  const std::shared_ptr<const Curriculum> curriculum = context_.advisor.curriculum();
  const int64_t revision = curriculum == nullptr ? 0 : curriculum->revision();
  // Less than was seen is of another history: the learner was erased, or the ledger restored.
  const bool is_new = state.applied_seq != seen_.as_of_seq || revision > seen_.catalog_revision;
  const bool is_due = context_.clock.Now() >= composed_due_;
  if (!is_new && !is_due && !heartbeat) return false;
  response_.Clear();
  if (is_new || is_due) {
    auto timed = context_.advisor.StepsFor(state, request_);
    if (!timed.ok()) return timed.status();
    composed_due_ = timed->next_due;
    seen_ = {.as_of_seq = state.applied_seq, .catalog_revision = timed->steps.catalog_revision()};
    *response_.mutable_next_steps() = std::move(timed->steps);
  } else {
    response_.mutable_heartbeat();
  }
  response_.set_resume_token(seen_.ToString());
  return true;
}

void Watch::OnWriteDone(bool ok) {
  {
    const std::lock_guard lock(mutex_);
    if (!ok && !closing_.has_value()) closing_ = absl::CancelledError("the caller went away");
    changed_ = true;
  }
  Advance();
}

void Watch::OnCancel() { Close(absl::CancelledError("the caller went away")); }

void Watch::OnDone() {
  context_.hub.Remove(request_.learner_id, this);
  const std::shared_ptr<Watch> last = std::move(self_);
}

}  // namespace edirae::recommend
