#include "common/testing/free_port.h"

#include <cstdlib>
#include <iostream>

#include "common/process/loopback_port.h"

namespace edirae::testing {

int FreePort() {
  const absl::StatusOr<int> port = process::FreeLoopbackPort();
  if (port.ok()) return *port;
  std::cerr << port.status() << "\n";
  std::abort();
}

}  // namespace edirae::testing
