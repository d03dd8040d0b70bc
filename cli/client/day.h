#ifndef EDIRAE_CLI_CLIENT_DAY_H_
#define EDIRAE_CLI_CLIENT_DAY_H_

#include <string>

#include "absl/status/statusor.h"
#include "edirae/events/v1/learner_plan.pb.h"

namespace edirae::cli {

// A day as a person types it, 2027-06-30. INVALID_ARGUMENT for anything else.
absl::StatusOr<events::v1::CalendarDate> ParseDay(const std::string& text);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_DAY_H_
