#ifndef EDIRAE_CLI_SERVE_SERVE_SETTINGS_H_
#define EDIRAE_CLI_SERVE_SERVE_SETTINGS_H_

#include <string>

#include "absl/time/time.h"
#include "common/config/settings.h"

namespace edirae::cli {

// Settings of the platform in one process.
struct ServeSettings {
  std::string content = "content";
  std::string data;
  std::string listen = "127.0.0.1:7400";
  std::string metrics_listen = "127.0.0.1:7410";
  int events_port = 0;       // of 127.0.0.1
  std::string token_secret;  // empty: that of the data folder
  std::string log_level = "warn";
  bool reflection = true;
  std::string weights;          // as RecommendSettings
  int erase_inactive_days = 0;  // as ProgressSettings
  absl::Duration drain_delay = absl::ZeroDuration();
  bool demo = false;
  bool exit_after_demo = false;

  void Declare(config::Settings& settings);
};

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_SERVE_SERVE_SETTINGS_H_
