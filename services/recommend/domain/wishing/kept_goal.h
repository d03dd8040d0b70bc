#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_KEPT_GOAL_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_KEPT_GOAL_H_

#include <optional>
#include <vector>

#include "absl/time/civil_time.h"
#include "edirae/events/v1/learner_plan.pb.h"
#include "edirae/recommend/v1/track_plan.pb.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"

// Goal and pins as a learner's history keeps them, read by the catalog of today: a concept that was renamed, split or
// merged since stands for what it has become.
namespace edirae::recommend::wishing {

// The goal, with its first day, which is not after its last, and with those of `known` that are of the course. Nothing
// when none is set, or when it is none of this course: of another roadmap, a career that there is no more, concepts of
// which none is there.
std::optional<v1::TrackGoal> KeptGoal(const KeptTrack& kept, const std::vector<IdKey>& known,
                                      const CourseIndex& course);

// The pins of concepts of the course, each once, at most limits::kMaxPins.
std::vector<events::v1::PinnedConcept> KeptPins(const KeptTrack& kept, const CourseIndex& course);

// Of a day that may be none: 31 April is 1 May.
absl::CivilDay DayOf(const events::v1::CalendarDate& date);

// The concepts of the course that are among `known`, or that these became, in order.
std::vector<int> KnownConcepts(const std::vector<IdKey>& known, const CourseIndex& course);

// Every concept of the course that is not optional.
std::vector<int> RequiredConcepts(const CourseIndex& course);

}  // namespace edirae::recommend::wishing

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_WISHING_KEPT_GOAL_H_
