#include "services/progress/adapters/cloud_event.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/event_type.h"
#include "services/progress/domain/timestamps.h"

namespace edirae::progress {

absl::StatusOr<CloudEvent> ToCloudEvent(std::string payload) {
  events::v1::LearnerEvent event;
  if (!event.ParseFromString(payload)) return absl::DataLossError("a recorded event cannot be read");
  const absl::string_view type = EventType(event.body_case());
  CloudEvent cloud;
  cloud.record_time = FromProto(event.record_time());
  cloud.message.subject = absl::StrCat("learner.events.v1.", type, ".", event.partition());
  cloud.message.id = event.event_id();
  cloud.message.headers = {
      {"ce-specversion", "1.0"},
      {"ce-id", event.event_id()},
      {"ce-source", "/edirae/progress"},
      {"ce-type", absl::StrCat("org.edirae.learner.", type, ".v1")},
      {"ce-time", absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", cloud.record_time, absl::UTCTimeZone())},
      {"ce-subject", event.learner_id()},
      {"ce-partitionkey", event.learner_id()},
      {"ce-sequence", absl::StrCat(event.learner_seq())},
      {"content-type", "application/protobuf"},
  };
  cloud.message.payload = std::move(payload);
  return cloud;
}

}  // namespace edirae::progress
