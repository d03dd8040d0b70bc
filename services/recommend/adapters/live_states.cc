#include "services/recommend/adapters/live_states.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"
#include "common/log/log.h"
#include "common/status/macros.h"
#include "services/recommend/errors.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

LiveStates::LiveStates(CheckpointStore& store, size_t max_learners, Metrics& metrics,
                       std::function<void(const std::string&)> on_unknown, const OwnedPartitions& owned)
    : store_(store),
      max_per_shard_(std::max<size_t>(1, max_learners / kShards)),
      on_unknown_(std::move(on_unknown)),
      owned_(owned),
      live_(metrics.Gauge("edirae_recommend_live_learners", "Learners whose state is in memory.")),
      loads_(metrics.Counter("edirae_recommend_loads_total", "States read from the checkpoints.")),
      failed_loads_(metrics.Counter("edirae_recommend_failed_loads_total", "States that could not be read.")) {}

LiveStates::~LiveStates() { Stop(); }

LiveStates::Shard& LiveStates::ShardOf(const std::string& learner_id) {
  return shards_[absl::Hash<std::string>{}(learner_id) % kShards];
}

LiveStates::Entry& LiveStates::Use(Shard& shard, const std::string& learner_id) {
  const auto [found, is_new] = shard.entries.try_emplace(learner_id);
  Entry& entry = found->second;
  if (is_new) {
    shard.uses.push_front(learner_id);
    entry.use = shard.uses.begin();
    live_.Increment();
  } else {
    shard.uses.splice(shard.uses.begin(), shard.uses, entry.use);
  }
  return entry;
}

void LiveStates::Erase(Shard& shard, const std::string& learner_id) {
  const auto found = shard.entries.find(learner_id);
  shard.uses.erase(found->second.use);
  shard.entries.erase(found);
  live_.Decrement();
}

void LiveStates::Evict(Shard& shard) {
  auto use = shard.uses.end();
  while (shard.entries.size() > max_per_shard_ && use != shard.uses.begin()) {
    --use;
    const Entry& entry = shard.entries.find(*use)->second;
    if (entry.state == nullptr || entry.state->applied_seq > entry.saved_seq) continue;
    const std::string learner_id = *use;
    ++use;
    Erase(shard, learner_id);
  }
}

void LiveStates::Get(const std::string& learner_id, Callback callback) {
  if (const absl::Status owned = owned_.Check(learner_id); !owned.ok()) return std::move(callback)(owned);
  Shard& shard = ShardOf(learner_id);
  Result answer = nullptr;
  {
    const std::lock_guard lock(shard.mutex);
    Entry& entry = Use(shard, learner_id);
    answer = entry.Show();
    if (entry.state == nullptr) {
      const absl::Status accepted = entry.waiting.empty() ? Enqueue(learner_id, entry.load_id) : absl::OkStatus();
      if (accepted.ok()) return entry.waiting.push_back(std::move(callback));
      answer = accepted;
      Erase(shard, learner_id);
    }
  }
  std::move(callback)(std::move(answer));
}

const LearnerState& LiveStates::Hand::Read() const { return *entry_.state; }

LearnerState& LiveStates::Hand::Write() {
  if (entry_.own == nullptr) {
    auto copy = std::make_shared<LearnerState>(*entry_.state);
    entry_.own = copy.get();
    entry_.state = std::move(copy);
  }
  return *entry_.own;
}

absl::Status LiveStates::With(const std::string& learner_id, absl::FunctionRef<void(Entry&)> use) {
  EDIRAE_RETURN_IF_ERROR(owned_.Check(learner_id));
  Shard& shard = ShardOf(learner_id);
  {
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.entries.find(learner_id);
    if (found != shard.entries.end() && found->second.state != nullptr) {
      shard.uses.splice(shard.uses.begin(), shard.uses, found->second.use);
      use(found->second);
      return absl::OkStatus();
    }
  }
  // Only this thread changes states, so that what it reads now cannot be overtaken.
  EDIRAE_ASSIGN_OR_RETURN(std::shared_ptr<const LearnerState> state, Read(learner_id));
  std::vector<Callback> waiting;
  {
    const std::lock_guard lock(shard.mutex);
    Entry& entry = Use(shard, learner_id);
    if (entry.state == nullptr) {
      entry.saved_seq = state->applied_seq;
      entry.state = std::move(state);
    }
    waiting = std::exchange(entry.waiting, {});
    state = waiting.empty() ? nullptr : entry.Show();
    use(entry);
    Evict(shard);
  }
  for (Callback& waiter : waiting) std::move(waiter)(state);
  return absl::OkStatus();
}

