#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_POLICY_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_POLICY_H_

#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"

namespace edirae::recommend {

struct Advice {
  std::vector<v1::Suggestion> suggestions;  // best first
  // When the next review falls due, so that the advice changes without an event; infinite for never.
  absl::Time next_due;
};

// The first honest policy: curriculum order and due reviews, the best baseline of our simulated learners. In order:
//   1. ask for the gate, when every required concept of the current stage is mastered;
//   2. reviews that are due, the longest overdue first, at most half of `max` (rounded up): learning needs room too;
//   3. concepts that are begun, in curriculum order; after two wrong answers in a row first the weakest prerequisite;
//      one that was shown, and now has to last for as long as its criterion asks, rests until then;
//   4. concepts of the current and earlier stages whose prerequisites are all mastered or shown, in curriculum order,
//      the optional ones last;
//   5. more reviews, when there is room left.
// No concept is suggested twice. Deterministic. Linear in the number of concepts, apart from sorting what is due.
// `max` is 1 or more.
Advice Suggest(const LearnerState& state, const CourseIndex& course, absl::Time now, int max);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_POLICY_H_
