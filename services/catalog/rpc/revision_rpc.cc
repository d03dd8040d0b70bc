#include "services/catalog/rpc/revision_rpc.h"

#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/rpc/call.h"
#include "common/rpc/unary.h"
#include "common/status/macros.h"
#include "grpcpp/alarm.h"
#include "services/catalog/errors.h"
#include "services/catalog/rpc/revision_parts.h"

namespace edirae::catalog {
namespace {

// Ends a call before it has begun.
class WatchRefusal final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  explicit WatchRefusal(const absl::Status& status) { Finish(rpc::ToGrpc(status, errors::kDomain)); }
  void OnDone() override { delete this; }
};

const grpc::ByteBuffer& HeartbeatPart() {
  static const grpc::ByteBuffer* const part = [] {
    v1::WatchRevisionsResponse message;
    message.mutable_heartbeat();
    return new grpc::ByteBuffer(ToBuffer(message));
  }();
  return *part;
}

}  // namespace

// One open stream. At most one write is under way; what comes next is decided when it is done. The owner keeps it alive
// until gRPC is done with it, an alarm under way only if it is still alive.
class RevisionRpc::Watch final : public grpc::ServerWriteReactor<grpc::ByteBuffer>,
                                 public std::enable_shared_from_this<Watch> {
 public:
  Watch(RevisionRpc& owner, const v1::WatchRevisionsRequest& request) : owner_(owner), held_(request) {}

  void Begin() {
    const std::lock_guard lock(mutex_);
    if (!writing_ && !end_) SendNext();
    last_sent_ = absl::Now();
    SetAlarm();
  }

  // A revision was published.
  void OnPublish() {
    const std::lock_guard lock(mutex_);
    if (!writing_ && !end_) SendNext();
  }

  // Ends the stream, after the write that is under way.
  void End(const grpc::Status& status) {
    const std::lock_guard lock(mutex_);
    if (end_) return;
    end_ = status;
    if (!writing_) FinishNow();
  }

  void OnWriteDone(bool ok) override {
    const std::lock_guard lock(mutex_);
    writing_ = false;
    last_sent_ = absl::Now();
    if (!ok && !end_) end_ = grpc::Status::CANCELLED;
    if (end_) {
      FinishNow();
    } else {
      SendNext();
    }
  }

  void OnCancel() override { End(grpc::Status::CANCELLED); }

  void OnDone() override { owner_.Leave(this); }

 private:
  // Sends the next part of the revision under way, or the first of a newer one; nothing when the watcher has it all.
  void SendNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!parts_.empty() && next_part_ == parts_.size()) {
      held_.set_held_revision(sending_);
      held_.set_held_digest(sending_digest_);
      parts_.clear();
    }
    if (parts_.empty()) {
      const std::shared_ptr<const Publication> newest = owner_.revisions_.Current();
      if (newest == nullptr || Holds(*newest)) return;
      parts_ = newest->parts.For(held_, newest->publish_time);
      sending_ = newest->revision.number();
      sending_digest_ = newest->digest();
      next_part_ = 0;
    }
    Send(parts_[next_part_++]);
  }

  // Numbers alone decide for a watcher that says no digest. With one, whatever differs from the newest is replaced:
  // the watcher may have followed a catalog whose data were lost since.
  bool Holds(const Publication& newest) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (held_.held_digest().empty()) return newest.revision.number() <= held_.held_revision();
    return newest.revision.number() == held_.held_revision() && newest.digest() == held_.held_digest();
  }

  void Send(const grpc::ByteBuffer& part) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    writing_ = true;
    StartWrite(&part);
  }

  void FinishNow() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (alarm_ != nullptr) alarm_->Cancel();
    Finish(*end_);
  }

  // One alarm at a time, and none for each write: it looks when it rings whether there was silence.
  void SetAlarm() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (end_) return;
    alarm_ = std::make_unique<grpc::Alarm>();
    alarm_->Set(absl::ToChronoTime(last_sent_ + owner_.limits_.heartbeat), [weak = weak_from_this()](bool rang) {
      if (const std::shared_ptr<Watch> watch = weak.lock(); rang && watch != nullptr) watch->OnAlarm();
    });
  }

  void OnAlarm() {
    const std::lock_guard lock(mutex_);
    if (end_) return;
    const absl::Time now = absl::Now();
    if (!writing_ && now - last_sent_ >= owner_.limits_.heartbeat) {
      last_sent_ = now;
      Send(HeartbeatPart());
    } else if (writing_) {
      last_sent_ = now;  // a write that takes so long is a slow reader's; nothing to add to it
    }
    SetAlarm();
  }

  RevisionRpc& owner_;
  std::mutex mutex_;
  v1::WatchRevisionsRequest held_ ABSL_GUARDED_BY(mutex_);  // what the watcher holds by now
  Parts parts_ ABSL_GUARDED_BY(mutex_);                     // of what is being sent; empty when nothing is
  size_t next_part_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t sending_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string sending_digest_ ABSL_GUARDED_BY(mutex_);
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  std::optional<grpc::Status> end_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_sent_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::unique_ptr<grpc::Alarm> alarm_ ABSL_GUARDED_BY(mutex_);
};

