#include "services/progress/adapters/cloud_event.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/nats/cloud_event.h"
#include "edirae/events/v1/learner_event.pb.h"
#include "services/progress/domain/bus_event.h"
#include "services/progress/domain/event_type.h"
#include "services/progress/domain/timestamps.h"

namespace edirae::progress {
namespace {

constexpr char kDataSchema[] = "tag:edirae.org,2026:edirae.events.v1.LearnerEvent/";

}  // namespace

absl::StatusOr<CloudEvent> ToCloudEvent(const std::string& payload, const std::string& pseudonym) {
  events::v1::LearnerEvent event;
  if (!event.ParseFromString(payload)) return absl::DataLossError("a recorded event cannot be read");
  MakePseudonymous(event, pseudonym);
  const absl::string_view type = EventType(event.body_case());
  CloudEvent cloud;
  cloud.is_tombstone = event.has_learner_erased();
  cloud.record_time = FromProto(event.record_time());
  cloud.message =
      nats::ToMessage({.id = event.event_id(),
                       .source = kEventSource,
                       .type = absl::StrCat("org.edirae.learner.", type, ".v1"),
                       .time = cloud.record_time,
                       .subject = event.learner_id(),
                       .partition_key = event.learner_id(),
                       .traceparent = event.traceparent(),
                       .sequence = event.learner_seq(),
                       .data_schema = absl::StrCat(kDataSchema, std::max(event.schema_version(), 1))},
                      absl::StrCat("learner.events.v1.", type, ".", event.partition()), event.SerializeAsString());
  return cloud;
}

}  // namespace edirae::progress
