#ifndef EDIRAE_COMMON_NATS_PUB_ACK_H_
#define EDIRAE_COMMON_NATS_PUB_ACK_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/nats/async_publisher.h"

namespace edirae::nats {

// Reads JetStream's answer to a publish: {"stream":"S","seq":5,"duplicate":true} or
// {"error":{"code":..,"err_code":..,"description":..}}. Internal to common/nats.
//
// Errors: the server's (nats_status.h); INTERNAL when it is neither of the two.
absl::StatusOr<PubAck> ParsePubAck(std::string_view json);

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_PUB_ACK_H_
