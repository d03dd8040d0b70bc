#include "gateway/settings.h"

#include "absl/strings/str_split.h"
#include "common/status/macros.h"

namespace edirae::gateway {

namespace {

absl::Status AreAddresses(const std::string& value) {
  for (const absl::string_view address : absl::StrSplit(value, ',')) {
    EDIRAE_RETURN_IF_ERROR(config::IsServiceAddress(std::string(address)));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<std::string> GatewaySettings::RecommendAddresses() const { return absl::StrSplit(recommend_address, ','); }

void GatewaySettings::Declare(config::Settings& settings) {
  DeclareCommon(settings, 7400);
  settings.Add("catalog-address", catalog_address, "where the catalog is, for example dns:///catalog:7401",
               {.required = true, .check = config::IsServiceAddress});
  settings.Add("progress-address", progress_address, "where progress is, for example dns:///progress:7402",
               {.required = true, .check = config::IsServiceAddress});
  settings.Add("recommend-address", recommend_address,
               "where recommend is, for example dns:///recommend:7403; of several replicas the addresses by ordinal, "
               "separated by commas",
               {.required = true, .check = AreAddresses});
  settings.Add("token-secret", token_secret, "what signs learners' tokens, at least 32 bytes",
               {.required = true, .secret = true, .check = config::IsSecret});
}

}  // namespace edirae::gateway
