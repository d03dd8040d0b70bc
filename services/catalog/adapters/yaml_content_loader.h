#ifndef EDIRAE_SERVICES_CATALOG_ADAPTERS_YAML_CONTENT_LOADER_H_
#define EDIRAE_SERVICES_CATALOG_ADAPTERS_YAML_CONTENT_LOADER_H_

#include <string>
#include <vector>

#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/domain/finding.h"
#include "services/catalog/domain/source_map.h"

namespace edirae::catalog {

// Content as it was read, not yet validated.
struct ReadContent {
  v1::RevisionContent content;
  // Where everything was written, and what could not be read.
  SourceMap sources;
  // What is wrong with the files themselves: syntax, keys, types, missing and forgotten files.
  std::vector<Finding> findings;
};

// Reads a content folder: one folder a roadmap, `<roadmap>/roadmap.yaml`, `<roadmap>/stages/<id>.yaml` and
// `<roadmap>/concepts/<id>/`; the folder `schema` beside the roadmaps is for editors and left alone. Goes on after each
// mistake, so that an author sees all of them at once. Blocks on the file system.
ReadContent ReadYamlContent(const std::string& folder);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_ADAPTERS_YAML_CONTENT_LOADER_H_
