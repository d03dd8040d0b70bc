#include "services/catalog/load_content.h"

#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/catalog/adapters/migrations_file.h"
#include "services/catalog/adapters/yaml_content_loader.h"
#include "services/catalog/domain/validate.h"

namespace edirae::catalog {

LoadedContent LoadContent(const std::string& folder) {
  ReadContent read = ReadYamlContent(folder);
  ReadMigrations(folder, read);
  std::vector<Finding> findings = Validate(read.content, read.sources);
  findings.insert(findings.end(), std::make_move_iterator(read.findings.begin()),
                  std::make_move_iterator(read.findings.end()));
  SortAndDeduplicate(findings);
  return {std::move(read.content), std::move(read.sources), std::move(findings)};
}

absl::StatusOr<v1::RevisionContent> LoadGoodContent(const std::string& folder) {
  LoadedContent loaded = LoadContent(folder);
  if (loaded.findings.empty()) return std::move(loaded.content);
  return BadContent(loaded.findings);
}

absl::Status BadContent(const std::vector<Finding>& findings) {
  return MakeError(
      absl::StatusCode::kInvalidArgument, "BAD_CONTENT",
      absl::StrCat("the content cannot be published, ", findings.size(), " findings:\n", ToString(findings)));
}

}  // namespace edirae::catalog
