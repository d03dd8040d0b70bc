#include "services/recommend/domain/track/schedule.h"

#include <algorithm>
#include <cstdint>
#include <queue>
#include <utility>

#include "services/recommend/limits.h"

namespace edirae::recommend::track {
namespace {

constexpr int kStepMinutes = 30;

// Fills one week after the other.
class Calendar {
 public:
  Calendar(const std::vector<Work>& works, int minutes_per_week)
      : works_(works), minutes_per_week_(minutes_per_week), reviews_(limits::kMaxTrackWeeks + 1, 0) {}

  std::optional<std::vector<Week>> Fill() && {
    while (at_ < works_.size()) {
      if (weeks_.size() == limits::kMaxTrackWeeks) return std::nullopt;
      FillWeek();
    }
    return std::move(weeks_);
  }

 private:
  void FillWeek() {
    const size_t number = weeks_.size();
    Week& week = weeks_.emplace_back();
    waiting_ += reviews_[number];
    week.review_minutes = std::min(waiting_, static_cast<int>(kMaxReviewShare * minutes_per_week_));
    waiting_ -= week.review_minutes;
    week.slack_minutes = static_cast<int>(kSlackShare * minutes_per_week_);
    int left = minutes_per_week_ - week.review_minutes - week.slack_minutes;
    while (left > 0 && at_ < works_.size()) {
      const int minutes = std::min(left, works_[at_].minutes - done_);
      left -= minutes;
      done_ += minutes;
      const bool completed = done_ == works_[at_].minutes;
      week.shares.push_back({.work = static_cast<int>(at_), .minutes = minutes, .completed = completed});
      if (completed) Complete(number);
    }
    week.slack_minutes += left;
  }

  void Complete(size_t week) {
    if (works_[at_].is_reviewed) {
      for (const int later : kReviewWeeks) {
        const size_t when = week + static_cast<size_t>(later);
        if (when < reviews_.size()) reviews_[when] += kReviewMinutes;
      }
    }
    ++at_;
    done_ = 0;
  }

  const std::vector<Work>& works_;
  const int minutes_per_week_;
  std::vector<int> reviews_;  // minutes that fall due, by week
  int waiting_ = 0;           // minutes of reviews that found no room yet
  size_t at_ = 0;             // the work that is next
  int done_ = 0;              // minutes of it
  std::vector<Week> weeks_;
};

bool Fits(const std::vector<Work>& works, int weeks, int minutes_per_week) {
  const auto schedule = Schedule(works, minutes_per_week);
  return schedule.has_value() && static_cast<int>(schedule->size()) <= weeks;
}

// In which order works can be left out: always one on which no other that is left builds, the least needed first and
// then the last, and with it all that is there only for it. Milestones stay.
class Omission {
 public:
  explicit Omission(const std::vector<Work>& works) : works_(works), users_(works.size(), 0) {
    for (const Work& work : works) {
      for (const int need : work.needs) ++users_[static_cast<size_t>(need)];
    }
    for (int place = 0; place < static_cast<int>(works.size()); ++place) Offer(place);
    while (!free_.empty()) {
      const int place = free_.top().second;
      free_.pop();
      LeaveOut(place);
      steps_.push_back(order_.size());
    }
  }

  // How often something can be left out.
  size_t steps() const { return steps_.size() - 1; }
  // What the first `steps` leave out.
  std::vector<int> LeftOut(size_t steps) const {
    return {order_.begin(), order_.begin() + static_cast<int64_t>(steps_[steps])};
  }
  std::vector<Work> Rest(size_t steps) const {
    std::vector<bool> out(works_.size(), false);
    for (const int place : LeftOut(steps)) out[static_cast<size_t>(place)] = true;
    std::vector<Work> rest;
    for (size_t i = 0; i < works_.size(); ++i) {
      if (!out[i]) rest.push_back(works_[i]);
    }
    return rest;
  }

 private:
  void Offer(int place) {
    const Work& work = works_[static_cast<size_t>(place)];
    if (users_[static_cast<size_t>(place)] == 0 && work.is_reviewed) free_.emplace(-work.need, place);
  }

  void LeaveOut(int first) {
    std::vector<int> left = {first};
    while (!left.empty()) {
      const int place = left.back();
      left.pop_back();
      order_.push_back(place);
      for (const int need : works_[static_cast<size_t>(place)].needs) {
        if (--users_[static_cast<size_t>(need)] > 0) continue;
        works_[static_cast<size_t>(need)].is_goal ? Offer(need) : left.push_back(need);
      }
    }
  }

  const std::vector<Work>& works_;
  std::vector<int> users_;                         // how many that are left build on each
  std::priority_queue<std::pair<int, int>> free_;  // the least needed and then the last on top
  std::vector<int> order_;
  std::vector<size_t> steps_ = {0};  // ends of steps in order_
};

}  // namespace

std::optional<std::vector<Week>> Schedule(const std::vector<Work>& works, int minutes_per_week) {
  return Calendar(works, minutes_per_week).Fill();
}

std::optional<int> MinutesNeeded(const std::vector<Work>& works, int weeks, int from, int most) {
  for (int minutes = (from + kStepMinutes - 1) / kStepMinutes * kStepMinutes; minutes <= most;
       minutes += kStepMinutes) {
    if (Fits(works, weeks, minutes)) return minutes;
  }
  return std::nullopt;
}

std::optional<std::vector<int>> LeaveOut(const std::vector<Work>& works, int weeks, int minutes_per_week) {
  const Omission omission(works);
  // Less work never takes longer.
  size_t low = 0;
  size_t high = omission.steps();
  if (!Fits(omission.Rest(high), weeks, minutes_per_week)) return std::nullopt;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    Fits(omission.Rest(middle), weeks, minutes_per_week) ? high = middle : low = middle + 1;
  }
  const auto is_concept = [](const Work& work) { return work.is_reviewed; };
  if (std::ranges::none_of(omission.Rest(low), is_concept)) return std::nullopt;
  return omission.LeftOut(low);
}

}  // namespace edirae::recommend::track
