#include "services/catalog/adapters/content_files.h"

namespace edirae::catalog {
namespace {

void ReadMilestoneCriterion(MapReader& reader, v1::MilestoneCriterion& criterion) {
  criterion.set_criterion_id(reader.Text("id", "criterion_id"));
  criterion.set_text(reader.Text("text", "text"));
  reader.EachMap("levels", "levels", Need::kRequired, "the level", [&](MapReader& entry, size_t) {
    v1::CriterionLevel& level = *criterion.add_levels();
    level.set_level_id(entry.Text("id", "level_id"));
    level.set_text(entry.Text("text", "text"));
    level.set_points(entry.Small("points", "points"));
  });
  criterion.set_min_level_id(reader.Text("min_level", "min_level_id"));
}

void ReadMilestone(MapReader& reader, v1::Milestone& milestone) {
  milestone.set_milestone_id(reader.Text("id", "milestone_id"));
  milestone.set_title(reader.Text("title", "title"));
  milestone.set_brief(reader.Text("brief", "brief"));
  milestone.set_estimated_minutes(reader.Small("estimated_minutes", "estimated_minutes"));
  reader.EachMap("steps", "steps", Need::kRequired, "the step", [&](MapReader& entry, size_t) {
    v1::MilestoneStep& step = *milestone.add_steps();
    step.set_step_id(entry.Text("id", "step_id"));
    step.set_text(entry.Text("text", "text"));
  });
  reader.EachMap("evidence", "evidence", Need::kRequired, "the evidence", [&](MapReader& entry, size_t) {
    v1::RequiredEvidence& evidence = *milestone.add_evidence();
    evidence.set_evidence_id(entry.Text("id", "evidence_id"));
    evidence.set_text(entry.Text("text", "text"));
    evidence.set_kind(entry.Named<v1::EvidenceKind>("kind", "kind", "EVIDENCE_KIND_"));
  });
  reader.EachMap("criteria", "criteria", Need::kRequired, "the criterion",
                 [&](MapReader& entry, size_t) { ReadMilestoneCriterion(entry, *milestone.add_criteria()); });
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
  reader.EachMap("resources", "resources", Need::kOptional, "the resource", [&](MapReader& entry, size_t) {
    v1::Resource& resource = *stage.add_resources();
    ReadResource(entry, Need::kOptional, resource);
    for (std::string& concept_id : entry.Texts("concepts", "concept_ids", Need::kOptional)) {
      resource.add_concept_ids(std::move(concept_id));
    }
  });
  if (const YamlNode* milestone = reader.Map("milestone", "milestone", Need::kRequired)) {
    MapReader entry(*milestone, file.name, path.Field("milestone"), "the milestone", report);
    ReadMilestone(entry, *stage.mutable_milestone());
  }
  if (const YamlNode* gate = reader.Map("gate_criterion", "gate_criterion", Need::kOptional)) {
    ReadGateCriterion(*gate, file.name, path.Field("gate_criterion"), report, *stage.mutable_gate_criterion());
  }
  return reader.References("concepts", "concepts");
}

}  // namespace edirae::catalog
