#ifndef EDIRAE_SERVICES_PROGRESS_SETTINGS_H_
#define EDIRAE_SERVICES_PROGRESS_SETTINGS_H_

#include <string>

#include "common/config/settings.h"
#include "common/program/service_settings.h"

namespace edirae::progress {

// What progress is told from outside.
struct ProgressSettings : program::ServiceSettings {
  std::string catalog_address;  // used by the program, which makes the channel
  std::string data;             // folder of the ledger, for one progress; or:
  std::string store;            // postgresql://... of the ledger, for several
  std::string nats_url;
  bool manage_streams = true;  // make the stream of learner events when it is not there
  int stream_max_mib = 1024;   // its size; a full stream refuses
  int stream_max_days = 7;     // after which what was published leaves it
  int cached_learners = 100'000;
  int erase_inactive_days = 0;  // after which learners of whom nothing was recorded are erased; 0: never

  // INVALID_ARGUMENT unless the ledger has exactly one place, and nobody is erased too early.
  absl::Status Check() const;

  // Declares them as the settings of the separate program.
  void Declare(config::Settings& settings);
};

}  // namespace edirae::progress

#endif  // EDIRAE_SERVICES_PROGRESS_SETTINGS_H_
