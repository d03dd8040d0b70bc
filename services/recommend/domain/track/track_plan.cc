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

using choosing::LearnerView;

constexpr int kUnsaidMinutes = 60;   // of a concept or milestone whose author says none
constexpr double kLeastShare = 0.1;  // of a begun concept's minutes, for the evidence that is missing
constexpr int kDaysPerWeek = 7;

// What a work is about.
struct Subject {
  int position = -1;      // of a concept; -1 for others
  int stage = -1;         // of a milestone or a gate
  bool for_gate = false;  // of a concept or a milestone: the goal does not need it, a gate does
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
        done_(view.Done(goal.known)),
        way_(view.course(), goal.concepts, goal.pins, done_),
        for_gates_(static_cast<size_t>(view.size()), false),
        place_(static_cast<size_t>(view.size()), kNone),
        milestones_(view.course().stages.size(), kNone),
        gates_(milestones_.size(), kNone),
        left_of_stage_(milestones_.size(), 0),
        opened_(view.current_stage()) {
    AskForGates();
    AddInOrder();
  }

  const std::vector<Work>& works() const { return works_; }
  const Subject& SubjectOf(int place) const { return subjects_[static_cast<size_t>(place)]; }
  bool Pinned(int position) const {
    return std::ranges::find(goal_.pins, position, &Pin::position) != goal_.pins.end();
  }
  int known_count() const { return way_.done_count(); }
  // Concepts that are there for gates only.
  int for_gate_count() const { return static_cast<int>(std::ranges::count(for_gates_, true)); }
  // Concepts that gates ask for, and that the learner says to know: they take no time.
  int to_show_count() const { return to_show_count_; }

 private:
  static constexpr int kNone = -1;

  // What gates ask for beside the way, with what that needs.
  void AskForGates() {
    std::vector<int> left = choosing::AskedByGates(view_, way_);
    while (!left.empty()) {
      const int it = left.back();
      left.pop_back();
      if (way_.Has(it) || for_gates_[static_cast<size_t>(it)] || view_.Mastered(it)) continue;
      if (done_[static_cast<size_t>(it)]) {
        ++to_show_count_;
        continue;
      }
      for_gates_[static_cast<size_t>(it)] = true;
      for (const int need : view_.Taught(it).prerequisites) {
        if (!done_[static_cast<size_t>(need)]) left.push_back(need);
      }
    }
  }

  bool IsPlanned(int position) const { return way_.Has(position) || for_gates_[static_cast<size_t>(position)]; }

  // The week, from 0, before which it does not begin.
  int NotBefore(int position) const {
    const auto pin = std::ranges::find(goal_.pins, position, &Pin::position);
    if (pin == goal_.pins.end() || !pin->day.has_value()) return 0;
    return std::max(0, static_cast<int>((*pin->day - goal_.start) / kDaysPerWeek));
  }

  // Concepts in the order of the way, each behind the gates of the stages before its own; stages' milestones are next
  // when their concepts are done, after what is pinned.
  void AddInOrder() {
    for (int position = 0; position < view_.size(); ++position) {
      if (IsPlanned(position)) ++left_of_stage_[static_cast<size_t>(view_.Taught(position).stage)];
    }
    finished_ = FinishedStages();
    way_.Walk([&](int position) {
      for (const int stage = view_.Taught(position).stage; opened_ < stage; ++opened_) AddGate(opened_);
      if (place_[static_cast<size_t>(position)] != kNone) return true;  // a gate wanted it before its turn
      if (way_.PinOf(position) == nullptr) AddFinishedMilestones(opened_);
      AddConcept(position);
      return true;
    });
    AddFinishedMilestones(static_cast<int>(milestones_.size()));
  }

  // Of stages up to `last`.
  void AddFinishedMilestones(int last) {
    std::ranges::sort(finished_);
    std::erase_if(finished_, [&](int stage) {
      if (stage > last) return false;
      if (goal_.with_milestones) AddMilestone(stage);
      return true;
    });
  }

  // Of which all that is planned is done, and something that the goal needs.
  std::vector<int> FinishedStages() const {
    std::vector<int> finished;
    for (int position = 0; position < view_.size(); ++position) {
      const int stage = view_.Taught(position).stage;
      if (!way_.Needs(position) || left_of_stage_[static_cast<size_t>(stage)] > 0) continue;
      if (std::ranges::find(finished, stage) == finished.end()) finished.push_back(stage);
    }
    return finished;
  }

  // What the gate of a stage wants, and the gate; there is none behind a stage that is passed.
  void AddGate(int stage) {
    const TaughtStage& taught = view_.course().stages[static_cast<size_t>(stage)];
    const int before = stage == 0 ? kNone : gates_[static_cast<size_t>(stage) - 1];
    gates_[static_cast<size_t>(stage)] = before;
    if (view_.learner().Passed(taught.key)) return;
    Work gate{.minutes = 0, .is_reviewed = false, .is_goal = false};
    if (before != kNone) gate.needs.push_back(before);
    for (int position = taught.first_concept; position < taught.end_concept; ++position) {
      if (!IsPlanned(position) || view_.Taught(position).optional) continue;
      AddWithNeeds(position);
      gate.needs.push_back(place_[static_cast<size_t>(position)]);
    }
    if (taught.gate_wants_milestone) AddMilestone(stage);
    if (const int milestone = milestones_[static_cast<size_t>(stage)]; milestone != kNone) {
      gate.needs.push_back(milestone);
    }
    gates_[static_cast<size_t>(stage)] = Add(std::move(gate), {.stage = stage});
  }

