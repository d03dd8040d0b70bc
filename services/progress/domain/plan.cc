#include "services/progress/domain/plan.h"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "common/status/macros.h"
#include "services/progress/domain/inheritance.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using events::v1::GoalSet;

absl::StatusOr<const IndexedRoadmap*> FindRoadmap(const ContentIndex& content, const std::string& roadmap_id) {
  const IndexedRoadmap* roadmap = content.FindRoadmap(roadmap_id);
  if (roadmap == nullptr) return NotInCatalog(reason::kRoadmapNotFound, "roadmap_id", roadmap_id);
  return roadmap;
}

// Whether a list of concepts has 1 to `most`, each known and none twice. `id_of` tells an item's concept.
template <class Items, class IdOf>
absl::Status CheckConcepts(const Items& items, int most, const ContentIndex& content, IdOf id_of) {
  if (items.empty()) return Invalid(reason::kMissingField, "name at least one concept", "concepts");
  if (items.size() > most) {
    return Invalid(reason::kOutOfRange, absl::StrCat("name at most ", most, " concepts"), "concepts");
  }
  absl::flat_hash_set<absl::string_view> seen;
  for (const auto& item : items) {
    const std::string& id = id_of(item);
    if (content.FindConcept(id) == nullptr) return NotInCatalog(reason::kConceptNotFound, "concept_id", id);
    if (!seen.insert(id).second) {
      return Invalid(reason::kOutOfRange, absl::StrCat("the concept '", id, "' is named twice"), "concepts");
    }
  }
  return absl::OkStatus();
}

constexpr std::identity kItself;

absl::Status CheckTarget(const GoalSet& goal, const ContentIndex& content) {
  switch (goal.target_case()) {
    case GoalSet::kCareer: {
      EDIRAE_ASSIGN_OR_RETURN(const IndexedRoadmap* roadmap, FindRoadmap(content, goal.career().roadmap_id()));
      const auto& careers = roadmap->content->career_paths();
      const std::string& wanted = goal.career().career_id();
      if (std::ranges::any_of(careers, [&](const auto& career) { return career.career_id() == wanted; })) break;
      return NotInCatalog(reason::kCareerNotFound, "career_id", wanted);
    }
    case GoalSet::kRoadmapId:
      return FindRoadmap(content, goal.roadmap_id()).status();
    case GoalSet::kConcepts:
      return CheckConcepts(goal.concepts().concept_ids(), limits::kMaxGoalConcepts, content, kItself);
    case GoalSet::TARGET_NOT_SET:
      return Invalid(reason::kMissingField, "a goal has a career, a roadmap or concepts", "goal");
  }
  return absl::OkStatus();
}

// Yesterday is allowed: it may still be today where the learner is.
absl::Status CheckDate(const char* field, const events::v1::CalendarDate& date, absl::Time now) {
  const absl::CivilDay day(date.year(), date.month(), date.day());  // normalized: 31 April becomes 1 May
  const absl::CivilDay today = absl::ToCivilDay(now, absl::UTCTimeZone());
  const bool is_a_day = day.year() == date.year() && day.month() == date.month() && day.day() == date.day();
  const absl::CivilDay last(today.year() + limits::kMaxGoalYears, today.month(), today.day());
  if (is_a_day && day >= today - 1 && day <= last) return absl::OkStatus();
  return Invalid(reason::kOutOfRange,
                 absl::StrCat(field, " is a day of the calendar from today to ", limits::kMaxGoalYears, " years ahead"),
                 field);
}

