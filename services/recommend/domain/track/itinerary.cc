#include "services/recommend/domain/track/itinerary.h"

namespace edirae::recommend::track {

Itinerary::Itinerary(const v1::TrackPlan& plan) {
  absl::flat_hash_map<std::string, int> minutes;
  for (const v1::TrackWeek& week : plan.weeks()) {
    for (const v1::TrackItem& item : week.items()) {
      const bool is_milestone = item.kind() == v1::TRACK_ITEM_KIND_MILESTONE;
      Stop stop{.id = is_milestone ? item.milestone_id() : item.concept_id(),
                .is_milestone = is_milestone,
                .week = week.start_date(),
                .for_gate = item.for_gate()};
      const std::string key = KeyOf(stop);
      stop.minutes = minutes[key] += item.minutes();
      if (item.completed() && places_.emplace(key, stops_.size()).second) stops_.push_back(std::move(stop));
    }
  }
}

const Stop* Itinerary::Find(const Stop& stop) const {
  const auto found = places_.find(KeyOf(stop));
  return found == places_.end() ? nullptr : &stops_[found->second];
}

bool Itinerary::IsBefore(const Stop& stop, const Stop& other) const {
  const auto found = places_.find(KeyOf(stop));
  return found != places_.end() && found->second < places_.at(KeyOf(other));
}

}  // namespace edirae::recommend::track
