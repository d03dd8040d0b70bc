#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_WHAT_IF_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_WHAT_IF_H_

#include <vector>

#include "absl/time/time.h"
#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/models.h"
#include "services/recommend/domain/wishing/wishes.h"

namespace edirae::recommend::choosing {

// An answer that was not given.
struct Hypothesis {
  int position = 0;  // of the concept that owns the question
  const TaughtQuestion* question = nullptr;
  bool correct = false;
  absl::Time at;
};

// The state that these answers would lead to, folded as those that are given: one to a question that was answered less
// than 12 hours before teaches nothing. `applied_seq` stays. Mastery stays too: only the ledger decides it.
LearnerState Imagine(const Models& models, const CourseIndex& course, LearnerState state,
                     const std::vector<Hypothesis>& answers);

// What they would change about the concepts that they are about, and the next steps after the last of them. What is
// before and after is seen at that same moment, so that the difference is that of the answers. `wishes` as for a
// LearnerView. `next_steps` is left unsigned: whose it is, is for the caller to say.
v1::WhatIfResponse WhatIf(const Models& models, const LearnerState& state, const CourseIndex& course, absl::Time now,
                          const wishing::Wishes* wishes, const std::vector<Hypothesis>& answers, int max_suggestions);

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_WHAT_IF_H_
