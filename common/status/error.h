#ifndef EDIRAE_COMMON_STATUS_ERROR_H_
#define EDIRAE_COMMON_STATUS_ERROR_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "edirae/errors/v1/errors.pb.h"

namespace edirae {

// Values that belong to an error's cause, e.g. {"concept_id", "bayes"}.
using ErrorMetadata = std::map<std::string, std::string>;

// Makes a status whose cause a program can branch on. `reason` is a stable UPPER_SNAKE_CASE name, `message` says in
// English what went wrong and what to do.
absl::Status MakeError(absl::StatusCode code, absl::string_view reason, absl::string_view message,
                       ErrorMetadata metadata = {});

// The cause given to `MakeError`; without a reason when the status was not made by it.
errors::v1::ErrorInfo ErrorInfoOf(const absl::Status& status);

// The same error with one more value in its metadata; a value that is there already stays. OK stays OK.
absl::Status WithErrorMetadata(const absl::Status& status, const std::string& key, const std::string& value);

// The public form: INTERNAL, UNKNOWN and DATA_LOSS lose their message, which belongs in the log; what may repeat a
// caller's words is cut at 1 KiB (the message) and 256 bytes (a value of the metadata), without control characters.
// UNAVAILABLE and RESOURCE_EXHAUSTED say in the metadata `retry_after_ms` how long a pause helps. `domain` names the
// service when the error does not carry one, e.g. "progress.edirae".
errors::v1::Status ToProto(const absl::Status& status, absl::string_view domain);

// The inverse, for answers of other services. Keeps the reason, its metadata and its domain.
absl::Status FromProto(const errors::v1::Status& status);

}  // namespace edirae

#endif  // EDIRAE_COMMON_STATUS_ERROR_H_
