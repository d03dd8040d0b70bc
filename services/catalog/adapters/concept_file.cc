#include "services/catalog/adapters/content_files.h"

namespace edirae::catalog {

void ReadResource(MapReader& reader, Need need, v1::Resource& resource) {
  resource.set_resource_id(reader.Text("id", "resource_id"));
  resource.set_title(reader.Text("title", "title"));
  resource.set_kind(reader.Named<v1::ResourceKind>("kind", "kind", "RESOURCE_KIND_"));
  resource.set_summary(reader.Text("summary", "summary"));
  resource.set_author(reader.Text("author", "author", need));
  resource.set_level(reader.Named<v1::ResourceLevel>("level", "level", "RESOURCE_LEVEL_", need));
  resource.set_language_code(reader.Text("language", "language_code", need));
  resource.set_cost(reader.Named<v1::ResourceCost>("cost", "cost", "RESOURCE_COST_", need));
  resource.set_estimated_minutes(reader.Small("minutes", "estimated_minutes", need));
  resource.set_uri(reader.Text("url", "uri", Need::kOptional));
}

void ReadConceptFile(const ContentFile& file, const std::string& id, const ConceptPaths& paths, LoadReport& report,
                     v1::Concept& taught, v1::Lesson& lesson, v1::RevisionContent& content) {
  MapReader reader(file.root, file.name, paths.taught, "the concept", report);
  ReadOwnId(reader, file.root, "concept_id", id);
  taught.set_title(reader.Text("title", "title"));
  taught.set_summary(reader.Text("summary", "summary"));
  for (std::string& prerequisite : reader.Texts("prerequisites", "prerequisite_ids", Need::kOptional)) {
    taught.add_prerequisite_ids(std::move(prerequisite));
  }
  for (std::string& helpful : reader.Texts("helpful", "helpful_ids", Need::kOptional)) {
    taught.add_helpful_ids(std::move(helpful));
  }
  taught.set_optional(reader.Flag("optional", "optional"));
  taught.set_estimated_minutes(reader.Small("estimated_minutes", "estimated_minutes"));
  if (const YamlNode* criterion = reader.Map("mastery_criterion", "mastery_criterion", Need::kOptional)) {
    ReadCriterion(*criterion, file.name, paths.taught.Field("mastery_criterion"), report,
                  *taught.mutable_mastery_criterion());
  }
  reader.Each("misconceptions", "misconceptions", Need::kRequired, [&](const YamlNode& node, size_t i) {
    MapReader entry(node, file.name, paths.lesson.Field("misconceptions", i), "the misconception", report);
    v1::Misconception& misconception = *lesson.add_misconceptions();
    misconception.set_misconception_id(entry.Text("id", "misconception_id"));
    misconception.set_belief(entry.Text("belief", "belief"));
    misconception.set_correction(entry.Text("correction", "correction"));
  });
  reader.SamePlace("misconceptions", paths.lesson.Field("misconceptions"));
  reader.Each("resources", "resources", Need::kRequired, [&](const YamlNode& node, size_t) {
    const Path path = Path().Field("resources", static_cast<size_t>(content.resources_size()));
    MapReader entry(node, file.name, path, "the resource", report);
    v1::Resource& resource = *content.add_resources();
    ReadResource(entry, Need::kRequired, resource);
    resource.add_concept_ids(id);
  });
}

}  // namespace edirae::catalog
