#include "services/recommend/domain/choosing/evidence.h"

#include <algorithm>

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

std::vector<std::string> EvidenceFor(const LearnerView& view, int position, Claim claim) {
  std::vector<EventId> events = view.StateOf(position).evidence;
  if (const EventId wish = WishBehind(view, claim); wish != EventId()) {
    if (events.size() == limits::kMaxEvidence) events.erase(events.begin());
    // Ids begin with the time of their event.
    events.insert(std::ranges::find_if(events, [&](const EventId& id) { return wish < id; }), wish);
  }
  std::vector<std::string> ids;
  for (const EventId& id : events) {
    if (id != EventId()) ids.push_back(FormatEventId(id));
  }
  return ids;
}

}  // namespace edirae::recommend::choosing
