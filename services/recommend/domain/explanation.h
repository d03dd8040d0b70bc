#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_EXPLANATION_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_EXPLANATION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"

// The sentences of suggestions: one each, in English, for the learner, made of facts only. Pure.
namespace edirae::recommend {

// "All 6 required concepts of “Foundations” are mastered: ask for its gate."
std::string ExplainAdvance(const TaughtStage& stage, int required_count);

// "You last recalled Bayes 3 days ago, and its review has been due for 1 day."
std::string ExplainReview(const TaughtConcept& taught, const Memory& memory, int64_t now_ms);

// "1 of 3 different questions on Bayes is right so far."
std::string ExplainProgress(const TaughtConcept& taught, const ConceptState& state);

// "3 different questions on Bayes were right 25 hours ago: one right answer now shows that it stayed."
std::string ExplainReturn(const TaughtConcept& taught, const ConceptState& state, int64_t now_ms);

// "Your last 2 answers on Bayes were wrong. ..." with what to do first: a prerequisite (whose state is null before its
// first event) …
std::string ExplainStruggle(const TaughtConcept& taught, const TaughtConcept& prerequisite,
                            const ConceptState* prerequisite_state);
// … or, when nothing is wrong with those, its best resource or its progress.
std::string ExplainStruggle(const TaughtConcept& taught, const ConceptState& state);

// "You mastered Vectors and Matrices, so Regression is next." Or, when one of them still has to last, "You have shown
// …".
std::string ExplainFrontier(const TaughtConcept& taught, const std::vector<absl::string_view>& prerequisite_titles,
                            bool all_mastered, const TaughtStage& stage);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_EXPLANATION_H_