RevisionRpc::RevisionRpc(Revisions& revisions, const rpc::Authenticator& authenticator, Metrics& metrics,
                         WatchLimits watch_limits)
    : revisions_(revisions),
      authenticator_(authenticator),
      limits_(watch_limits),
      watchers_(metrics.Gauge("edirae_catalog_watchers", "Open streams of WatchRevisions.")) {
  revisions_.Listen([this] {
    for (const std::shared_ptr<Watch>& watch : Watches()) watch->OnPublish();
  });
}

RevisionRpc::~RevisionRpc() { revisions_.Ignore(); }

grpc::ServerWriteReactor<grpc::ByteBuffer>* RevisionRpc::WatchRevisions(grpc::CallbackServerContext* context,
                                                                        const grpc::ByteBuffer* request) {
  const absl::StatusOr<v1::WatchRevisionsRequest> held = Admit(*context, *request);
  if (!held.ok()) return new WatchRefusal(held.status());
  const auto watch = std::make_shared<Watch>(*this, *held);
  if (const absl::Status entered = Enter(watch); !entered.ok()) return new WatchRefusal(entered);
  log::Info("a service watches revisions", {{"held_revision", held->held_revision()}, {"peer", context->peer()}});
  watch->Begin();
  return watch.get();
}

absl::StatusOr<v1::WatchRevisionsRequest> RevisionRpc::Admit(const grpc::CallbackServerContext& context,
                                                             const grpc::ByteBuffer& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const rpc::CallContext call, rpc::ContextOf(context, authenticator_));
  EDIRAE_RETURN_IF_ERROR(rpc::CheckIsService(call.principal));
  v1::WatchRevisionsRequest parsed;
  grpc::ByteBuffer bytes(request);
  if (!grpc::SerializationTraits<v1::WatchRevisionsRequest>::Deserialize(&bytes, &parsed).ok()) {
    return rpc::MalformedRequest();
  }
  if (parsed.held_revision() < 0) return errors::BadHeldRevision();
  return parsed;
}

absl::Status RevisionRpc::Enter(const std::shared_ptr<Watch>& watch) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return errors::Stopping();
  if (watches_.size() >= limits_.watchers) return errors::TooManyWatchers();
  watches_.emplace(watch.get(), watch);
  watchers_.Set(static_cast<double>(watches_.size()));
  return absl::OkStatus();
}

void RevisionRpc::Leave(Watch* watch) {
  std::shared_ptr<Watch> last;  // freed after the lock is, and after everything that holds the watch's own
  const std::lock_guard lock(mutex_);
  const auto found = watches_.find(watch);
  if (found == watches_.end()) return;
  last = std::move(found->second);
  watches_.erase(found);
  watchers_.Set(static_cast<double>(watches_.size()));
}

std::vector<std::shared_ptr<RevisionRpc::Watch>> RevisionRpc::Watches() {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Watch>> watches;
  watches.reserve(watches_.size());
  for (const auto& [pointer, watch] : watches_) watches.push_back(watch);
  return watches;
}

void RevisionRpc::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  const grpc::Status stopping = rpc::ToGrpc(errors::Stopping(), errors::kDomain);
  for (const std::shared_ptr<Watch>& watch : Watches()) watch->End(stopping);
}

}  // namespace edirae::catalog
