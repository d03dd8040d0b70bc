#ifndef EDIRAE_COMMON_NATS_ACK_SUBJECT_H_
#define EDIRAE_COMMON_NATS_ACK_SUBJECT_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace edirae::nats {

// Where a delivered message stands.
struct MessagePosition {
  uint64_t stream_seq = 0;
  uint64_t consumer_seq = 0;
  uint64_t num_delivered = 0;
  uint64_t num_pending = 0;
  absl::Time timestamp;
};

// Reads it from the reply subject on which the server awaits the acknowledgement. Internal to common/nats.
//
// Errors: INVALID_ARGUMENT when it is not a JetStream acknowledgement subject.
absl::StatusOr<MessagePosition> ParseAckSubject(std::string_view subject);

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_ACK_SUBJECT_H_
