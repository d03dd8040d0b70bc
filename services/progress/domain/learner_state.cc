#include "services/progress/domain/learner_state.h"

#include <algorithm>
#include <iterator>

#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

// So many changed concepts a fork takes over one by one; with more it shares them all anew.
constexpr size_t kMaxChanged = 4;

template <class Entries>
auto FindIn(Entries& entries, Key key) {
  const auto at = std::ranges::lower_bound(entries, key, {}, [](const auto& entry) { return entry.key; });
  return at != entries.end() && at->key == key ? &*at : nullptr;
}

}  // namespace

LearnerState LearnerState::Fork() const {
  LearnerState fork;
  fork.last_seq_ = last_seq_;
  fork.passed_ = passed_;
  fork.hints_ = hints_;
  fork.approved_ = approved_;
  fork.fast_answers_ = fast_answers_;
  fork.plan_ = plan_;
  const bool settle = changed_.size() > kMaxChanged;
  Entries taken_over = settle ? Merged() : changed_;
  for (Entry& entry : taken_over) entry.own = false;
  if (settle) {
    fork.settled_ = std::make_shared<const Entries>(std::move(taken_over));
  } else {
    fork.settled_ = settled_;
    fork.changed_ = std::move(taken_over);
  }
  return fork;
}

LearnerState::Entries LearnerState::Merged() const {
  if (settled_ == nullptr) return changed_;
  Entries all;
  all.reserve(changed_.size() + settled_->size());
  std::ranges::set_union(changed_, *settled_, std::back_inserter(all), {}, &Entry::key, &Entry::key);
  return all;
}

const ConceptState* LearnerState::Find(Key concept_key) const {
  const Entry* found = FindIn(changed_, concept_key);
  if (found == nullptr && settled_ != nullptr) found = FindIn(*settled_, concept_key);
  return found != nullptr ? found->evidence.get() : nullptr;
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
  Entry* entry = FindIn(changed_, concept_key);
  if (entry != nullptr && entry->own) return *entry->evidence;
  const ConceptState* before = Find(concept_key);
  auto own = before != nullptr ? std::make_shared<ConceptState>(*before) : std::make_shared<ConceptState>();
  if (entry == nullptr) {
    const auto at = std::ranges::lower_bound(changed_, concept_key, {}, &Entry::key);
    entry = &*changed_.insert(at, {concept_key, nullptr, true});
  }
  entry->evidence = std::move(own);
  entry->own = true;
  return *entry->evidence;
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
         std::ranges::equal(a.Merged(), b.Merged(),
                            [](const auto& x, const auto& y) { return x.key == y.key && *x.evidence == *y.evidence; });
}

}  // namespace edirae::progress
