#include "services/progress/domain/criterion.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "common/guessing/known_share.h"

namespace edirae::progress {
namespace {

using catalog::v1::MasteryCriterion;

constexpr int64_t kHour = 3600;     // seconds
constexpr double kRounding = 1e-9;  // what computing a bound may lose
constexpr int kPercent = 100;

// The newest answers that are evidence for the next decision, at most the criterion's window.
std::span<const AnswerOutcome> Window(const MasteryCriterion& criterion, const ConceptState& evidence) {
  const std::span<const AnswerOutcome> all = evidence.newest;
  const auto first = std::ranges::partition_point(
      all, [since = evidence.since()](const AnswerOutcome& outcome) { return outcome.event.seq <= since; });
  const std::span<const AnswerOutcome> usable = all.subspan(static_cast<size_t>(first - all.begin()));
  return usable.last(std::min(usable.size(), static_cast<size_t>(criterion.window())));
}

bool Counts(const MasteryCriterion& criterion, const AnswerOutcome& outcome) {
  return outcome.correct && !(criterion.without_hints() && outcome.aided);
}

bool Counts(const MasteryCriterion& criterion, const FirstCorrect& first) {
  return !(criterion.without_hints() && first.aided);
}

AnswerTally TallyOf(const MasteryCriterion& criterion, std::span<const AnswerOutcome> answers) {
  AnswerTally tally;
  for (const AnswerOutcome& answer : answers) {
    ++tally.count;
    if (Counts(criterion, answer)) ++tally.right;
    tally.guess_permille_sum += answer.guess_permille;
  }
  return tally;
}

// The two right answers that lie furthest apart; null when there is none. The newest is not looked for behind the
// answers that are kept.
struct RightAgain {
  const FirstCorrect* first = nullptr;
  const AnswerOutcome* newest = nullptr;

