#ifndef EDIRAE_SERVICES_RECOMMEND_SETTINGS_H_
#define EDIRAE_SERVICES_RECOMMEND_SETTINGS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/config/settings.h"
#include "common/program/service_settings.h"

namespace edirae::recommend {

// What the recommend service is told from outside.
struct RecommendSettings : program::ServiceSettings {
  std::string data;   // folder of the checkpoints, for one recommend; may be dropped while the service is stopped; or:
  std::string store;  // postgresql://... of the checkpoints, for several
  int replicas = 1;   // that share the partitions
  int ordinal = -1;   // which of them this one is; below 0: the number at the end of the host's name
  std::string catalog_address;   // used by the program, which makes the channels
  std::string progress_address;  // the same
  std::string nats_url;
  bool manage_streams = true;  // make the stream of offers when it is not there
  std::string weights;         // file of the mastery model, made by edirae-fit; empty: the shipped prior

  // INVALID_ARGUMENT, naming the setting, unless the checkpoints have exactly one place, which suits the replicas, and
  // the ordinal is one of theirs.
  absl::Status Check() const;
  // `ordinal`, or that in `host`, which ends with "-<number>"; 0 of one replica.
  absl::StatusOr<int> OrdinalOn(absl::string_view host) const;

  // Declares them as the settings of the separate program.
  void Declare(config::Settings& settings);
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_SETTINGS_H_
