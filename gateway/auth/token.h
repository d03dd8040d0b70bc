#ifndef EDIRAE_GATEWAY_AUTH_TOKEN_H_
#define EDIRAE_GATEWAY_AUTH_TOKEN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "edirae/identity/v1/principal.pb.h"

// Tokens that say who a learner is: JWT (RFC 7519) signed with HS256, with the claims `sub` (the learner id), `exp`,
// `iss` and `aud` (both "edirae"), `nbf` where there is one, and `role` for whoever may do more than learn: "author"
// (publishes content), "mentor" (reviews milestones) or "admin" (has others erased). For development and for platforms
// that share the secret with the gateway.
namespace edirae::gateway {

// What a token proves.
struct Identity {
  std::string learner_id;
  identity::v1::Role role = identity::v1::ROLE_LEARNER;  // or another of a person
  absl::Time expire_time;
};

// Signs a token that holds for `life` from `now`, at most 31 days. INVALID_ARGUMENT when the learner id is malformed,
// the secret shorter than 32 bytes, `life` out of range, or `role` that of no person.
absl::StatusOr<std::string> MintToken(absl::string_view secret, absl::string_view learner_id, absl::Duration life,
                                      absl::Time now, identity::v1::Role role = identity::v1::ROLE_LEARNER);

// UNAUTHENTICATED with reason TOKEN_EXPIRED or TOKEN_INVALID when the token proves nothing at `now`.
absl::StatusOr<Identity> VerifyToken(absl::string_view secret, absl::string_view token, absl::Time now);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_AUTH_TOKEN_H_
