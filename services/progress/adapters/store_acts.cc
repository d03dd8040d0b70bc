#include "services/progress/adapters/store_acts.h"

#include <utility>

#include "common/status/macros.h"
#include "services/progress/domain/mentor_acts.h"

namespace edirae::progress {

absl::StatusOr<std::optional<MentorAct>> ReadAct(EventStore& store, const std::string& mentor_id, int64_t position) {
  EDIRAE_ASSIGN_OR_RETURN(auto found, store.ReadCommitted(position - 1, 1));
  if (found.empty() || found[0].position != position) return std::nullopt;
  MentorAct act{.stored = std::move(found[0]), .event = {}};
  if (!act.event.ParseFromString(act.stored.payload) || MentorOf(act.event) != mentor_id) return std::nullopt;
  return act;
}

absl::StatusOr<std::optional<MentorAct>> NewestAct(EventStore& store, const std::string& mentor_id,
                                                   const std::vector<int64_t>& positions) {
  for (auto at = positions.rbegin(); at != positions.rend(); ++at) {
    EDIRAE_ASSIGN_OR_RETURN(auto act, ReadAct(store, mentor_id, *at));
    if (act.has_value()) return act;
  }
  return std::nullopt;
}

}  // namespace edirae::progress
