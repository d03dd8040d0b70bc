#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_REVIEW_LADDER_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_REVIEW_LADDER_H_

#include <cstdint>

#include "services/recommend/domain/learner_state.h"

// When a concept is due for recall: the first, simple policy, to be replaced by FSRS. Expanding intervals, about
// doubling with every success: T. K. Landauer and R. A. Bjork, "Optimum rehearsal patterns and name learning" (1978);
// S. Leitner's boxes (1972) for starting over after a failure. The numbers are ours and uncalibrated.
namespace edirae::recommend {

// Days between a success and the next review, by rung; the last one repeats.
inline constexpr int kLadderDays[] = {1, 3, 7, 16, 35, 90};
inline constexpr int kLadderSteps = sizeof(kLadderDays) / sizeof(kLadderDays[0]);

// How long a rung waits. `step` from 0 to kLadderSteps - 1.
int64_t LadderMs(int step);

// Recalled at `at_ms`: a rung up when it was due, or would have been within a tenth of the interval; otherwise the same
// rung again, counted from now. Starts the plan when there is none.
void RecordSuccess(int64_t at_ms, Memory& memory);

// Recalled with great effort: the same rung again.
void RecordEffort(int64_t at_ms, Memory& memory);

// Not recalled: back to the first rung.
void RecordFailure(int64_t at_ms, Memory& memory);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_REVIEW_LADDER_H_
