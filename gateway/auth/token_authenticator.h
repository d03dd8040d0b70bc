#ifndef EDIRAE_GATEWAY_AUTH_TOKEN_AUTHENTICATOR_H_
#define EDIRAE_GATEWAY_AUTH_TOKEN_AUTHENTICATOR_H_

#include <mutex>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "common/clock/clock.h"
#include "common/metrics/metrics.h"
#include "common/rpc/authenticator.h"
#include "gateway/auth/token.h"

namespace edirae::gateway {

// Proves learners by their tokens. Verified tokens are remembered until they expire, because the signature and the JSON
// would cost more than most calls; two generations bound the memory. Thread-safe; `clock` and `metrics` must outlive
// it.
class TokenAuthenticator final : public rpc::Authenticator {
 public:
  TokenAuthenticator(std::string secret, const Clock& clock, Metrics& metrics);

  // Who it is, and until when that holds. UNAUTHENTICATED with reason TOKEN_MISSING, TOKEN_INVALID or TOKEN_EXPIRED.
  absl::StatusOr<Identity> Identify(absl::string_view authorization) const;

  // The same as a principal: a learner or an author.
  absl::StatusOr<identity::v1::Principal> Authenticate(absl::string_view authorization) const override;

 private:
  using Generation = absl::flat_hash_map<std::string, Identity>;

  std::optional<Identity> Remembered(absl::string_view token) const;
  void Remember(absl::string_view token, Identity identity) const;

  const std::string secret_;
  const Clock& clock_;
  prometheus::Counter& verifications_;
  prometheus::Counter& refusals_;
  mutable std::mutex mutex_;
  mutable Generation young_ ABSL_GUARDED_BY(mutex_);
  mutable Generation old_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_AUTH_TOKEN_AUTHENTICATOR_H_
