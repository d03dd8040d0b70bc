#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_MIGRATIONS_FILE_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_MIGRATIONS_FILE_H_

#include <string>

#include "services/catalog/adapters/yaml_content_loader.h"

namespace edirae::catalog {

// Adds what `<roadmap>/migrations.yaml` of each roadmap in `folder` says to what was read; a roadmap may have none.
// Each entry is `{from: <concept>, to: [<concept>...], reason: <text>, into_existing: <true or false>}`. Blocks on the
// file system.
void ReadMigrations(const std::string& folder, ReadContent& read);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_MIGRATIONS_FILE_H_
