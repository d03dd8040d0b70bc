#include "services/recommend/adapters/checkpointer.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "common/ids/ids.h"
#include "common/log/log.h"
#include "common/process/this_thread.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

Checkpointer::Checkpointer(CheckpointStore& store, UnsavedStates& states, Metrics& metrics,
                           const OwnedPartitions& owned, OnRefused on_refused)
    : store_(store),
      states_(states),
      owned_(owned),
      on_refused_(std::move(on_refused)),
      latency_(metrics.LatencyHistogram("edirae_recommend_checkpoint_seconds", "Time to save a batch of states.")),
      batch_size_(metrics.SizeHistogram("edirae_recommend_checkpoint_learners", "States saved at once.")),
      failures_(metrics.Counter("edirae_recommend_checkpoint_failures_total", "Batches that could not be saved.")),
      unsaved_gauge_(metrics.Gauge("edirae_recommend_unsaved", "States and events that wait to be saved.")),
      thread_([this] { Run(); }) {}

Checkpointer::~Checkpointer() { Stop(); }

void Checkpointer::Submit(std::vector<std::string> learners, std::vector<std::unique_ptr<Receipt>> receipts) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return Fullness() < 1 || !waiting_allowed_; });
  for (std::string& learner_id : learners) {
    Claim(PartitionOf(learner_id), submitted_.claims);
    submitted_.learners.insert(std::move(learner_id));
  }
  for (const auto& receipt : receipts) Claim(receipt->partition(), submitted_.claims);
  std::move(receipts.begin(), receipts.end(), std::back_inserter(submitted_.receipts));
  ReportUnsaved();
  changed_.notify_all();
}

void Checkpointer::Claim(int partition, Claims& claims) const {
  claims.try_emplace(partition, owned_.EpochOf(partition));
}

void Checkpointer::Drop(const PartitionSet& partitions) {
  const auto is_gone = [&](int partition) { return partitions[static_cast<size_t>(partition)]; };
  std::vector<std::unique_ptr<Receipt>> dropped;  // outlives the lock
  const std::lock_guard lock(mutex_);
  absl::erase_if(submitted_.learners, [&](const std::string& learner_id) { return is_gone(PartitionOf(learner_id)); });
  for (auto& receipt : submitted_.receipts) {
    if (is_gone(receipt->partition())) dropped.push_back(std::move(receipt));
  }
  std::erase(submitted_.receipts, nullptr);
  absl::erase_if(submitted_.claims, [&](const auto& claim) { return is_gone(claim.first); });
  ReportUnsaved();
  changed_.notify_all();
}

void Checkpointer::StopWaiting() {
  const std::lock_guard lock(mutex_);
  waiting_allowed_ = false;
  changed_.notify_all();
}

void Checkpointer::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    waiting_allowed_ = false;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void Checkpointer::Run() {
  process::NameThread("checkpointer");
  while (true) {
    Work work;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !submitted_.empty(); });
      if (submitted_.empty()) return;
      work = std::exchange(submitted_, Work());
      saving_states_ = work.learners.size();
      saving_events_ = work.receipts.size();
    }
    const absl::Time start = absl::Now();
    while (!Save(work).ok()) {
      if (!PauseForRetry()) return;  // nothing is lost: the place in the stream is before what is not settled
    }
    for (const auto& receipt : work.receipts) receipt->Ack();
    std::unique_lock lock(mutex_);
    saving_states_ = saving_events_ = 0;
    ReportUnsaved();
    changed_.notify_all();
    // A learner who answers often is saved once a pause, and each checkpoint waits for the disk, which the ledger may
    // share. When there is much to save, as at a start from the beginning, most of it will soon be out of date again.
    const absl::Duration pause = std::clamp(limits::kCheckpointRest * (absl::Now() - start), limits::kCheckpointPause,
                                            limits::kMaxCheckpointPause);
    changed_.wait_for(lock, absl::ToChronoNanoseconds(pause), [this] { return stopping_ || Fullness() >= 0.5; });
  }
}

double Checkpointer::Fullness() const {
  const auto states = static_cast<double>(saving_states_ + submitted_.learners.size());
  const auto events = static_cast<double>(saving_events_ + submitted_.receipts.size());
  return std::max(states / limits::kMaxUnsavedStates, events / limits::kMaxUnsavedEvents);
}

void Checkpointer::ReportUnsaved() {
  unsaved_gauge_.Set(
      static_cast<double>(saving_states_ + submitted_.learners.size() + saving_events_ + submitted_.receipts.size()));
}

// Of those who are still in memory: others were saved as new by the work before, or are of partitions that were let go.
std::vector<std::shared_ptr<const LearnerState>> Checkpointer::NewestOf(const Work& work) {
  std::vector<std::shared_ptr<const LearnerState>> states;
  states.reserve(work.learners.size());
  for (const std::string& learner_id : work.learners) {
    if (auto state = states_.ToSave(learner_id)) states.push_back(std::move(state));
  }
  return states;
}

absl::Status Checkpointer::Save(Work& work) {
  // Receipts alone are of what was saved before, if nobody has claimed the partition meanwhile.
  if (work.learners.empty() && work.claims.empty()) return absl::OkStatus();
  std::vector<std::shared_ptr<const LearnerState>> states = NewestOf(work);

  const absl::Time start = absl::Now();
  const absl::StatusOr<std::vector<int>> refused = store_.Save(states, work.claims);
  if (!refused.ok()) {
    failures_.Increment();
    const absl::StatusCode code = refused.status().code();
    if (std::exchange(last_failure_, code) != code) {
      log::Error("cannot save checkpoints; trying again", {{"states", states.size()}, {"error", refused.status()}});
    }
    return refused.status();
  }
  if (std::exchange(last_failure_, absl::StatusCode::kOk) != absl::StatusCode::kOk) {
    log::Info("checkpoints are saved again");
  }
  latency_.Observe(absl::ToDoubleSeconds(absl::Now() - start));
  batch_size_.Observe(static_cast<double>(states.size()));
  if (!refused->empty()) {
    PartitionSet gone;
    for (const int partition : *refused) gone.set(static_cast<size_t>(partition));
    std::erase_if(states, [&](const auto& state) { return gone[static_cast<size_t>(PartitionOf(state->learner_id))]; });
    std::erase_if(work.receipts, [&](const auto& receipt) { return gone[static_cast<size_t>(receipt->partition())]; });
    if (on_refused_) on_refused_(*refused, work.claims);
  }
  for (const auto& state : states) states_.Saved(*state);
  return absl::OkStatus();
}

bool Checkpointer::PauseForRetry() {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, absl::ToChronoMilliseconds(limits::kRetryPause), [this] { return stopping_; });
}

}  // namespace edirae::recommend
