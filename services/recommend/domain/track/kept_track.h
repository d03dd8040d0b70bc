#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_KEPT_TRACK_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_KEPT_TRACK_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "edirae/events/v1/learner_plan.pb.h"
#include "edirae/recommend/v1/track_plan.pb.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/track/track_plan.h"

// A learner's track as their history keeps it: its goal, its pins, and where the learner stood.
namespace edirae::recommend::track {

// The goal, with its first day, which is not after its last, and with those of `known` that are of the course. Nothing
// when none is set, or when it is none of this course: of another roadmap, a career that there is no more, concepts of
// which none is there.
std::optional<v1::TrackGoal> KeptGoal(const KeptTrack& kept, const std::vector<IdKey>& known,
                                      const CourseIndex& course);

// The pins of concepts of the course.
std::vector<events::v1::PinnedConcept> KeptPins(const KeptTrack& kept, const CourseIndex& course);

// The learner as they stood when the track was kept, as far as planning looks at them.
LearnerState AsKept(const LearnerState& learner);

// What is left of the goal's weeks on a day: it begins with the week of that day, counted from the goal's own first
// day, and with so much of that as is left.
void BeginOn(absl::CivilDay today, Goal& goal);

// Of a day that may be none: 31 April is 1 May.
absl::CivilDay DayOf(const events::v1::CalendarDate& date);

// Every concept of the course that is not optional.
std::vector<int> RequiredConcepts(const CourseIndex& course);

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_KEPT_TRACK_H_
