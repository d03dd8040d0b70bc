#include "gateway/aggregate/home_feed.h"

#include <xxhash.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/clock.h"
#include "gateway/limits.h"
#include "grpcpp/alarm.h"

namespace edirae::gateway {
namespace {

using progress::v1::GetRoadmapProgressResponse;
using recommend::v1::NextSteps;

// Whether asking again will get the same answer.
bool IsFinal(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsInvalidArgument(status) || absl::IsPermissionDenied(status);
}

uint64_t FingerprintOf(const learn::v1::Home& home) {
  const std::string bytes = home.SerializeAsString();
  return XXH64(bytes.data(), bytes.size(), 0);
}

}  // namespace

// One look-up of progress at a time: `busy_` from its start until its outcome is given out or given up, retries
// included. What arrives meanwhile sets `again_`.
class HomeFeed::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(ProgressClient& progress, HomeFeedSubject subject, ResumePoint seen, Callbacks callbacks)
      : progress_(progress), subject_(std::move(subject)), callbacks_(std::move(callbacks)), seen_(seen) {}

  void StartPatience(absl::Duration patience);
  void OnNextSteps(NextSteps next_steps);
  void Stop();

 private:
  void Look();
  void Fetch();
  void OnProgress(const absl::StatusOr<rpc::Bytes>& bytes);
  absl::StatusOr<progress::v1::RoadmapProgress> Usable(const absl::StatusOr<rpc::Bytes>& bytes);
  void FetchAfterPause();
  std::optional<HomeUpdate> Take(progress::v1::RoadmapProgress progress);

  ProgressClient& progress_;
  const HomeFeedSubject subject_;
  const Callbacks callbacks_;

  std::mutex mutex_;
  std::optional<NextSteps> next_steps_ ABSL_GUARDED_BY(mutex_);
  ResumePoint seen_ ABSL_GUARDED_BY(mutex_);
  bool busy_ ABSL_GUARDED_BY(mutex_) = false;
  bool again_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Duration backoff_ ABSL_GUARDED_BY(mutex_) = absl::ZeroDuration();
  std::unique_ptr<grpc::Alarm> patience_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<grpc::Alarm> pause_ ABSL_GUARDED_BY(mutex_);
};

void HomeFeed::Core::StartPatience(absl::Duration patience) {
  const std::lock_guard lock(mutex_);
  patience_ = std::make_unique<grpc::Alarm>();
  patience_->Set(absl::ToChronoTime(absl::Now() + patience), [weak = weak_from_this()](bool due) {
    const auto self = weak.lock();
    if (due && self != nullptr) self->Look();
  });
}

void HomeFeed::Core::OnNextSteps(NextSteps next_steps) {
  {
    const std::lock_guard lock(mutex_);
    // A recommend that was restarted may know less for a moment.
    if (next_steps_.has_value() && next_steps.as_of_seq() < next_steps_->as_of_seq()) return;
    next_steps_ = std::move(next_steps);
    if (patience_ != nullptr) patience_->Cancel();
  }
  Look();
}

void HomeFeed::Core::Stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  if (patience_ != nullptr) patience_->Cancel();
  if (pause_ != nullptr) pause_->Cancel();
}

void HomeFeed::Core::Look() {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) return;
    again_ = busy_;
    if (busy_) return;
    busy_ = true;
  }
  Fetch();
}

void HomeFeed::Core::Fetch() {
  rpc::CallContext context = subject_.context;
  context.deadline = absl::Now() + limits::kProgressTimeout;
  progress_.GetRoadmapProgress(context, subject_.learner_id, subject_.roadmap_id,
                               [weak = weak_from_this()](const absl::StatusOr<rpc::Bytes>& bytes) {
                                 if (const auto self = weak.lock()) self->OnProgress(bytes);
                               });
}

void HomeFeed::Core::OnProgress(const absl::StatusOr<rpc::Bytes>& bytes) {
  absl::StatusOr<progress::v1::RoadmapProgress> progress = Usable(bytes);
  if (IsFinal(progress.status())) return callbacks_.on_end(progress.status());
  if (!progress.ok()) return FetchAfterPause();
  std::optional<HomeUpdate> update = Take(*std::move(progress));
  if (update.has_value()) callbacks_.on_home(*std::move(update));
  {
    const std::lock_guard lock(mutex_);
    busy_ = again_ && !stopped_;
    again_ = false;
    if (!busy_) return;
  }
  Fetch();
}

absl::StatusOr<progress::v1::RoadmapProgress> HomeFeed::Core::Usable(const absl::StatusOr<rpc::Bytes>& bytes) {
  if (!bytes.ok()) return bytes.status();
  GetRoadmapProgressResponse response;
  if (!response.ParseFromString(**bytes)) return absl::InternalError("progress answered with something else");
  const std::lock_guard lock(mutex_);
  if (response.progress().as_of_seq() < seen_.as_of_seq) return absl::UnavailableError("progress is behind");
  return std::move(*response.mutable_progress());
}

void HomeFeed::Core::FetchAfterPause() {
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  backoff_ = std::clamp(backoff_ * 2, limits::kFirstBackoff, limits::kMaxBackoff);
  pause_ = std::make_unique<grpc::Alarm>();
  pause_->Set(absl::ToChronoTime(absl::Now() + backoff_), [weak = weak_from_this()](bool due) {
    const auto self = weak.lock();
    if (due && self != nullptr) self->Fetch();
  });
}

// The home to give out; nothing when it was given out already or the feed has stopped.
std::optional<HomeUpdate> HomeFeed::Core::Take(progress::v1::RoadmapProgress progress) {
  const std::lock_guard lock(mutex_);
  backoff_ = absl::ZeroDuration();
  HomeUpdate update;
  *update.home.mutable_progress() = std::move(progress);
  if (next_steps_.has_value()) *update.home.mutable_next_steps() = *next_steps_;
  const uint64_t fingerprint = FingerprintOf(update.home);
  if (stopped_ || fingerprint == seen_.fingerprint) return std::nullopt;
  seen_ = {.as_of_seq = update.home.progress().as_of_seq(), .fingerprint = fingerprint};
  update.resume_token = ToToken(seen_, subject_.learner_id, subject_.roadmap_id);
  return update;
}

HomeFeed::HomeFeed(ProgressClient& progress, RecommendClient& recommend, const HomeFeedSubject& subject,
                   ResumePoint seen, absl::Duration patience, Callbacks callbacks)
    : core_(std::make_shared<Core>(progress, subject, seen, std::move(callbacks))) {
  core_->StartPatience(patience);
  watch_ = recommend.WatchNextSteps(subject.context, subject.learner_id, subject.roadmap_id,
                                    [weak = std::weak_ptr<Core>(core_)](NextSteps next_steps) {
                                      if (const auto core = weak.lock()) core->OnNextSteps(std::move(next_steps));
                                    });
}

HomeFeed::~HomeFeed() { core_->Stop(); }

}  // namespace edirae::gateway
