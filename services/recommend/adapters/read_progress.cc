#include "services/recommend/adapters/read_progress.h"

#include <algorithm>
#include <limits>

namespace edirae::recommend {

void ReadProgress::Open(int partition, const ReadPlace& place) {
  const std::lock_guard lock(mutex_);
  // What came before, no message of it, was skipped as somebody else's: nothing is known but the place.
  for (auto& [other, progress] : partitions_) progress.read_seq = std::max(progress.read_seq, passed_seq_);
  passed_seq_ = 0;
  partitions_[partition] = {
      .opening = ++openings_, .stream = place.stream, .read_seq = place.seq, .unsettled = {}, .returned = {}};
}

void ReadProgress::Close(int partition) {
  const std::lock_guard lock(mutex_);
  partitions_.erase(partition);
}

ReadProgress::Start ReadProgress::Restart(int64_t stream, int64_t last_seq) {
  const std::lock_guard lock(mutex_);
  restart_time_ = absl::InfiniteFuture();
  Start start{.first_seq = std::numeric_limits<int64_t>::max(), .lost_places = false};
  for (auto& [number, partition] : partitions_) {
    partition.read_seq = std::max(partition.read_seq, passed_seq_);
    if (partition.stream != stream || partition.read_seq > last_seq) {
      start.lost_places = start.lost_places || partition.read_seq > 0;
      partition = {.opening = ++openings_, .stream = stream, .read_seq = 0, .unsettled = {}, .returned = {}};
    }
    // Only what is to come again lies behind what has been read.
    const int64_t next = partition.returned.empty() ? partition.read_seq + 1 : *partition.returned.begin();
    start.first_seq = std::min(start.first_seq, next);
  }
  passed_seq_ = start.first_seq - 1;
  return start;
}

bool ReadProgress::Arrives(int partition, int64_t seq) {
  const std::lock_guard lock(mutex_);
  passed_seq_ = seq;
  const auto found = partitions_.find(partition);
  if (found == partitions_.end()) return false;
  Partition& progress = found->second;
  if (seq <= progress.read_seq) return progress.returned.erase(seq) > 0;
  progress.read_seq = seq;
  progress.unsettled.insert(seq);
  return true;
}

int64_t ReadProgress::OpeningOf(int partition) const {
  const std::lock_guard lock(mutex_);
  const auto found = partitions_.find(partition);
  return found == partitions_.end() ? 0 : found->second.opening;
}

void ReadProgress::Settle(int partition, int64_t opening, int64_t seq) {
  const std::lock_guard lock(mutex_);
  const auto found = partitions_.find(partition);
  if (found == partitions_.end() || found->second.opening != opening) return;
  found->second.unsettled.erase(seq);
  found->second.returned.erase(seq);
}

void ReadProgress::Return(int partition, int64_t opening, int64_t seq, absl::Time when) {
  const std::lock_guard lock(mutex_);
  const auto found = partitions_.find(partition);
  if (found == partitions_.end() || found->second.opening != opening) return;
  if (!found->second.unsettled.contains(seq)) return;
  found->second.returned.insert(seq);
  restart_time_ = std::min(restart_time_, when);
}

bool ReadProgress::IsDue(absl::Time now) const {
  const std::lock_guard lock(mutex_);
  return now >= restart_time_;
}

ReadPlaces ReadProgress::Places() const {
  const std::lock_guard lock(mutex_);
  ReadPlaces places;
  for (const auto& [number, partition] : partitions_) {
    const int64_t read = std::max(partition.read_seq, passed_seq_);
    places[number] = {.stream = partition.stream,
                      .seq = partition.unsettled.empty() ? read : *partition.unsettled.begin() - 1};
  }
  return places;
}

bool ReadProgress::empty() const {
  const std::lock_guard lock(mutex_);
  return partitions_.empty();
}

}  // namespace edirae::recommend
