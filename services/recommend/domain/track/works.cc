#include "services/recommend/domain/track/works.h"

#include <cmath>
#include <utility>

#include "services/recommend/domain/choosing/agenda.h"
#include "services/recommend/domain/steps/belief.h"

namespace edirae::recommend::track {
namespace {

using choosing::LearnerView;

constexpr int kUnsaidMinutes = 60;   // of a concept or milestone whose author says none
constexpr double kLeastShare = 0.1;  // of a begun concept's minutes, for the evidence that is missing

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

}  // namespace

Works::Works(const LearnerView& view, const Goal& goal)
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

bool Works::Pinned(int position) const {
  return std::ranges::find(goal_.pins, position, &Pin::position) != goal_.pins.end();
}

void Works::AskForGates() {
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

int Works::NotBefore(int position) const {
  const auto pin = std::ranges::find(goal_.pins, position, &Pin::position);
  if (pin == goal_.pins.end() || !pin->day.has_value()) return 0;
  return std::max(0, static_cast<int>((*pin->day - goal_.start) / kDaysPerWeek));
}

void Works::AddInOrder() {
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

void Works::AddFinishedMilestones(int last) {
  std::ranges::sort(finished_);
  std::erase_if(finished_, [&](int stage) {
    if (stage > last) return false;
    if (goal_.with_milestones) AddMilestone(stage);
    return true;
  });
}

std::vector<int> Works::FinishedStages() const {
  std::vector<int> finished;
  for (int position = 0; position < view_.size(); ++position) {
    const int stage = view_.Taught(position).stage;
    if (!way_.Needs(position) || left_of_stage_[static_cast<size_t>(stage)] > 0) continue;
    if (std::ranges::find(finished, stage) == finished.end()) finished.push_back(stage);
  }
  return finished;
}

void Works::AddGate(int stage) {
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

void Works::AddWithNeeds(int position) {
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

void Works::AddConcept(int position) {
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

void Works::AddMilestone(int stage) {
  const TaughtStage& taught = view_.course().stages[static_cast<size_t>(stage)];
  int& place = milestones_[static_cast<size_t>(stage)];
  if (place != kNone || taught.milestone_id.empty() || view_.learner().Passed(taught.key)) return;
  if (view_.MilestoneOf(taught) == MilestoneStanding::kApproved) return;
  Work work{.minutes = taught.milestone_minutes > 0 ? taught.milestone_minutes : kUnsaidMinutes,
            .is_reviewed = false,
            .is_goal = goal_.with_milestones,
            .need = 2};
  for (int position = taught.first_concept; position < taught.end_concept; ++position) {
    if (place_[static_cast<size_t>(position)] != kNone) work.after.push_back(place_[static_cast<size_t>(position)]);
  }
  place = Add(std::move(work), {.stage = stage, .for_gate = !goal_.with_milestones});
}

int Works::Add(Work work, Subject subject) {
  works_.push_back(std::move(work));
  subjects_.push_back(subject);
  return static_cast<int>(works_.size()) - 1;
}

}  // namespace edirae::recommend::track
