#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_ACTS_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_ACTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/event_store.h"

// Reads of what somebody did as a mentor, from where MentorActs says that it is.
namespace edirae::progress {

// What a mentor did, as it was recorded.
struct MentorAct {
  StoredEvent stored;
  events::v1::LearnerEvent event;
};

// The act at a position; nothing when it was erased with the history that it was in, or names the mentor no longer.
// Errors of EventStore.
absl::StatusOr<std::optional<MentorAct>> ReadAct(EventStore& store, const std::string& mentor_id, int64_t position);

// The newest of those at the positions, which ascend; nothing when none is left.
absl::StatusOr<std::optional<MentorAct>> NewestAct(EventStore& store, const std::string& mentor_id,
                                                   const std::vector<int64_t>& positions);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_STORE_ACTS_H_
