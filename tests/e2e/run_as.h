#ifndef EDIRAE_TESTS_E2E_RUN_AS_H_
#define EDIRAE_TESTS_E2E_RUN_AS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "gateway/auth/token.h"
#include "tests/platform/platform.h"
#include "tests/platform/run_to_end.h"

namespace edirae::testing {

// Runs the client `edirae` on the platform, with a token of `who` in `role`, and `more` in its environment.
inline Ended RunAs(const Platform& platform, const std::string& who, identity::v1::Role role,
                   std::vector<std::string> arguments, const Environment& more = {}) {
  const auto token = gateway::MintToken(platform.token_secret(), who, absl::Hours(1), absl::Now(), role);
  Environment environment = {{"EDIRAE_ADDRESS", platform.gateway().address()}, {"EDIRAE_TOKEN", token.value()}};
  environment.insert(environment.end(), more.begin(), more.end());
  return RunToEnd("edirae", std::move(arguments), std::move(environment));
}

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_E2E_RUN_AS_H_
