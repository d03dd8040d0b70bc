#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SENTENCES_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SENTENCES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "services/recommend/domain/choosing/learner_view.h"

// What learners are told: one to three English sentences each, made of facts only. Pure.
namespace edirae::recommend::choosing {

// "1 day", "3 days".
std::string Count(int64_t number, absl::string_view unit);
// "less than an hour ago", "5 hours ago", "9 days ago"; rounded down.
std::string Ago(int64_t ms);
// "84 %".
std::string Percent(double chance);
// "You answered 3 of 4 right on Bayes"; only for one that was answered.
std::string AnswersSoFar(const LearnerView& view, int position);

// " You answered 3 of 4 right on Vectors, which this needs; last seen 9 days ago." of the weakest prerequisite that was
// answered, or nothing.
std::string WhatItNeeds(const LearnerView& view, int position);

// "All 6 required concepts of “Foundations” are mastered: ask for its gate."
std::string ExplainAdvance(const TaughtStage& stage, int required_count);
// The same up to the colon, and then "hand in its milestone, “A Forecast”; the gate asks for it."
std::string ExplainSubmit(const TaughtStage& stage, int required_count, MilestoneStanding standing);
// "You last met Bayes 3 days ago, and your chance of recalling it has fallen to 84 %: its review has been due for 1
// day." Of a card when that is what is due.
std::string ExplainReview(const LearnerView& view, int position);
// "Regression is next in “Models”. You answered 3 of 4 right on Vectors, which this needs; last seen 9 days ago."
std::string ExplainFrontier(const LearnerView& view, int position);
// "You answered 1 of 2 right on Bayes; 1 of 3 different questions is right so far."
std::string ExplainProgress(const LearnerView& view, int position);
// "Your last 2 answers on Bayes were wrong. ..." and what helps: its weakest prerequisite, or its best resource.
std::string ExplainStruggle(const LearnerView& view, int position);
// "3 different questions on Bayes were right 25 hours ago: one right answer now shows that it stayed."
std::string ExplainReturn(const LearnerView& view, int position);
// "Nothing is due and nothing is left to begin now. Bayes is what a review helps most: last seen 2 days ago."
std::string ExplainEarlyReview(const LearnerView& view, int position);
// Why the concept is not suggested now.
std::string ExplainSilence(const LearnerView& view, int position);

}  // namespace edirae::recommend::choosing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_CHOOSING_SENTENCES_H_
