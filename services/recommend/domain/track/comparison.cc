#include "services/recommend/domain/track/comparison.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "services/recommend/domain/choosing/sentences.h"
#include "services/recommend/domain/track/causes.h"
#include "services/recommend/domain/track/itinerary.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::track {
namespace {

// False for a way that takes more than limits::kMaxTrackWeeks.
bool IsPlanned(const v1::TrackPlan& plan) { return !plan.weeks().empty() || plan.study_minutes() == 0; }

class Comparison {
 public:
  Comparison(const Way& before, const Way& after)
      : before_(before), after_(after), was_(before.plan), is_(after.plan), causes_(before, after, was_, is_) {}

  Changes Tell() && {
    TellEnd();
    TellFeasibility();
    if (!IsPlanned(before_.plan) || !IsPlanned(after_.plan)) return std::move(changes_);
    for (const Stop& stop : was_.stops()) {
      if (is_.Find(stop) == nullptr) TellGone(stop);
    }
    for (const Stop& stop : is_.stops()) {
      if (was_.Find(stop) == nullptr) TellNew(stop);
    }
    for (const Stop& stop : is_.stops()) {
      const Stop* const was = was_.Find(stop);
      if (was != nullptr && was->week != stop.week) TellMove(*was, stop);
    }
    return std::move(changes_);
  }

 private:
  v1::TrackChange& Add(v1::TrackChangeKind kind, std::string before, std::string after) {
    v1::TrackChange& added = changes_.told.emplace_back();
    added.set_kind(kind);
    added.set_date_before(std::move(before));
    added.set_date_after(std::move(after));
    return added;
  }

  v1::TrackChange& AddOf(const Stop& stop, v1::TrackChangeKind kind, std::string before, std::string after) {
    v1::TrackChange& added = Add(kind, std::move(before), std::move(after));
    stop.is_milestone ? added.set_milestone_id(stop.id) : added.set_concept_id(stop.id);
    return added;
  }

  void TellEnd() {
    const std::string& before = before_.plan.finish_date();
    const std::string& after = after_.plan.finish_date();
    if (before == after) return;
    v1::TrackChange& end = Add(v1::TRACK_CHANGE_KIND_END, before, after);
    absl::CivilDay was, is;
    if (after.empty()) {
      end.set_text(after_.plan.study_minutes() == 0 ? "Nothing is left to study." : "Has no end that can be planned.");
    } else if (!absl::ParseCivilTime(before, &was) || !absl::ParseCivilTime(after, &is)) {
      end.set_text(absl::StrCat("Ends on ", after, "."));
    } else {
      end.set_text(absl::StrCat("Ends on ", after, " instead of ", before, ", ",
                                choosing::Count(std::abs(is - was), "day"), is > was ? " later." : " earlier."));
    }
  }

  void TellFeasibility() {
    if (before_.plan.feasible() == after_.plan.feasible()) return;
    v1::TrackChange& told = Add(v1::TRACK_CHANGE_KIND_FEASIBILITY, "", "");
    if (!after_.goal.target.has_value()) return told.set_text("Has no date to meet any more.");
    const std::string target = absl::FormatCivilTime(*after_.goal.target);
    if (after_.plan.feasible()) return told.set_text(absl::StrCat("Meets ", target, " now."));
    told.set_text(absl::StrCat("Does not meet ", target, before_.goal.target.has_value() ? " any more." : "."));
  }

  // Whether there is room for another; otherwise it is counted.
  bool HasRoom() {
    if (changes_.told.size() < limits::kMaxTrackChanges) return true;
    ++changes_.untold;
    return false;
  }

  void TellGone(const Stop& stop) {
    if (!HasRoom()) return;
    const std::optional<Cause> done = causes_.OfDone(stop);
    v1::TrackChange& told =
        AddOf(stop, done.has_value() ? v1::TRACK_CHANGE_KIND_DONE : v1::TRACK_CHANGE_KIND_REMOVED, stop.week, "");
    const Cause cause = done.has_value() ? *done : causes_.OfRemoval(stop);
    Finish(stop, done.has_value() ? "is done" : "is on the way no longer", cause, told);
  }

  void TellNew(const Stop& stop) {
    if (!HasRoom()) return;
    Finish(stop, "is new on the way", causes_.OfAddition(stop),
           AddOf(stop, v1::TRACK_CHANGE_KIND_ADDED, "", stop.week));
  }

  void TellMove(const Stop& was, const Stop& is) {
    if (!HasRoom()) return;
    const bool later = is.week > was.week;  // ISO dates are in the order of time
    v1::TrackChange& told =
        AddOf(is, later ? v1::TRACK_CHANGE_KIND_LATER : v1::TRACK_CHANGE_KIND_EARLIER, was.week, is.week);
    Finish(
        is,
        absl::StrCat("moves ", Weeks(was.week, is.week), later ? " later" : " earlier", ", to the week of ", is.week),
        causes_.OfMove(was, is), told);
  }

  static std::string Weeks(const std::string& before, const std::string& after) {
    absl::CivilDay was, is;
    if (!absl::ParseCivilTime(before, &was) || !absl::ParseCivilTime(after, &is)) return "";
    const int64_t weeks = (std::abs(is - was) + 6) / 7;
    return weeks == 1 ? "a week" : choosing::Count(weeks, "week");
  }

  void Finish(const Stop& stop, absl::string_view what, const Cause& cause, v1::TrackChange& told) const {
    told.set_cause(cause.kind);
    if (cause.position >= 0) {
      told.set_cause_concept_id(after_.view.Taught(cause.position).id);
      if (cause.is_evidence) {
        for (const EventId& id : after_.view.StateOf(cause.position).evidence) {
          told.add_evidence_event_ids(FormatEventId(id));
        }
      }
    }
    if (cause.stage >= 0) {
      told.set_cause_milestone_id(after_.view.course().stages[static_cast<size_t>(cause.stage)].milestone_id);
    }
    told.set_text(absl::StrCat(causes_.NameOf(stop), " ", what, cause.text.empty() ? "" : ": ", cause.text, "."));
    if (char& first = told.mutable_text()->front(); first >= 'a' && first <= 'z') first = static_cast<char>(first - 32);
  }

  const Way& before_;
  const Way& after_;
  const Itinerary was_;
  const Itinerary is_;
  const Causes causes_;
  Changes changes_;
};

}  // namespace

Changes Compare(const Way& before, const Way& after) { return Comparison(before, after).Tell(); }

}  // namespace edirae::recommend::track
