#ifndef EDIRAE_GATEWAY_SETTINGS_H_
#define EDIRAE_GATEWAY_SETTINGS_H_

#include <string>
#include <vector>

#include "common/config/settings.h"
#include "common/program/service_settings.h"

namespace edirae::gateway {

// Everything that can be set for the gateway.
struct GatewaySettings : program::ServiceSettings {
  std::string catalog_address;
  std::string progress_address;
  std::string recommend_address;  // of each replica, by ordinal, separated by commas
  std::string token_secret;

  std::vector<std::string> RecommendAddresses() const;

  // Declares them as the settings of the separate program.
  void Declare(config::Settings& settings);
};

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_SETTINGS_H_
