#include "services/recommend/domain/wishing/kept_goal.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "services/recommend/domain/inheritance.h"
#include "services/recommend/limits.h"

namespace edirae::recommend::wishing {
namespace {

using events::v1::GoalSet;

void AddConcepts(const events::v1::ConceptsGoal& concepts, const CourseIndex& course, v1::TrackGoal& goal) {
  absl::flat_hash_set<int> added;
  for (const std::string& id : concepts.concept_ids()) {
    for (const int heir : HeirsOf(course, KeyOf(id))) {
      if (!added.insert(heir).second) continue;
      goal.mutable_concepts()->add_concept_ids(course.concepts[static_cast<size_t>(heir)].id);
    }
  }
}

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
      AddConcepts(set.concepts(), course, goal);
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
  goal.set_hours_per_week(std::clamp<double>(set.hours_per_week() + set.extra_minutes_per_week() / 60.0,
                                             limits::kMinHoursPerWeek, limits::kMaxHoursPerWeek));
  absl::CivilDay start = set.has_start_date()
                             ? DayOf(set.start_date())
                             : absl::ToCivilDay(absl::FromUnixMillis(kept.goal_ms), absl::UTCTimeZone());
  if (set.has_target_date()) {
    goal.set_target_date(absl::FormatCivilTime(DayOf(set.target_date())));
    start = std::min(start, DayOf(set.target_date()));  // it may be yesterday here and today where the learner is
  }
  goal.set_start_date(absl::FormatCivilTime(start));
  for (const int it : KnownConcepts(known, course)) {
    goal.add_known_concept_ids(course.concepts[static_cast<size_t>(it)].id);
  }
  return goal;
}

std::vector<events::v1::PinnedConcept> KeptPins(const KeptTrack& kept, const CourseIndex& course) {
  events::v1::ConceptsPinned pinned;
  std::vector<events::v1::PinnedConcept> pins;
  if (kept.pins.empty() || !pinned.ParseFromString(kept.pins)) return pins;
  absl::flat_hash_set<int> added;
  for (const events::v1::PinnedConcept& pin : pinned.pins()) {
    for (const int heir : HeirsOf(course, KeyOf(pin.concept_id()))) {
      if (pins.size() == limits::kMaxPins || !added.insert(heir).second) continue;
      pins.push_back(pin);
      pins.back().set_concept_id(course.concepts[static_cast<size_t>(heir)].id);
    }
  }
  return pins;
}

absl::CivilDay DayOf(const events::v1::CalendarDate& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

std::vector<int> KnownConcepts(const std::vector<IdKey>& known, const CourseIndex& course) {
  const auto is_known = [&known](IdKey key) { return std::ranges::binary_search(known, key); };
  std::vector<int> positions;
  for (const IdKey key : known) {
    for (const int heir : HeirsOf(course, key)) {
      if (HasOrInherits(course.concepts[static_cast<size_t>(heir)], is_known)) positions.push_back(heir);
    }
  }
  std::ranges::sort(positions);
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return positions;
}

std::vector<int> RequiredConcepts(const CourseIndex& course) {
  std::vector<int> required;
  for (int position = 0; position < static_cast<int>(course.concepts.size()); ++position) {
    if (!course.concepts[static_cast<size_t>(position)].optional) required.push_back(position);
  }
  return required;
}

}  // namespace edirae::recommend::wishing
