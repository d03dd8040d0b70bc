#ifndef EDIRAE_COMMON_PROCESS_LOOPBACK_PORT_H_
#define EDIRAE_COMMON_PROCESS_LOOPBACK_PORT_H_

#include "absl/status/statusor.h"

namespace edirae::process {

// A TCP port of 127.0.0.1 that nobody listens on at this moment, from 20000 to 32000. It lies below the ephemeral range
// (32768 and up) on purpose: a client that keeps reconnecting to a port of that range can be given this very port as
// its own end, connect to itself and keep the server from coming back. Nobody else who asks here is given the port
// until this process ends, in this process or another; a program that does not ask may still take it first. Holds a
// descriptor for each port. Thread-safe.
//
// Errors: RESOURCE_EXHAUSTED when no free port was found.
absl::StatusOr<int> FreeLoopbackPort();

}  // namespace edirae::process

#endif  // EDIRAE_COMMON_PROCESS_LOOPBACK_PORT_H_
