#include "services/recommend/settings.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/postgres/url.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {
absl::Status RecommendSettings::Check() const {
  if (data.empty() && store.empty()) {
    return absl::InvalidArgumentError("--data (EDIRAE_DATA) or --store (EDIRAE_STORE) is required");
  }
  if (!data.empty() && !store.empty()) {
    return absl::InvalidArgumentError("--data (EDIRAE_DATA) and --store (EDIRAE_STORE): only one can be");
  }
  if (replicas > 1 && store.empty()) {
    return absl::InvalidArgumentError("--replicas (EDIRAE_REPLICAS) above 1 needs --store (EDIRAE_STORE)");
  }
  if (ordinal >= replicas) {
    return absl::InvalidArgumentError(absl::StrCat("--ordinal (EDIRAE_ORDINAL) is ", ordinal, "; of --replicas ",
                                                   replicas, " it can be up to ", replicas - 1));
  }
  return absl::OkStatus();
}

absl::StatusOr<int> RecommendSettings::OrdinalOn(absl::string_view host) const {
  if (ordinal >= 0 || replicas == 1) return std::max(ordinal, 0);
  const size_t dash = host.rfind('-');
  int number = -1;
  if (dash == host.npos || !absl::SimpleAtoi(host.substr(dash + 1), &number) || number < 0 || number >= replicas) {
    return absl::InvalidArgumentError(absl::StrCat("--ordinal (EDIRAE_ORDINAL) is required: the host's name '", host,
                                                   "' does not end with a number below --replicas ", replicas));
  }
  return number;
}

void RecommendSettings::Declare(config::Settings& settings) {
  DeclareCommon(settings, 7403);
  settings.Add("data", data, "Folder of the checkpoints, created when absent; one recommend at a time may use it");
  settings.Add("store", store,
               "postgresql://user:password@host/database of the checkpoints, instead of --data; replicas share it",
               {.secret = true, .check = postgres::IsUrl});
  settings.Add("replicas", replicas, 1, limits::kMaxReplicas, "How many recommend share the store");
  settings.Add("ordinal", ordinal, -1, limits::kMaxReplicas - 1,
               "Which of them this one is, from 0; -1: the number at the end of the host's name");
  settings.Add("catalog-address", catalog_address, "Address of the catalog service",
               {.required = true, .check = config::IsServiceAddress});
  settings.Add("progress-address", progress_address, "Address of the progress service",
               {.required = true, .check = config::IsServiceAddress});
  settings.Add("weights", weights,
               "Weights file of the mastery model, made by edirae-fit; without it the shipped prior");
  settings.Add("manage-streams", manage_streams, "Make the stream of offers when it is not there");
  settings.Add("nats-url", nats_url, "nats://host:port of the message bus; several separated by commas",
               {.required = true, .check = config::AreNatsUrls});
}

}  // namespace edirae::recommend