  int64_t seconds() const {
    return first == nullptr || newest == nullptr ? 0 : std::max<int64_t>(int64_t{newest->at} - first->at, 0);
  }
};

RightAgain FindRightAgain(const MasteryCriterion& criterion, const ConceptState& evidence) {
  RightAgain found;
  for (const FirstCorrect& first : evidence.first_correct) {
    if (!Counts(criterion, first)) continue;
    if (found.first == nullptr || first.at < found.first->at) found.first = &first;
  }
  for (auto answer = evidence.newest.rbegin(); answer != evidence.newest.rend(); ++answer) {
    if (answer->event.seq <= evidence.since()) break;
    if (!Counts(criterion, *answer)) continue;
    found.newest = &*answer;
    break;
  }
  return found;
}

Clause RightAgainClause(const MasteryCriterion& criterion, const ConceptState& evidence) {
  const int64_t seconds = FindRightAgain(criterion, evidence).seconds();
  const int need = criterion.right_again_after_hours();
  const bool met = seconds >= need * kHour;
  return {v1::CRITERION_CLAUSE_RIGHT_AGAIN, static_cast<int>(std::min<int64_t>(seconds / kHour, need)), need, 0, met};
}

Clause AccuracyClause(const MasteryCriterion& criterion, const AnswerTally& tally) {
  const double known = SurelyKnown(tally);
  return {v1::CRITERION_CLAUSE_ACCURACY, static_cast<int>(known * kPercent + kRounding),
          static_cast<int>(std::lround(criterion.min_accuracy() * kPercent)), criterion.window(),
          known >= criterion.min_accuracy() - kRounding};
}

Clause CountClause(v1::CriterionClause clause, int64_t have, int need, int window = 0) {
  return {clause, static_cast<int>(have), need, window, have >= need};
}

void SortOnce(std::vector<EventRef>& refs) {
  std::ranges::sort(refs, {}, &EventRef::seq);
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
}

}  // namespace

Clauses Weigh(const MasteryCriterion& criterion, const ConceptState& evidence) {
  Clauses clauses;
  const auto& right = evidence.first_correct;
  const int distinct = criterion.min_distinct_correct();
  clauses.push_back(CountClause(v1::CRITERION_CLAUSE_DISTINCT_CORRECT, static_cast<int64_t>(right.size()), distinct));
  const AnswerTally tally = TallyOf(criterion, Window(criterion, evidence));
  if (criterion.min_correct_in_window() > 0) {
    clauses.push_back(CountClause(v1::CRITERION_CLAUSE_WINDOW_CORRECT, tally.right, criterion.min_correct_in_window(),
                                  criterion.window()));
  }
  if (criterion.min_accuracy() > 0) clauses.push_back(AccuracyClause(criterion, tally));
  if (criterion.right_again_after_hours() > 0) clauses.push_back(RightAgainClause(criterion, evidence));
  if (criterion.without_hints()) {
    clauses.push_back(CountClause(v1::CRITERION_CLAUSE_WITHOUT_HINTS,
                                  std::ranges::count(right, false, &FirstCorrect::aided), distinct));
  }
  return clauses;
}

bool IsMet(const MasteryCriterion& criterion, const ConceptState& evidence) {
  if (evidence.first_correct.size() < static_cast<size_t>(criterion.min_distinct_correct())) return false;
  return std::ranges::all_of(Weigh(criterion, evidence), &Clause::met);
}

bool HasLapsed(const MasteryCriterion& criterion, const ConceptState& evidence) {
  if (evidence.mastered.seq == 0 || criterion.lapse_below() <= 0) return false;
  return PossiblyKnown(TallyOf(criterion, Window(criterion, evidence))) < criterion.lapse_below() - kRounding;
}

MasteryTurn TurnOf(const MasteryCriterion& criterion, const ConceptState& evidence) {
  if (evidence.mastered.seq == 0) return IsMet(criterion, evidence) ? MasteryTurn::kMastered : MasteryTurn::kNone;
  return HasLapsed(criterion, evidence) ? MasteryTurn::kLapsed : MasteryTurn::kNone;
}

std::vector<EventRef> EvidenceFor(v1::CriterionClause clause, const MasteryCriterion& criterion,
                                  const ConceptState& evidence) {
  std::vector<EventRef> refs;
  switch (clause) {
    case v1::CRITERION_CLAUSE_DISTINCT_CORRECT:
    case v1::CRITERION_CLAUSE_WITHOUT_HINTS:
      for (const FirstCorrect& first : evidence.first_correct) {
        if (clause == v1::CRITERION_CLAUSE_DISTINCT_CORRECT || !first.aided) refs.push_back(first.event);
      }
      SortOnce(refs);
      refs.resize(std::min(refs.size(), static_cast<size_t>(criterion.min_distinct_correct())));
      break;
    case v1::CRITERION_CLAUSE_WINDOW_CORRECT:
    case v1::CRITERION_CLAUSE_ACCURACY:
      for (const AnswerOutcome& outcome : Window(criterion, evidence)) {
        if (Counts(criterion, outcome)) refs.push_back(outcome.event);
      }
      break;
    case v1::CRITERION_CLAUSE_RIGHT_AGAIN: {
      const RightAgain found = FindRightAgain(criterion, evidence);
      if (found.first != nullptr) refs.push_back(found.first->event);
      if (found.newest != nullptr) refs.push_back(found.newest->event);
      SortOnce(refs);
      break;
    }
    default:
      break;
  }
  return refs;
}

std::vector<EventRef> EvidenceFor(const MasteryCriterion& criterion, const ConceptState& evidence) {
  std::vector<EventRef> refs;
  for (const Clause& clause : Weigh(criterion, evidence)) {
    const std::vector<EventRef> some = EvidenceFor(clause.clause, criterion, evidence);
    refs.insert(refs.end(), some.begin(), some.end());
  }
  SortOnce(refs);
  return refs;
}

std::vector<EventRef> EvidenceAgainst(const MasteryCriterion& criterion, const ConceptState& evidence) {
  std::vector<EventRef> refs;
  for (const AnswerOutcome& outcome : Window(criterion, evidence)) {
    if (!Counts(criterion, outcome)) refs.push_back(outcome.event);
  }
  return refs;
}

int RightAnswersToAccuracy(const MasteryCriterion& criterion, const ConceptState& evidence) {
  const std::span<const AnswerOutcome> window = Window(criterion, evidence);
  AnswerTally tally = TallyOf(criterion, window);
  const int guess = tally.count == 0 ? 0 : tally.guess_permille_sum / tally.count;
  size_t oldest = 0;
  int more = 0;
  while (more < criterion.window() && SurelyKnown(tally) < criterion.min_accuracy() - kRounding) {
    if (tally.count == criterion.window()) {  // the oldest one makes room
      const AnswerOutcome& leaving = window[oldest++];
      --tally.count;
      if (Counts(criterion, leaving)) --tally.right;
      tally.guess_permille_sum -= leaving.guess_permille;
    }
    ++more;
    ++tally.count;
    ++tally.right;
    tally.guess_permille_sum += guess;
  }
  return more;
}

bool CountsAsMastered(const IndexedConcept& indexed, const ConceptState* evidence) {
  return evidence != nullptr && (evidence->mastered.seq != 0 || IsMet(*indexed.criterion, *evidence));
}

}  // namespace edirae::progress
