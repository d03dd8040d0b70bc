#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SUGGESTIONS_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SUGGESTIONS_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/choosing/learner_view.h"

namespace edirae::recommend::choosing {

struct Advice {
  std::vector<v1::Suggestion> suggestions;  // best first
  std::optional<v1::GoalStanding> goal;     // nothing when none is kept
  // When the advice changes without an event: a review falls due, a rest ends, questions count again, a day begins, or
  // the week of a pin; infinite for never.
  absl::Time next_due;
};

// What is worth doing next. In order:
//   1. when every required concept of the current stage is mastered: hand in its milestone, where the gate asks for one
//      that is neither approved nor waiting for a review, and otherwise ask for the gate;
//   2. reviews that are due by FSRS, the most forgotten first of the longest due, of a concept at most twice a day;
//   half
//      of `max` (rounded up) at the most: learning needs room too;
//   3. concepts that are not mastered, as agenda.h has them: what the learner has pinned and what their goal needs
//      first, otherwise the curriculum's order; of a concept at most nine answers a day, and with days of rest for one
//      that was often wrong and is neither shown nor secure;
//   4. more reviews, when there is room left;
//   5. when there is nothing else, an early review of what was not asked about today.
// This is the order of domain/steps, whose simulations chose it, within what gates allow. Helpful prerequisites never
// hold back. No concept is suggested twice. The same view gives the same advice: no chance is in it. Linear in the
// concepts, apart from sorting what is due. `max` is 1 or more.
Advice Suggest(const LearnerView& view, int max);

// Adds what is suggested, and how far the goal is.
void AddTo(v1::NextSteps& steps, Advice advice);

// The suggestion about this concept that a list without end would hold; nothing when there is none.
std::optional<v1::Suggestion> SuggestionFor(const LearnerView& view, int position);

// Due reviews that can be done now, as in 2.
std::vector<int> DueReviews(const LearnerView& view);
// Every required concept of the current stage is mastered, as in 1.
bool StageIsLearned(const LearnerView& view);

// About how long things take, in minutes.
inline constexpr int kMinutesOfCard = 1;
inline constexpr int kMinutesOfQuestion = 2;
// Of one sitting with a lesson.
inline constexpr int kMinutesOfStudy = 15;

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SUGGESTIONS_H_
