#ifndef EDIRAE_SERVICES_RECOMMEND_SETTINGS_H_
#define EDIRAE_SERVICES_RECOMMEND_SETTINGS_H_

#include <string>

#include "common/config/settings.h"
#include "common/program/service_settings.h"

namespace edirae::recommend {

// What the recommend service is told from outside.
struct RecommendSettings : program::ServiceSettings {
  std::string data;              // folder of the checkpoints; may be dropped while the service is stopped
  std::string catalog_address;   // used by the program, which makes the channels
  std::string progress_address;  // the same
  std::string nats_url;
  bool manage_streams = true;  // make the stream of offers when it is not there
  std::string weights;         // file of the mastery model, made by edirae-fit; empty: the shipped prior

  // Declares them as the settings of the separate program.
  void Declare(config::Settings& settings);
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_SETTINGS_H_
