#ifndef EDIRAE_TESTS_FAULT_EMBEDDED_SERVER_H_
#define EDIRAE_TESTS_FAULT_EMBEDDED_SERVER_H_

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "tests/platform/platform.h"

namespace edirae::testing {

// The process of the nats-server of `edirae serve`, by the file ports/nats-server_<pid>.ports that it keeps.
inline pid_t EmbeddedServer(const Platform& platform) {
  const std::filesystem::path ports = platform.DataFolder("data") + "/nats/ports";
  const std::string file = std::filesystem::directory_iterator(ports)->path().stem().string();
  return std::stoi(file.substr(file.rfind('_') + 1));
}

}  // namespace edirae::testing

#endif  // EDIRAE_TESTS_FAULT_EMBEDDED_SERVER_H_
