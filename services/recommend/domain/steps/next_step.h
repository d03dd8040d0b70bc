#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_NEXT_STEP_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_NEXT_STEP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/recommend/domain/steps/steps_state.h"

namespace edirae::recommend::steps {

// What is taught, in the order in which it is meant to be learned.
struct Curriculum {
  std::vector<std::vector<int32_t>> prerequisites;  // by concept; positions in the same order

  int32_t size() const { return static_cast<int32_t>(prerequisites.size()); }
};

enum class StepKind {
  kReview,       // a secure concept that has faded enough for a review to be worth its time
  kPractise,     // begun, and not secure yet
  kBegin,        // the next concept that was never answered
  kEarlyReview,  // nothing else is left today
};

// What a learner did with a concept, as far as a reason needs it.
struct Evidence {
  int32_t concept_index = -1;  // -1 for none
  int answers = 0;
  int correct = 0;
  double days_since = 0;         // the last answer
  double chance_of_success = 0;  // of the next answer, as predicted, 0 to 1
};

// What to do next, and the facts that decided it.
struct NextStep {
  int32_t concept_index = 0;
  StepKind kind = StepKind::kBegin;
  Evidence evidence;      // of the concept itself
  Evidence prerequisite;  // of the weakest answered prerequisite, when one begins or practises
};

// Rules of the choice, for whoever makes it of other candidates.
inline constexpr int kReviewsADay = 2;    // answers to a secure concept
inline constexpr int kPracticesADay = 9;  // answers to one that is not
inline constexpr int kLooked = 64;        // how many candidates are compared at the most, so that a choice stays cheap
// From so many wrong answers on a concept that is not secure rests between days of practice, at most so many days.
inline constexpr int kStuckAfter = 36;
inline constexpr int kLongestRest = 31;
// Days between two days of practice of a concept that is not secure: 0 at first, 1 after kStuckAfter wrong answers, and
// one more than twice as many after twice as many. All wrong answers count that there ever were. What cannot be learned
// must not keep its learner for ever.
int RestDays(const ConceptBelief& belief);
// Whether a concept may be practised on the day, with so many days of rest between two days of practice.
bool MayPractise(const ConceptBelief& belief, int32_t day, int rest_days);
// What speaks against an early review: little is forgotten, or it was asked about today.
double EarlyReviewCost(const ConceptBelief& belief, double scale, double now_days);

// Chooses in this order:
//   1. of the reviews that are due, at most two a day of a concept, the one that is forgotten most;
//   2. of the concepts that are not secure, the first in the curriculum: at most nine answers a day of a concept, and
//      with days of rest for one that stays wrong;
//   3. a review before it is due.
// The graph does not decide: in simulation, leaning on it gained nothing, and this way its errors cost nothing.
// There is no chance in it: the same state and time give the same step. O(log n) in the number of concepts, apart from
// those that rest. `now_days`
// are days since the Unix epoch, and days begin at midnight UTC. The curriculum is not empty.
NextStep Choose(const StepsState& state, const Curriculum& curriculum, double now_days);

// One or two sentences for the learner. `titles` are those of the curriculum's concepts.
std::string Explain(const NextStep& step, const std::vector<std::string>& titles);

}  // namespace edirae::recommend::steps

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_STEPS_NEXT_STEP_H_
