#include "services/recommend/domain/track/comparison.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::track {
namespace {

// A concept or a milestone on a plan.
struct Stop {
  std::string id;
  std::string week;  // first day of the week in which it is done
  int minutes = 0;   // in all weeks
};

// The stops of a plan in the order in which they are done.
class Itinerary {
 public:
  explicit Itinerary(const v1::TrackPlan& plan) : plan_(plan) {
    absl::flat_hash_map<std::string, int> minutes;
    for (const v1::TrackWeek& week : plan.weeks()) {
      for (const v1::TrackItem& item : week.items()) {
        std::string id = absl::StrCat(item.concept_id(), item.milestone_id());
        minutes[id] += item.minutes();
        if (!item.completed()) continue;
        places_.emplace(id, stops_.size());
        stops_.push_back({.id = id, .week = week.start_date(), .minutes = minutes[id]});
      }
    }
  }

  const v1::TrackPlan& plan() const { return plan_; }
  const std::vector<Stop>& stops() const { return stops_; }
  const Stop* Find(const std::string& id) const {
    const auto found = places_.find(id);
    return found == places_.end() ? nullptr : &stops_[found->second];
  }
  // Whether `id` is done, and before `other`, which is on the plan.
  bool IsBefore(const std::string& id, const std::string& other) const {
    const auto found = places_.find(id);
    return found != places_.end() && found->second < places_.at(other);
  }
  std::string start() const { return plan_.weeks().empty() ? "" : plan_.weeks(0).start_date(); }
  // All that a week has room for.
  int minutes_per_week() const {
    if (plan_.weeks().empty()) return 0;
    const v1::TrackWeek& week = plan_.weeks(0);
    int minutes = week.review_minutes() + week.slack_minutes();
    for (const v1::TrackItem& item : week.items()) minutes += item.minutes();
    return minutes;
  }

 private:
  const v1::TrackPlan& plan_;
  std::vector<Stop> stops_;
  absl::flat_hash_map<std::string, size_t> places_;
};

std::string Hours(int minutes) { return absl::StrFormat("%g hours", minutes / 60.0); }

class Comparison {
 public:
  Comparison(const v1::TrackPlan& current, const v1::TrackPlan& proposed) : current_(current), proposed_(proposed) {}

  std::vector<std::string> Tell() && {
    TellEnd();
    TellFeasibility();
    TellOnlyIn(proposed_, current_, "New on the way: ");
    TellOnlyIn(current_, proposed_, "No longer on the way: ");
    TellMoves();
    return std::move(told_);
  }

 private:
  void TellEnd() {
    const std::string& before = current_.plan().finish_date();
    const std::string& after = proposed_.plan().finish_date();
    if (before == after) return;
    if (before.empty() || after.empty()) {
      told_.push_back(after.empty() ? absl::StrCat("Has no last day; it was ", before, ".")
                                    : absl::StrCat("Ends on ", after, "."));
      return;
    }
    absl::CivilDay was, is;
    if (!absl::ParseCivilTime(before, &was) || !absl::ParseCivilTime(after, &is)) return;
    const auto days = is - was;
    told_.push_back(absl::StrCat("Ends on ", after, " instead of ", before, ": ", std::abs(days), " days ",
                                 days > 0 ? "later." : "earlier."));
  }

  void TellFeasibility() {
    if (current_.plan().feasible() == proposed_.plan().feasible()) return;
    told_.push_back(proposed_.plan().feasible() ? "Meets its date now." : "Does not meet its date any more.");
  }

  void TellOnlyIn(const Itinerary& plan, const Itinerary& other, const char* what) {
    std::vector<std::string> ids;
    for (const Stop& stop : plan.stops()) {
      if (other.Find(stop.id) == nullptr) ids.push_back(stop.id);
    }
    if (!ids.empty()) told_.push_back(absl::StrCat(what, absl::StrJoin(ids, ", "), "."));
  }

  void TellMoves() {
    int more = 0;
    int moves = 0;
    for (const Stop& now : proposed_.stops()) {
      const Stop* const was = current_.Find(now.id);
      if (was == nullptr || was->week == now.week) continue;
      if (++moves > limits::kMaxToldMoves) {
        ++more;
        continue;
      }
      const std::string why = WhyMoved(*was, now);
      told_.push_back(absl::StrCat(now.id, " moves from the week of ", was->week, " to that of ", now.week,
                                   why.empty() ? "" : ", because ", why, "."));
    }
    if (more > 0) told_.push_back(absl::StrCat("And ", more, " more move."));
  }

  // The first cause that explains the direction. ISO dates are in the order of time.
  std::string WhyMoved(const Stop& was, const Stop& now) const {
    const bool later = now.week > was.week;
    if (current_.start() != proposed_.start() && (proposed_.start() > current_.start()) == later) {
      return absl::StrCat("the plan begins on ", proposed_.start(), " instead of ", current_.start());
    }
    const int room = current_.minutes_per_week();
    const int room_now = proposed_.minutes_per_week();
    if (room != room_now && (room_now < room) == later) {
      return absl::StrCat("a week has ", Hours(room_now), " instead of ", Hours(room));
    }
    if (const std::string order = WhyByOrder(now.id, later); !order.empty()) return order;
    return WhyByMinutes(now.id, later);
  }

  // Later: what comes before it only now. Earlier: what came before it only then.
  std::string WhyByOrder(const std::string& id, bool later) const {
    const Itinerary& with = later ? proposed_ : current_;
    const Itinerary& without = later ? current_ : proposed_;
    for (const Stop& stop : with.stops()) {
      if (stop.id == id) break;
      if (without.IsBefore(stop.id, id)) continue;
      if (later) return absl::StrCat(stop.id, " comes before it now");
      return without.Find(stop.id) == nullptr ? absl::StrCat(stop.id, " is no longer before it")
                                              : absl::StrCat(stop.id, " comes after it now");
    }
    return "";
  }

  // What takes longest longer (or shorter) of it and all before it.
  std::string WhyByMinutes(const std::string& id, bool later) const {
    int most = 0;
    const Stop* cause = nullptr;
    for (const Stop& stop : proposed_.stops()) {
      const Stop* const was = current_.Find(stop.id);
      const int longer = was == nullptr ? 0 : (stop.minutes - was->minutes) * (later ? 1 : -1);
      if (longer > most) {
        most = longer;
        cause = &stop;
      }
      if (stop.id == id) break;
    }
    if (cause == nullptr) return later ? "there are more reviews before it" : "there are fewer reviews before it";
    return absl::StrCat(cause->id, " takes ", most, " minutes ", later ? "more" : "less");
  }

  const Itinerary current_;
  const Itinerary proposed_;
  std::vector<std::string> told_;
};

}  // namespace

std::vector<std::string> Compare(const v1::TrackPlan& current, const v1::TrackPlan& proposed) {
  return Comparison(current, proposed).Tell();
}

}  // namespace edirae::recommend::track
