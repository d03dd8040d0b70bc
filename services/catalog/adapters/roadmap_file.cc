#include "absl/strings/str_cat.h"
#include "services/catalog/adapters/content_files.h"

namespace edirae::catalog {
namespace {

void ReadCareer(const YamlNode& node, const std::string& file, const Path& path, LoadReport& report,
                v1::CareerPath& career) {
  MapReader reader(node, file, path, "the career", report);
  career.set_career_id(reader.Text("id", "career_id"));
  career.set_title(reader.Text("title", "title"));
  career.set_summary(reader.Text("summary", "summary"));
  career.set_demand(static_cast<v1::MarketDemand>(
      reader.Named("demand", "demand", *v1::MarketDemand_descriptor(), "MARKET_DEMAND_")));
  if (const YamlNode* pay = reader.Map("salary", "salary", Need::kRequired)) {
    MapReader salary(*pay, file, path.Field("salary"), "the salary", report);
    career.mutable_salary()->set_currency_code(salary.Text("currency", "currency_code"));
    career.mutable_salary()->set_min_per_year(salary.Number("min", "min_per_year"));
    career.mutable_salary()->set_max_per_year(salary.Number("max", "max_per_year"));
  }
}

void ReadAdvice(MapReader& reader, v1::Roadmap& roadmap) {
  reader.Each("tips", "tips", Need::kOptional, [&](const YamlNode& node, size_t i) {
    MapReader entry(node, reader.file(), reader.path().Field("tips", i), "the tip", reader.report());
    v1::Tip& tip = *roadmap.add_tips();
    tip.set_tip_id(entry.Text("id", "tip_id"));
    tip.set_title(entry.Text("title", "title"));
    tip.set_text(entry.Text("text", "text"));
  });
  reader.Each("faq", "faq", Need::kOptional, [&](const YamlNode& node, size_t i) {
    MapReader entry(node, reader.file(), reader.path().Field("faq", i), "the FAQ entry", reader.report());
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
  criterion.set_window(reader.Small("window", "window"));
  criterion.set_min_correct_in_window(reader.Small("min_correct_in_window", "min_correct_in_window"));
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
  reader.Each("career_paths", "career_paths", Need::kOptional, [&](const YamlNode& node, size_t i) {
    ReadCareer(node, file.name, path.Field("career_paths", i), report, *roadmap.add_career_paths());
  });
  ReadAdvice(reader, roadmap);
  return reader.References("stages", "stages");
}

}  // namespace edirae::catalog
