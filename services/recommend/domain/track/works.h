#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_WORKS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_WORKS_H_

#include <algorithm>
#include <vector>

#include "services/recommend/domain/choosing/learner_view.h"
#include "services/recommend/domain/track/goal.h"
#include "services/recommend/domain/track/schedule.h"

namespace edirae::recommend::track {

// What a work is about.
struct Subject {
  int position = -1;      // of a concept; -1 for others
  int stage = -1;         // of a milestone or a gate
  bool for_gate = false;  // of a concept or a milestone: the goal does not need it, a gate does
};

// Everything that is to be done for a goal, in order, with what each is about; PlanTrack says which order.
class Works {
 public:
  // Borrows both.
  Works(const choosing::LearnerView& view, const Goal& goal);

  const std::vector<Work>& works() const { return works_; }
  // `place` is that of a work.
  const Subject& SubjectOf(int place) const { return subjects_[static_cast<size_t>(place)]; }
  bool Pinned(int position) const;
  // Concepts that the goal is about and that need no study.
  int known_count() const { return way_.done_count(); }
  // Concepts that are there for gates only.
  int for_gate_count() const { return static_cast<int>(std::ranges::count(for_gates_, true)); }
  // Concepts that gates ask for, and that the learner says to know: they take no time.
  int to_show_count() const { return to_show_count_; }

 private:
  static constexpr int kNone = -1;

  // What gates ask for beside the way, with what that needs.
  void AskForGates();

  bool IsPlanned(int position) const { return way_.Has(position) || for_gates_[static_cast<size_t>(position)]; }

  // The week, from 0, before which it does not begin.
  int NotBefore(int position) const;

  // Concepts in the order of the way, each behind the gates of the stages before its own; stages' milestones are next
  // when their concepts are done, after what is pinned.
  void AddInOrder();

  // Of stages up to `last`.
  void AddFinishedMilestones(int last);

  // Of which all that is planned is done, and something that the goal needs.
  std::vector<int> FinishedStages() const;

  // What the gate of a stage wants, and the gate; there is none behind a stage that is passed.
  void AddGate(int stage);

  // After what it needs, unless it is there already.
  void AddWithNeeds(int position);

  // Behind the gate of the stage before its own.
  void AddConcept(int position);

  // Once at most.
  void AddMilestone(int stage);

  // Returns its place.
  int Add(Work work, Subject subject);

  const choosing::LearnerView& view_;
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

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_WORKS_H_
