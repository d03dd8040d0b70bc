#ifndef EDIRAE_SERVICES_CATALOG_SETTINGS_H_
#define EDIRAE_SERVICES_CATALOG_SETTINGS_H_

#include <string>

#include "common/config/settings.h"
#include "common/program/service_settings.h"

namespace edirae::catalog {

// Everything that can be set for the catalog.
struct CatalogSettings : program::ServiceSettings {
  std::string data;     // folder of the store of revisions
  std::string content;  // folder that holds one folder a roadmap; empty: what is stored is served

  std::string nats_url;        // of the message bus that is told of revisions; empty: nobody is told
  bool manage_streams = true;  // make the stream of catalog events when it is not there

  // Declares them as the settings of the separate program.
  void Declare(config::Settings& settings);
};

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_SETTINGS_H_
