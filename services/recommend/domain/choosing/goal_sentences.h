#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_GOAL_SENTENCES_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_GOAL_SENTENCES_H_

#include <optional>
#include <string>
#include <vector>

#include "edirae/recommend/v1/recommend_service.pb.h"
#include "services/recommend/domain/choosing/agenda.h"
#include "services/recommend/domain/choosing/learner_view.h"

// What learners are told of their goal and their pins, in English sentences made of facts only. Pure.
namespace edirae::recommend::choosing {

// The code of a claim; UNSPECIFIED for none.
v1::ReasonCode CodeOf(Claim claim);

// Why a concept is begun: "Your goal, Data analyst, needs Regression; 7 concepts are left.", "You have pinned Trees."
// Only for a claim.
std::string ExplainWished(const LearnerView& view, const ToDo& to_do);
// The same beside what is said of a concept that is begun: "Your goal, Data analyst, needs it."
std::string AlsoWished(const LearnerView& view, const ToDo& to_do);

// " Your goal, Data analyst, needs it." of a concept that is on the way and not to be learned now; empty for others.
std::string AlsoOnTheWay(const LearnerView& view, int position);

// Why a concept that could be learned is not suggested, because of what the learner wishes; empty when that is not why.
std::string ExplainUnwished(const LearnerView& view, int position);

// How far the goal is, and what comes next: `to_learn` is what can be learned now, and `gate_is_next` says that the
// current stage is learned, so that its gate comes next. Nothing when no goal is kept.
std::optional<v1::GoalStanding> StandingOf(const LearnerView& view, const std::vector<ToDo>& to_learn,
                                           bool gate_is_next);

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_GOAL_SENTENCES_H_
