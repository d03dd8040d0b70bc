#include "services/recommend/domain/track/track_plan.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/recommend/domain/choosing/sentences.h"
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

// Works of a goal, with what each is about.
class Works {
 public:
  Works(const LearnerView& view, const Goal& goal)
      : view_(view), goal_(goal), place_(static_cast<size_t>(view.size()), -1) {
    const auto size = static_cast<size_t>(view.size());
    known_.assign(size, false);
    for (const int it : goal.known) known_[static_cast<size_t>(it)] = true;
    wanted_.assign(size, false);
    for (const int it : goal.concepts) wanted_[static_cast<size_t>(it)] = true;
    needed_.assign(size, false);
    for (const int it : goal.concepts) Need(it);
    AddInOrder();
  }

  const std::vector<Work>& works() const { return works_; }
  const Subject& SubjectOf(int place) const { return subjects_[static_cast<size_t>(place)]; }
  int known_count() const { return known_count_; }
  int concept_count() const { return concept_count_; }

 private:
  bool Done(int position) const { return view_.Mastered(position) || known_[static_cast<size_t>(position)]; }

  // With all that it builds on; what is done needs nothing.
  void Need(int first) {
    std::vector<int> left = {first};
    while (!left.empty()) {
      const int position = left.back();
      const auto at = static_cast<size_t>(position);
      left.pop_back();
      if (needed_[at]) continue;
      needed_[at] = true;
      if (Done(position)) {
        known_count_ += wanted_[at] ? 1 : 0;
        continue;
      }
      const auto& more = view_.Taught(position).prerequisites;
      left.insert(left.end(), more.begin(), more.end());
    }
  }

  bool InPlan(int position) const { return needed_[static_cast<size_t>(position)] && !Done(position); }

  // Kahn's algorithm, the first in the curriculum of those whose prerequisites are placed.
  void AddInOrder() {
    std::vector<int> missing(static_cast<size_t>(view_.size()), 0);
    std::vector<std::vector<int>> followers(static_cast<size_t>(view_.size()));
    std::priority_queue<int, std::vector<int>, std::greater<>> ready;
    std::vector<int> left_of_stage(view_.course().stages.size(), 0);
    for (int position = 0; position < view_.size(); ++position) {
      if (!InPlan(position)) continue;
      ++left_of_stage[static_cast<size_t>(view_.Taught(position).stage)];
      for (const auto* edges : {&view_.Taught(position).prerequisites, &view_.Taught(position).helpful}) {
        for (const int it : *edges) {
          if (!InPlan(it)) continue;
          ++missing[static_cast<size_t>(position)];
          followers[static_cast<size_t>(it)].push_back(position);
        }
      }
      if (missing[static_cast<size_t>(position)] == 0) ready.push(position);
    }
    AddMilestonesWithoutStudy(left_of_stage);
    while (!ready.empty()) {
      const int position = ready.top();
      ready.pop();
      AddConcept(position);
      const auto stage = static_cast<size_t>(view_.Taught(position).stage);
      if (--left_of_stage[stage] == 0) AddMilestone(static_cast<int>(stage));
      for (const int follower : followers[static_cast<size_t>(position)]) {
        if (--missing[static_cast<size_t>(follower)] == 0) ready.push(follower);
      }
    }
  }

  // Of stages of which all that the goal needs is done.
  void AddMilestonesWithoutStudy(const std::vector<int>& left_of_stage) {
    std::vector<bool> added(left_of_stage.size(), false);
    for (int position = 0; position < view_.size(); ++position) {
      const int stage = view_.Taught(position).stage;
      const auto at = static_cast<size_t>(stage);
      if (!needed_[static_cast<size_t>(position)] || left_of_stage[at] > 0 || added[at]) continue;
      added[at] = true;
      AddMilestone(stage);
    }
  }

  void AddConcept(int position) {
    const TaughtConcept& taught = view_.Taught(position);
    Work work;
    const int minutes = taught.estimated_minutes > 0 ? taught.estimated_minutes : kUnsaidMinutes;
    const double left = view_.Begun(position) ? 1 - view_.StateOf(position).belief.strength : 1;
    work.minutes = std::max(1, static_cast<int>(std::lround(minutes * std::max(left, kLeastShare))));
    for (const int it : taught.prerequisites) {
      if (InPlan(it)) work.needs.push_back(place_[static_cast<size_t>(it)]);
    }
    work.is_goal = wanted_[static_cast<size_t>(position)];
    work.need = taught.optional ? 0 : 1;
    place_[static_cast<size_t>(position)] = static_cast<int>(works_.size());
    works_.push_back(std::move(work));
    subjects_.push_back({.position = position});
    ++concept_count_;
  }

  void AddMilestone(int stage) {
    const TaughtStage& taught = view_.course().stages[static_cast<size_t>(stage)];
    if (!goal_.with_milestones || taught.milestone_id.empty() || view_.learner().Passed(taught.key)) return;
    Work work{.minutes = taught.milestone_minutes > 0 ? taught.milestone_minutes : kUnsaidMinutes,
              .is_reviewed = false,
              .need = 2};
    works_.push_back(std::move(work));
    subjects_.push_back({.stage = stage});
  }

  const LearnerView& view_;
  const Goal& goal_;
  std::vector<bool> known_, wanted_, needed_;  // by position
  std::vector<int> place_;                     // by position
  std::vector<Work> works_;
  std::vector<Subject> subjects_;
  int known_count_ = 0;
  int concept_count_ = 0;
};

class TrackPlanner {
 public:
  TrackPlanner(const LearnerView& view, const Goal& goal)
      : view_(view), goal_(goal), works_(view, goal), minutes_per_week_(static_cast<int>(goal.hours_per_week * 60)) {}

  v1::TrackPlan Plan() && {
    v1::TrackPlan plan;
    plan.set_known_count(works_.known_count());
    plan.set_concept_count(works_.concept_count());
    for (const Work& work : works_.works()) plan.set_study_minutes(plan.study_minutes() + work.minutes);
    const auto weeks = Schedule(works_.works(), minutes_per_week_);
    if (weeks.has_value()) {
      for (const Week& week : *weeks) AddWeek(week, plan);
      if (!weeks->empty()) plan.set_finish_date(Text(LastDay(static_cast<int>(weeks->size()))));
    }
    const int finish = weeks.has_value() ? static_cast<int>(weeks->size()) : limits::kMaxTrackWeeks + 1;
    plan.set_feasible(finish <= WeeksThereAre());
    if (!plan.feasible() && goal_.target.has_value()) AddAlternatives(plan);
    plan.set_summary(Summary(plan));
    return plan;
  }

 private:
  absl::CivilDay LastDay(int weeks) const { return goal_.start + weeks * kDaysPerWeek - 1; }

  // Whole weeks until the target date.
  int WeeksThereAre() const {
    if (!goal_.target.has_value()) return limits::kMaxTrackWeeks;
    return static_cast<int>((*goal_.target - goal_.start + 1) / kDaysPerWeek);
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
    const auto minutes = MinutesNeeded(works_.works(), weeks, minutes_per_week_, most);
    alternatives.set_hours_per_week(minutes.value_or(0) / 60.0);
    alternatives.set_reachable_date(plan.finish_date());
    const auto left_out = LeaveOut(works_.works(), weeks, minutes_per_week_);
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

  const LearnerView& view_;
  const Goal& goal_;
  const Works works_;
  const int minutes_per_week_;
};

}  // namespace

v1::TrackPlan PlanTrack(const LearnerView& view, const Goal& goal) { return TrackPlanner(view, goal).Plan(); }

}  // namespace edirae::recommend::track
