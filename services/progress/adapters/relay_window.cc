#include "services/progress/adapters/relay_window.h"

#include <algorithm>
#include <utility>

namespace edirae::progress {
namespace {

void AddTo(std::vector<PublishedRun>& runs, int64_t position, int64_t stream_seq) {
  if (!runs.empty()) {
    PublishedRun& last = runs.back();
    if (position == last.first_position + last.count && stream_seq == last.first_stream_seq + last.count) {
      ++last.count;
      return;
    }
  }
  runs.push_back({position, stream_seq, 1});
}

}  // namespace

void RelayWindow::Add(int64_t position, CloudEvent event, bool maybe_there) {
  events_.push_back({.position = position, .event = std::move(event), .alone = maybe_there});
}

std::optional<RelayWindow::Group> RelayWindow::TakeUnsent(size_t max) {
  while (first_unsent_ < events_.size() && events_[first_unsent_].state != State::kUnsent) ++first_unsent_;
  if (first_unsent_ == events_.size()) return std::nullopt;
  Group group{.first = events_[first_unsent_].position};
  for (size_t i = first_unsent_; i < events_.size() && group.messages.size() < max; ++i) {
    Event& event = events_[i];
    if (event.state != State::kUnsent || (event.alone && !group.messages.empty())) break;
    event.state = State::kUnderWay;
    group.last = event.position;
    group.messages.push_back(&event.event.message);
    if (event.alone) break;
  }
  return group;
}

void RelayWindow::Acknowledge(int64_t first, int64_t last, int64_t last_stream_seq) {
  const size_t end = IndexOf(last + 1);
  int64_t stream_seq = last_stream_seq;
  for (size_t i = end; i > 0 && events_[i - 1].position >= first; --i) {
    events_[i - 1].state = State::kAcknowledged;
    events_[i - 1].stream_seq = stream_seq--;
  }
}

void RelayWindow::Fail(int64_t first, int64_t last) {
  for (size_t i = IndexOf(first); i < events_.size() && events_[i].position <= last; ++i) {
    if (events_[i].state == State::kAcknowledged) continue;
    events_[i].state = State::kUnsent;
    events_[i].alone = true;
    first_unsent_ = std::min(first_unsent_, i);
  }
}

std::optional<int64_t> RelayWindow::Advance(std::vector<PublishedRun>& runs) {
  std::optional<int64_t> last;
  while (!events_.empty() && events_.front().state == State::kAcknowledged) {
    last = events_.front().position;
    AddTo(runs, *last, events_.front().stream_seq);
    events_.pop_front();
    if (first_unsent_ > 0) --first_unsent_;
  }
  return last;
}

std::optional<absl::Time> RelayWindow::OldestRecordTime() const {
  if (events_.empty()) return std::nullopt;
  return events_.front().event.record_time;
}

void RelayWindow::Clear() {
  events_.clear();
  first_unsent_ = 0;
}

size_t RelayWindow::IndexOf(int64_t position) const {
  return static_cast<size_t>(std::ranges::lower_bound(events_, position, {}, &Event::position) - events_.begin());
}

}  // namespace edirae::progress
