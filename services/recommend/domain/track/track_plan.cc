#include "services/recommend/domain/track/track_plan.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/recommend/domain/choosing/agenda.h"
#include "services/recommend/domain/choosing/sentences.h"
#include "services/recommend/domain/steps/belief.h"
#include "services/recommend/domain/track/schedule.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::track {
namespace {

using choosing::Count;
using choosing::LearnerView;

constexpr int kUnsaidMinutes = 60;   // of a concept or milestone whose author says none
constexpr double kLeastShare = 0.1;  // of a begun concept's minutes, for the evidence that is missing
constexpr int kDaysPerWeek = 7;

// What a work is about.
struct Subject {
  int position = -1;  // of a concept; -1 for a milestone
  int stage = -1;     // of a milestone
};

std::string Text(absl::CivilDay day) { return absl::FormatCivilTime(day); }

// The share of a begun concept's minutes that is left: by how much it is better known than by somebody who has not
// begun.
double LeftOf(const steps::ConceptBelief& belief) {
  static const steps::ConceptBelief nothing;
  return std::min(1.0, (1.0 - belief.strength) / (1.0 - nothing.strength));
}

// Of study that a concept takes from where the learner stands.
int MinutesLeft(const LearnerView& view, int position) {
  const int minutes = view.Taught(position).estimated_minutes;
  const double left = view.Begun(position) ? LeftOf(view.StateOf(position).belief) : 1;
  return std::max(
      1, static_cast<int>(std::lround((minutes > 0 ? minutes : kUnsaidMinutes) * std::max(left, kLeastShare))));
}

// Works of a goal, with what each is about.
class Works {
 public:
  Works(const LearnerView& view, const Goal& goal)
      : view_(view),
        goal_(goal),
        way_(view.course(), goal.concepts, goal.pins, view.Done(goal.known)),
        place_(static_cast<size_t>(view.size()), -1) {
    AddInOrder();
  }

  const std::vector<Work>& works() const { return works_; }
  const Subject& SubjectOf(int place) const { return subjects_[static_cast<size_t>(place)]; }
  bool Pinned(int position) const {
    return std::ranges::find(goal_.pins, position, &Pin::position) != goal_.pins.end();
  }
  const wishing::Way& way() const { return way_; }
  int known_count() const { return way_.done_count(); }
  int concept_count() const { return way_.left_count(); }

 private:
  // The week, from 0, before which it does not begin.
  int NotBefore(int position) const {
    const auto pin = std::ranges::find(goal_.pins, position, &Pin::position);
    if (pin == goal_.pins.end() || !pin->day.has_value()) return 0;
    return std::max(0, static_cast<int>((*pin->day - goal_.start) / kDaysPerWeek));
  }

  // Concepts in the order of the way; stages' milestones are next when their concepts are done, after what is pinned.
  void AddInOrder() {
    std::vector<int> left_of_stage(view_.course().stages.size(), 0);
    for (int position = 0; position < view_.size(); ++position) {
      if (way_.Has(position)) ++left_of_stage[static_cast<size_t>(view_.Taught(position).stage)];
    }
    std::vector<int> finished = FinishedStages(left_of_stage);
    way_.Walk([&](int position) {
      if (way_.PinOf(position) == nullptr) AddMilestones(finished);
      AddConcept(position);
      const auto stage = static_cast<size_t>(view_.Taught(position).stage);
      if (--left_of_stage[stage] == 0) finished.push_back(static_cast<int>(stage));
      return true;
    });
    AddMilestones(finished);
  }

  void AddMilestones(std::vector<int>& finished_stages) {
    for (const int stage : finished_stages) AddMilestone(stage);
    finished_stages.clear();
  }

  // Of which all that the goal needs is done.
  std::vector<int> FinishedStages(const std::vector<int>& left_of_stage) const {
    std::vector<int> finished;
    for (int position = 0; position < view_.size(); ++position) {
      const int stage = view_.Taught(position).stage;
      if (!way_.Needs(position) || left_of_stage[static_cast<size_t>(stage)] > 0) continue;
      if (std::ranges::find(finished, stage) == finished.end()) finished.push_back(stage);
    }
    return finished;
  }

