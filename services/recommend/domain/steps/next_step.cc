#include "services/recommend/domain/steps/next_step.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace edirae::recommend::steps {
namespace {

Evidence EvidenceOf(const StepsState& state, int32_t concept_index, double now_days) {
  const ConceptBelief* belief = state.Find(concept_index);
  if (belief == nullptr) return {.concept_index = concept_index};
  const double retention = Retention(*belief, state.learner().stability_scale, now_days);
  return {.concept_index = concept_index,
          .answers = belief->answers,
          .correct = belief->correct,
          .days_since = std::max(now_days - belief->last_days, 0.0),
          .chance_of_success = ChanceOfSuccess(belief->strength * retention)};
}

// Looks at the reviews in the order in which they fall due, of those that `may` be taken for the one of the lowest
// cost.
template <class May, class Cost>
std::optional<int32_t> CheapestReview(const StepsState& state, int32_t size, May may, Cost cost) {
  std::optional<int32_t> best;
  double least = 0;
  int looked = 0;
  for (const auto& [due, concept_index] : state.reviews()) {
    if (concept_index >= size) continue;
    const ConceptBelief& belief = *state.Find(concept_index);
    if (looked == kLooked || !may(due, belief)) break;
    ++looked;
    const std::optional<double> its = cost(belief);
    if (!its.has_value() || (best.has_value() && *its >= least)) continue;
    best = concept_index;
    least = *its;
  }
  return best;
}

// The most forgotten of those that have been due the longest.
std::optional<int32_t> DueReview(const StepsState& state, int32_t size, double now_days) {
  const double scale = state.learner().stability_scale;
  const int32_t day = DayOf(now_days);
  return CheapestReview(
      state, size, [&](double due, const ConceptBelief&) { return due <= now_days; },
      [&](const ConceptBelief& belief) {
        return belief.AnswersOn(day) < kReviewsADay ? std::optional(Retention(belief, scale, now_days)) : std::nullopt;
      });
}

std::optional<int32_t> ToLearn(const StepsState& state, int32_t size, double now_days) {
  std::optional<int32_t> untouched;
  if (state.first_untouched() < size) untouched = state.first_untouched();
  for (const int32_t concept_index : state.begun()) {
    if (concept_index >= size || (untouched.has_value() && concept_index > *untouched)) break;
    const ConceptBelief& belief = *state.Find(concept_index);
    if (MayPractise(belief, DayOf(now_days), RestDays(belief))) return concept_index;
  }
  return untouched;
}

// The weakest, and rather one that was not asked about today.
std::optional<int32_t> EarlyReview(const StepsState& state, int32_t size, double now_days) {
  const double scale = state.learner().stability_scale;
  return CheapestReview(
      state, size, [](double, const ConceptBelief&) { return true; },
      [&](const ConceptBelief& belief) { return std::optional(EarlyReviewCost(belief, scale, now_days)); });
}

// When nothing is secure and all that is begun had its share today: what had the least of it.
int32_t LeastAskedToday(const StepsState& state, int32_t size, double now_days) {
  int32_t best = 0;
  int least = std::numeric_limits<int>::max();
  int looked = 0;
  for (const int32_t concept_index : state.begun()) {
    if (concept_index >= size || ++looked > kLooked) break;
    const int today = state.Find(concept_index)->AnswersOn(DayOf(now_days));
    if (today >= least) continue;
    least = today;
    best = concept_index;
  }
  return best;
}

Evidence WeakestPrerequisite(const StepsState& state, const std::vector<int32_t>& prerequisites, double now_days) {
  Evidence weakest;
  for (const int32_t prerequisite : prerequisites) {
    const Evidence it = EvidenceOf(state, prerequisite, now_days);
    if (it.answers == 0) continue;
    if (weakest.concept_index < 0 || it.chance_of_success < weakest.chance_of_success) weakest = it;
  }
  return weakest;
}

std::string Ago(double days) {
  const auto whole = static_cast<int64_t>(days);
  if (whole == 0) return "less than a day ago";
  return absl::StrCat(whole, whole == 1 ? " day ago" : " days ago");
}

std::string Score(const Evidence& it) {
  return absl::StrCat("You answered ", it.correct, " of ", it.answers, " right");
}

std::string WhatItNeeds(const Evidence& prerequisite, const std::vector<std::string>& titles) {
  if (prerequisite.concept_index < 0) return "";
  return absl::StrCat(" ", Score(prerequisite), " on ", titles[prerequisite.concept_index],
                      ", which this needs; last seen ", Ago(prerequisite.days_since), ".");
}

}  // namespace

int RestDays(const ConceptBelief& belief) {
  int rest = 0;
  for (int wrong = belief.answers - belief.correct; wrong >= kStuckAfter && rest < kLongestRest; wrong /= 2) {
    rest = 2 * rest + 1;
  }
  return rest;
}

bool MayPractise(const ConceptBelief& belief, int32_t day, int rest_days) {
  if (day > belief.day && belief.answers > 0) return day - belief.day > rest_days;
  return belief.AnswersOn(day) < kPracticesADay;
}

double EarlyReviewCost(const ConceptBelief& belief, double scale, double now_days) {
  return belief.strength * Retention(belief, scale, now_days) + 0.2 * belief.AnswersOn(DayOf(now_days));
}

NextStep Choose(const StepsState& state, const Curriculum& curriculum, double now_days) {
  NextStep step;
  if (const auto due = DueReview(state, curriculum.size(), now_days); due.has_value()) {
    step = {.concept_index = *due, .kind = StepKind::kReview};
  } else if (const auto next = ToLearn(state, curriculum.size(), now_days); next.has_value()) {
    step = {.concept_index = *next, .kind = state.Find(*next) == nullptr ? StepKind::kBegin : StepKind::kPractise};
  } else if (const auto early = EarlyReview(state, curriculum.size(), now_days); early.has_value()) {
    step = {.concept_index = *early, .kind = StepKind::kEarlyReview};
  } else {
    step = {.concept_index = LeastAskedToday(state, curriculum.size(), now_days), .kind = StepKind::kPractise};
  }
  step.evidence = EvidenceOf(state, step.concept_index, now_days);
  if (step.kind == StepKind::kBegin || step.kind == StepKind::kPractise) {
    step.prerequisite = WeakestPrerequisite(state, curriculum.prerequisites[step.concept_index], now_days);
  }
  return step;
}

std::string Explain(const NextStep& step, const std::vector<std::string>& titles) {
  const std::string& title = titles[step.concept_index];
  const Evidence& it = step.evidence;
  const std::string success =
      absl::StrFormat("the chance that you still get it right is about %.0f %%", 100 * it.chance_of_success);
  switch (step.kind) {
    case StepKind::kReview:
      return absl::StrCat("Time to review ", title, ": last seen ", Ago(it.days_since), ", ", success, ".");
    case StepKind::kPractise:
      return absl::StrCat(Score(it), " on ", title, ", which is not secure yet.",
                          WhatItNeeds(step.prerequisite, titles));
    case StepKind::kBegin:
      return absl::StrCat(title, " is next in the curriculum.", WhatItNeeds(step.prerequisite, titles));
    case StepKind::kEarlyReview:
      return absl::StrCat("Nothing is due and nothing is left to begin today. ", title,
                          " is what a review helps most: ", "last seen ", Ago(it.days_since), ", ", success, ".");
  }
  return "";
}

}  // namespace edirae::recommend::steps
