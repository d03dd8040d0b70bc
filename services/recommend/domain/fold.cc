#include "services/recommend/domain/fold.h"

#include <algorithm>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "services/recommend/domain/durations.h"
#include "services/recommend/domain/mastery/model.h"
#include "services/recommend/domain/memory/rating.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
namespace {

using events::v1::LearnerEvent;

// Damaged or hostile times would overflow what is computed from them.
constexpr int64_t kMaxSeconds = limits::kMaxReviewMs / 1000;

int64_t MsOf(const google::protobuf::Timestamp& time) {
  return std::clamp(time.seconds(), int64_t{0}, kMaxSeconds) * 1000 + time.nanos() / 1'000'000;
}

int64_t OccurMs(const LearnerEvent& event) {
  return MsOf(event.has_occur_time() ? event.occur_time() : event.record_time());
}

// Folds one event.
class Folder {
 public:
  Folder(const Models& models, const LearnerEvent& event, LearnerState& state)
      : models_(models), event_(event), state_(state) {}

  void Answer(const events::v1::QuestionAnswered& answer) {
    const bool counts = Counts(answer);
    const bool unaided = IsRightUnaided(answer);
    if (counts) ObserveAnswer(answer, unaided);
    for (const std::string& concept_id : answer.concept_ids()) {
      ConceptState* answered = Touch(concept_id, counts);
      if (answered == nullptr) continue;
      SeenQuestion& seen = See(answer.question_id(), answered->questions);
      if (!counts) continue;
      seen.counted_ms = MsOf(event_.has_record_time() ? event_.record_time() : event_.occur_time());
      if (answer.correct() && !std::exchange(seen.right, true)) ++answered->distinct_correct;
      if (unaided && !std::exchange(seen.unaided, true)) ++answered->distinct_unaided;
      ++answered->answers;
      answered->correct += unaided ? 1 : 0;
      answered->outcomes = answered->outcomes << 1 | (unaided ? 1 : 0);
      steps::ObserveAnswer(unaided, static_cast<double>(answered->last_activity_ms) / static_cast<double>(kDayMs),
                           state_.belief, answered->belief);
      // Before mastery there is nothing to keep yet.
      if (answered->recall.planned()) ReviewConcept(unaided, *answered);
    }
  }

  void Card(const events::v1::CardReviewed& review) {
    if (review.rating() < events::v1::CARD_RATING_AGAIN || review.rating() > events::v1::CARD_RATING_EASY) return;
    ConceptState* reviewed = Touch(review.concept_id(), true);
    if (reviewed == nullptr) return;
    Recall& recall = See(review.card_id(), reviewed->cards).recall;
    if (!Remember(static_cast<memory::Rating>(review.rating()), reviewed->last_activity_ms, recall)) return;
    // A card that is being learned comes again after minutes, one that is known after days.
    recall.due_ms = recall.card.phase() == memory::Phase::kReview
                        ? state_.calibration.DueMs(models_.scheduler, recall.card, limits::kDefaultRetention)
                        : recall.card.due_ms();
  }

  void Hint(const events::v1::HintShown& hint) {
    for (const std::string& concept_id : hint.concept_ids()) {
      if (ConceptState* hinted = Touch(concept_id, true)) ++hinted->hints;
    }
  }

  void Open(const events::v1::ResourceOpened& opened) {
    SeeNewest(opened.resource_id(), limits::kMaxOpenedResources, state_.opened);
    for (const std::string& id : opened.concept_ids()) Touch(id, false);
  }

  void Master(const std::string& concept_id) {
    ConceptState* mastered = Touch(concept_id, true);
    if (mastered == nullptr) return;
    mastered->mastered = true;
    if (!mastered->recall.planned()) ReviewConcept(true, *mastered);
  }

  // The evidence starts anew. The wrong answers that it took have shortened the memory already.
  void Lapse(const std::string& concept_id) {
    ConceptState* lapsed = Touch(concept_id, true);
    if (lapsed == nullptr) return;
    lapsed->mastered = false;
    lapsed->distinct_correct = lapsed->distinct_unaided = 0;
    for (SeenQuestion& question : lapsed->questions) question.right = question.unaided = false;
  }

  void Pass(const events::v1::StagePassed& passed) {
    const IdKey stage = StageKeyOf(passed.roadmap_id(), passed.stage_id());
    if (!state_.Passed(stage)) state_.passed_stages.push_back(stage);
  }

