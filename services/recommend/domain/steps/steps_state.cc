#include "services/recommend/domain/steps/steps_state.h"

#include <cmath>

namespace edirae::recommend::steps {
namespace {

constexpr double kScaleMoved = 0.05;  // in logarithms

}  // namespace

StepsState::StepsState(const LearnerBelief& learner, Concepts concepts)
    : learner_(learner), concepts_(std::move(concepts)), queued_scale_(learner.stability_scale) {
  for (const auto& [concept_index, belief] : concepts_) Enqueue(concept_index, belief);
  while (concepts_.contains(first_untouched_)) ++first_untouched_;
}

const ConceptBelief* StepsState::Find(int32_t concept_index) const {
  const auto found = concepts_.find(concept_index);
  return found == concepts_.end() ? nullptr : &found->second;
}

void StepsState::Enqueue(int32_t concept_index, const ConceptBelief& belief) {
  if (belief.secure) {
    reviews_.emplace(DueDays(belief, queued_scale_), concept_index);
  } else {
    begun_.insert(concept_index);
  }
}

void StepsState::Dequeue(int32_t concept_index, const ConceptBelief& belief) {
  if (belief.secure) {
    reviews_.erase({DueDays(belief, queued_scale_), concept_index});
  } else {
    begun_.erase(concept_index);
  }
}

void StepsState::Requeue() {
  Reviews before;
  before.swap(reviews_);
  queued_scale_ = learner_.stability_scale;
  for (const auto& [due, concept_index] : before) Enqueue(concept_index, concepts_.at(concept_index));
}

void Observe(const Answer& answer, StepsState& state) {
  const auto [place, first] = state.concepts_.try_emplace(answer.concept_index);
  ConceptBelief& belief = place->second;
  if (!first) state.Dequeue(answer.concept_index, belief);
  ObserveAnswer(answer.correct, answer.at_days, state.learner_, belief);
  state.Enqueue(answer.concept_index, belief);
  while (state.concepts_.contains(state.first_untouched_)) ++state.first_untouched_;
  if (std::abs(std::log(state.learner_.stability_scale / state.queued_scale_)) > kScaleMoved) state.Requeue();
}

}  // namespace edirae::recommend::steps
