#ifndef EDIRAE_GATEWAY_AUTH_TOKEN_H_
#define EDIRAE_GATEWAY_AUTH_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

// Tokens that say who a learner is: JWT (RFC 7519) signed with HS256, with the claims `sub` (the learner id), `exp`,
// `iss` and `aud` (both "edirae"), and `nbf` where there is one. For development and for platforms that share the
// secret with the gateway.
namespace edirae::gateway {

// What a token proves.
struct Identity {
  std::string learner_id;
  absl::Time expire_time;
};

// Signs a token that holds for `life` from `now`, at most 31 days. INVALID_ARGUMENT when the learner id is malformed,
// the secret shorter than 32 bytes or `life` out of range.
absl::StatusOr<std::string> MintToken(absl::string_view secret, absl::string_view learner_id, absl::Duration life,
                                      absl::Time now);

// UNAUTHENTICATED with reason TOKEN_EXPIRED or TOKEN_INVALID when the token proves nothing at `now`.
absl::StatusOr<Identity> VerifyToken(absl::string_view secret, absl::string_view token, absl::Time now);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_AUTH_TOKEN_H_
