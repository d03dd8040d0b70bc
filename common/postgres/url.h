#ifndef EDIRAE_COMMON_POSTGRES_URL_H_
#define EDIRAE_COMMON_POSTGRES_URL_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/match.h"

namespace edirae::postgres {

// For config::Traits::check: INVALID_ARGUMENT unless `value` is empty or looks like the address of a database.
inline absl::Status IsUrl(const std::string& value) {
  if (value.empty() || absl::StartsWith(value, "postgresql://") || absl::StartsWith(value, "postgres://")) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("is not postgresql://...");
}

}  // namespace edirae::postgres

#endif  // EDIRAE_COMMON_POSTGRES_URL_H_
