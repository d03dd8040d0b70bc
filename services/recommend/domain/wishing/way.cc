#include "services/recommend/domain/wishing/way.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace edirae::recommend::wishing {
namespace {

constexpr int kNobody = -1;

}  // namespace

Way::Way(const CourseIndex& course, const std::vector<int>& concepts, std::vector<Pin> pins, std::vector<bool> done)
    : course_(course),
      pins_(std::move(pins)),
      done_(std::move(done)),
      wanted_(course.concepts.size(), false),
      needed_(course.concepts.size(), false) {
  for (const int position : concepts) {
    if (wanted_[static_cast<size_t>(position)]) continue;
    wanted_[static_cast<size_t>(position)] = true;
    ++wished_count_;
    done_count_ += done_[static_cast<size_t>(position)] ? 1 : 0;
  }
  Need(concepts);
  std::ranges::stable_sort(pins_, {}, [](const Pin& pin) { return pin.day.value_or(absl::CivilDay::min()); });
  if (!pins_.empty()) ranks_.assign(course.concepts.size(), kUnpinned);
  for (int rank = 0; rank < static_cast<int>(pins_.size()); ++rank) Rank(rank);
  std::ranges::sort(pinned_);
}

const Pin* Way::PinOf(int position) const {
  const int rank = RankOf(position);
  return rank == kUnpinned ? nullptr : &pins_[static_cast<size_t>(rank)];
}

// With all that they build on.
void Way::Need(std::vector<int> left) {
  while (!left.empty()) {
    const int it = left.back();
    left.pop_back();
    if (needed_[static_cast<size_t>(it)]) continue;
    needed_[static_cast<size_t>(it)] = true;
    if (done_[static_cast<size_t>(it)]) continue;
    ++left_count_;
    last_ = std::max(last_, it);
    const auto& more = course_.concepts[static_cast<size_t>(it)].prerequisites;
    left.insert(left.end(), more.begin(), more.end());
  }
}

// With what it needs, as far as no pin before it needs that too.
void Way::Rank(int rank) {
  std::vector<int> left = {pins_[static_cast<size_t>(rank)].position};
  wanted_[static_cast<size_t>(left.front())] = true;
  Need(left);
  while (!left.empty()) {
    const int it = left.back();
    left.pop_back();
    if (RankOf(it) != kUnpinned || !Has(it)) continue;
    ranks_[static_cast<size_t>(it)] = rank;
    pinned_.emplace_back(rank, it);
    const auto& more = course_.concepts[static_cast<size_t>(it)].prerequisites;
    left.insert(left.end(), more.begin(), more.end());
  }
}

// Kahn's algorithm: of those whose prerequisites are placed the first that is pinned, and then the first in the
// curriculum. One that is not ready waits with the first that it waits for, so that nothing is looked at before its
// turn may have come.
class Way::Walker {
 public:
  explicit Walker(const Way& way)
      : way_(way),
        placed_(way.needed_.size(), false),
        first_waiting_(way.needed_.size(), kNobody),
        next_waiting_(way.needed_.size(), kNobody) {}

  void Walk(absl::FunctionRef<bool(int position)> visit) {
    while (true) {
      LookAhead();
      if (ready_.empty()) return;
      const int position = ready_.top().second;
      ready_.pop();
      if (!visit(position)) return;
      placed_[static_cast<size_t>(position)] = true;
      int waiting = std::exchange(first_waiting_[static_cast<size_t>(position)], kNobody);
      while (waiting != kNobody) {
        const int next = next_waiting_[static_cast<size_t>(waiting)];
        Await(waiting);
        waiting = next;
      }
    }
  }

 private:
  // Until what is ready first comes before all that was not looked at.
  void LookAhead() {
    for (; pinned_ < way_.pinned_.size(); ++pinned_) {
      if (!ready_.empty() && ready_.top() < way_.pinned_[pinned_]) return;
      Await(way_.pinned_[pinned_].second);
    }
    for (; position_ < static_cast<int>(placed_.size()); ++position_) {
      if (!way_.Has(position_) || way_.RankOf(position_) != kUnpinned) continue;
      if (!ready_.empty() && ready_.top() < Place(kUnpinned, position_)) return;
      Await(position_);
    }
  }

  // What is only helpful holds up nothing that is pinned before it.
  bool HoldsUp(int it, int position) const {
    return way_.Has(it) && !placed_[static_cast<size_t>(it)] && way_.RankOf(it) <= way_.RankOf(position);
  }

  void Await(int position) {
    const TaughtConcept& taught = way_.course_.concepts[static_cast<size_t>(position)];
    for (const auto* edges : {&taught.prerequisites, &taught.helpful}) {
      for (const int it : *edges) {
        if (!HoldsUp(it, position)) continue;
        next_waiting_[static_cast<size_t>(position)] = first_waiting_[static_cast<size_t>(it)];
        first_waiting_[static_cast<size_t>(it)] = position;
        return;
      }
    }
    ready_.emplace(way_.RankOf(position), position);
  }

  const Way& way_;
  std::priority_queue<Place, std::vector<Place>, std::greater<>> ready_;
  size_t pinned_ = 0;  // the next that was not looked at, of what is pinned
  int position_ = 0;   // the same of all else
  std::vector<bool> placed_;
  std::vector<int> first_waiting_, next_waiting_;  // by position: who waits for it; who else waits for the same
};

void Way::Walk(absl::FunctionRef<bool(int position)> visit) const { Walker(*this).Walk(visit); }

}  // namespace edirae::recommend::wishing
