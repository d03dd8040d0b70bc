#ifndef EDIRAE_COMMON_PROGRAM_SERVICE_SETTINGS_H_
#define EDIRAE_COMMON_PROGRAM_SERVICE_SETTINGS_H_

#include <string>

#include "common/config/settings.h"
#include "common/rpc/server.h"

namespace edirae::program {

// What every service is told from outside; a service's own settings extend it.
struct ServiceSettings {
  rpc::ServerSettings server;
  std::string metrics_listen;      // host:port, empty for none; used by the program, not by the service
  std::string log_level = "info";  // the same
  std::string service_token;       // what proves services to each other

  // Declares them as settings of a program whose usual port is `port`; that of its metrics is ten higher.
  void DeclareCommon(config::Settings& settings, int port);
};

}  // namespace edirae::program

#endif  // EDIRAE_COMMON_PROGRAM_SERVICE_SETTINGS_H_