  void AddConcept(int position) {
    const TaughtConcept& taught = view_.Taught(position);
    Work work;
    work.minutes = MinutesLeft(view_, position);
    for (const int it : taught.prerequisites) {
      if (way_.Has(it)) work.needs.push_back(place_[static_cast<size_t>(it)]);
    }
    work.is_goal = way_.Wants(position);
    work.need = Pinned(position) ? 2 : taught.optional ? 0 : 1;
    work.not_before = NotBefore(position);
    place_[static_cast<size_t>(position)] = static_cast<int>(works_.size());
    works_.push_back(std::move(work));
    subjects_.push_back({.position = position});
  }

  void AddMilestone(int stage) {
    const TaughtStage& taught = view_.course().stages[static_cast<size_t>(stage)];
    if (!goal_.with_milestones || taught.milestone_id.empty() || view_.learner().Passed(taught.key)) return;
    Work work{.minutes = taught.milestone_minutes > 0 ? taught.milestone_minutes : kUnsaidMinutes,
              .is_reviewed = false,
              .need = 2};
    for (int position = taught.first_concept; position < taught.end_concept; ++position) {
      if (way_.Has(position)) work.after.push_back(place_[static_cast<size_t>(position)]);
    }
    works_.push_back(std::move(work));
    subjects_.push_back({.stage = stage});
  }

  const LearnerView& view_;
  const Goal& goal_;
  const wishing::Way way_;
  std::vector<int> place_;  // by position: of its work; -1 for none yet
  std::vector<Work> works_;
  std::vector<Subject> subjects_;
};

class TrackPlanner {
 public:
  TrackPlanner(const LearnerView& view, const Goal& goal)
      : view_(view),
        goal_(goal),
        works_(view, goal),
        pace_({.minutes_per_week = static_cast<int>(goal.hours_per_week * 60),
               .first_week_share = goal.first_week_share}) {}

  v1::TrackPlan Plan() && {
    v1::TrackPlan plan;
    plan.set_known_count(works_.known_count());
    plan.set_concept_count(works_.concept_count());
    for (const Work& work : works_.works()) plan.set_study_minutes(plan.study_minutes() + work.minutes);
    const auto weeks = Schedule(works_.works(), pace_);
    if (weeks.has_value()) {
      for (const Week& week : *weeks) AddWeek(week, plan);
      if (!weeks->empty()) plan.set_finish_date(Text(LastDay(static_cast<int>(weeks->size()))));
    }
    const int finish = weeks.has_value() ? static_cast<int>(weeks->size()) : limits::kMaxTrackWeeks + 1;
    plan.set_feasible(finish <= WeeksThereAre());
    if (!plan.feasible() && goal_.target.has_value()) AddAlternatives(plan);
    AddGates(plan);
    plan.set_summary(absl::StrCat(Summary(plan), WithGates(plan), LatePins(plan)));
    return plan;
  }

 private:
  absl::CivilDay LastDay(int weeks) const { return goal_.start + weeks * kDaysPerWeek - 1; }

  // Whole weeks until the target date.
  int WeeksThereAre() const {
    if (!goal_.target.has_value()) return limits::kMaxTrackWeeks;
    return std::max(0, static_cast<int>((*goal_.target - goal_.start + 1) / kDaysPerWeek));
  }

  // What gates ask for beside the way, and when that would end if it had time for it. What is known takes none.
  void AddGates(v1::TrackPlan& plan) const {
    const std::vector<int> asked = choosing::AskedByGates(view_, works_.way());
    plan.set_gate_concept_count(static_cast<int>(asked.size()));
    std::vector<Work> works = works_.works();
    for (const int position : asked) {
      if (std::ranges::find(goal_.known, position) != goal_.known.end()) continue;
      works.push_back({.minutes = MinutesLeft(view_, position)});
      plan.set_gate_minutes(plan.gate_minutes() + works.back().minutes);
    }
    if (plan.gate_minutes() == 0) return;
    const auto weeks = Schedule(works, pace_);
    if (weeks.has_value()) plan.set_gate_finish_date(Text(LastDay(static_cast<int>(weeks->size()))));
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
    alternatives.set_hours_per_week(std::ceil(minutes.value_or(0) / 60.0));  // goals take whole hours
    alternatives.set_reachable_date(plan.finish_date());
    const auto left_out = LeaveOut(works_.works(), weeks, pace_);
    if (!left_out.has_value()) return;
    for (const int place : *left_out) {
      if (works_.SubjectOf(place).position < 0) continue;
      alternatives.add_left_out_concept_ids(view_.Taught(works_.SubjectOf(place).position).id);
    }
  }

