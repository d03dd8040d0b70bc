#include "services/catalog/settings.h"

namespace edirae::catalog {

void CatalogSettings::Declare(config::Settings& settings) {
  DeclareCommon(settings, 7401);
  settings.Add("content", content, "folder that holds one folder a roadmap",
               {.required = true, .check = config::IsExistingFolder});
}

}  // namespace edirae::catalog
