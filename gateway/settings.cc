#include "gateway/settings.h"

namespace edirae::gateway {

void GatewaySettings::Declare(config::Settings& settings) {
  DeclareCommon(settings, 7400);
  settings.Add("catalog-address", catalog_address, "where the catalog is, for example dns:///catalog:7401",
               {.required = true});
  settings.Add("progress-address", progress_address, "where progress is, for example dns:///progress:7402",
               {.required = true});
  settings.Add("recommend-address", recommend_address, "where recommend is, for example dns:///recommend:7403",
               {.required = true});
  settings.Add("token-secret", token_secret, "what signs learners' tokens, at least 32 bytes",
               {.required = true, .secret = true, .check = config::IsSecret});
}

}  // namespace edirae::gateway
