#ifndef EDIRAE_GATEWAY_SETTINGS_H_
#define EDIRAE_GATEWAY_SETTINGS_H_

#include <string>

#include "absl/time/time.h"
#include "common/config/settings.h"

namespace edirae::gateway {

// Everything that can be set for the gateway.
struct GatewaySettings {
  std::string listen;          // host:port; empty for in-process channels only
  std::string metrics_listen;  // host:port; empty for no metrics
  std::string log_level = "info";
  bool reflection = false;
  absl::Duration drain_delay = absl::Seconds(2);
  std::string catalog_address;
  std::string progress_address;
  std::string recommend_address;
  std::string token_secret;
  std::string service_token;
};

// Declares the settings of the program `edirae-gateway`, where all of them are required that have no default.
void Declare(GatewaySettings& values, config::Settings& settings);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_SETTINGS_H_
