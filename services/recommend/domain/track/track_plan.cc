#include "services/recommend/domain/track/track_plan.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/recommend/domain/choosing/sentences.h"
#include "services/recommend/domain/track/schedule.h"
#include "services/recommend/domain/track/works.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::track {
namespace {

using choosing::LearnerView;

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

class TrackPlanner {
 public:
  TrackPlanner(const LearnerView& view, const Goal& goal)
      : view_(view),
        goal_(goal),
        works_(view, goal),
        pace_({.minutes_per_week = static_cast<int>(std::lround(goal.hours_per_week * 60)),
               .first_week_share = goal.first_week_share}) {}

  v1::TrackPlan Plan() && {
    v1::TrackPlan plan;
    plan.set_known_count(works_.known_count());
    plan.set_gate_concept_count(works_.for_gate_count() + works_.to_show_count());
    CountWorks(plan);
    const auto weeks = Schedule(works_.works(), pace_);
    if (weeks.has_value()) {
      for (const Week& week : *weeks) AddWeek(week, plan);
      if (!weeks->empty()) plan.set_finish_date(Text(LastDay(static_cast<int>(weeks->size()))));
    }
    const int finish = weeks.has_value() ? static_cast<int>(weeks->size()) : limits::kMaxTrackWeeks + 1;
    plan.set_feasible(finish <= WeeksThereAre());
    if (!plan.feasible() && goal_.target.has_value()) AddAlternatives(plan);
    plan.set_summary(absl::StrCat(Summary(plan), WithGates(), AddLatePins(plan)));
    return plan;
  }

 private:
  absl::CivilDay LastDay(int weeks) const { return goal_.start + weeks * kDaysPerWeek - 1; }

  // Whole weeks until the target date.
  int WeeksThereAre() const {
    if (!goal_.target.has_value()) return limits::kMaxTrackWeeks;
    return std::max(0, static_cast<int>((*goal_.target - goal_.start + 1) / kDaysPerWeek));
  }

  // Concepts and minutes, and those that are there for gates only.
  void CountWorks(v1::TrackPlan& plan) const {
    for (int place = 0; place < static_cast<int>(works_.works().size()); ++place) {
      const int minutes = works_.works()[static_cast<size_t>(place)].minutes;
      const Subject& subject = works_.SubjectOf(place);
      plan.set_study_minutes(plan.study_minutes() + minutes);
      if (subject.position >= 0) plan.set_concept_count(plan.concept_count() + 1);
      if (subject.for_gate) plan.set_gate_minutes(plan.gate_minutes() + minutes);
    }
  }

  void AddWeek(const Week& week, v1::TrackPlan& plan) const {
    auto& added = *plan.add_weeks();
    added.set_number(plan.weeks_size());
    added.set_start_date(Text(goal_.start + (plan.weeks_size() - 1) * kDaysPerWeek));
    for (const Share& share : week.shares) {
      const Subject& subject = works_.SubjectOf(share.work);
      auto& item = *added.add_items();
      if (subject.position >= 0) {
        item.set_kind(v1::TRACK_ITEM_KIND_CONCEPT);
        item.set_concept_id(view_.Taught(subject.position).id);
        item.set_pinned(works_.Pinned(subject.position));
      } else {
        item.set_kind(v1::TRACK_ITEM_KIND_MILESTONE);
        item.set_milestone_id(view_.course().stages[static_cast<size_t>(subject.stage)].milestone_id);
      }
      item.set_for_gate(subject.for_gate);
      item.set_minutes(share.minutes);
      item.set_completed(share.completed);
    }
    added.set_review_minutes(week.review_minutes);
    added.set_slack_minutes(week.slack_minutes);
    plan.set_review_minutes(plan.review_minutes() + week.review_minutes);
  }

  void AddAlternatives(v1::TrackPlan& plan) const {
    auto& alternatives = *plan.mutable_alternatives();
    const int weeks = WeeksThereAre();
    const auto most = static_cast<int>(limits::kMaxHoursPerWeek * 60);
    const auto minutes = MinutesNeeded(works_.works(), weeks, pace_, most);
    alternatives.set_hours_per_week(minutes.value_or(0) / 60.0);
    alternatives.set_reachable_date(plan.finish_date());
    const auto left_out = LeaveOut(works_.works(), weeks, pace_);
    if (!left_out.has_value()) return;
    for (const int place : *left_out) {
      if (works_.SubjectOf(place).position < 0 || works_.SubjectOf(place).for_gate) continue;
      alternatives.add_left_out_concept_ids(view_.Taught(works_.SubjectOf(place).position).id);
    }
  }

