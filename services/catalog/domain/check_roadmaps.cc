#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/catalog/domain/nearest.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

// Ids that must be unique over the whole catalog.
struct CatalogIds {
  explicit CatalogIds(Checker& check)
      : roadmaps(check, "roadmap", "in the catalog"),
        concepts(check, "concept", "in the catalog"),
        resources(check, "resource", "in the catalog"),
        milestones(check, "milestone", "in the catalog") {}

  UniqueIds roadmaps;
  UniqueIds concepts;
  UniqueIds resources;
  UniqueIds milestones;
};

// Two ends of a range: each within 1 to `max`, and in order.
void CheckEnds(const Path& path, absl::string_view what, int first, int last, int max, Checker& check) {
  check.Range(path, absl::StrCat("the lower end of ", what), first, 1, max);
  check.Range(path, absl::StrCat("the upper end of ", what), last, 1, max);
  if (first > last) {
    check.Add(path, absl::StrCat(what, " are ", first, " to ", last), "put the smaller number first");
  }
}

void CheckCareers(const v1::Roadmap& roadmap, const Path& path, Checker& check) {
  UniqueIds ids(check, "career", "in its roadmap");
  for (int i = 0; i < roadmap.career_paths_size(); ++i) {
    const v1::CareerPath& career = roadmap.career_paths(i);
    const Path at = path.Field("career_paths", i);
    check.Slug(at.Field("career_id"), "the career id", career.career_id());
    ids.See(at.Field("career_id"), career.career_id());
    check.Line(at.Field("title"), "the title", career.title());
    check.Sentences(at.Field("summary"), "the summary", career.summary());
    if (career.demand() == v1::MARKET_DEMAND_UNSPECIFIED) {
      check.Add(at.Field("demand"), "the demand is not said", "write growing, high or very_high");
    }
    const v1::SalaryRange& salary = career.salary();
    const std::string& currency = salary.currency_code();
    if (currency.size() != 3 || !std::all_of(currency.begin(), currency.end(), absl::ascii_isupper)) {
      check.Add(at.Field("salary").Field("currency_code"), absl::StrCat("'", currency, "' is no currency"),
                "write its ISO 4217 code, e.g. USD");
    }
    check.Range(at.Field("salary").Field("min_per_year"), "the lower end of the salary", salary.min_per_year(), 0,
                limits::kMaxSalary);
    check.Range(at.Field("salary").Field("max_per_year"), "the upper end of the salary", salary.max_per_year(), 0,
                limits::kMaxSalary);
    if (salary.min_per_year() > salary.max_per_year()) {
      check.Add(at.Field("salary").Field("max_per_year"), "the upper end of the salary is below its lower end",
                "exchange them");
    }
  }
}

void CheckAdvice(const v1::Roadmap& roadmap, const Path& path, Checker& check) {
  UniqueIds tips(check, "tip", "in its roadmap");
  for (int i = 0; i < roadmap.tips_size(); ++i) {
    const v1::Tip& tip = roadmap.tips(i);
    const Path at = path.Field("tips", i);
    check.Slug(at.Field("tip_id"), "the tip id", tip.tip_id());
    tips.See(at.Field("tip_id"), tip.tip_id());
    check.Line(at.Field("title"), "the title", tip.title());
    check.Text(at.Field("text"), "the text", tip.text(), limits::kMaxTextLength);
  }
  UniqueIds faq(check, "FAQ", "in its roadmap");
  for (int i = 0; i < roadmap.faq_size(); ++i) {
    const v1::FaqEntry& entry = roadmap.faq(i);
    const Path at = path.Field("faq", i);
    check.Slug(at.Field("faq_id"), "the FAQ id", entry.faq_id());
    faq.See(at.Field("faq_id"), entry.faq_id());
    check.Sentences(at.Field("question"), "the question", entry.question());
    check.Text(at.Field("answer"), "the answer", entry.answer(), limits::kMaxTextLength);
  }
}

void CheckConcept(const v1::Concept& taught, const Path& at, Checker& check, CatalogIds& ids) {
  check.Slug(at.Field("concept_id"), "the concept id", taught.concept_id());
  ids.concepts.See(at.Field("concept_id"), taught.concept_id());
  check.Line(at.Field("title"), "the title", taught.title());
  check.Sentences(at.Field("summary"), "the summary", taught.summary());
  check.Range(at.Field("estimated_minutes"), "estimated_minutes", taught.estimated_minutes(),
              limits::kMinConceptMinutes, limits::kMaxConceptMinutes);
}

void CheckResource(const v1::Resource& resource, const Path& at, const Curriculum& curriculum, Checker& check,
                   CatalogIds& ids) {
  check.Slug(at.Field("resource_id"), "the resource id", resource.resource_id());
  ids.resources.See(at.Field("resource_id"), resource.resource_id());
  check.Line(at.Field("title"), "the title", resource.title());
  check.Sentences(at.Field("summary"), "the summary", resource.summary());
  if (resource.kind() == v1::RESOURCE_KIND_UNSPECIFIED) {
    check.Add(at.Field("kind"), "the kind of the resource is not said", "write one, e.g. book");
  }
  UniqueIds concepts(check, "concept", "in one resource");
  for (int i = 0; i < resource.concept_ids_size(); ++i) {
    const std::string& id = resource.concept_ids(i);
    concepts.See(at.Field("concept_ids", i), id);
    if (curriculum.Find(id) < 0) {
      check.Add(at.Field("concept_ids", i), absl::StrCat("there is no concept '", id, "'"),
                DidYouMean(id, curriculum.Ids(), "name one that a stage lists"));
    }
  }
}

