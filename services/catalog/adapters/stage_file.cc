#include "services/catalog/adapters/content_files.h"

namespace edirae::catalog {
namespace {

void ReadResource(const YamlNode& node, const std::string& file, const Path& path, LoadReport& report,
                  v1::Resource& resource) {
  MapReader reader(node, file, path, "the resource", report);
  resource.set_resource_id(reader.Text("id", "resource_id"));
  resource.set_title(reader.Text("title", "title"));
  resource.set_kind(
      static_cast<v1::ResourceKind>(reader.Named("kind", "kind", *v1::ResourceKind_descriptor(), "RESOURCE_KIND_")));
  resource.set_summary(reader.Text("summary", "summary"));
  for (std::string& id : reader.Texts("concepts", "concept_ids", Need::kOptional)) {
    resource.add_concept_ids(std::move(id));
  }
}

void ReadMilestone(const YamlNode& node, const std::string& file, const Path& path, LoadReport& report,
                   v1::Milestone& milestone) {
  MapReader reader(node, file, path, "the milestone", report);
  milestone.set_milestone_id(reader.Text("id", "milestone_id"));
  milestone.set_title(reader.Text("title", "title"));
  milestone.set_brief(reader.Text("brief", "brief"));
  reader.Each("criteria", "criteria", Need::kRequired, [&](const YamlNode& item, size_t i) {
    MapReader entry(item, file, path.Field("criteria", i), "the criterion", report);
    v1::MilestoneCriterion& criterion = *milestone.add_criteria();
    criterion.set_criterion_id(entry.Text("id", "criterion_id"));
    criterion.set_text(entry.Text("text", "text"));
  });
}

}  // namespace

std::vector<FileReference> ReadStageFile(const ContentFile& file, const std::string& id, const Path& path,
                                         LoadReport& report, v1::Stage& stage) {
  MapReader reader(file.root, file.name, path, "the stage", report);
  ReadOwnId(reader, file.root, "stage_id", id);
  stage.set_title(reader.Text("title", "title"));
  stage.set_goal(reader.Text("goal", "goal"));
  const auto [first_week, last_week] = reader.Ends("weeks", "weeks");
  stage.mutable_weeks()->set_first_week(first_week);
  stage.mutable_weeks()->set_last_week(last_week);
  reader.Each("resources", "resources", Need::kOptional, [&](const YamlNode& node, size_t i) {
    ReadResource(node, file.name, path.Field("resources", i), report, *stage.add_resources());
  });
  if (const YamlNode* milestone = reader.Map("milestone", "milestone", Need::kRequired)) {
    ReadMilestone(*milestone, file.name, path.Field("milestone"), report, *stage.mutable_milestone());
  }
  return reader.References("concepts", "concepts");
}

}  // namespace edirae::catalog
