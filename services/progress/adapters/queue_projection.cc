#include "services/progress/adapters/queue_projection.h"

#include <limits>
#include <utility>

#include "absl/time/time.h"
#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

absl::Status NotReady() {
  return MakeError(absl::StatusCode::kUnavailable, reason::kQueueNotReady,
                   "the ledger is being read for what mentors did and can do; try again after a pause");
}

}  // namespace

QueueProjection::QueueProjection(EventStore& store, const Clock& clock, Metrics& metrics)
    : store_(store),
      clock_(clock),
      waiting_(metrics.Gauge("edirae_progress_waiting_submissions", "Submissions that wait for a mentor.")),
      reader_([this] { ReadAll(); }) {}

QueueProjection::~QueueProjection() { Stop(); }

void QueueProjection::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (reader_.joinable()) reader_.join();
}

absl::StatusOr<QueuePage> QueueProjection::List(QueueQuery query) const {
  query.now = absl::ToUnixSeconds(clock_.Now());
  const std::lock_guard lock(mutex_);
  EDIRAE_RETURN_IF_ERROR(CheckReady());
  return queue_.List(query);
}

absl::StatusOr<std::string> QueueProjection::LearnerOf(const std::string& submission_id) const {
  const std::lock_guard lock(mutex_);
  EDIRAE_RETURN_IF_ERROR(CheckReady());
  std::string learner_id = queue_.LearnerOf(submission_id);
  if (!learner_id.empty()) return learner_id;
  return MakeError(absl::StatusCode::kNotFound, reason::kSubmissionNotFound, "no submission with this id waits",
                   {{"submission_id", submission_id}});
}

void QueueProjection::Follow(const std::vector<QueueEvent>& committed) {
  const std::lock_guard lock(mutex_);
  if (!ready_ || store_.shared()) return;
  for (const QueueEvent& next : committed) {
    if (next.position <= position_) continue;
    Take(next);
    position_ = next.position;
  }
  waiting_.Set(static_cast<double>(queue_.size()));
}

absl::StatusOr<KnownActs> QueueProjection::ActsOf(const std::string& mentor_id) const {
  const std::lock_guard lock(mutex_);
  EDIRAE_RETURN_IF_ERROR(CheckReady());
  return KnownActs{.positions = acts_.Of(mentor_id),
                   .known_to = store_.shared() ? position_ : std::numeric_limits<int64_t>::max()};
}

absl::Status QueueProjection::CatchUp() {
  if (!store_.shared()) return absl::OkStatus();
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last, store_.LastPosition());
  std::unique_lock lock(mutex_);
  EDIRAE_RETURN_IF_ERROR(CheckReady());
  hurried_ = true;
  changed_.notify_all();
  const auto over = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return position_ >= last || stopping_; };
  changed_.wait_for(lock, absl::ToChronoMilliseconds(limits::kQueuePatience), over);
  return position_ >= last ? absl::OkStatus() : NotReady();
}

void QueueProjection::Forget(const std::string& learner_id) {
  const std::lock_guard lock(mutex_);
  queue_.Forget(learner_id);
  queue_.ForgetMentor(learner_id);
  acts_.Forget(learner_id);
  waiting_.Set(static_cast<double>(queue_.size()));
}

void QueueProjection::Take(const QueueEvent& next) {
  queue_.Apply(next);
  if (const std::string& mentor_id = MentorOf(next.event); !mentor_id.empty()) acts_.Add(mentor_id, next.position);
}

absl::Status QueueProjection::CheckReady() const { return ready_ ? absl::OkStatus() : NotReady(); }

void QueueProjection::ReadAll() {
  process::NameThread("mentor-queue");
  bool failing = false;
  while (true) {
    const absl::StatusOr<bool> more = ReadPage();
    if (more.ok() && *more) continue;
    if (more.ok() && !store_.shared()) return;
    if (!more.ok() && !std::exchange(failing, true)) {
      log::Error("the mentors' queue cannot be read", {{"error", more.status()}});
    }
    if (more.ok()) failing = false;
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, absl::ToChronoMilliseconds(limits::kQueuePause),
                      [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || hurried_; });
    hurried_ = false;
    if (stopping_) return;
  }
}

absl::StatusOr<bool> QueueProjection::ReadPage() {
  int64_t after;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    after = position_;
  }
  EDIRAE_ASSIGN_OR_RETURN(const auto page, store_.ReadCommitted(after, limits::kFoldPage));
  const std::lock_guard lock(mutex_);
  QueueEvent next;
  for (const StoredEvent& stored : page) {
    position_ = stored.position;
    if (!next.event.ParseFromString(stored.payload)) {
      log::Error("what mentors did is read without a damaged event", {{"position", stored.position}});
      continue;
    }
    next.position = stored.position;
    next.pseudonym = stored.pseudonym;
    if (MilestoneQueue::Concerns(next.event)) Take(next);
  }
  // The writer waits for the mutex before it tells of a commit, so nothing can come between this look and `ready_`.
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last, store_.LastPosition());
  ready_ = ready_ || position_ >= last;
  changed_.notify_all();
  waiting_.Set(static_cast<double>(queue_.size()));
  return position_ < last;
}

}  // namespace edirae::progress
