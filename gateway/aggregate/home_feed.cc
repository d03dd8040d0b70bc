#include "gateway/aggregate/home_feed.h"

#include <xxhash.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/time/clock.h"
#include "common/status/macros.h"
#include "common/wire/wire.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "gateway/aggregate/home_message.h"
#include "gateway/limits.h"
#include "grpcpp/alarm.h"

namespace edirae::gateway {
namespace {

using learn::v1::WatchHomeResponse;
using progress::v1::GetRoadmapProgressResponse;
using progress::v1::RoadmapProgress;

// Whether asking again will get the same answer.
bool IsFinal(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsInvalidArgument(status) || absl::IsPermissionDenied(status);
}

// The `RoadmapProgress` in a serialized response, with its place in the history.
struct ProgressView {
  absl::string_view bytes;
  int64_t as_of_seq = 0;
};

absl::StatusOr<ProgressView> ProgressIn(absl::string_view response) {
  EDIRAE_ASSIGN_OR_RETURN(const auto bytes,
                          wire::FindBytes(response, GetRoadmapProgressResponse::kProgressFieldNumber));
  if (!bytes.has_value()) return absl::InternalError("progress answered without progress");
  EDIRAE_ASSIGN_OR_RETURN(const uint64_t as_of_seq, wire::FindVarint(*bytes, RoadmapProgress::kAsOfSeqFieldNumber));
  return ProgressView{*bytes, static_cast<int64_t>(as_of_seq)};
}

}  // namespace

// One look-up of progress at a time: `busy_` from its start until its outcome is given out or given up, retries
// included. What arrives meanwhile sets `again_`.
class HomeFeed::Core : public std::enable_shared_from_this<Core> {
 public:
  Core(ProgressClient& progress, HomeFeedSubject subject, ResumePoint seen, Callbacks callbacks)
      : progress_(progress), subject_(std::move(subject)), callbacks_(std::move(callbacks)), seen_(seen) {}

  void StartPatience(absl::Duration patience);
  void OnNextSteps(WatchedSteps next_steps);
  void Stop();

 private:
  void Look();
  void Fetch();
  void OnProgress(const absl::StatusOr<rpc::Bytes>& bytes);
  absl::StatusOr<ProgressView> Usable(const absl::StatusOr<rpc::Bytes>& bytes);
  absl::Status Compare(int64_t as_of_seq) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void FetchAfterPause();
  std::optional<HomeUpdate> Take(const ProgressView& progress);

  ProgressClient& progress_;
  const HomeFeedSubject subject_;
  const Callbacks callbacks_;

  std::mutex mutex_;
  std::optional<WatchedSteps> next_steps_ ABSL_GUARDED_BY(mutex_);
  std::optional<WatchedSteps> lesser_steps_ ABSL_GUARDED_BY(mutex_);  // that came later and knew less
  std::optional<absl::Time> behind_since_ ABSL_GUARDED_BY(mutex_);    // progress has known less than was seen
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

void HomeFeed::Core::OnNextSteps(WatchedSteps next_steps) {
  {
    const std::lock_guard lock(mutex_);
    // A recommend that was restarted may know less for a moment; or the history is another one, which progress knows.
    const bool knows_less = next_steps_.has_value() && next_steps.as_of_seq < next_steps_->as_of_seq;
    (knows_less ? lesser_steps_ : next_steps_) = std::move(next_steps);
    if (!knows_less) lesser_steps_.reset();
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
  const absl::StatusOr<ProgressView> progress = Usable(bytes);
  if (IsFinal(progress.status())) return callbacks_.on_end(progress.status());
  if (!progress.ok()) return FetchAfterPause();
  std::optional<HomeUpdate> update = Take(*progress);
  if (update.has_value()) callbacks_.on_home(*std::move(update));
  {
    const std::lock_guard lock(mutex_);
    busy_ = again_ && !stopped_;
    again_ = false;
    if (!busy_) return;
  }
  Fetch();
}

// Valid as long as `bytes`.
absl::StatusOr<ProgressView> HomeFeed::Core::Usable(const absl::StatusOr<rpc::Bytes>& bytes) {
  const std::lock_guard lock(mutex_);
  if (!bytes.ok()) behind_since_.reset();  // nobody knows how it went on
  if (!bytes.ok()) return bytes.status();
  EDIRAE_ASSIGN_OR_RETURN(const ProgressView progress, ProgressIn(**bytes));
  EDIRAE_RETURN_IF_ERROR(Compare(progress.as_of_seq));
  return progress;
}

// UNAVAILABLE while progress is behind what was seen. When it stays so, that was another history.
absl::Status HomeFeed::Core::Compare(int64_t as_of_seq) {
  if (as_of_seq >= seen_.as_of_seq) {
    behind_since_.reset();
    return absl::OkStatus();
  }
  const absl::Time now = absl::Now();
  if (!behind_since_.has_value()) behind_since_ = now;
  if (now < *behind_since_ + limits::kBehindPatience) return absl::UnavailableError("progress is behind");
  behind_since_.reset();
  seen_ = {};
  next_steps_ = std::exchange(lesser_steps_, std::nullopt);
  return absl::OkStatus();
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
std::optional<HomeUpdate> HomeFeed::Core::Take(const ProgressView& progress) {
  const std::lock_guard lock(mutex_);
  backoff_ = absl::ZeroDuration();
  std::optional<absl::string_view> next_steps;
  if (next_steps_.has_value()) next_steps = next_steps_->bytes;
  HomeUpdate update;
  AppendHome(update.message, WatchHomeResponse::kHomeFieldNumber, progress.bytes, next_steps);
  const uint64_t fingerprint = XXH64(update.message.data(), update.message.size(), 0);
  if (stopped_ || fingerprint == seen_.fingerprint) return std::nullopt;
  seen_ = {.as_of_seq = progress.as_of_seq, .fingerprint = fingerprint};
  update.resume_token = ToToken(seen_, subject_.learner_id, subject_.roadmap_id);
  wire::AppendBytes(update.message, WatchHomeResponse::kResumeTokenFieldNumber, update.resume_token);
  return update;
}

HomeFeed::HomeFeed(ProgressClient& progress, RecommendClient& recommend, const HomeFeedSubject& subject,
                   ResumePoint seen, absl::Duration patience, Callbacks callbacks)
    : core_(std::make_shared<Core>(progress, subject, seen, std::move(callbacks))) {
  core_->StartPatience(patience);
  watch_ = recommend.WatchNextSteps(subject.context, subject.learner_id, subject.roadmap_id,
                                    [weak = std::weak_ptr<Core>(core_)](WatchedSteps next_steps) {
                                      if (const auto core = weak.lock()) core->OnNextSteps(std::move(next_steps));
                                    });
}

HomeFeed::~HomeFeed() { core_->Stop(); }

}  // namespace edirae::gateway
