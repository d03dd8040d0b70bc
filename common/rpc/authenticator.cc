#include "common/rpc/authenticator.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace edirae::rpc {
namespace {

// Takes the same time wherever the first difference is.
bool SameSecret(absl::string_view a, absl::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned char difference = 0;
  for (size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(a[i] ^ b[i]);
  return difference == 0;
}

}  // namespace

ServiceAuthenticator::ServiceAuthenticator(absl::string_view service_token)
    : expected_(absl::StrCat("Bearer ", service_token)) {}

absl::StatusOr<identity::v1::Principal> ServiceAuthenticator::Authenticate(absl::string_view authorization) const {
  if (!SameSecret(authorization, expected_)) {
    return MakeError(
        absl::StatusCode::kUnauthenticated, "SERVICE_TOKEN_INVALID",
        "this port is for Edirae's services, which share EDIRAE_SERVICE_TOKEN; clients talk to the gateway");
  }
  identity::v1::Principal principal;
  principal.set_subject("service");
  principal.set_role(identity::v1::ROLE_SERVICE);
  return principal;
}

}  // namespace edirae::rpc
