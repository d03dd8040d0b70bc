#include "gateway/auth/token_authenticator.h"

#include <utility>

#include "absl/strings/match.h"
#include "gateway/errors.h"
#include "gateway/limits.h"

namespace edirae::gateway {
namespace {

constexpr absl::string_view kScheme = "Bearer ";

identity::v1::Principal PrincipalOf(Identity identity) {
  identity::v1::Principal principal;
  principal.set_subject(std::move(identity.learner_id));
  principal.set_role(identity.role);
  return principal;
}

}  // namespace

TokenAuthenticator::TokenAuthenticator(std::string secret, const Clock& clock, Metrics& metrics)
    : secret_(std::move(secret)),
      clock_(clock),
      verifications_(metrics.Counter("edirae_gateway_token_verifications_total",
                                     "Tokens whose signature was checked because they were not remembered")),
      refusals_(metrics.Counter("edirae_gateway_token_refusals_total", "Calls without a token that proves a learner")) {
}

absl::StatusOr<Identity> TokenAuthenticator::Identify(absl::string_view authorization) const {
  if (!absl::StartsWithIgnoreCase(authorization, kScheme)) {
    refusals_.Increment();
    return authorization.empty() ? TokenMissing() : TokenInvalid("is no bearer token");
  }
  const absl::string_view token = authorization.substr(kScheme.size());
  const absl::Time now = clock_.Now();
  if (std::optional<Identity> known = Remembered(token); known.has_value() && known->expire_time > now) {
    return *std::move(known);
  }
  verifications_.Increment();
  absl::StatusOr<Identity> identity = VerifyToken(secret_, token, now);
  if (!identity.ok()) {
    refusals_.Increment();
    return identity.status();
  }
  Remember(token, *identity);
  return identity;
}

absl::StatusOr<identity::v1::Principal> TokenAuthenticator::Authenticate(absl::string_view authorization) const {
  absl::StatusOr<Identity> identity = Identify(authorization);
  if (!identity.ok()) return identity.status();
  return PrincipalOf(*std::move(identity));
}

std::optional<Identity> TokenAuthenticator::Remembered(absl::string_view token) const {
  const std::lock_guard lock(mutex_);
  if (const auto it = young_.find(token); it != young_.end()) return it->second;
  if (const auto it = old_.find(token); it != old_.end()) return it->second;
  return std::nullopt;
}

void TokenAuthenticator::Remember(absl::string_view token, Identity identity) const {
  const std::lock_guard lock(mutex_);
  if (young_.size() >= limits::kTokenCacheGeneration) {
    old_ = std::move(young_);
    young_ = {};
  }
  young_.insert_or_assign(std::string(token), std::move(identity));
}

}  // namespace edirae::gateway
