#include "services/recommend/settings.h"

#include "absl/strings/match.h"

namespace edirae::recommend {
namespace {

absl::Status IsNatsUrl(const std::string& value) {
  if (absl::StartsWith(value, "nats://") || absl::StartsWith(value, "tls://")) return absl::OkStatus();
  return absl::InvalidArgumentError("is not a nats:// or tls:// address");
}

}  // namespace

void RecommendSettings::Declare(config::Settings& settings) {
  DeclareCommon(settings, 7403);
  settings.Add("data", data, "Folder of the checkpoints; created when absent", {.required = true});
  settings.Add("catalog-address", catalog_address, "Address of the catalog service", {.required = true});
  settings.Add("progress-address", progress_address, "Address of the progress service", {.required = true});
  settings.Add("weights", weights,
               "Weights file of the mastery model, made by edirae-fit; without it the shipped prior");
  settings.Add("manage-streams", manage_streams, "Make the stream of offers when it is not there");
  settings.Add("nats-url", nats_url, "NATS servers, separated by commas", {.required = true, .check = IsNatsUrl});
}

}  // namespace edirae::recommend
