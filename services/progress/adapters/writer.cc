#include "services/progress/adapters/writer.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "common/status/error.h"
#include "services/progress/adapters/store_error.h"
#include "services/progress/domain/event_type.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

// Whether the record goes into a transaction of so many actions.
bool Fits(const PendingRecord& record, size_t actions) {
  return actions + record.action_count() <= limits::kMaxBatchActions;
}

absl::Status DeadlinePassed() {
  return MakeError(absl::StatusCode::kDeadlineExceeded, reason::kDeadlinePassed,
                   "the deadline passed before anything was recorded");
}

}  // namespace

Writer::Writer(EventStore& store, LearnerCache& cache, const CurrentContent& content, QueueProjection& mentor_queue,
               const Clock& clock, Metrics& metrics, std::function<void()> on_commit)
    : store_(store),
      cache_(cache),
      content_(content),
      mentor_queue_(mentor_queue),
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
      answers_("ledger-answers", limits::kMaxUnansweredCommits, ReaderRefusals()),
      decider_([this] { DecideAll(); }),
      committer_([this] { CommitAll(); }) {}

Writer::~Writer() { Stop(); }

void Writer::Enqueue(PendingRecord record) {
  absl::Status refusal;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      refusal = MakeError(absl::StatusCode::kUnavailable, reason::kStopping, "progress is stopping");
    } else if (waiting_actions_ + record.action_count() > limits::kMaxQueuedActions) {
      refusal = MakeError(absl::StatusCode::kResourceExhausted, reason::kQueueFull,
                          "too many actions are waiting; try again after a pause");
    } else {
      waiting_actions_ += record.action_count();
      queue_.push_back(std::move(record));
      if (queue_.size() == 1) work_.notify_one();
      return;
    }
  }
  std::move(record.done)(refusal);
}

void Writer::BetweenCommits(std::function<void()> task) {
  const std::lock_guard lock(mutex_);
  between_.push_back(std::move(task));
  ready_.notify_one();
}

void Writer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    work_.notify_one();
  }
  if (decider_.joinable()) decider_.join();
  if (committer_.joinable()) committer_.join();
  answers_.Stop();
}

void Writer::DecideAll() {
  process::NameThread("ledger-decider");
  process::InterruptOthers();
  auto open = std::make_shared<Transaction>(store_, cache_, nullptr);
  while (true) {
    Step step = Next(*open);
    if (!step.records.empty()) {
      Decide(std::move(step.records), *open);
    } else if (step.commit) {
      HandOver(open);
    } else {
      break;
    }
  }
  const std::lock_guard lock(mutex_);
  decided_all_ = true;
  ready_.notify_one();
}

Writer::Step Writer::Next(const Transaction& open) {
  std::unique_lock lock(mutex_);
  const auto may_commit = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return committing_ == nullptr && (!open.empty() || !stale_.empty());
  };
  const auto may_decide = [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return !queue_.empty() && (open.empty() || Fits(queue_.front(), open.action_count()));
  };
  work_.wait(lock, [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return may_commit() || may_decide() || (stopping_ && queue_.empty() && open.empty() && committing_ == nullptr);
  });
  // What waits joins the commit first: that costs less than a commit of its own.
  if (may_decide()) return {.records = Take(open.action_count())};
  return {.commit = may_commit()};
}

