#include "services/catalog/adapters/migrations_file.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/catalog/adapters/content_folder.h"
#include "services/catalog/adapters/map_reader.h"
#include "services/catalog/adapters/yaml_tree.h"

namespace edirae::catalog {
namespace {

void ReadMigration(const YamlNode& node, const std::string& file, LoadReport& report, v1::RevisionContent& content) {
  const Path path = Path().Field("migrations", static_cast<size_t>(content.migrations_size()));
  v1::ConceptMigration& migration = *content.add_migrations();
  MapReader reader(node, file, path, "the migration", report);
  migration.set_from_concept_id(reader.Text("from", "from_concept_id"));
  for (std::string& id : reader.Texts("to", "to_concept_ids", Need::kOptional)) {
    migration.add_to_concept_ids(std::move(id));
  }
  migration.set_reason(reader.Text("reason", "reason"));
  migration.set_into_existing(reader.Flag("into_existing", "into_existing"));
}

void ReadMigrationsFile(const std::string& file, LoadReport& report, v1::RevisionContent& content) {
  const absl::StatusOr<std::string> text = ReadBounded(file);
  if (text.status().code() == absl::StatusCode::kNotFound) return;
  if (!text.ok()) {
    report.findings.push_back({{.file = file}, std::string(text.status().message()), "write a readable file, or none"});
    return;
  }
  const size_t findings_before = report.findings.size();
  const YamlNode root = ParseYaml(file, *text, report.findings);
  if (report.findings.size() != findings_before) return;
  if (root.kind != YamlNode::Kind::kList) {
    report.findings.push_back({{file, root.line, root.column},
                               "the migrations must be a list",
                               "start each with `- from:`, or remove the file when there is none"});
    return;
  }
  for (const YamlNode& node : root.children) ReadMigration(node, file, report, content);
}

}  // namespace

void ReadMigrations(const std::string& folder, ReadContent& read) {
  const absl::StatusOr<std::vector<std::string>> roadmaps = FoldersIn(folder);
  if (!roadmaps.ok()) return;  // reported by whoever read the roadmaps
  LoadReport report{std::move(read.sources), std::move(read.findings)};
  for (const std::string& roadmap : *roadmaps) {
    ReadMigrationsFile(absl::StrCat(folder, "/", roadmap, "/migrations.yaml"), report, read.content);
  }
  read.sources = std::move(report.sources);
  read.findings = std::move(report.findings);
}

}  // namespace edirae::catalog
