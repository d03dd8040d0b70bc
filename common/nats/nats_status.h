#ifndef EDIRAE_COMMON_NATS_NATS_STATUS_H_
#define EDIRAE_COMMON_NATS_NATS_STATUS_H_

#include <nats/nats.h>

#include <string>

#include "absl/status/status.h"

// Turns the failures of nats.c and of a JetStream server into absl::Status. Internal to common/nats.
namespace edirae::nats {

// A client-side failure. `what` says what was attempted ("publish on a.b"); the library's own text of the calling
// thread's last error is added. OK for NATS_OK.
absl::Status ToStatus(natsStatus status, const std::string& what);

// The same after a JetStream API call, where the server's error code (0: none) decides.
absl::Status ToStatus(natsStatus status, jsErrCode error_code, const std::string& what);

// An error object of a JetStream answer: `code` is like an HTTP status, `error_code` one of jsErrCode (0 when missing).
absl::Status FromServerError(int code, int error_code, const std::string& text);

}  // namespace edirae::nats

#endif  // EDIRAE_COMMON_NATS_NATS_STATUS_H_