  std::string Summary(const v1::TrackPlan& plan) const {
    if (plan.study_minutes() == 0) return "Nothing is left to study: the goal is mastered or known.";
    const std::string work = absl::StrFormat("%s to study, %.0f hours of work at %.4g hours a week",
                                             choosing::Count(plan.concept_count(), "concept"),
                                             std::ceil(plan.study_minutes() / 60.0), goal_.hours_per_week);
    std::string text;
    if (plan.finish_date().empty()) {
      text = absl::StrCat(work, ": that is more than ", limits::kMaxTrackWeeks, " weeks.", WithoutPinnedWeeks());
    } else {
      text = absl::StrCat(work, ": ", choosing::Count(plan.weeks_size(), "week"), ", until ", plan.finish_date(), ".");
    }
    if (!goal_.target.has_value()) return text;
    if (plan.feasible()) return absl::StrCat(text, " That meets ", Text(*goal_.target), ".");
    absl::StrAppend(&text, " That does not meet ", Text(*goal_.target), ".");
    const auto& alternatives = plan.alternatives();
    if (alternatives.hours_per_week() > 0) {
      absl::StrAppend(&text, absl::StrFormat(" %.4g hours a week would.", alternatives.hours_per_week()));
    } else {
      absl::StrAppend(&text, absl::StrFormat(" Even %g hours a week would not.", limits::kMaxHoursPerWeek));
    }
    if (!alternatives.left_out_concept_ids().empty()) {
      absl::StrAppend(&text, " So would leaving out ", absl::StrJoin(alternatives.left_out_concept_ids(), ", "), ".");
    }
    return text;
  }

  // When a way that is too long would end if nothing waited for its week; empty when that is not why it is.
  std::string WithoutPinnedWeeks() const {
    std::vector<Work> works = works_.works();
    for (Work& work : works) work.not_before = 0;
    const auto weeks = Schedule(works, pace_);
    if (!weeks.has_value()) return "";
    return absl::StrCat(" Without the weeks that you have pinned it would take until ",
                        Text(LastDay(static_cast<int>(weeks->size()))), ".");
  }

  std::string WithGates() const {
    std::string text;
    if (const int planned = works_.for_gate_count(); planned > 0) {
      absl::StrAppend(&text, " Of the concepts ", planned, planned == 1 ? " is" : " are",
                      " there because gates on the way ask for ", planned == 1 ? "it." : "them.");
    }
    if (works_.to_show_count() > 0) {
      absl::StrAppend(&text, " Gates want ", works_.to_show_count(), " more, which you know, to be shown.");
    }
    return text;
  }

  // Notes what comes later than the learner fixed it; returns that in words, and what gates keep from coming first.
  std::string AddLatePins(v1::TrackPlan& plan) const {
    std::string text;
    for (const Pin& pin : goal_.pins) {
      const TaughtConcept& pinned = view_.Taught(pin.position);
      const std::string begin = BeginOf(pinned.id, plan);
      if (begin.empty()) continue;
      if (!pin.day.has_value()) {
        if (pinned.stage <= view_.current_stage()) continue;
        absl::StrAppend(&text, " ", pinned.title, " is pinned and begins in the week of ", begin,
                        ": what gates before it ask for comes first.");
      } else if (begin > Text(*pin.day)) {
        plan.add_late_pin_concept_ids(pinned.id);
        absl::StrAppend(&text, " ", pinned.title, " is pinned to ", Text(*pin.day),
                        " and cannot begin before the week of ", begin,
                        ": what it needs, or what is pinned before it, comes first.");
      }
    }
    return text;
  }

  // The first day of the week in which a concept begins; empty when none has it.
  static std::string BeginOf(const std::string& concept_id, const v1::TrackPlan& plan) {
    const auto begins = std::ranges::find_if(plan.weeks(), [&](const v1::TrackWeek& week) {
      return std::ranges::find(week.items(), concept_id, &v1::TrackItem::concept_id) != week.items().end();
    });
    return begins == plan.weeks().end() ? "" : begins->start_date();
  }

  const LearnerView& view_;
  const Goal& goal_;
  const Works works_;
  const Pace pace_;
};

}  // namespace

v1::TrackPlan PlanTrack(const LearnerView& view, const Goal& goal) { return TrackPlanner(view, goal).Plan(); }

}  // namespace edirae::recommend::track
