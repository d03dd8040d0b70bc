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

void RelayWindow::Add(int64_t position, CloudEvent event) { events_.push_back({position, std::move(event)}); }

std::optional<RelayWindow::Outgoing> RelayWindow::TakeUnsent() {
  while (first_unsent_ < events_.size() && events_[first_unsent_].state != State::kUnsent) ++first_unsent_;
  if (first_unsent_ == events_.size()) return std::nullopt;
  Event& event = events_[first_unsent_];
  event.state = State::kUnderWay;
  return Outgoing{event.position, &event.event.message};
}

void RelayWindow::Acknowledge(int64_t position, int64_t stream_seq) {
  const auto index = IndexOf(position);
  if (!index) return;
  events_[*index].state = State::kAcknowledged;
  events_[*index].stream_seq = stream_seq;
}

void RelayWindow::Fail(int64_t position) {
  const auto index = IndexOf(position);
  if (!index || events_[*index].state == State::kAcknowledged) return;
  events_[*index].state = State::kUnsent;
  first_unsent_ = std::min(first_unsent_, *index);
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

std::optional<size_t> RelayWindow::IndexOf(int64_t position) const {
  const auto at = std::ranges::lower_bound(events_, position, {}, &Event::position);
  if (at == events_.end() || at->position != position) return std::nullopt;
  return static_cast<size_t>(at - events_.begin());
}

}  // namespace edirae::progress
