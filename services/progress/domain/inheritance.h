#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_INHERITANCE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_INHERITANCE_H_

#include <optional>

#include "services/progress/domain/content_index.h"
#include "services/progress/domain/learner_state.h"

namespace edirae::progress {

// All evidence that counts for a concept: its own, and that of the concepts that became it. Refers to the state's own
// where nothing became the concept, which is the rule. The concept counts as mastered when it was, or when all concepts
// that became it were, unless it was taught before they did. Both arguments must outlive it.
class CountedEvidence {
 public:
  CountedEvidence(const IndexedConcept& indexed, const LearnerState& state);

  // Null without evidence.
  const ConceptState* get() const { return inherited_ ? &*inherited_ : own_; }
  const ConceptState* operator->() const { return get(); }
  const ConceptState& operator*() const { return *get(); }
  explicit operator bool() const { return get() != nullptr; }

 private:
  const ConceptState* own_ = nullptr;
  std::optional<ConceptState> inherited_;
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_INHERITANCE_H_
