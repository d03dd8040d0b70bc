#include "services/recommend/domain/mastery/learner_state.h"

#include <algorithm>

namespace edirae::recommend::mastery {

const ConceptState* LearnerState::Find(ShortKey key) const {
  const auto at = std::lower_bound(concepts.begin(), concepts.end(), key,
                                   [](const ConceptState& state, ShortKey wanted) { return state.key < wanted; });
  return at != concepts.end() && at->key == key ? &*at : nullptr;
}

}  // namespace edirae::recommend::mastery
