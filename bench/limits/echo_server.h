#ifndef EDIRAE_BENCH_LIMITS_ECHO_SERVER_H_
#define EDIRAE_BENCH_LIMITS_ECHO_SERVER_H_

#include <string>

#include "absl/status/status.h"

namespace edirae::bench {

// Serves EchoService on `listen` for ever; it is ended by a signal. `ready_made_bytes` is the size of what Fetch
// answers. An ordinary callback server as gRPC's examples have it: no authentication, no bounds, no metrics.
// UNAVAILABLE when it cannot listen.
absl::Status ServeEcho(const std::string& listen, int ready_made_bytes);

}  // namespace edirae::bench

#endif  // EDIRAE_BENCH_LIMITS_ECHO_SERVER_H_
