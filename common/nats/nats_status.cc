#include "common/nats/nats_status.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace edirae::nats {
namespace {

absl::StatusCode CodeOf(natsStatus status) {
  switch (status) {
    case NATS_OK:
      return absl::StatusCode::kOk;
    case NATS_IO_ERROR:
    case NATS_CONNECTION_CLOSED:
    case NATS_NO_SERVER:
    case NATS_STALE_CONNECTION:
    case NATS_CONNECTION_DISCONNECTED:
    case NATS_NOT_YET_CONNECTED:
    case NATS_NO_RESPONDERS:
    case NATS_DRAINING:
    case NATS_INVALID_SUBSCRIPTION:
      return absl::StatusCode::kUnavailable;
    case NATS_TIMEOUT:
      return absl::StatusCode::kDeadlineExceeded;
    case NATS_NOT_FOUND:
      return absl::StatusCode::kNotFound;
    case NATS_CONNECTION_AUTH_FAILED:
      return absl::StatusCode::kUnauthenticated;
    case NATS_NOT_PERMITTED:
      return absl::StatusCode::kPermissionDenied;
    case NATS_ADDRESS_MISSING:
    case NATS_INVALID_SUBJECT:
    case NATS_INVALID_ARG:
    case NATS_MAX_PAYLOAD:
      return absl::StatusCode::kInvalidArgument;
    case NATS_SLOW_CONSUMER:
    case NATS_INSUFFICIENT_BUFFER:
    case NATS_NO_MEMORY:
      return absl::StatusCode::kResourceExhausted;
    default:
      return absl::StatusCode::kInternal;
  }
}

absl::StatusCode CodeOf(int code, int error_code) {
  switch (error_code) {
    case JSStreamStoreFailedErr:  // 10077: among others, the stream reached max_bytes
    case JSInsufficientResourcesErr:
    case JSStorageResourcesExceededErr:
    case JSMemoryResourcesExceededErr:
    case JSAccountResourcesExceededErr:
    case JSStreamLimitsErr:
    case JSMaximumStreamsLimitErr:
    case JSMaximumConsumersLimitErr:
      return absl::StatusCode::kResourceExhausted;
    case JSStreamNotFoundErr:
    case JSConsumerNotFoundErr:
      return absl::StatusCode::kNotFound;
    case JSStreamNameExistErr:
    case JSStreamSubjectOverlapErr:
    case JSStreamUpdateErr:
    case JSStreamInvalidConfig:
    case JSConsumerCreateErr:
    case JSConsumerNameExistErr:
    case JSConsumerExistingActiveErr:
    case JSNotEnabledForAccountErr:
      return absl::StatusCode::kFailedPrecondition;
    default:
      break;
  }
  switch (code) {
    case 400:
      return absl::StatusCode::kInvalidArgument;
    case 403:
      return absl::StatusCode::kPermissionDenied;
    case 404:
      return absl::StatusCode::kNotFound;
    case 408:
      return absl::StatusCode::kDeadlineExceeded;
    case 503:
      return absl::StatusCode::kUnavailable;
    default:
      return absl::StatusCode::kInternal;
  }
}

// The library keeps the text of the thread's last failure, which may be an older one.
std::string LastText(natsStatus status) {
  natsStatus last = NATS_OK;
  const char* text = nats_GetLastError(&last);
  if (last == status && text != nullptr && *text != '\0') return text;
  return natsStatus_GetText(status);
}

}  // namespace

absl::Status ToStatus(natsStatus status, const std::string& what) {
  if (status == NATS_OK) return absl::OkStatus();
  return absl::Status(CodeOf(status), absl::StrCat(what, ": ", LastText(status)));
}

absl::Status ToStatus(natsStatus status, jsErrCode error_code, const std::string& what) {
  if (status == NATS_OK || error_code == 0) return ToStatus(status, what);
  // The library maps the HTTP-like code onto its own before we see it: only these two matter where error_code says
  // nothing.
  const int code = status == NATS_NOT_FOUND ? 404 : status == NATS_INVALID_ARG ? 400 : 500;
  return FromServerError(code, error_code, absl::StrCat(what, ": ", LastText(status)));
}

absl::Status FromServerError(int code, int error_code, const std::string& text) {
  return absl::Status(CodeOf(code, error_code), absl::StrCat(text, " (JetStream error ", error_code, ")"));
}

}  // namespace edirae::nats
