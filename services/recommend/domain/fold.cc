#include "services/recommend/domain/fold.h"

#include <algorithm>

#include "services/recommend/domain/review_ladder.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

using events::v1::LearnerEvent;

// Damaged or hostile times would overflow the ladder.
constexpr int64_t kMaxSeconds = int64_t{253402300799};  // the end of the year 9999

int64_t TimeOf(const LearnerEvent& event) {
  const auto& time = event.has_occur_time() ? event.occur_time() : event.record_time();
  return std::clamp(time.seconds(), int64_t{0}, kMaxSeconds) * 1000 + time.nanos() / 1'000'000;
}

// The concept, and when the event happened as far as the concept is concerned.
struct Touched {
  ConceptState& state;
  int64_t at_ms;
};

Touched Touch(const LearnerEvent& event, const std::string& concept_id, LearnerState& state) {
  ConceptState& touched = state.At(KeyOf(concept_id));
  touched.last_activity_ms = std::max(touched.last_activity_ms, TimeOf(event));
  return {touched, touched.last_activity_ms};
}

// Notes that an item was seen, as the newest; returns what was known of it before.
SeenItem See(const std::string& item_id, int64_t seq, std::vector<SeenItem>& items) {
  const IdKey key = KeyOf(item_id);
  SeenItem before{.item = key};
  const auto found = std::find_if(items.begin(), items.end(), [key](const SeenItem& item) { return item.item == key; });
  if (found != items.end()) {
    before = *found;
    items.erase(found);
  } else if (items.size() == limits::kMaxSeenItems) {
    items.erase(items.begin());
  }
  items.push_back({.item = key, .last_seq = seq, .succeeded = before.succeeded});
  return before;
}

void FoldAnswer(const LearnerEvent& event, LearnerState& state) {
  const auto& answer = event.question_answered();
  for (const std::string& concept_id : answer.concept_ids()) {
    auto [answered, at_ms] = Touch(event, concept_id, state);
    const SeenItem before = See(answer.question_id(), event.learner_seq(), answered.questions);
    ++answered.answers;
    answered.outcomes = answered.outcomes << 1 | (answer.correct() ? 1 : 0);
    if (answer.correct()) {
      ++answered.correct;
      if (!before.succeeded) ++answered.distinct_correct;
      answered.questions.back().succeeded = true;
    }
    // Before mastery there is nothing to keep in memory yet, unless cards are being reviewed.
    if (!answered.memory.planned()) continue;
    answer.correct() ? RecordSuccess(at_ms, answered.memory) : RecordFailure(at_ms, answered.memory);
  }
}

void FoldCard(const LearnerEvent& event, LearnerState& state) {
  const auto& review = event.card_reviewed();
  auto [reviewed, at_ms] = Touch(event, review.concept_id(), state);
  See(review.card_id(), event.learner_seq(), reviewed.cards);
  reviewed.cards.back().succeeded = review.rating() != events::v1::CARD_RATING_AGAIN;
  switch (review.rating()) {
    case events::v1::CARD_RATING_GOOD:
    case events::v1::CARD_RATING_EASY:
      return RecordSuccess(at_ms, reviewed.memory);
    case events::v1::CARD_RATING_HARD:
      return RecordEffort(at_ms, reviewed.memory);
    case events::v1::CARD_RATING_AGAIN:
      return RecordFailure(at_ms, reviewed.memory);
    default:
      return;
  }
}

// The evidence starts anew. The wrong answers that it took have set the review back already.
void FoldLapse(const LearnerEvent& event, LearnerState& state) {
  ConceptState& lapsed = Touch(event, event.concept_lapsed().concept_id(), state).state;
  lapsed.mastered = false;
  lapsed.distinct_correct = 0;
  for (SeenItem& question : lapsed.questions) question.succeeded = false;
}

void FoldMastery(const LearnerEvent& event, LearnerState& state) {
  auto [mastered, at_ms] = Touch(event, event.concept_mastered().concept_id(), state);
  mastered.mastered = true;
  if (!mastered.memory.planned()) RecordSuccess(at_ms, mastered.memory);
}

}  // namespace

void Fold(const LearnerEvent& event, LearnerState& state) {
  switch (event.body_case()) {
    case LearnerEvent::kQuestionAnswered:
      FoldAnswer(event, state);
      break;
    case LearnerEvent::kCardReviewed:
      FoldCard(event, state);
      break;
    case LearnerEvent::kResourceOpened:
      for (const std::string& id : event.resource_opened().concept_ids()) Touch(event, id, state);
      break;
    case LearnerEvent::kConceptMastered:
      FoldMastery(event, state);
      break;
    case LearnerEvent::kConceptLapsed:
      FoldLapse(event, state);
      break;
    case LearnerEvent::kStagePassed: {
      const auto& passed = event.stage_passed();
      const IdKey stage = StageKeyOf(passed.roadmap_id(), passed.stage_id());
      if (!state.Passed(stage)) state.passed_stages.push_back(stage);
      break;
    }
    case LearnerEvent::kAdvanceRequested:  // a granted one is followed by stage_passed
    case LearnerEvent::kHintShown:
    case LearnerEvent::kMilestoneReviewed:
    case LearnerEvent::kEnrolled:
    case LearnerEvent::kGoalSet:
    case LearnerEvent::kPriorKnowledgeDeclared:
    case LearnerEvent::kPlacementFinished:
    case LearnerEvent::kResourceFinished:
    case LearnerEvent::kResourceRated:
    case LearnerEvent::kExplanationRead:
    case LearnerEvent::kProjectStepDone:
    case LearnerEvent::kMilestoneSubmitted:
    case LearnerEvent::kMilestoneWithdrawn:
    case LearnerEvent::kMilestoneClaimed:
    case LearnerEvent::kMilestoneReleased:
    case LearnerEvent::kMilestoneDecided:
    case LearnerEvent::kLearnerExported:
    case LearnerEvent::kLearnerErased:
    case LearnerEvent::BODY_NOT_SET:
      break;
  }
  state.applied_seq = event.learner_seq();
}

}  // namespace edirae::recommend
