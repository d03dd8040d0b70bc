#include "common/postgres/sql_state.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"

namespace edirae::postgres {
namespace {

struct Meaning {
  absl::string_view prefix;
  absl::StatusCode code;
};

// The first that fits.
constexpr std::array kMeanings = {
    Meaning{"23505", absl::StatusCode::kAlreadyExists},
    Meaning{"23", absl::StatusCode::kFailedPrecondition},
    Meaning{"40", absl::StatusCode::kAborted},
    Meaning{"53300", absl::StatusCode::kUnavailable},  // too many connections
    Meaning{"53", absl::StatusCode::kResourceExhausted},
    Meaning{"XX001", absl::StatusCode::kDataLoss},
    Meaning{"XX002", absl::StatusCode::kDataLoss},
    Meaning{"08", absl::StatusCode::kUnavailable},     // connection
    Meaning{"57", absl::StatusCode::kUnavailable},     // timeout, shutdown, start
    Meaning{"58", absl::StatusCode::kUnavailable},     // I/O
    Meaning{"55P03", absl::StatusCode::kUnavailable},  // a lock was not had in time
    Meaning{"25006", absl::StatusCode::kUnavailable},  // read-only
    Meaning{"28", absl::StatusCode::kPermissionDenied},
    Meaning{"42501", absl::StatusCode::kPermissionDenied},
    Meaning{"22", absl::StatusCode::kInvalidArgument},
    Meaning{"54", absl::StatusCode::kInvalidArgument},
};

}  // namespace

absl::StatusCode CodeOf(absl::string_view sql_state) {
  if (sql_state.empty()) return absl::StatusCode::kUnavailable;
  const auto* const meaning = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& candidate) {
    return absl::StartsWith(sql_state, candidate.prefix);
  });
  return meaning == kMeanings.end() ? absl::StatusCode::kInternal : meaning->code;
}

bool NeedsAnotherServer(absl::string_view sql_state) {
  return sql_state == "25006" || absl::StartsWith(sql_state, "57P");
}

}  // namespace edirae::postgres
