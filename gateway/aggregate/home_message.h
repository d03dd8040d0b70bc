#ifndef EDIRAE_GATEWAY_AGGREGATE_HOME_MESSAGE_H_
#define EDIRAE_GATEWAY_AGGREGATE_HOME_MESSAGE_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace edirae::gateway {

// Appends a `learn.v1.Home` as a field of a serialized message. It is made of a serialized `RoadmapProgress` and,
// unless it goes out without them, serialized `NextSteps`, which are copied as bytes, never parsed.
void AppendHome(std::string& message, int field_number, absl::string_view progress,
                std::optional<absl::string_view> next_steps);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_AGGREGATE_HOME_MESSAGE_H_