std::vector<PendingRecord> Writer::Take(size_t decided) {
  std::vector<PendingRecord> taken;
  while (!queue_.empty() && (decided == 0 || Fits(queue_.front(), decided))) {
    decided += queue_.front().action_count();
    taken.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  queued_.Set(static_cast<double>(waiting_actions_));
  return taken;
}

void Writer::Decide(std::vector<PendingRecord> records, Transaction& open) {
  const absl::Time now = clock_.Now();
  const std::shared_ptr<const RetainedContent> content = content_.GetAll();
  std::vector<PendingRecord> refused;
  std::vector<PendingRecord> wanted;
  wanted.reserve(records.size());
  for (PendingRecord& record : records) {
    (content == nullptr || record.command.deadline <= now ? refused : wanted).push_back(std::move(record));
  }
  if (!wanted.empty()) open.Decide(std::move(wanted), *content, now);
  for (PendingRecord& record : refused) {
    Forget(record);
    std::move(record.done)(record.command.deadline <= now ? DeadlinePassed() : NoCatalog());
  }
}

void Writer::Forget(const PendingRecord& record) {
  const std::lock_guard lock(mutex_);
  waiting_actions_ -= record.action_count();
}

void Writer::HandOver(std::shared_ptr<Transaction>& open) {
  std::vector<PendingRecord> stale;
  {
    const std::lock_guard lock(mutex_);
    stale.swap(stale_);
  }
  const bool built_on_sand = open->before() != nullptr && open->before()->failed();
  if (!stale.empty() || built_on_sand || open->AnyExpired(clock_.Now())) DecideAgain(std::move(stale), open);
  if (open->empty()) return;
  open->Seal();
  const std::lock_guard lock(mutex_);
  waiting_actions_ -= open->action_count();
  queued_.Set(static_cast<double>(waiting_actions_));
  committing_ = open;
  ready_.notify_one();
  open = std::make_shared<Transaction>(store_, cache_, committing_);
}

void Writer::DecideAgain(std::vector<PendingRecord> records, std::shared_ptr<Transaction>& open) {
  std::ranges::move(open->TakeRecords(), std::back_inserter(records));
  open = std::make_shared<Transaction>(store_, cache_, nullptr);
  Decide(std::move(records), *open);
}

void Writer::CommitAll() {
  process::NameThread("ledger-writer");
  process::InterruptOthers();
  while (true) {
    std::shared_ptr<Transaction> transaction;
    std::function<void()> between;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
        return committing_ != nullptr || !between_.empty() || decided_all_;
      });
      if (!between_.empty()) {
        between = std::move(between_.front());
        between_.pop_front();
      } else if (committing_ == nullptr) {
        return;
      }
      transaction = committing_;
    }
    if (between != nullptr) {
      between();
      continue;
    }
    Commit(*transaction);
    bool more;
    {
      const std::lock_guard lock(mutex_);
      committing_ = nullptr;
      more = waiting_actions_ > 0;
      work_.notify_one();
    }
    if (!transaction->failed()) AnswerCommitted(std::move(transaction), more);
  }
}

void Writer::Commit(Transaction& transaction) {
  const auto start = std::chrono::steady_clock::now();
  const absl::Status status = transaction.Append();
  if (!status.ok() || transaction.event_count() > 0) Note(status);  // where all is refused nothing was tried
  if (status.ok()) {
    commit_seconds_.Observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    transaction.PublishStates();
    if (!transaction.queue_events().empty()) mentor_queue_.Follow(transaction.queue_events());
    if (transaction.event_count() > 0) on_commit_();
    return Count(transaction);
  }
  // What a shared ledger's other replicas recorded is added to the states when they are used again.
  const bool catches_up =
      absl::IsAborted(status) && store_.shared() && transaction.attempts() < limits::kConflictsBeforeReload;
  if (!catches_up) transaction.DropStates();
  if (absl::IsAborted(status) && transaction.attempts() < limits::kMaxConflictRetries) {
    return DecideLater(transaction.TakeRecords());
  }
  failed_commits_.Increment();
  transaction.Answer(StoreError(status));
}

void Writer::AnswerCommitted(std::shared_ptr<Transaction> transaction, bool more) {
  process::TaskThread::Task task = [transaction = std::move(transaction)] { transaction->Answer(absl::OkStatus()); };
  // Without more to commit another thread would only be woken. When too many wait for it, the next commit waits, too.
  if (!more || !answers_.Submit(task).ok()) std::move(task)();
}

void Writer::DecideLater(std::vector<PendingRecord> records) {
  const std::lock_guard lock(mutex_);
  for (PendingRecord& record : records) {
    ++record.attempts;
    waiting_actions_ += record.action_count();
  }
  stale_ = std::move(records);
}

void Writer::Note(const absl::Status& status) {
  if (status.code() == last_failure_ || absl::IsAborted(status)) return;
  last_failure_ = status.code();
  if (status.ok()) {
    log::Info("the ledger takes events again");
  } else {
    log::Error("the ledger cannot record", {{"error", status}});
  }
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
