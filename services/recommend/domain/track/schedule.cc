#include "services/recommend/domain/track/schedule.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>
#include <utility>

#include "services/recommend/limits.h"

namespace edirae::recommend::track {
namespace {

constexpr int kStepMinutes = 30;

// Which work is next: the first that may begin. Borrows the works.
class Agenda {
 public:
  explicit Agenda(const std::vector<Work>& works)
      : works_(works), waits_(std::ranges::any_of(works, [](const Work& work) { return work.not_before > 0; })) {
    if (!waits_) return;  // then it is the order of the works, for less than a tenth of the time
    missing_.assign(works.size(), 0);
    followers_.resize(works.size());
    for (size_t place = 0; place < works.size(); ++place) {
      for (const auto* before : {&works[place].needs, &works[place].after}) {
        for (const int it : *before) {
          ++missing_[place];
          followers_[static_cast<size_t>(it)].push_back(static_cast<int>(place));
        }
      }
      if (missing_[place] == 0) Admit(static_cast<int>(place));
    }
  }

  bool AllDone() const { return completed_ == works_.size(); }

  void BeginWeek(int week) {
    week_ = week;
    while (!waiting_.empty() && waiting_.top().first <= week) {
      ready_.push(waiting_.top().second);
      waiting_.pop();
    }
  }

  // Its place; nothing when all that is left waits for a later week.
  std::optional<int> Next() const {
    if (AllDone() || (waits_ && ready_.empty())) return std::nullopt;
    return waits_ ? ready_.top() : static_cast<int>(completed_);
  }

  void CompleteNext() {
    ++completed_;
    if (!waits_) return;
    const int place = ready_.top();
    ready_.pop();
    for (const int follower : followers_[static_cast<size_t>(place)]) {
      if (--missing_[static_cast<size_t>(follower)] == 0) Admit(follower);
    }
  }

 private:
  template <class T>
  using FirstOnTop = std::priority_queue<T, std::vector<T>, std::greater<>>;

  // Of a work that has nothing before it any more.
  void Admit(int place) {
    const int week = works_[static_cast<size_t>(place)].not_before;
    week <= week_ ? ready_.push(place) : waiting_.emplace(week, place);
  }

  const std::vector<Work>& works_;
  const bool waits_;  // whether a work waits for its week
  int week_ = -1;
  size_t completed_ = 0;
  // Only when one does, by place: works before it that are not done, and those behind it.
  std::vector<int> missing_;
  std::vector<std::vector<int>> followers_;
  FirstOnTop<int> ready_;                    // places of works that may be done
  FirstOnTop<std::pair<int, int>> waiting_;  // weeks, and places of works that wait for them
};

// Fills one week after the other.
class Calendar {
 public:
  Calendar(const std::vector<Work>& works, const Pace& pace)
      : works_(works), pace_(pace), agenda_(works), reviews_(limits::kMaxTrackWeeks + 1, 0), done_(works.size(), 0) {}

  std::optional<std::vector<Week>> Fill() && {
    while (!agenda_.AllDone()) {
      if (weeks_.size() == limits::kMaxTrackWeeks) return std::nullopt;
      FillWeek();
    }
    return std::move(weeks_);
  }

 private:
  void FillWeek() {
    const size_t number = weeks_.size();
    Week& week = weeks_.emplace_back();
    agenda_.BeginWeek(static_cast<int>(number));
    const int minutes = number == 0 ? static_cast<int>(pace_.first_week_share * pace_.minutes_per_week)  //
                                    : pace_.minutes_per_week;
    waiting_ += reviews_[number];
    week.review_minutes = std::min(waiting_, static_cast<int>(kMaxReviewShare * minutes));
    waiting_ -= week.review_minutes;
    week.slack_minutes = static_cast<int>(kSlackShare * minutes);
    int left = minutes - week.review_minutes - week.slack_minutes;
    while (left > 0) {
      const std::optional<int> place = agenda_.Next();
      if (!place.has_value()) break;
      const Work& work = works_[static_cast<size_t>(*place)];
      int& done = done_[static_cast<size_t>(*place)];
      const int share = std::min(left, work.minutes - done);
      left -= share;
      done += share;
      if (share > 0) week.shares.push_back({.work = *place, .minutes = share, .completed = done == work.minutes});
      if (done == work.minutes) Complete(work, number);
    }
    week.slack_minutes += left;
  }

  void Complete(const Work& work, size_t week) {
    agenda_.CompleteNext();
    if (!work.is_reviewed) return;
    for (const int later : kReviewWeeks) {
      const size_t when = week + static_cast<size_t>(later);
      if (when < reviews_.size()) reviews_[when] += kReviewMinutes;
    }
  }

  const std::vector<Work>& works_;
  const Pace pace_;
  Agenda agenda_;
  std::vector<int> reviews_;  // minutes that fall due, by week
  int waiting_ = 0;           // minutes of reviews that found no room yet
  std::vector<int> done_;     // minutes, by place
  std::vector<Week> weeks_;
};

bool Fits(const std::vector<Work>& works, int weeks, const Pace& pace) {
  const auto schedule = Schedule(works, pace);
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
    std::vector<int> places(works_.size(), 0);  // in the rest
    for (size_t i = 0; i < works_.size(); ++i) {
      if (out[i]) continue;
      places[i] = static_cast<int>(rest.size());
      Work& kept = rest.emplace_back(works_[i]);
      for (auto* before : {&kept.needs, &kept.after}) {
        std::erase_if(*before, [&out](int it) { return out[static_cast<size_t>(it)]; });
        for (int& it : *before) it = places[static_cast<size_t>(it)];
      }
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

std::optional<std::vector<Week>> Schedule(const std::vector<Work>& works, const Pace& pace) {
  return Calendar(works, pace).Fill();
}

std::optional<int> MinutesNeeded(const std::vector<Work>& works, int weeks, Pace pace, int most) {
  pace.minutes_per_week = (pace.minutes_per_week + kStepMinutes - 1) / kStepMinutes * kStepMinutes;
  for (; pace.minutes_per_week <= most; pace.minutes_per_week += kStepMinutes) {
    if (Fits(works, weeks, pace)) return pace.minutes_per_week;
  }
  return std::nullopt;
}

std::optional<std::vector<int>> LeaveOut(const std::vector<Work>& works, int weeks, const Pace& pace) {
  const Omission omission(works);
  // Less work never takes longer.
  size_t low = 0;
  size_t high = omission.steps();
  if (!Fits(omission.Rest(high), weeks, pace)) return std::nullopt;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    Fits(omission.Rest(middle), weeks, pace) ? high = middle : low = middle + 1;
  }
  const auto is_concept = [](const Work& work) { return work.is_reviewed; };
  if (std::ranges::none_of(omission.Rest(low), is_concept)) return std::nullopt;
  return omission.LeftOut(low);
}

}  // namespace edirae::recommend::track
