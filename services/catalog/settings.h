#ifndef EDIRAE_SERVICES_CATALOG_SETTINGS_H_
#define EDIRAE_SERVICES_CATALOG_SETTINGS_H_

#include <string>

#include "absl/time/time.h"
#include "common/config/settings.h"

namespace edirae::catalog {

// Everything that can be set for the catalog.
struct CatalogSettings {
  std::string listen;          // host:port; empty for in-process channels only
  std::string metrics_listen;  // host:port; empty for no metrics
  std::string log_level = "info";
  bool reflection = false;
  absl::Duration drain_delay = absl::Seconds(2);
  std::string content;  // folder that holds one folder a roadmap
  std::string service_token;
};

// Declares the settings of the program `edirae-catalog`, where all of them are required that have no default.
void Declare(CatalogSettings& values, config::Settings& settings);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_SETTINGS_H_
