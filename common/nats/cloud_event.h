#ifndef EDIRAE_COMMON_NATS_CLOUD_EVENT_H_
#define EDIRAE_COMMON_NATS_CLOUD_EVENT_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "common/nats/async_publisher.h"

namespace edirae::nats {

// What a CloudEvent 1.0 (https://cloudevents.io) says about itself.
struct CloudEventHead {
  std::string id;             // becomes the message id too
  std::string source;         // e.g. "/edirae/progress"
  std::string type;           // e.g. "org.edirae.learner.card_reviewed.v1"
  absl::Time time;            // when it was recorded
  std::string subject;        // what it is about
  std::string partition_key;  // what stays together; empty for none
  std::string traceparent{};  // W3C trace context of what caused it; empty for none
  int64_t sequence = 0;       // place among the events of its subject or source
  std::string data_schema;    // a URI that names the payload's schema and its version; empty for none
};

// The event in binary mode: the head as headers, `payload`, a serialized protobuf message, as it is. `bus_subject` is
// where it goes.
OutgoingMessage ToMessage(const CloudEventHead& head, std::string bus_subject, std::string payload);

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_CLOUD_EVENT_H_
