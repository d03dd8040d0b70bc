#include "absl/strings/str_cat.h"
#include "services/catalog/adapters/content_files.h"

namespace edirae::catalog {
namespace {

void ReadCareer(MapReader& reader, v1::CareerPath& career) {
  career.set_career_id(reader.Text("id", "career_id"));
  career.set_title(reader.Text("title", "title"));
  career.set_summary(reader.Text("summary", "summary"));
  career.set_demand(reader.Named<v1::MarketDemand>("demand", "demand", "MARKET_DEMAND_"));
  for (std::string& id : reader.Texts("concepts", "concept_ids", Need::kOptional)) {
    career.add_concept_ids(std::move(id));
  }
  if (const YamlNode* pay = reader.Map("salary", "salary", Need::kRequired)) {
    MapReader salary(*pay, reader.file(), reader.path().Field("salary"), "the salary", reader.report());
    career.mutable_salary()->set_currency_code(salary.Text("currency", "currency_code"));
    career.mutable_salary()->set_min_per_year(salary.Number("min", "min_per_year"));
    career.mutable_salary()->set_max_per_year(salary.Number("max", "max_per_year"));
  }
}

void ReadAdvice(MapReader& reader, v1::Roadmap& roadmap) {
  reader.EachMap("tips", "tips", Need::kOptional, "the tip", [&](MapReader& entry, size_t) {
    v1::Tip& tip = *roadmap.add_tips();
    tip.set_tip_id(entry.Text("id", "tip_id"));
    tip.set_title(entry.Text("title", "title"));
    tip.set_text(entry.Text("text", "text"));
  });
  reader.EachMap("faq", "faq", Need::kOptional, "the FAQ entry", [&](MapReader& entry, size_t) {
    v1::FaqEntry& faq = *roadmap.add_faq();
    faq.set_faq_id(entry.Text("id", "faq_id"));
    faq.set_question(entry.Text("question", "question"));
    faq.set_answer(entry.Text("answer", "answer"));
  });
}

}  // namespace

void ReadCriterion(const YamlNode& node, const std::string& file, const Path& path, LoadReport& report,
                   v1::MasteryCriterion& criterion) {
  MapReader reader(node, file, path, "the criterion", report);
  criterion.set_criterion_id(reader.Text("id", "criterion_id"));
  criterion.set_version(reader.Small("version", "version"));
  criterion.set_min_distinct_correct(reader.Small("min_distinct_correct", "min_distinct_correct"));
  criterion.set_window(reader.Small("window", "window", Need::kOptional));
  criterion.set_min_correct_in_window(reader.Small("min_correct_in_window", "min_correct_in_window", Need::kOptional));
  criterion.set_min_accuracy(reader.Decimal("min_accuracy", "min_accuracy", Need::kOptional));
  criterion.set_right_again_after_hours(
      reader.Small("right_again_after_hours", "right_again_after_hours", Need::kOptional));
  criterion.set_without_hints(reader.Flag("without_hints", "without_hints"));
  criterion.set_lapse_below(reader.Decimal("lapse_below", "lapse_below", Need::kOptional));
}

void ReadGateCriterion(const YamlNode& node, const std::string& file, const Path& path, LoadReport& report,
                       v1::GateCriterion& criterion) {
  MapReader reader(node, file, path, "the gate criterion", report);
  criterion.set_criterion_id(reader.Text("id", "criterion_id"));
  criterion.set_version(reader.Small("version", "version"));
  criterion.set_milestone_approved(reader.Flag("milestone_approved", "milestone_approved"));
}

void ReadOwnId(MapReader& reader, const YamlNode& root, absl::string_view field, const std::string& expected) {
  const std::string id = reader.Text("id", field);
  if (id.empty() || id == expected) return;
  for (const YamlNode& entry : root.children) {
    if (entry.key != "id") continue;
    reader.Refuse(entry, reader.path().Field(field),
                  absl::StrCat("the id is '", id, "', and the place of the file says '", expected, "'"),
                  "make them the same");
  }
}

std::vector<FileReference> ReadRoadmapFile(const ContentFile& file, const Path& path, LoadReport& report,
                                           v1::Roadmap& roadmap) {
  MapReader reader(file.root, file.name, path, "the roadmap", report);
  ReadOwnId(reader, file.root, "roadmap_id", roadmap.roadmap_id());
  roadmap.set_title(reader.Text("title", "title"));
  roadmap.set_summary(reader.Text("summary", "summary"));
  roadmap.set_description(reader.Text("description", "description"));
  const auto [min_months, max_months] = reader.Ends("duration_months", "duration");
  roadmap.mutable_duration()->set_min_months(min_months);
  roadmap.mutable_duration()->set_max_months(max_months);
  const auto [min_hours, max_hours] = reader.Ends("weekly_hours", "weekly_effort");
  roadmap.mutable_weekly_effort()->set_min_hours(min_hours);
  roadmap.mutable_weekly_effort()->set_max_hours(max_hours);
  for (std::string& text : reader.Texts("prerequisites", "prerequisites", Need::kOptional)) {
    roadmap.add_prerequisites(std::move(text));
  }
  if (const YamlNode* criterion = reader.Map("mastery_criterion", "mastery_criterion", Need::kRequired)) {
    ReadCriterion(*criterion, file.name, path.Field("mastery_criterion"), report, *roadmap.mutable_mastery_criterion());
  }
  if (const YamlNode* gate = reader.Map("gate_criterion", "gate_criterion", Need::kOptional)) {
    ReadGateCriterion(*gate, file.name, path.Field("gate_criterion"), report, *roadmap.mutable_gate_criterion());
  }
  reader.EachMap("career_paths", "career_paths", Need::kOptional, "the career",
                 [&](MapReader& entry, size_t) { ReadCareer(entry, *roadmap.add_career_paths()); });
  for (std::string& id : reader.Texts("related_roadmaps", "related_roadmap_ids", Need::kOptional)) {
    roadmap.add_related_roadmap_ids(std::move(id));
  }
  ReadAdvice(reader, roadmap);
  return reader.References("stages", "stages");
}

}  // namespace edirae::catalog
