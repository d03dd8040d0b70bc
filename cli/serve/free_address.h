#ifndef EDIRAE_CLI_SERVE_FREE_ADDRESS_H_
#define EDIRAE_CLI_SERVE_FREE_ADDRESS_H_

#include <string>

#include "absl/status/status.h"

namespace edirae::cli {

// Whether a server can listen on `address`, host:port, at this moment. UNAVAILABLE, with the address and the cause,
// when it cannot, mostly because another program does.
absl::Status CheckAddressIsFree(const std::string& address);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_SERVE_FREE_ADDRESS_H_
