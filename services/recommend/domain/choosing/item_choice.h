#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_ITEM_CHOICE_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_ITEM_CHOICE_H_

#include <cstdint>
#include <vector>

#include "services/recommend/domain/choosing/learner_view.h"
#include "services/recommend/domain/mastery/model.h"

// Which question, card or resource of a concept comes next. Pure; no chance is in it.
namespace edirae::recommend::choosing {

// The chance of a right answer as a sum of log-odds: the mastery model's, and the author's guess of the difficulty
// where the model knows nothing of the item.
struct Prediction {
  mastery::Explanation parts;  // of the model alone
  double author_log_odds = 0;  // what the author's difficulty adds
  double log_odds = 0;         // of all
  double chance = 0;
};
Prediction Explain(const LearnerView& view, const TaughtConcept& taught, const TaughtQuestion& question);
double ChanceOf(const LearnerView& view, const TaughtConcept& taught, const TaughtQuestion& question);

// When a question on the concept can be asked next, in Unix milliseconds: 0 for now, or when it has none. A question
// counts once within 12 hours, and is not asked before.
int64_t AskableMs(const LearnerView& view, int position);

struct QuestionChoice {
  const TaughtQuestion* question = nullptr;  // null when none can be asked now
  double chance = 0;                         // of a right answer
};

// The next question: never one that would not count, as it was answered less than 12 hours ago; last, one that is also
// about a concept of the course which the learner has neither begun nor could begin; then one that the
// criterion still needs (not right yet, or not without a hint) before others; then what says most: the nearest to the
// right difficulty, hard to guess where the accuracy is what is missing; then the one seen longest ago, in the author's
// order. `taken` are not looked at.
QuestionChoice NextQuestion(const LearnerView& view, int position,
                            const std::vector<const TaughtQuestion*>& taken = {});

// The card to recall next: the one that fell due first, then one never seen, then the one due soonest. Null when there
// is none. `taken` are not looked at.
const TaughtCard* NextCard(const LearnerView& view, int position, const std::vector<const TaughtCard*>& taken = {});
// Null when it was never seen.
const SeenCard* Seen(const LearnerView& view, int position, const TaughtCard& card);

struct ResourceChoice {
  const HelpfulResource* resource = nullptr;
  double score = 0;  // 0 to 1
  bool opened = false;
};

// The best limits::kMaxResources resources, best first: those of the concept before those of its stage, of the level
// at which the learner stands, not opened before; then in the author's order.
std::vector<ResourceChoice> BestResources(const LearnerView& view, int position);

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_ITEM_CHOICE_H_
