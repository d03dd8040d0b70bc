#ifndef EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_ITINERARY_H_
#define EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_ITINERARY_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "edirae/recommend/v1/track_plan.pb.h"

namespace edirae::recommend::track {

// A concept or a milestone on a plan.
struct Stop {
  std::string id;
  bool is_milestone = false;
  std::string week;       // first day of the week in which it is done
  int minutes = 0;        // in all weeks
  bool for_gate = false;  // the goal does not need it, a gate does
};

inline bool IsSame(const Stop& one, const Stop& other) {
  return one.id == other.id && one.is_milestone == other.is_milestone;
}

// The stops of a plan in the order in which they are done. Ids of concepts and of milestones are told apart. A value.
class Itinerary {
 public:
  explicit Itinerary(const v1::TrackPlan& plan);

  const std::vector<Stop>& stops() const { return stops_; }
  // Null when the plan has no such stop.
  const Stop* Find(const Stop& stop) const;
  // Whether `stop` is done, and before `other`, which is on the plan.
  bool IsBefore(const Stop& stop, const Stop& other) const;

 private:
  static std::string KeyOf(const Stop& stop) { return (stop.is_milestone ? "m." : "c.") + stop.id; }

  std::vector<Stop> stops_;
  absl::flat_hash_map<std::string, size_t> places_;
};

}  // namespace edirae::recommend::track

#endif  // EDIRAE_SERVICES_RECOMMEND_DOMAIN_TRACK_ITINERARY_H_