 private:
  // The concept, whose `last_activity_ms` is when the event happened as far as the concept is concerned.
  ConceptState* Touch(const std::string& concept_id, bool is_evidence) {
    ConceptState* touched = state_.At(KeyOf(concept_id));
    if (touched == nullptr) return nullptr;
    touched->last_activity_ms = std::max(touched->last_activity_ms, OccurMs(event_));
    if (!is_evidence) return touched;
    if (touched->evidence.empty()) touched->evidence.reserve(limits::kMaxEvidence);  // most come to be full
    if (touched->evidence.size() == limits::kMaxEvidence) touched->evidence.erase(touched->evidence.begin());
    touched->evidence.push_back(ParseEventId(event_.event_id()));
    return touched;
  }

  // Notes that an item was seen, as the newest.
  template <class Seen>
  Seen& SeeNewest(const std::string& item_id, size_t most, std::vector<Seen>& items) {
    Seen seen{.item = KeyOf(item_id)};
    const auto found = std::ranges::find(items, seen.item, &Seen::item);
    if (found != items.end()) {
      seen = *found;
      items.erase(found);
    } else if (items.size() == most) {
      items.erase(items.begin());
    }
    seen.last_seq = event_.learner_seq();
    return items.emplace_back(seen);
  }
  template <class Seen>
  Seen& See(const std::string& item_id, std::vector<Seen>& items) {
    return SeeNewest(item_id, limits::kMaxSeenItems, items);
  }

  void ObserveAnswer(const events::v1::QuestionAnswered& answer, bool right) {
    absl::InlinedVector<mastery::ConceptKey, 4> concepts;
    for (const std::string& id : answer.concept_ids()) concepts.push_back(KeyOf(id));
    mastery::Learn(models_.weights, state_.mastery,
                   {.item = KeyOf(answer.question_id()), .concepts = concepts, .time_seconds = OccurMs(event_) / 1000},
                   right);
  }

  // False for a time that is none: then nothing has changed.
  bool Remember(memory::Rating rating, int64_t at_ms, Recall& recall) {
    auto reviewed = models_.scheduler.Review(recall.card, at_ms, rating, limits::kDefaultRetention);
    if (!reviewed.ok()) return false;
    state_.calibration.Observe(models_.scheduler, recall.card, at_ms, rating != memory::Rating::kAgain);
    recall.card = *reviewed;
    return true;
  }

  // Whole days: minutes after an answer there is nothing to recall yet.
  void ReviewConcept(bool recalled, ConceptState& reviewed) {
    const memory::Rating rating = recalled ? memory::Rating::kGood : memory::Rating::kAgain;
    if (!Remember(rating, reviewed.last_activity_ms, reviewed.recall)) return;
    reviewed.recall.due_ms =
        state_.calibration.DueMs(models_.scheduler, reviewed.recall.card, limits::kDefaultRetention);
  }

  const Models& models_;
  const LearnerEvent& event_;
  LearnerState& state_;
};

}  // namespace

bool Counts(const events::v1::QuestionAnswered& answer) {
  return answer.standing() == events::v1::ANSWER_STANDING_COUNTED ||
         answer.standing() == events::v1::ANSWER_STANDING_UNSPECIFIED;
}

bool IsRightUnaided(const events::v1::QuestionAnswered& answer) { return answer.correct() && answer.hints_used() == 0; }

void Fold(const Models& models, const LearnerEvent& event, LearnerState& state) {
  Folder folder(models, event, state);
  switch (event.body_case()) {
    case LearnerEvent::kQuestionAnswered:
      folder.Answer(event.question_answered());
      break;
    case LearnerEvent::kCardReviewed:
      folder.Card(event.card_reviewed());
      break;
    case LearnerEvent::kHintShown:
      folder.Hint(event.hint_shown());
      break;
    case LearnerEvent::kResourceOpened:
      folder.Open(event.resource_opened());
      break;
    case LearnerEvent::kConceptMastered:
      folder.Master(event.concept_mastered().concept_id());
      break;
    case LearnerEvent::kConceptLapsed:
      folder.Lapse(event.concept_lapsed().concept_id());
      break;
    case LearnerEvent::kStagePassed:
      folder.Pass(event.stage_passed());
      break;
    case LearnerEvent::kLearnerErased: {
      LearnerState erased;
      erased.learner_id = event.learner_id();
      erased.applied_seq = kErasedSeq;
      state = std::move(erased);
      return;
    }
    case LearnerEvent::kAdvanceRequested:  // a granted one is followed by stage_passed
    case LearnerEvent::kMilestoneReviewed:
    case LearnerEvent::kEnrolled:
    case LearnerEvent::kGoalSet:
    case LearnerEvent::kConceptsPinned:
    case LearnerEvent::kPreferencesSet:
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
    case LearnerEvent::BODY_NOT_SET:
      break;
  }
  state.applied_seq = event.learner_seq();
}

}  // namespace edirae::recommend
