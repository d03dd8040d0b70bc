#include "services/progress/domain/criterion.h"

#include <algorithm>
#include <ranges>
#include <span>

namespace edirae::progress {
namespace {

std::span<const AnswerOutcome> Window(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence) {
  const std::span<const AnswerOutcome> newest = evidence.newest;
  return newest.last(std::min(newest.size(), static_cast<size_t>(criterion.window())));
}

}  // namespace

UnmetClauses Evaluate(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence) {
  UnmetClauses unmet;
  const int distinct = static_cast<int>(evidence.first_correct.size());
  if (distinct < criterion.min_distinct_correct()) {
    unmet.push_back({v1::CRITERION_CLAUSE_DISTINCT_CORRECT, distinct, criterion.min_distinct_correct()});
  }
  const int right = static_cast<int>(std::ranges::count_if(Window(criterion, evidence), &AnswerOutcome::correct));
  if (right < criterion.min_correct_in_window()) {
    unmet.push_back(
        {v1::CRITERION_CLAUSE_WINDOW_CORRECT, right, criterion.min_correct_in_window(), criterion.window()});
  }
  return unmet;
}

std::vector<EventRef> EvidenceFor(const catalog::v1::MasteryCriterion& criterion, const ConceptState& evidence) {
  std::vector<EventRef> refs;
  for (const FirstCorrect& first : evidence.first_correct | std::views::take(criterion.min_distinct_correct())) {
    refs.push_back(first.event);
  }
  for (const AnswerOutcome& outcome : Window(criterion, evidence)) {
    if (outcome.correct) refs.push_back(outcome.event);
  }
  std::ranges::sort(refs, {}, &EventRef::seq);
  const auto repeated = std::ranges::unique(refs);
  refs.erase(repeated.begin(), repeated.end());
  return refs;
}

bool CountsAsMastered(const IndexedConcept& indexed, const ConceptState* evidence) {
  return evidence != nullptr && (evidence->mastered.seq != 0 || Evaluate(*indexed.criterion, *evidence).empty());
}

}  // namespace edirae::progress
