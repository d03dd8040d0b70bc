#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_INHERITANCE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_INHERITANCE_H_

#include <vector>

#include "absl/functional/function_ref.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

// The state as the policy is to see it under a curriculum in which concepts became others: each concept of `course` has
// what its ancestors had too. It counts as mastered when it was, or when all concepts that became it were, unless it
// was taught before they did. For courses with `inherits`.
LearnerState WithInherited(const LearnerState& state, const CourseIndex& course);

// Whether `has` is true of the concept, or of all concepts that became it, unless it was taught before they did.
bool HasOrInherits(const TaughtConcept& taught, absl::FunctionRef<bool(IdKey)> has);

// What a concept is on the course: itself where it is taught, otherwise what it has become there, in curriculum order.
std::vector<int> HeirsOf(const CourseIndex& course, IdKey key);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_INHERITANCE_H_
