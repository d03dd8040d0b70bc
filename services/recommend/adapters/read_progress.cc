#include "services/recommend/adapters/read_progress.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace edirae::recommend {

void ReadProgress::Open(int partition, const ReadPlace& place) {
  const std::lock_guard lock(mutex_);
  // What came before, no message of it, was skipped as somebody else's: nothing is known but the place.
  for (auto& [other, progress] : partitions_) progress.read_seq = std::max(progress.read_seq, passed_seq_);
  passed_seq_ = 0;
  partitions_[partition] = {.opening = ++openings_,
                            .stream = place.stream,
                            .read_seq = place.seq,
                            .mark = place.mark,
                            .unsettled = {},
                            .returned = {}};
}

void ReadProgress::Close(int partition) {
  const std::lock_guard lock(mutex_);
  partitions_.erase(partition);
}

const StreamMark& ReadProgress::MarkOf(const Partition& partition) const {
  return mark_.seq >= partition.mark.seq ? mark_ : partition.mark;
}

std::set<StreamMark> ReadProgress::Marks(int64_t stream) const {
  const std::lock_guard lock(mutex_);
  std::set<StreamMark> marks;
  for (const auto& [number, partition] : partitions_) {
    const StreamMark& mark = MarkOf(partition);
    if (partition.stream == stream && mark.seq > 0) marks.insert(mark);
  }
  return marks;
}

void ReadProgress::SetMark(StreamMark mark) {
  const std::lock_guard lock(mutex_);
  if (mark.seq > mark_.seq) mark_ = mark;
}

ReadProgress::Start ReadProgress::Restart(int64_t stream, int64_t last_seq, const std::set<StreamMark>& gone) {
  const std::lock_guard lock(mutex_);
  restart_time_.reset();
  new_delay_.reset();
  Start start{.first_seq = std::numeric_limits<int64_t>::max(), .lost_places = false};
  for (auto& [number, partition] : partitions_) {
    partition.read_seq = std::max(partition.read_seq, passed_seq_);
    if (partition.stream != stream || partition.read_seq > last_seq || gone.contains(MarkOf(partition))) {
      start.lost_places = start.lost_places || partition.read_seq > 0;
      partition = {
          .opening = ++openings_, .stream = stream, .read_seq = 0, .mark = {}, .unsettled = {}, .returned = {}};
    }
    // Only what is to come again lies behind what has been read.
    const int64_t next = partition.returned.empty() ? partition.read_seq + 1 : *partition.returned.begin();
    start.first_seq = std::min(start.first_seq, next);
  }
  passed_seq_ = start.first_seq - 1;
  if (stream_ != stream || mark_.seq > last_seq || gone.contains(mark_)) mark_ = {};
  stream_ = stream;
  return start;
}

std::optional<int64_t> ReadProgress::Arrives(int partition, int64_t seq) {
  const std::lock_guard lock(mutex_);
  passed_seq_ = seq;
  const auto found = partitions_.find(partition);
  if (found == partitions_.end()) return std::nullopt;
  Partition& progress = found->second;
  if (seq <= progress.read_seq) {
    return progress.returned.erase(seq) > 0 ? std::optional(progress.opening) : std::nullopt;
  }
  progress.read_seq = seq;
  progress.unsettled.insert(progress.unsettled.end(), seq);
  return progress.opening;
}

void ReadProgress::Settle(int partition, int64_t opening, int64_t seq) {
  const std::lock_guard lock(mutex_);
  const auto found = partitions_.find(partition);
  if (found == partitions_.end() || found->second.opening != opening) return;
  found->second.unsettled.erase(seq);
  found->second.returned.erase(seq);
}

void ReadProgress::Return(int partition, int64_t opening, int64_t seq, absl::Duration delay) {
  const std::lock_guard lock(mutex_);
  const auto found = partitions_.find(partition);
  if (found == partitions_.end() || found->second.opening != opening) return;
  if (!found->second.unsettled.contains(seq)) return;
  found->second.returned.insert(seq);
  new_delay_ = new_delay_.has_value() ? std::min(*new_delay_, delay) : delay;
}

bool ReadProgress::IsDue(std::chrono::steady_clock::time_point now) {
  const std::lock_guard lock(mutex_);
  if (new_delay_.has_value()) {
    const auto by_new = now + absl::ToChronoNanoseconds(*std::exchange(new_delay_, std::nullopt));
    restart_time_ = restart_time_.has_value() ? std::min(*restart_time_, by_new) : by_new;
  }
  return restart_time_.has_value() && now >= *restart_time_;
}

ReadPlaces ReadProgress::Places() const {
  const std::lock_guard lock(mutex_);
  ReadPlaces places;
  for (const auto& [number, partition] : partitions_) {
    const int64_t read = std::max(partition.read_seq, passed_seq_);
    places[number] = {.stream = partition.stream,
                      .seq = partition.unsettled.empty() ? read : *partition.unsettled.begin() - 1,
                      .mark = MarkOf(partition)};
  }
  return places;
}

bool ReadProgress::empty() const {
  const std::lock_guard lock(mutex_);
  return partitions_.empty();
}

absl::StatusOr<ReadProgress::Start> RestartReading(ReadProgress& progress, int64_t stream, int64_t last_seq,
                                                   const std::function<absl::StatusOr<int64_t>(int64_t)>& time_at) {
  std::set<StreamMark> gone;
  for (const StreamMark& mark : progress.Marks(stream)) {
    const absl::StatusOr<int64_t> time =
        mark.seq > last_seq ? absl::NotFoundError("the stream is shorter") : time_at(mark.seq);
    if (!time.ok() && time.status().code() != absl::StatusCode::kNotFound) return time.status();
    if (!time.ok() || *time != mark.time) gone.insert(mark);
  }
  return progress.Restart(stream, last_seq, gone);
}

}  // namespace edirae::recommend