  std::string Summary(const v1::TrackPlan& plan) const {
    if (plan.study_minutes() == 0) return "Nothing is left to study: the goal is mastered or known.";
    const std::string work =
        absl::StrFormat("%s to study, %.0f hours of work at %g hours a week", Count(plan.concept_count(), "concept"),
                        std::ceil(plan.study_minutes() / 60.0), goal_.hours_per_week);
    std::string text;
    if (plan.finish_date().empty()) {
      text = absl::StrCat(work, ": that is more than ", limits::kMaxTrackWeeks, " weeks.");
    } else {
      text = absl::StrCat(work, ": ", Count(plan.weeks_size(), "week"), ", until ", plan.finish_date(), ".");
    }
    if (!goal_.target.has_value()) return text;
    if (plan.feasible()) return absl::StrCat(text, " That meets ", Text(*goal_.target), ".");
    absl::StrAppend(&text, " That does not meet ", Text(*goal_.target), ".");
    const auto& alternatives = plan.alternatives();
    if (alternatives.hours_per_week() > 0) {
      absl::StrAppend(&text, absl::StrFormat(" %g hours a week would.", alternatives.hours_per_week()));
    } else {
      absl::StrAppend(&text, absl::StrFormat(" Even %g hours a week would not.", limits::kMaxHoursPerWeek));
    }
    if (!alternatives.left_out_concept_ids().empty()) {
      absl::StrAppend(&text, " So would leaving out ", absl::StrJoin(alternatives.left_out_concept_ids(), ", "), ".");
    }
    return text;
  }

  std::string WithGates(const v1::TrackPlan& plan) const {
    const int count = plan.gate_concept_count();
    if (count == 0) return "";
    const std::string asked =
        absl::StrCat(" Gates on the way ask for ", count, " more", count == 1 ? " concept" : " concepts");
    if (plan.gate_minutes() == 0) return absl::StrCat(asked, " to be shown.");
    if (plan.gate_finish_date().empty()) {
      return absl::StrCat(asked, ": with that it takes more than ", limits::kMaxTrackWeeks, " weeks.");
    }
    const std::string end = absl::StrCat(asked, ": with that it takes until ", plan.gate_finish_date());
    if (!goal_.target.has_value() || !plan.feasible() || plan.gate_finish_date() <= Text(*goal_.target)) {
      return absl::StrCat(end, ".");
    }
    return absl::StrCat(end, ", which does not meet ", Text(*goal_.target), ".");
  }

  // What comes later than the learner fixed it.
  std::string LatePins(const v1::TrackPlan& plan) const {
    std::string text;
    for (const Pin& pin : goal_.pins) {
      if (!pin.day.has_value()) continue;
      const std::string& id = view_.Taught(pin.position).id;
      const auto begins = std::ranges::find_if(plan.weeks(), [&id](const v1::TrackWeek& week) {
        return std::ranges::find(week.items(), id, &v1::TrackItem::concept_id) != week.items().end();
      });
      if (begins == plan.weeks().end() || begins->start_date() <= Text(*pin.day)) continue;
      absl::StrAppend(&text, " ", view_.Taught(pin.position).title, " is pinned to ", Text(*pin.day),
                      " and cannot begin before the week of ", begins->start_date(),
                      ": what it needs, or what is pinned before it, comes first.");
    }
    return text;
  }

  const LearnerView& view_;
  const Goal& goal_;
  const Works works_;
  const Pace pace_;
};

}  // namespace

v1::TrackPlan PlanTrack(const LearnerView& view, const Goal& goal) { return TrackPlanner(view, goal).Plan(); }

}  // namespace edirae::recommend::track