// Of days that CheckDate let through.
absl::CivilDay DayOf(const events::v1::CalendarDate& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

absl::Status CheckGoal(const GoalSet& goal, const Circumstances& around) {
  EDIRAE_RETURN_IF_ERROR(CheckTarget(goal, around.content));
  if (goal.hours_per_week() < 1 || goal.hours_per_week() > limits::kMaxWeeklyHours) {
    return Invalid(reason::kOutOfRange, absl::StrCat("hours_per_week is 1 to ", limits::kMaxWeeklyHours),
                   "hours_per_week");
  }
  const int most_minutes = goal.hours_per_week() == limits::kMaxWeeklyHours ? 0 : 59;
  if (goal.extra_minutes_per_week() < 0 || goal.extra_minutes_per_week() > most_minutes) {
    return Invalid(reason::kOutOfRange,
                   absl::StrCat("extra_minutes_per_week is 0 to ", most_minutes, " beside ", goal.hours_per_week(),
                                " hours_per_week"),
                   "extra_minutes_per_week");
  }
  if (goal.has_target_date()) EDIRAE_RETURN_IF_ERROR(CheckDate("target_date", goal.target_date(), around.now));
  if (!goal.has_start_date()) return absl::OkStatus();
  EDIRAE_RETURN_IF_ERROR(CheckDate("start_date", goal.start_date(), around.now));
  if (!goal.has_target_date() || DayOf(goal.start_date()) <= DayOf(goal.target_date())) return absl::OkStatus();
  return Invalid(reason::kOutOfRange, "start_date is not after target_date", "start_date");
}

absl::Status CheckPins(const google::protobuf::RepeatedPtrField<events::v1::PinnedConcept>& pins,
                       const Circumstances& around) {
  if (pins.empty()) return absl::OkStatus();
  EDIRAE_RETURN_IF_ERROR(
      CheckConcepts(pins, limits::kMaxPins, around.content,
                    [](const events::v1::PinnedConcept& pin) -> const std::string& { return pin.concept_id(); }));
  for (const events::v1::PinnedConcept& pin : pins) {
    if (pin.has_day()) EDIRAE_RETURN_IF_ERROR(CheckDate("day", pin.day(), around.now));
  }
  return absl::OkStatus();
}

// Empty for a goal of concepts alone.
const std::string& RoadmapOf(const GoalSet& goal) {
  return goal.has_career() ? goal.career().roadmap_id() : goal.roadmap_id();
}

absl::Status RecordEnrolment(const std::string& roadmap_id, Recorder& recorder) {
  recorder.Begin().mutable_enrolled()->set_roadmap_id(roadmap_id);
  return recorder.Commit();
}

// NOT_FOUND unless all of `concept_ids`, which are in the catalog, belong to the roadmap.
absl::Status CheckBelong(const google::protobuf::RepeatedPtrField<std::string>& concept_ids,
                         const IndexedRoadmap& roadmap) {
  absl::flat_hash_set<absl::string_view> missing(concept_ids.begin(), concept_ids.end());
  for (const IndexedStage& stage : roadmap.stages) {
    for (const IndexedConcept* indexed : stage.concepts) missing.erase(indexed->content->concept_id());
  }
  if (missing.empty()) return absl::OkStatus();
  return NotInCatalog(reason::kConceptNotFound, "concept_id", std::string(*missing.begin()));
}

}  // namespace

absl::StatusOr<Decision> DecideEnroll(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                      const Circumstances& around) {
  const std::string& roadmap_id = action.enroll().roadmap_id();
  EDIRAE_RETURN_IF_ERROR(FindRoadmap(around.content, roadmap_id).status());
  if (state.plan().IsEnrolled(KeyOf(roadmap_id))) {
    return NotNow(reason::kAlreadyEnrolled, "the learner follows this roadmap already", "roadmap_id", roadmap_id);
  }
  Recorder recorder(action, occur_time, state, around);
  EDIRAE_RETURN_IF_ERROR(RecordEnrolment(roadmap_id, recorder));
  return recorder.Finish();
}

