#include "services/recommend/rpc/watch_hub.h"

#include <algorithm>
#include <utility>

#include "services/recommend/errors.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

WatchHub::WatchHub(Metrics& metrics)
    : gauge_(metrics.Gauge("edirae_recommend_watchers", "Open watches.")), ticker_([this] { RunTicks(); }) {}

WatchHub::~WatchHub() { Close(); }

absl::Status WatchHub::Add(const std::string& learner_id, std::shared_ptr<Watcher> watcher) {
  const std::lock_guard lock(mutex_);
  if (closed_) return WatchOver();
  const auto found = watchers_.find(learner_id);
  const size_t of_learner = found == watchers_.end() ? 0 : found->second.size();
  if (count_ >= limits::kMaxWatchers || of_learner >= limits::kMaxWatchersPerLearner) return TooManyWatchers();
  watchers_[learner_id].push_back(std::move(watcher));
  gauge_.Set(static_cast<double>(++count_));
  return absl::OkStatus();
}

void WatchHub::Remove(const std::string& learner_id, const Watcher* watcher) {
  const std::lock_guard lock(mutex_);
  const auto found = watchers_.find(learner_id);
  if (found == watchers_.end()) return;
  Watchers& watchers = found->second;
  count_ -= std::erase_if(watchers, [watcher](const auto& one) { return one.get() == watcher; });
  if (watchers.empty()) watchers_.erase(found);
  gauge_.Set(static_cast<double>(count_));
}

void WatchHub::PublishState(const std::string& learner_id, const std::shared_ptr<const LearnerState>& state) {
  for (const auto& watcher : Of(learner_id)) watcher->OnState(state);
}

void WatchHub::CloseLearner(const std::string& learner_id) {
  for (const auto& watcher : Of(learner_id)) watcher->Close(WatchOver());
}

void WatchHub::PublishCurriculum() {
  for (const auto& watcher : All()) watcher->OnCurriculum();
}

void WatchHub::Close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    closing_.notify_all();
  }
  if (ticker_.joinable()) ticker_.join();
  for (const auto& watcher : All()) watcher->Close(WatchOver());
}

WatchHub::Watchers WatchHub::Of(const std::string& learner_id) {
  const std::lock_guard lock(mutex_);
  const auto found = watchers_.find(learner_id);
  return found == watchers_.end() ? Watchers() : found->second;
}

WatchHub::Watchers WatchHub::All() {
  const std::lock_guard lock(mutex_);
  Watchers all;
  all.reserve(count_);
  for (const auto& [learner_id, watchers] : watchers_) all.insert(all.end(), watchers.begin(), watchers.end());
  return all;
}

void WatchHub::RunTicks() {
  const auto tick = absl::ToChronoMilliseconds(limits::kWatchTick);
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (closing_.wait_for(lock, tick, [this] { return closed_; })) return;
    }
    for (const auto& watcher : All()) watcher->OnTick();
  }
}

}  // namespace edirae::recommend
