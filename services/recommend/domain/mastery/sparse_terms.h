#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_SPARSE_TERMS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_SPARSE_TERMS_H_

#include <cstdint>

#include "services/recommend/domain/mastery/features.h"

namespace edirae::recommend::mastery {

// Fills `features.terms`, of which all else is filled.
void FillSparse(const LearnerState& state, const Question& question, Features& features);

// Answers of the learner since the newest on this concept.
uint32_t AnswersSince(const LearnerState& state, const ConceptState& concept_state);

// Whether the answer before this question was about the same first concept.
bool StaysWithConcept(const LearnerState& state, const Features& features);

}  // namespace edirae::recommend::mastery

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_MASTERY_SPARSE_TERMS_H_
