#include "services/progress/domain/learner_state.h"

#include <algorithm>

#include "services/progress/limits.h"

namespace edirae::progress {

LearnerState LearnerState::Fork() const {
  LearnerState fork;
  fork.last_seq_ = last_seq_;
  fork.passed_ = passed_;
  fork.hints_ = hints_;
  fork.approved_ = approved_;
  fork.fast_answers_ = fast_answers_;
  fork.plan_ = plan_;
  fork.concepts_.reserve(concepts_.size() + 1);
  for (const Entry& entry : concepts_) fork.concepts_.push_back({entry.key, entry.evidence, false});
  return fork;
}

const ConceptState* LearnerState::Find(Key concept_key) const {
  const auto at = std::ranges::lower_bound(concepts_, concept_key, {}, &Entry::key);
  return at != concepts_.end() && at->key == concept_key ? at->evidence.get() : nullptr;
}

bool LearnerState::Passed(Key stage) const {
  return std::ranges::find(passed_, stage, &PassedStage::stage) != passed_.end();
}

int LearnerState::HintsShown(Key question) const {
  const auto at = std::ranges::find(hints_, question, &OpenHints::question);
  return at != hints_.end() ? at->count : 0;
}

const EventRef* LearnerState::Approval(Key milestone) const {
  const auto at = std::ranges::find(approved_, milestone, &ApprovedMilestone::milestone);
  return at != approved_.end() ? &at->event : nullptr;
}

ConceptState& LearnerState::Mutable(Key concept_key) {
  auto at = std::ranges::lower_bound(concepts_, concept_key, {}, &Entry::key);
  if (at == concepts_.end() || at->key != concept_key) {
    at = concepts_.insert(at, {concept_key, std::make_shared<ConceptState>(), true});
  } else if (!at->own) {
    at->evidence = std::make_shared<ConceptState>(*at->evidence);
    at->own = true;
  }
  return *at->evidence;
}

void LearnerState::Pass(Key stage, int64_t seq) {
  if (!Passed(stage)) passed_.push_back({stage, seq});
}

void LearnerState::ShowHint(Key question, int number) {
  const auto at = std::ranges::find(hints_, question, &OpenHints::question);
  if (at != hints_.end()) {
    at->count = number;
  } else {
    hints_.push_back({question, number});
  }
}

void LearnerState::ForgetHints(Key question) {
  std::erase_if(hints_, [question](const OpenHints& open) { return open.question == question; });
}

void LearnerState::Approve(Key milestone, const EventRef& event) {
  if (Approval(milestone) == nullptr) approved_.push_back({milestone, event});
}

void LearnerState::NoteFastAnswer(Key question, uint32_t at) {
  std::erase_if(fast_answers_, [&](const FastAnswer& fast) {
    return fast.question == question || fast.at + limits::kRepeatSeconds <= int64_t{at};
  });
  if (fast_answers_.size() == limits::kMaxFastAnswers) fast_answers_.erase(fast_answers_.begin());
  fast_answers_.push_back({question, at});
}

const LearnerPlan& LearnerState::plan() const {
  static const LearnerPlan kNoPlan;
  return plan_ != nullptr ? *plan_ : kNoPlan;
}

LearnerPlan& LearnerState::MutablePlan() {
  if (!owns_plan_) plan_ = plan_ != nullptr ? std::make_shared<LearnerPlan>(*plan_) : std::make_shared<LearnerPlan>();
  owns_plan_ = true;
  return *plan_;
}

bool operator==(const LearnerState& a, const LearnerState& b) {
  return a.last_seq_ == b.last_seq_ && a.passed_ == b.passed_ && a.hints_ == b.hints_ && a.approved_ == b.approved_ &&
         a.fast_answers_ == b.fast_answers_ && a.plan() == b.plan() &&
         std::ranges::equal(a.concepts_, b.concepts_,
                            [](const auto& x, const auto& y) { return x.key == y.key && *x.evidence == *y.evidence; });
}

}  // namespace edirae::progress
