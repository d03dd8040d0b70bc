#ifndef EDIRAE_SERVICES_PROGRESS_ADAPTERS_CLOUD_EVENT_H_
#define EDIRAE_SERVICES_PROGRESS_ADAPTERS_CLOUD_EVENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/nats/async_publisher.h"

namespace edirae::progress {

// The `ce-source` of every learner event.
inline constexpr char kEventSource[] = "/edirae/progress";

// A learner event on its way to the bus.
struct CloudEvent {
  nats::OutgoingMessage message;
  absl::Time record_time;
  bool is_tombstone = false;  // of an erased learner
};

// The message that proto/edirae/events/v1/learner_event.proto describes, for a serialized `LearnerEvent` of a learner
// with this pseudonym: nothing in it leads to the person. DATA_LOSS when the bytes are no event.
absl::StatusOr<CloudEvent> ToCloudEvent(const std::string& payload, const std::string& pseudonym);

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_ADAPTERS_CLOUD_EVENT_H_
