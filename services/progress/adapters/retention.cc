#include "services/progress/adapters/retention.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "common/status/macros.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

absl::StatusOr<absl::Time> RecordTimeOf(const StoredEvent& stored) {
  events::v1::LearnerEvent event;
  if (event.ParseFromString(stored.payload)) return FromProto(event.record_time());
  return absl::DataLossError(absl::StrCat("position ", stored.position, " is not an event"));
}

}  // namespace

Retention::Retention(EventStore& store, const Clock& clock, absl::Duration keep, Forget forget, Metrics& metrics)
    : store_(store),
      clock_(clock),
      keep_(keep),
      forget_(std::move(forget)),
      erased_(metrics.Counter("edirae_progress_retention_erasures_total",
                              "Learners who were erased because nothing was recorded of them for too long.")),
      last_sweep_(metrics.Gauge("edirae_progress_retention_last_sweep_seconds",
                                "When all learners were last looked at for their age, in Unix seconds.")) {}

Retention::~Retention() { Stop(); }

void Retention::Start(absl::Duration first) {
  thread_ = std::thread([this, first] { Run(first); });
}

void Retention::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_requested_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Retention::Run(absl::Duration first) {
  process::NameThread("retention");
  process::YieldToForeground();
  absl::Duration pause = first;
  while (Pause(pause)) {
    const absl::StatusOr<int64_t> erased = Sweep();
    pause = limits::kRetentionInterval;
    if (erased.ok() && *erased > 0) log::Info("erased learners who were away for too long", {{"learners", *erased}});
    if (erased.ok() || absl::IsUnavailable(erased.status())) continue;
    log::Error("cannot look for learners who were away for too long", {{"error", erased.status()}});
  }
}

absl::StatusOr<int64_t> Retention::Sweep() {
  EDIRAE_ASSIGN_OR_RETURN(const absl::Time cutoff, Cutoff());
  int64_t erased = 0;
  std::string last_looked_at;
  while (true) {
    EDIRAE_ASSIGN_OR_RETURN(const auto learner_ids, store_.ListLearners(last_looked_at, limits::kRetentionPage));
    if (learner_ids.empty()) break;
    EDIRAE_ASSIGN_OR_RETURN(const int64_t of_page, SweepPage(learner_ids, cutoff));
    erased += of_page;
    last_looked_at = learner_ids.back();
  }
  last_sweep_.Set(absl::ToDoubleSeconds(clock_.Now() - absl::UnixEpoch()));
  return erased;
}

absl::StatusOr<absl::Time> Retention::Cutoff() {
  EDIRAE_ASSIGN_OR_RETURN(const int64_t last, store_.LastPosition());
  EDIRAE_ASSIGN_OR_RETURN(const auto newest, store_.ReadCommitted(last - 1, 1));
  // Nobody's history ends later than what was last recorded; it may have been erased just now.
  if (newest.empty()) return absl::InfinitePast();
  EDIRAE_ASSIGN_OR_RETURN(const absl::Time recorded, RecordTimeOf(newest.front()));
  return std::min(recorded, clock_.Now()) - keep_;
}

absl::StatusOr<int64_t> Retention::SweepPage(const std::vector<std::string>& learner_ids, absl::Time cutoff) {
  EDIRAE_ASSIGN_OR_RETURN(const std::vector<int64_t> seqs, store_.LastSeqs(learner_ids));
  int64_t erased = 0;
  absl::Status failure;
  for (size_t i = 0; i < learner_ids.size() && failure.ok(); ++i) {
    if (seqs[i] == 0) continue;
    EDIRAE_ASSIGN_OR_RETURN(const std::optional<absl::Time> recorded, LastRecorded(learner_ids[i], seqs[i]));
    if (!recorded.has_value() || *recorded >= cutoff) continue;
    failure = Pause(limits::kRetentionPause) ? forget_(learner_ids[i], seqs[i], cutoff)
                                             : absl::UnavailableError("progress is stopping");
    if (failure.ok()) {
      ++erased;
      erased_.Increment();
    } else if (absl::IsAborted(failure) || absl::IsNotFound(failure)) {  // they came back, or are gone already
      failure = absl::OkStatus();
    }
  }
  if (erased > 0) failure.Update(store_.WipeErased());
  EDIRAE_RETURN_IF_ERROR(failure);
  return erased;
}

absl::StatusOr<std::optional<absl::Time>> Retention::LastRecorded(const std::string& learner_id, int64_t last_seq) {
  EDIRAE_ASSIGN_OR_RETURN(const auto last, store_.ReadLearner(learner_id, last_seq - 1, 1, limits::kMaxPageBytes));
  if (last.empty()) return std::nullopt;
  EDIRAE_ASSIGN_OR_RETURN(const absl::Time recorded, RecordTimeOf(last.front()));
  return recorded;
}

bool Retention::Pause(absl::Duration pause) {
  std::unique_lock lock(mutex_);
  return !stop_requested_.wait_for(lock, absl::ToChronoNanoseconds(pause),
                                   [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_; });
}

}  // namespace edirae::progress
