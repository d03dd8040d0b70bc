#ifndef EDIRAE_SERVICES_CATALOG_LOAD_CONTENT_H_
#define EDIRAE_SERVICES_CATALOG_LOAD_CONTENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "edirae/catalog/v1/revision_service.pb.h"
#include "services/catalog/domain/finding.h"
#include "services/catalog/domain/source_map.h"

namespace edirae::catalog {

// A content folder, read and validated.
struct LoadedContent {
  v1::RevisionContent content;
  SourceMap sources;
  // Everything that is wrong, in order of place. Content with findings must not be published.
  std::vector<Finding> findings;
};

// Reads a folder of roadmaps and validates it. Reports every mistake, each with its place. Blocks on the file system.
LoadedContent LoadContent(const std::string& folder);

// The same for callers that only need good content; `BadContent` otherwise.
absl::StatusOr<v1::RevisionContent> LoadGoodContent(const std::string& folder);

// INVALID_ARGUMENT that lists the findings, one a line.
absl::Status BadContent(const std::vector<Finding>& findings);

}  // namespace edirae::catalog

#endif  // EDIRAE_SERVICES_CATALOG_LOAD_CONTENT_H_