void CheckMilestone(const v1::Milestone& milestone, const Path& at, Checker& check, CatalogIds& ids) {
  check.Slug(at.Field("milestone_id"), "the milestone id", milestone.milestone_id());
  ids.milestones.See(at.Field("milestone_id"), milestone.milestone_id());
  check.Line(at.Field("title"), "the title", milestone.title());
  check.Text(at.Field("brief"), "the brief", milestone.brief(), limits::kMaxTextLength);
  if (milestone.criteria().empty()) {
    check.Add(at.Field("criteria"), "the milestone has no criteria", "say what the work must show");
  }
  UniqueIds criteria(check, "criterion", "in its milestone");
  for (int i = 0; i < milestone.criteria_size(); ++i) {
    const Path criterion = at.Field("criteria", i);
    check.Slug(criterion.Field("criterion_id"), "the criterion id", milestone.criteria(i).criterion_id());
    criteria.See(criterion.Field("criterion_id"), milestone.criteria(i).criterion_id());
    check.Sentences(criterion.Field("text"), "the text", milestone.criteria(i).text());
  }
}

void CheckStage(const v1::Stage& stage, const Path& at, const Curriculum& curriculum, Checker& check, CatalogIds& ids) {
  check.Slug(at.Field("stage_id"), "the stage id", stage.stage_id());
  check.Line(at.Field("title"), "the title", stage.title());
  check.Text(at.Field("goal"), "the goal", stage.goal(), limits::kMaxTextLength);
  CheckEnds(at.Field("weeks"), "the weeks", stage.weeks().first_week(), stage.weeks().last_week(), limits::kMaxWeek,
            check);
  if (std::none_of(stage.concepts().begin(), stage.concepts().end(),
                   [](const v1::Concept& taught) { return !taught.optional(); })) {
    check.Add(at.Field("concepts"), "the stage has no required concept, so its gate would ask for nothing",
              "list one that is not optional");
  }
  for (int i = 0; i < stage.concepts_size(); ++i) {
    CheckConcept(stage.concepts(i), at.Field("concepts", i), check, ids);
  }
  for (int i = 0; i < stage.resources_size(); ++i) {
    CheckResource(stage.resources(i), at.Field("resources", i), curriculum, check, ids);
  }
  CheckMilestone(stage.milestone(), at.Field("milestone"), check, ids);
}

void CheckStages(const v1::Roadmap& roadmap, const Path& path, const Curriculum& curriculum, Checker& check,
                 CatalogIds& ids) {
  if (roadmap.stages().empty()) check.Add(path.Field("stages"), "the roadmap has no stages", "list one or more");
  UniqueIds stages(check, "stage", "in its roadmap");
  for (int i = 0; i < roadmap.stages_size(); ++i) {
    const Path at = path.Field("stages", i);
    stages.See(at.Field("stage_id"), roadmap.stages(i).stage_id());
    CheckStage(roadmap.stages(i), at, curriculum, check, ids);
    if (i == 0) continue;
    const int ended = roadmap.stages(i - 1).weeks().last_week();
    if (roadmap.stages(i).weeks().first_week() <= ended) {
      check.Add(at.Field("weeks"),
                absl::StrCat("the weeks overlap those of stage '", roadmap.stages(i - 1).stage_id(),
                             "', which ends with week ", ended),
                absl::StrCat("start in week ", ended + 1, " or later"));
    }
  }
}

}  // namespace

void CheckRoadmaps(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  CatalogIds ids(check);
  for (int i = 0; i < content.roadmaps_size(); ++i) {
    const v1::Roadmap& roadmap = content.roadmaps(i);
    const Path path = Path().Field("roadmaps", i);
    check.Slug(path.Field("roadmap_id"), "the roadmap id", roadmap.roadmap_id());
    ids.roadmaps.See(path.Field("roadmap_id"), roadmap.roadmap_id());
    check.Line(path.Field("title"), "the title", roadmap.title());
    check.Sentences(path.Field("summary"), "the summary", roadmap.summary());
    check.Text(path.Field("description"), "the description", roadmap.description(), limits::kMaxTextLength);
    CheckEnds(path.Field("duration"), "the months", roadmap.duration().min_months(), roadmap.duration().max_months(),
              limits::kMaxMonths, check);
    CheckEnds(path.Field("weekly_effort"), "the weekly hours", roadmap.weekly_effort().min_hours(),
              roadmap.weekly_effort().max_hours(), limits::kMaxHoursPerWeek, check);
    for (int p = 0; p < roadmap.prerequisites_size(); ++p) {
      check.Sentences(path.Field("prerequisites", p), "the prerequisite", roadmap.prerequisites(p));
    }
    CheckStages(roadmap, path, curriculum, check, ids);
    CheckCareers(roadmap, path, check);
    CheckAdvice(roadmap, path, check);
    if (const size_t bytes = roadmap.ByteSizeLong(); bytes > limits::kMaxRoadmapBytes) {
      check.Add(path, absl::StrCat("the roadmap has ", bytes, " bytes without its questions"),
                absl::StrCat("keep it within ", limits::kMaxRoadmapBytes));
    }
  }
}

}  // namespace edirae::catalog