absl::StatusOr<LiveStates::First> LiveStates::Change(const std::string& learner_id,
                                                     absl::FunctionRef<void(Hand&)> change) {
  First first;
  EDIRAE_RETURN_IF_ERROR(With(learner_id, [&](Entry& entry) {
    const int64_t before = entry.state->applied_seq;
    Hand hand(entry);
    change(hand);
    if (entry.state->applied_seq == before) return;
    first.of_round = std::exchange(entry.round, round_) != round_;
    first.unsaved = !std::exchange(entry.noted, true);
  }));
  return first;
}

LiveStates::Result LiveStates::GetNow(const std::string& learner_id) {
  std::shared_ptr<const LearnerState> state;
  EDIRAE_RETURN_IF_ERROR(With(learner_id, [&](Entry& entry) { state = entry.Show(); }));
  return state;
}

std::shared_ptr<const LearnerState> LiveStates::ToSave(const std::string& learner_id) {
  Shard& shard = ShardOf(learner_id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(learner_id);
  if (found == shard.entries.end()) return nullptr;
  found->second.noted = false;
  return found->second.Show();
}

void LiveStates::Saved(const LearnerState& state) {
  Shard& shard = ShardOf(state.learner_id);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.entries.find(state.learner_id);
  if (found == shard.entries.end()) return;
  found->second.saved_seq = std::max(found->second.saved_seq, state.applied_seq);
  Evict(shard);
}

LiveStates::Result LiveStates::Read(const std::string& learner_id) {
  Result read = store_.Load(learner_id);
  loads_.Increment();
  if (!read.ok()) {
    failed_loads_.Increment();
    log::Error("cannot read a checkpoint", {{"learner_id", learner_id}, {"error", read.status()}});
    // A damaged one is worth no more than none: its history is asked for anew.
    if (read.status().code() != absl::StatusCode::kDataLoss) return StateUnavailable();
  }
  if (read.ok() && *read != nullptr) return read;
  auto empty = std::make_shared<LearnerState>();
  empty->learner_id = learner_id;
  return Result(std::move(empty));
}

absl::Status LiveStates::Enqueue(const std::string& learner_id, uint64_t& load_id) {
  const std::lock_guard lock(queue_mutex_);
  if (stopping_) return StateUnavailable();
  if (queue_.size() >= limits::kMaxWaitingLoads) return TooManyLoads();
  if (!loader_.joinable()) loader_ = std::thread([this] { RunLoader(); });
  load_id = next_load_id_++;
  queue_.push_back({learner_id, load_id});
  queue_changed_.notify_one();
  return absl::OkStatus();
}

void LiveStates::RunLoader() {
  while (true) {
    Load load;
    bool stopping;
    {
      std::unique_lock lock(queue_mutex_);
      queue_changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      stopping = stopping_;
      load = std::move(queue_.front());
      queue_.pop_front();
    }
    const Result read = stopping ? Result(StateUnavailable()) : Read(load.learner_id);
    Finish(load, read);
    if (read.ok() && (*read)->applied_seq == 0) on_unknown_(load.learner_id);
  }
}

void LiveStates::Finish(const Load& load, Result read) {
  Shard& shard = ShardOf(load.learner_id);
  std::vector<Callback> waiting;
  {
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.entries.find(load.learner_id);
    if (found == shard.entries.end() || found->second.load_id != load.id) return;
    Entry& entry = found->second;
    waiting = std::move(entry.waiting);
    entry.waiting.clear();
    if (entry.state != nullptr) {
      read = entry.Show();  // the applying thread was faster, and may be further
    } else if (read.ok()) {
      entry.state = *read;
      entry.saved_seq = (*read)->applied_seq;
      Evict(shard);
    } else {
      Erase(shard, load.learner_id);
    }
  }
  for (Callback& waiter : waiting) std::move(waiter)(read);
}

void LiveStates::Drop(const PartitionSet& partitions) {
  std::vector<std::pair<std::string, Callback>> waiting;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    std::vector<std::string> gone;
    for (const auto& [learner_id, entry] : shard.entries) {
      if (partitions[static_cast<size_t>(PartitionOf(learner_id))]) gone.push_back(learner_id);
    }
    for (const std::string& learner_id : gone) {
      for (Callback& waiter : shard.entries.find(learner_id)->second.waiting) {
        waiting.emplace_back(learner_id, std::move(waiter));
      }
      Erase(shard, learner_id);
    }
  }
  for (auto& [learner_id, waiter] : waiting) std::move(waiter)(StateUnavailable());
}

void LiveStates::Stop() {
  {
    const std::lock_guard lock(queue_mutex_);
    stopping_ = true;
    queue_changed_.notify_one();
  }
  if (loader_.joinable()) loader_.join();
}

}  // namespace edirae::recommend
