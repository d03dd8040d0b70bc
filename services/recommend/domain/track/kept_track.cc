#include "services/recommend/domain/track/kept_track.h"

#include <algorithm>
#include <utility>

#include "absl/time/time.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::track {
namespace {

using events::v1::GoalSet;

constexpr int kDaysOfWeek = 7;

// False when the goal is none of the course.
bool SetTarget(const GoalSet& set, const CourseIndex& course, v1::TrackGoal& goal) {
  switch (set.target_case()) {
    case GoalSet::kCareer:
      goal.set_career_id(set.career().career_id());
      return set.career().roadmap_id() == course.roadmap_id &&
             std::ranges::find(course.careers, set.career().career_id(), &Career::id) != course.careers.end();
    case GoalSet::kRoadmapId:
      return set.roadmap_id() == course.roadmap_id;
    case GoalSet::kConcepts:
      for (const std::string& id : set.concepts().concept_ids()) {
        if (course.positions.contains(KeyOf(id))) goal.mutable_concepts()->add_concept_ids(id);
      }
      return goal.has_concepts();
    case GoalSet::TARGET_NOT_SET:
      break;
  }
  return false;
}

}  // namespace

std::optional<v1::TrackGoal> KeptGoal(const KeptTrack& kept, const std::vector<IdKey>& known,
                                      const CourseIndex& course) {
  GoalSet set;
  v1::TrackGoal goal;
  if (kept.goal.empty() || !set.ParseFromString(kept.goal) || !SetTarget(set, course, goal)) return std::nullopt;
  goal.set_hours_per_week(std::clamp<double>(set.hours_per_week(), limits::kMinHoursPerWeek, limits::kMaxHoursPerWeek));
  absl::CivilDay start = set.has_start_date()
                             ? DayOf(set.start_date())
                             : absl::ToCivilDay(absl::FromUnixMillis(kept.goal_ms), absl::UTCTimeZone());
  if (set.has_target_date()) {
    goal.set_target_date(absl::FormatCivilTime(DayOf(set.target_date())));
    start = std::min(start, DayOf(set.target_date()));  // it may be yesterday here and today where the learner is
  }
  goal.set_start_date(absl::FormatCivilTime(start));
  for (const TaughtConcept& taught : course.concepts) {
    if (std::ranges::binary_search(known, taught.key)) goal.add_known_concept_ids(taught.id);
  }
  return goal;
}

std::vector<events::v1::PinnedConcept> KeptPins(const KeptTrack& kept, const CourseIndex& course) {
  events::v1::ConceptsPinned pinned;
  std::vector<events::v1::PinnedConcept> pins;
  if (!pinned.ParseFromString(kept.pins)) return pins;
  for (events::v1::PinnedConcept& pin : *pinned.mutable_pins()) {
    if (course.positions.contains(KeyOf(pin.concept_id()))) pins.push_back(std::move(pin));
  }
  return pins;
}

absl::CivilDay DayOf(const events::v1::CalendarDate& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

LearnerState AsKept(const LearnerState& learner) {
  LearnerState then;
  then.learner_id = learner.learner_id;
  for (const KeptStanding& standing : learner.kept->standings) {
    ConceptState* const was = then.At(standing.key);
    if (was == nullptr) break;
    was->mastered = standing.mastered != 0;
    was->answers = 1;  // it was begun
    was->belief.strength = standing.strength;
  }
  const auto passed = std::min(learner.passed_stages.size(), static_cast<size_t>(learner.kept->passed_stages));
  then.passed_stages.assign(learner.passed_stages.begin(),
                            learner.passed_stages.begin() + static_cast<std::ptrdiff_t>(passed));
  return then;
}

void BeginOn(absl::CivilDay today, Goal& goal) {
  goal.wished_start = goal.start;
  if (today <= goal.start) return;
  goal.start += (today - goal.start) / kDaysOfWeek * kDaysOfWeek;
  goal.first_week_share = 1 - static_cast<double>(today - goal.start) / kDaysOfWeek;
}

std::vector<int> RequiredConcepts(const CourseIndex& course) {
  std::vector<int> required;
  for (int position = 0; position < static_cast<int>(course.concepts.size()); ++position) {
    if (!course.concepts[static_cast<size_t>(position)].optional) required.push_back(position);
  }
  return required;
}

}  // namespace edirae::recommend::track
