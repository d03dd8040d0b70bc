#ifndef EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_TYPE_H_
#define EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_TYPE_H_

#include "absl/strings/string_view.h"
#include "edirae/events/v1/learner_event.pb.h"

namespace edirae::progress {

// Version of the schema that events are written with, `LearnerEvent.schema_version`; docs/events.md says what each has.
inline constexpr int kSchemaVersion = 4;

// The token of an event's kind, as subjects, `ce-type` and metrics carry it; `unknown` for a kind of a later version.
inline absl::string_view EventType(events::v1::LearnerEvent::BodyCase body) {
  using events::v1::LearnerEvent;
  switch (body) {
    case LearnerEvent::kQuestionAnswered:
      return "question_answered";
    case LearnerEvent::kCardReviewed:
      return "card_reviewed";
    case LearnerEvent::kResourceOpened:
      return "resource_opened";
    case LearnerEvent::kAdvanceRequested:
      return "advance_requested";
    case LearnerEvent::kConceptMastered:
      return "concept_mastered";
    case LearnerEvent::kStagePassed:
      return "stage_passed";
    case LearnerEvent::kHintShown:
      return "hint_shown";
    case LearnerEvent::kConceptLapsed:
      return "concept_lapsed";
    case LearnerEvent::kMilestoneReviewed:
      return "milestone_reviewed";
    case LearnerEvent::kEnrolled:
      return "enrolled";
    case LearnerEvent::kGoalSet:
      return "goal_set";
    case LearnerEvent::kPriorKnowledgeDeclared:
      return "prior_knowledge_declared";
    case LearnerEvent::kPlacementFinished:
      return "placement_finished";
    case LearnerEvent::kResourceFinished:
      return "resource_finished";
    case LearnerEvent::kResourceRated:
      return "resource_rated";
    case LearnerEvent::kExplanationRead:
      return "explanation_read";
    case LearnerEvent::kProjectStepDone:
      return "project_step_done";
    case LearnerEvent::kMilestoneSubmitted:
      return "milestone_submitted";
    case LearnerEvent::kMilestoneWithdrawn:
      return "milestone_withdrawn";
    case LearnerEvent::kMilestoneClaimed:
      return "milestone_claimed";
    case LearnerEvent::kMilestoneReleased:
      return "milestone_released";
    case LearnerEvent::kMilestoneDecided:
      return "milestone_decided";
    case LearnerEvent::kConceptsPinned:
      return "concepts_pinned";
    case LearnerEvent::kPreferencesSet:
      return "preferences_set";
    case LearnerEvent::kLearnerExported:
      return "learner_exported";
    case LearnerEvent::kLearnerErased:
      return "learner_erased";
    case LearnerEvent::BODY_NOT_SET:
      break;
  }
  return "unknown";
}

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_DOMAIN_EVENT_TYPE_H_
