#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_COMPARISON_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_COMPARISON_H_

#include <string>
#include <vector>

#include "edirae/recommend/v1/track_plan.pb.h"

namespace edirae::recommend::track {

// What `proposed` changes about `current`, for the learner who is to choose, in English sentences: when it ends and
// whether that meets the date, what is added and left out, then what moves from one week to another, and because of
// what, in the order of `proposed`. At most limits::kMaxToldMoves moves are told, and how many more there are. Empty
// when nothing changes. Weeks are named by their first day, so that plans of different days can be compared.
std::vector<std::string> Compare(const v1::TrackPlan& current, const v1::TrackPlan& proposed);

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_COMPARISON_H_
