#ifndef EDIRAE_COMMON_CLOCK_PARSE_DAY_H_
#define EDIRAE_COMMON_CLOCK_PARSE_DAY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace edirae {

// A moment as people write it: a day, which begins in UTC, or a time in RFC 3339. INVALID_ARGUMENT, saying how to write
// it.
inline absl::StatusOr<absl::Time> ParseDay(const std::string& text) {
  absl::Time time;
  std::string error;
  if (absl::ParseTime("%Y-%m-%d", text, &time, &error) || absl::ParseTime(absl::RFC3339_full, text, &time, &error)) {
    return time;
  }
  return absl::InvalidArgumentError(absl::StrCat("'", text, "' is no time; write 2026-11-28 or 2026-11-28T18:00:00Z"));
}

}  // namespace edirae

#endif  // EDIRAE_COMMON_CLOCK_PARSE_DAY_H_
