#ifndef EDIRAE_COMMON_RPC_AUTHENTICATOR_H_
#define EDIRAE_COMMON_RPC_AUTHENTICATOR_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "edirae/identity/v1/principal.pb.h"

namespace edirae::rpc {

// Proves who a caller is. Thread-safe, never blocks.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  // `authorization` is the metadata of that name, empty when absent. UNAUTHENTICATED when it proves nothing.
  virtual absl::StatusOr<identity::v1::Principal> Authenticate(absl::string_view authorization) const = 0;
};

// Knows one caller: a service that holds the shared secret. For the servers behind the gateway.
class ServiceAuthenticator final : public Authenticator {
 public:
  explicit ServiceAuthenticator(absl::string_view service_token);

  absl::StatusOr<identity::v1::Principal> Authenticate(absl::string_view authorization) const override;

 private:
  const std::string expected_;
};

}  // namespace edirae::rpc

#endif  // EDIRAE_COMMON_RPC_AUTHENTICATOR_H_
