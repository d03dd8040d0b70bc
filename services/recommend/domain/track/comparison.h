#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_COMPARISON_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_COMPARISON_H_

#include <vector>

#include "edirae/recommend/v1/track_plan.pb.h"
#include "edirae/recommend/v1/track_service.pb.h"
#include "services/recommend/domain/choosing/learner_view.h"
#include "services/recommend/domain/track/track_plan.h"

namespace edirae::recommend::track {

// A way, with what it was planned from. Borrows all of it.
struct Way {
  const v1::TrackPlan& plan;
  const choosing::LearnerView& view;
  const Goal& goal;
};

// Differences between two ways: at most limits::kMaxTrackChanges of them, and how many more there are.
struct Changes {
  std::vector<v1::TrackChange> told;
  int untold = 0;
};

// What is different on the way `after` from that `before`, which are of the same course, in English for the learner:
// when it ends and whether that meets the date; what is done, what is there no longer, what is new; and then, in order
// of `after`, what comes in another week. Each with the first cause that accounts for it: weeks are compared by their
// first day, so that the ways may begin in different ones. Of a way that is too long to be planned only its end is
// told.
Changes Compare(const Way& before, const Way& after);

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_COMPARISON_H_
