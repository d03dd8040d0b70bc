#include "services/progress/adapters/writer.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "common/rpc/together.h"
#include "common/status/error.h"
#include "services/progress/adapters/store_error.h"
#include "services/progress/domain/event_type.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

size_t ActionCount(const PendingRecord& record) { return static_cast<size_t>(record.command.request->actions_size()); }

}  // namespace

Writer::Writer(EventStore& store, LearnerCache& cache, const CurrentContent& content, const Clock& clock,
               Metrics& metrics, std::function<void()> on_commit)
    : store_(store),
      cache_(cache),
      content_(content),
      clock_(clock),
      metrics_(metrics),
      on_commit_(std::move(on_commit)),
      commit_seconds_(
          metrics.LatencyHistogram("edirae_progress_commit_seconds", "From taking a batch to its commit on disk.")),
      batch_actions_(metrics.SizeHistogram("edirae_progress_batch_actions", "Actions of one commit.")),
      queued_(metrics.Gauge("edirae_progress_queued_actions", "Actions that wait for the writer.")),
      cached_learners_(metrics.Gauge("edirae_progress_cached_learners", "Learner states held in memory.")),
      duplicates_(metrics.Counter("edirae_progress_duplicates_total", "Actions that were recorded before.")),
      failed_commits_(metrics.Counter("edirae_progress_failed_commits_total", "Commits that failed.")),
      thread_([this] { Run(); }) {}

Writer::~Writer() { Stop(); }

void Writer::Enqueue(PendingRecord record) {
  absl::Status refusal;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      refusal = MakeError(absl::StatusCode::kUnavailable, reason::kStopping, "progress is stopping");
    } else if (queued_actions_ + ActionCount(record) > limits::kMaxQueuedActions) {
      refusal = MakeError(absl::StatusCode::kResourceExhausted, reason::kQueueFull,
                          "too many actions are waiting; try again after a pause");
    } else {
      queued_actions_ += ActionCount(record);
      queue_.push_back(std::move(record));
      if (queue_.size() == 1) changed_.notify_one();
      return;
    }
  }
  std::move(record.done)(refusal);
}

void Writer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
}

void Writer::Run() {
  process::NameThread("ledger-writer");
  while (true) {
    std::vector<PendingRecord> batch = Take();
    if (batch.empty()) return;
    Write(std::move(batch));
  }
}

std::vector<PendingRecord> Writer::Take() {
  std::vector<PendingRecord> batch;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || !queue_.empty(); });
  size_t actions = 0;
  while (!queue_.empty()) {
    const size_t next = ActionCount(queue_.front());
    if (!batch.empty() && actions + next > limits::kMaxBatchActions) break;
    actions += next;
    batch.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_actions_ -= actions;
  queued_.Set(static_cast<double>(queued_actions_));
  return batch;
}

void Writer::Write(std::vector<PendingRecord> batch) {
  DropExpired(batch);
  if (batch.empty()) return;
  const auto start = std::chrono::steady_clock::now();
  std::unique_ptr<Transaction> transaction;
  const absl::Status status = Commit(batch, transaction);
  if (!status.ok()) {
    for (PendingRecord& record : batch) std::move(record.done)(status);
    return;
  }
  commit_seconds_.Observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  transaction->PublishStates();
  if (transaction->event_count() > 0) on_commit_();
  {
    const rpc::Together together;
    for (size_t i = 0; i < batch.size(); ++i) std::move(batch[i].done)(transaction->TakeAnswers(i));
  }
  Count(*transaction);
}

void Writer::DropExpired(std::vector<PendingRecord>& batch) {
  const absl::Time now = clock_.Now();
  std::erase_if(batch, [&](PendingRecord& record) {
    if (record.command.deadline > now) return false;
    std::move(record.done)(MakeError(absl::StatusCode::kDeadlineExceeded, reason::kDeadlinePassed,
                                     "the deadline passed before anything was recorded"));
    return true;
  });
}

absl::Status Writer::Commit(const std::vector<PendingRecord>& batch, std::unique_ptr<Transaction>& transaction) {
  const std::shared_ptr<const ContentIndex> content = content_.Get();
  if (content == nullptr) {
    return MakeError(absl::StatusCode::kUnavailable, reason::kNoCatalog, "no catalog revision has arrived yet");
  }
  absl::Status status;
  for (int attempt = 0; attempt <= limits::kMaxConflictRetries; ++attempt) {
    transaction = std::make_unique<Transaction>(store_, cache_, *content, clock_.Now());
    status = transaction->Run(batch);
    if (status.ok()) break;
    transaction->DropStates();
    if (status.code() != absl::StatusCode::kAborted) break;
  }
  if (status.code() != last_failure_) {
    if (status.ok()) {
      log::Info("the ledger takes events again");
    } else {
      log::Error("the ledger cannot record", {{"error", status}});
    }
    last_failure_ = status.code();
  }
  if (status.ok()) return status;
  failed_commits_.Increment();
  return StoreError(status);
}

void Writer::Count(const Transaction& transaction) {
  int64_t actions = transaction.duplicate_count();
  for (const auto& [kind, count] : transaction.events_by_kind()) {
    const auto body = static_cast<events::v1::LearnerEvent::BodyCase>(kind);
    metrics_.Counter("edirae_progress_events_total", "Events recorded.", {{"type", std::string(EventType(body))}})
        .Increment(static_cast<double>(count));
    actions += count;
  }
  batch_actions_.Observe(static_cast<double>(actions));
  duplicates_.Increment(static_cast<double>(transaction.duplicate_count()));
  cached_learners_.Set(static_cast<double>(cache_.size()));
}

}  // namespace edirae::progress
