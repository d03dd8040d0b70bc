#include "common/nats/cloud_event.h"

#include <utility>

namespace edirae::nats {

OutgoingMessage ToMessage(const CloudEventHead& head, std::string bus_subject, std::string payload) {
  OutgoingMessage message;
  message.subject = std::move(bus_subject);
  message.id = head.id;
  message.headers = {
      {"ce-specversion", "1.0"},
      {"ce-id", head.id},
      {"ce-source", head.source},
      {"ce-type", head.type},
      {"ce-time", absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", head.time, absl::UTCTimeZone())},
      {"ce-subject", head.subject},
  };
  if (!head.partition_key.empty()) message.headers.emplace_back("ce-partitionkey", head.partition_key);
  message.headers.emplace_back("ce-sequence", std::to_string(head.sequence));
  if (!head.traceparent.empty()) message.headers.emplace_back("ce-traceparent", head.traceparent);
  if (!head.data_schema.empty()) message.headers.emplace_back("ce-dataschema", head.data_schema);
  message.headers.emplace_back("content-type", "application/protobuf");
  message.payload = std::move(payload);
  return message;
}

}  // namespace edirae::nats
