#include "services/recommend/domain/choosing/evidence.h"

#include <algorithm>
#include <vector>

#include "services/recommend/limits.h"

namespace edirae::recommend::choosing {
namespace {

// In which the learner wished what a claim rests on; none for no claim.
EventId WishBehind(const LearnerView& view, Claim claim) {
  if (claim == Claim::kNone) return {};
  const KeptTrack& kept = *view.learner().kept;
  return claim == Claim::kPinned ? kept.pins_event : kept.goal_event;
}

}  // namespace

void AddEvidence(const LearnerView& view, int position, Claim claim,
                 google::protobuf::RepeatedPtrField<std::string>& ids) {
  const auto add = [&](const EventId& id) {
    if (id != EventId()) *ids.Add() = FormatEventId(id);
  };
  const std::vector<EventId>& events = view.StateOf(position).evidence;
  const EventId wish = WishBehind(view, claim);
  const bool makes_room = wish != EventId() && events.size() == limits::kMaxEvidence;
  const auto first = events.begin() + (makes_room ? 1 : 0);
  // Ids begin with the time of their event.
  const auto later = std::find_if(first, events.end(), [&](const EventId& id) { return wish < id; });
  std::for_each(first, later, add);
  add(wish);
  std::for_each(later, events.end(), add);
}

}  // namespace edirae::recommend::choosing