absl::StatusOr<Decision> DecideGoal(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                    const Circumstances& around) {
  const GoalSet& goal = action.set_goal().goal();
  EDIRAE_RETURN_IF_ERROR(CheckGoal(goal, around));
  Recorder recorder(action, occur_time, state, around);
  *recorder.Begin().mutable_goal_set() = goal;
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  const std::string& roadmap_id = RoadmapOf(goal);
  if (!roadmap_id.empty() && !state.plan().IsEnrolled(KeyOf(roadmap_id))) {
    EDIRAE_RETURN_IF_ERROR(RecordEnrolment(roadmap_id, recorder));
  }
  return recorder.Finish();
}

absl::StatusOr<Decision> DecidePins(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                    const Circumstances& around) {
  const auto& pins = action.pin_concepts().pins();
  EDIRAE_RETURN_IF_ERROR(CheckPins(pins, around));
  Recorder recorder(action, occur_time, state, around);
  *recorder.Begin().mutable_concepts_pinned()->mutable_pins() = pins;
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

absl::StatusOr<Decision> DecidePreferences(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                           const Circumstances& around) {
  if (!action.set_preferences().has_preferences()) {
    return Invalid(reason::kMissingField, "say what is preferred", "preferences");
  }
  const events::v1::PreferencesSet& preferences = action.set_preferences().preferences();
  const int retention = preferences.desired_retention_permille();
  if (retention != 0 && (retention < limits::kMinRetentionPermille || retention > limits::kMaxRetentionPermille)) {
    return Invalid(reason::kOutOfRange,
                   absl::StrCat("desired_retention_permille is ", limits::kMinRetentionPermille, " to ",
                                limits::kMaxRetentionPermille, ", or 0"),
                   "desired_retention_permille");
  }
  Recorder recorder(action, occur_time, state, around);
  *recorder.Begin().mutable_preferences_set() = preferences;
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

absl::StatusOr<Decision> DecidePriorKnowledge(const v1::LearnerAction& action, absl::Time occur_time,
                                              LearnerState& state, const Circumstances& around) {
  using events::v1::DeclaredConcept;
  const auto& concepts = action.declare_prior_knowledge().concepts();
  EDIRAE_RETURN_IF_ERROR(
      CheckConcepts(concepts, limits::kMaxNamedConcepts, around.content,
                    [](const DeclaredConcept& declared) -> const std::string& { return declared.concept_id(); }));
  for (const DeclaredConcept& declared : concepts) {
    const events::v1::PriorKnowledge level = declared.level();
    if (level != events::v1::PRIOR_KNOWLEDGE_UNSPECIFIED && events::v1::PriorKnowledge_IsValid(level)) continue;
    return Invalid(reason::kOutOfRange, "level is PRIOR_KNOWLEDGE_NONE, _SOME or _GOOD", "level");
  }
  Recorder recorder(action, occur_time, state, around);
  *recorder.Begin().mutable_prior_knowledge_declared()->mutable_concepts() = concepts;
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

absl::StatusOr<Decision> DecidePlacement(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                         const Circumstances& around) {
  const v1::FinishPlacement& finish = action.finish_placement();
  EDIRAE_ASSIGN_OR_RETURN(const IndexedRoadmap* roadmap, FindRoadmap(around.content, finish.roadmap_id()));
  EDIRAE_RETURN_IF_ERROR(CheckConcepts(finish.concept_ids(), limits::kMaxNamedConcepts, around.content, kItself));
  EDIRAE_RETURN_IF_ERROR(CheckBelong(finish.concept_ids(), *roadmap));
  Recorder recorder(action, occur_time, state, around);
  events::v1::PlacementFinished& finished = *recorder.Begin().mutable_placement_finished();
  finished.set_roadmap_id(finish.roadmap_id());
  for (const std::string& concept_id : finish.concept_ids()) {
    events::v1::PlacedConcept& placed = *finished.add_concepts();
    placed.set_concept_id(concept_id);
    const CountedEvidence evidence(*around.content.FindConcept(concept_id), state);
    if (!evidence) continue;
    placed.set_answer_count(evidence->answer_count);
    placed.set_correct_count(evidence->correct_count);
  }
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

}  // namespace edirae::progress