  // After what it needs, unless it is there already.
  void AddWithNeeds(int position) {
    std::vector<int> left = {position};
    while (!left.empty()) {
      const size_t before = left.size();
      const int it = left.back();
      for (const int need : view_.Taught(it).prerequisites) {
        if (IsPlanned(need) && place_[static_cast<size_t>(need)] == kNone) left.push_back(need);
      }
      if (left.size() > before) continue;
      left.pop_back();
      if (place_[static_cast<size_t>(it)] == kNone) AddConcept(it);
    }
  }

  void AddConcept(int position) {
    const TaughtConcept& taught = view_.Taught(position);
    Work work;
    work.minutes = MinutesLeft(view_, position);
    for (const int it : taught.prerequisites) {
      if (place_[static_cast<size_t>(it)] != kNone) work.needs.push_back(place_[static_cast<size_t>(it)]);
    }
    const int gate = taught.stage == 0 ? kNone : gates_[static_cast<size_t>(taught.stage) - 1];
    if (gate != kNone) work.needs.push_back(gate);
    work.is_goal = way_.Wants(position);
    work.need = Pinned(position) ? 2 : taught.optional ? 0 : 1;
    work.not_before = NotBefore(position);
    const bool for_gate = for_gates_[static_cast<size_t>(position)];
    place_[static_cast<size_t>(position)] = Add(std::move(work), {.position = position, .for_gate = for_gate});
    if (--left_of_stage_[static_cast<size_t>(taught.stage)] == 0) finished_.push_back(taught.stage);
  }

  // Once at most.
  void AddMilestone(int stage) {
    const TaughtStage& taught = view_.course().stages[static_cast<size_t>(stage)];
    int& place = milestones_[static_cast<size_t>(stage)];
    if (place != kNone || taught.milestone_id.empty() || view_.learner().Passed(taught.key)) return;
    Work work{.minutes = taught.milestone_minutes > 0 ? taught.milestone_minutes : kUnsaidMinutes,
              .is_reviewed = false,
              .is_goal = goal_.with_milestones,
              .need = 2};
    for (int position = taught.first_concept; position < taught.end_concept; ++position) {
      if (place_[static_cast<size_t>(position)] != kNone) work.after.push_back(place_[static_cast<size_t>(position)]);
    }
    place = Add(std::move(work), {.stage = stage, .for_gate = !goal_.with_milestones});
  }

  // Returns its place.
  int Add(Work work, Subject subject) {
    works_.push_back(std::move(work));
    subjects_.push_back(subject);
    return static_cast<int>(works_.size()) - 1;
  }

  const LearnerView& view_;
  const Goal& goal_;
  const std::vector<bool> done_;  // by position: mastered, or said to be known
  const wishing::Way way_;
  std::vector<bool> for_gates_;  // by position: planned for a gate only
  int to_show_count_ = 0;
  std::vector<int> place_;          // by position: of its work; kNone for none yet
  std::vector<int> milestones_;     // by stage: the same of its milestone
  std::vector<int> gates_;          // by stage: of its gate, or the last one before
  std::vector<int> left_of_stage_;  // by stage: concepts that are planned and not placed
  std::vector<int> finished_;       // stages whose milestone is next
  int opened_;                      // the last stage that is open to what comes now
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
    alternatives.set_hours_per_week(std::ceil(minutes.value_or(0) / 60.0));  // goals take whole hours
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
    const std::string work = absl::StrFormat("%s to study, %.0f hours of work at %g hours a week",
                                             choosing::Count(plan.concept_count(), "concept"),
                                             std::ceil(plan.study_minutes() / 60.0), goal_.hours_per_week);
    std::string text;
    if (plan.finish_date().empty()) {
      text = absl::StrCat(work, ": that is more than ", limits::kMaxTrackWeeks, " weeks.");
    } else {
      text = absl::StrCat(work, ": ", choosing::Count(plan.weeks_size(), "week"), ", until ", plan.finish_date(), ".");
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

  // What comes later than the learner fixed it; returns that in words.
  std::string AddLatePins(v1::TrackPlan& plan) const {
    std::string text;
    for (const Pin& pin : goal_.pins) {
      if (!pin.day.has_value()) continue;
      const std::string& id = view_.Taught(pin.position).id;
      const auto begins = std::ranges::find_if(plan.weeks(), [&id](const v1::TrackWeek& week) {
        return std::ranges::find(week.items(), id, &v1::TrackItem::concept_id) != week.items().end();
      });
      if (begins == plan.weeks().end() || begins->start_date() <= Text(*pin.day)) continue;
      plan.add_late_pin_concept_ids(id);
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
