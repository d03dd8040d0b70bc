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
      seen.counted_ms = RecordMs();
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
    PlanCard(recall);
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

  // What is approved stays so.
  void Milestone(const std::string& milestone_id, MilestoneStanding standing) {
    const IdKey key = KeyOf(milestone_id);
    auto at = std::ranges::lower_bound(state_.milestones, key, {}, &KeptMilestone::key);
    if (at == state_.milestones.end() || at->key != key) {
      if (state_.milestones.size() == limits::kMaxMilestones) return;
      at = state_.milestones.insert(at, {.key = key});
    }
    if (at->standing == MilestoneStanding::kApproved) return;
    at->standing = standing;
    at->event = ParseEventId(event_.event_id());
  }

  void Reviewed(const std::string& milestone_id, events::v1::ReviewVerdict verdict) {
    Milestone(milestone_id, verdict == events::v1::REVIEW_VERDICT_APPROVED ? MilestoneStanding::kApproved
                                                                           : MilestoneStanding::kReturned);
  }

  void SetGoal(const events::v1::GoalSet& goal) {
    if (goal.ByteSizeLong() > limits::kMaxKeptWishBytes) return;
    KeptTrack& kept = state_.kept.Write();
    kept.goal = goal.SerializeAsString();
    kept.goal_event = WishOf(kept.goal);
    kept.goal_ms = RecordMs();
    KeepTrack();
  }

  void Pin(const events::v1::ConceptsPinned& pinned) {
    if (pinned.ByteSizeLong() > limits::kMaxKeptWishBytes) return;
    KeptTrack& kept = state_.kept.Write();
    kept.pins = pinned.SerializeAsString();
    kept.pins_event = WishOf(kept.pins);
    KeepTrack();
  }

  void Declare(const events::v1::PriorKnowledgeDeclared& declared) {
    for (const events::v1::DeclaredConcept& it : declared.concepts()) {
      const IdKey key = KeyOf(it.concept_id());
      const auto at = std::ranges::lower_bound(state_.known, key);
      const bool is_known = at != state_.known.end() && *at == key;
      if (it.level() != events::v1::PRIOR_KNOWLEDGE_GOOD) {
        if (is_known) state_.known.erase(at);
      } else if (!is_known && state_.known.size() < limits::kMaxGoalConcepts) {
        state_.known.insert(at, key);
      }
    }
  }

  void Prefer(const events::v1::PreferencesSet& preferences) {
    const int permille = preferences.desired_retention_permille();
    state_.retention_permille =
        permille == 0
            ? limits::kDefaultRetentionPermille
            : static_cast<uint16_t>(std::clamp(permille, limits::kMinRetentionPermille, limits::kMaxRetentionPermille));
    for (KeptConcept& kept : state_.concepts) {
      const bool has_card =
          std::ranges::any_of(kept.state->cards, [](const SeenCard& it) { return it.recall.planned(); });
      if (!kept.state->recall.planned() && !has_card) continue;
      ConceptState& changed = kept.state.Write();
      if (changed.recall.planned()) PlanConcept(changed.recall);
      for (SeenCard& card : changed.cards) {
        if (card.recall.planned()) PlanCard(card.recall);
      }
    }
  }

 private:
  // The event that says this; none when it says that nothing is wished any more.
  EventId WishOf(const std::string& said) const { return said.empty() ? EventId() : ParseEventId(event_.event_id()); }

  // Notes where the learner stands now that they have said what they want.
  void KeepTrack() {
    KeptTrack& kept = state_.kept.Write();
    kept.keep_ms = RecordMs();
    kept.passed_stages = static_cast<int32_t>(state_.passed_stages.size());
    kept.known = state_.known;
    kept.standings.clear();
    if (kept.goal.empty()) return;
    for (const KeptConcept& it : state_.concepts) {
      if (!it.state->mastered && it.state->answers == 0) continue;
      kept.standings.push_back(
          {.key = it.key, .strength = it.state->belief.strength, .mastered = it.state->mastered ? 1u : 0u});
    }
  }

  int64_t RecordMs() const { return MsOf(event_.has_record_time() ? event_.record_time() : event_.occur_time()); }

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
    auto reviewed = models_.scheduler.Review(recall.card, at_ms, rating, state_.retention());
    if (!reviewed.ok()) return false;
    state_.calibration.Observe(models_.scheduler, recall.card, at_ms, rating != memory::Rating::kAgain);
    recall.card = *reviewed;
    return true;
  }

  // Whole days: minutes after an answer there is nothing to recall yet.
  void ReviewConcept(bool recalled, ConceptState& reviewed) {
    const memory::Rating rating = recalled ? memory::Rating::kGood : memory::Rating::kAgain;
    if (!Remember(rating, reviewed.last_activity_ms, reviewed.recall)) return;
    PlanConcept(reviewed.recall);
  }

  void PlanConcept(Recall& recall) const {
    recall.due_ms = state_.calibration.DueMs(models_.scheduler, recall.card, state_.retention());
  }

  // A card that is being learned comes again after minutes, one that is known after days.
  void PlanCard(Recall& recall) const {
    recall.card.phase() == memory::Phase::kReview ? PlanConcept(recall) : void(recall.due_ms = recall.card.due_ms());
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
    case LearnerEvent::kGoalSet:
      folder.SetGoal(event.goal_set());
      break;
    case LearnerEvent::kConceptsPinned:
      folder.Pin(event.concepts_pinned());
      break;
    case LearnerEvent::kPriorKnowledgeDeclared:
      folder.Declare(event.prior_knowledge_declared());
      break;
    case LearnerEvent::kPreferencesSet:
      folder.Prefer(event.preferences_set());
      break;
    case LearnerEvent::kLearnerErased: {
      LearnerState erased;
      erased.learner_id = event.learner_id();
      erased.applied_seq = kErasedSeq;
      state = std::move(erased);
      return;
    }
    case LearnerEvent::kMilestoneSubmitted:
      folder.Milestone(event.milestone_submitted().milestone_id(), MilestoneStanding::kHandedIn);
      break;
    case LearnerEvent::kMilestoneWithdrawn:
      folder.Milestone(event.milestone_withdrawn().milestone_id(), MilestoneStanding::kNone);
      break;
    case LearnerEvent::kMilestoneReviewed:
      // One of a submission is followed by the decision.
      if (!event.milestone_reviewed().submission_id().empty()) break;
      folder.Reviewed(event.milestone_reviewed().milestone_id(), event.milestone_reviewed().verdict());
      break;
    case LearnerEvent::kMilestoneDecided:
      folder.Reviewed(event.milestone_decided().milestone_id(), event.milestone_decided().verdict());
      break;
    case LearnerEvent::kAdvanceRequested:  // a granted one is followed by stage_passed
    case LearnerEvent::kEnrolled:
    case LearnerEvent::kPlacementFinished:
    case LearnerEvent::kResourceFinished:
    case LearnerEvent::kResourceRated:
    case LearnerEvent::kExplanationRead:
    case LearnerEvent::kProjectStepDone:
    case LearnerEvent::kMilestoneClaimed:
    case LearnerEvent::kMilestoneReleased:
    case LearnerEvent::kLearnerExported:
    case LearnerEvent::BODY_NOT_SET:
      break;
  }
  state.applied_seq = event.learner_seq();
}

}  // namespace edirae::recommend
