#include "services/recommend/domain/choosing/agenda.h"

#include <algorithm>

#include "services/recommend/domain/choosing/item_choice.h"
#include "services/recommend/domain/steps/next_step.h"

namespace edirae::recommend::choosing {
namespace {

bool IsOpen(const LearnerView& view, int position) { return position < view.end_open() || view.Begun(position); }

bool MayLearn(const LearnerView& view, int position) {
  if (view.Mastered(position) || view.Rests(position) || WaitsForItsWeek(view, position)) return false;
  if (!view.Begun(position)) return view.Ready(position);
  return view.MayPractise(position) && AskableMs(view, position) == 0;
}

bool GateWaitsFor(const LearnerView& view, int position) {
  const TaughtConcept& taught = view.Taught(position);
  return taught.stage == view.current_stage() && !taught.optional && view.way()->last() >= view.end_open();
}

Claim ClaimOf(const LearnerView& view, int position) {
  const wishing::Way* const way = view.way();
  if (way == nullptr) return Claim::kNone;
  if (way->Has(position)) return way->PinOf(position) == nullptr ? Claim::kGoal : Claim::kPinned;
  if (!HasGoalAhead(view)) return Claim::kNone;
  const bool gate_waits = GateWaitsFor(view, position);
  if ((gate_waits || way->Needs(position)) && std::ranges::binary_search(view.wishes()->known, position)) {
    return Claim::kSaidToBeKnown;
  }
  return gate_waits ? Claim::kGate : Claim::kBeyond;
}

// Collects what is to be learned.
class Agenda {
 public:
  Agenda(const LearnerView& view, size_t most) : view_(view), most_(most) {}

  std::vector<ToDo> Collect() && {
    if (view_.way() != nullptr) AddWay();
    if (HasGoalAhead(view_)) {
      for (const int position : view_.wishes()->known) AddIf(Claim::kSaidToBeKnown, position);
      AddStage();
      if (!list_.empty()) return std::move(list_);
    }
    AddCurriculum();
    return std::move(list_);
  }

 private:
  bool IsFull() const { return list_.size() >= most_; }

  void AddIf(Claim claim, int position) {
    if (IsFull() || !IsOpen(view_, position) || ClaimOf(view_, position) != claim) return;
    if (MayLearn(view_, position)) list_.push_back({.position = position, .claim = claim});
  }

  // What is on the way and can be reached now; further nobody needs to look.
  int CountReachable() const {
    const wishing::Way& way = *view_.way();
    int count = 0;
    for (int position = 0; position < view_.end_open(); ++position) count += way.Has(position) ? 1 : 0;
    const std::vector<int> beyond = BegunBeyond();
    return count + static_cast<int>(std::ranges::count_if(beyond, [&way](int it) { return way.Has(it); }));
  }

  void AddWay() {
    int reachable = CountReachable();
    if (reachable == 0) return;
    view_.way()->Walk([&](int position) {
      if (!IsOpen(view_, position)) return true;
      if (MayLearn(view_, position)) list_.push_back({.position = position, .claim = ClaimOf(view_, position)});
      return --reachable > 0 && !IsFull();
    });
  }

  void AddStage() {
    if (view_.current_stage() == static_cast<int>(view_.course().stages.size())) return;
    const TaughtStage& stage = view_.course().stages[static_cast<size_t>(view_.current_stage())];
    for (int position = stage.first_concept; position < stage.end_concept; ++position) AddIf(Claim::kGate, position);
  }

  // What is begun in stages that are not open, in order.
  std::vector<int> BegunBeyond() const {
    std::vector<int> begun;
    for (const TouchedConcept& touched : view_.touched()) {
      if (touched.position >= view_.end_open() && view_.Begun(touched.position)) begun.push_back(touched.position);
    }
    std::ranges::sort(begun);
    return begun;
  }

  void AddCurriculum() {
    wished_ = list_;
    const int end_open = view_.end_open();
    for (int position = 0; position < end_open && !IsFull(); ++position) AddUnwished(position);
    for (const int position : BegunBeyond()) AddUnwished(position);
    list_.insert(list_.end(), optional_.begin(), optional_.end());
    if (list_.size() > most_) list_.resize(most_);
  }

  void AddUnwished(int position) {
    if (view_.Mastered(position) || IsFull()) return;
    std::vector<ToDo>& to = view_.Taught(position).optional ? optional_ : list_;
    if (to.size() == most_ || !MayLearn(view_, position)) return;
    const ToDo to_do{.position = position, .claim = ClaimOf(view_, position)};
    if (std::ranges::find(wished_, to_do) == wished_.end()) to.push_back(to_do);
  }

  const LearnerView& view_;
  const size_t most_;
  std::vector<ToDo> list_;
  std::vector<ToDo> wished_;    // what the list began with
  std::vector<ToDo> optional_;  // of the curriculum
};

}  // namespace

std::vector<ToDo> ToLearn(const LearnerView& view, size_t most) { return Agenda(view, most).Collect(); }

std::optional<Claim> ClaimNow(const LearnerView& view, int position) {
  if (!IsOpen(view, position) || !MayLearn(view, position)) return std::nullopt;
  const Claim claim = ClaimOf(view, position);
  if (claim != Claim::kBeyond) return claim;
  return ToLearn(view, 1).front().claim == Claim::kBeyond ? std::optional(claim) : std::nullopt;
}

Claim ClaimOnTheWay(const LearnerView& view, int position) {
  if (view.way() == nullptr || !view.way()->Has(position)) return Claim::kNone;
  return view.way()->PinOf(position) == nullptr ? Claim::kGoal : Claim::kPinned;
}

bool WaitsForItsWeek(const LearnerView& view, int position) {
  if (view.way() == nullptr || !view.way()->Has(position)) return false;
  const wishing::Pin* const pin = view.wishes()->PinOf(position);
  if (pin == nullptr) return false;
  const auto begin = wishing::BeginOf(*pin, *view.wishes());
  return begin.has_value() && *begin > view.today();
}

std::vector<int> AskedByGates(const LearnerView& view, const wishing::Way& way) {
  std::vector<int> asked;
  if (way.last() < view.end_open()) return asked;
  const auto& stages = view.course().stages;
  const int end = stages[static_cast<size_t>(view.Taught(way.last()).stage)].first_concept;
  for (int position = stages[static_cast<size_t>(view.current_stage())].first_concept; position < end; ++position) {
    const TaughtConcept& taught = view.Taught(position);
    if (way.Has(position) || view.Mastered(position) || taught.optional) continue;
    if (view.learner().Passed(stages[static_cast<size_t>(taught.stage)].key)) continue;
    asked.push_back(position);
  }
  return asked;
}

bool HasGoalAhead(const LearnerView& view) {
  return view.way() != nullptr && view.wishes()->has_goal() && !view.way()->reached();
}

}  // namespace edirae::recommend::choosing
