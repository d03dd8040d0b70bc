#include <algorithm>
#include <string>
#include <vector>

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
      : roadmaps(check, "roadmap", "in the catalog"), concepts(check, "concept", "in the catalog") {}

  UniqueIds roadmaps;
  UniqueIds concepts;
};

// Two ends of a range: each within 1 to `max`, and in order.
void CheckEnds(const Path& path, absl::string_view what, int first, int last, int max, Checker& check) {
  check.Range(path, absl::StrCat("the lower end of ", what), first, 1, max);
  check.Range(path, absl::StrCat("the upper end of ", what), last, 1, max);
  if (first > last) {
    check.Add(path, absl::StrCat(what, " are ", first, " to ", last), "put the smaller number first");
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
    check.Markdown(at.Field("text"), "the text", tip.text(), limits::kMaxTextLength);
  }
  UniqueIds faq(check, "FAQ", "in its roadmap");
  for (int i = 0; i < roadmap.faq_size(); ++i) {
    const v1::FaqEntry& entry = roadmap.faq(i);
    const Path at = path.Field("faq", i);
    check.Slug(at.Field("faq_id"), "the FAQ id", entry.faq_id());
    faq.See(at.Field("faq_id"), entry.faq_id());
    check.Sentences(at.Field("question"), "the question", entry.question());
    check.Markdown(at.Field("answer"), "the answer", entry.answer(), limits::kMaxTextLength);
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

void CheckStage(const v1::Stage& stage, const Path& at, Checker& check, CatalogIds& ids) {
  check.Slug(at.Field("stage_id"), "the stage id", stage.stage_id());
  check.Line(at.Field("title"), "the title", stage.title());
  check.Markdown(at.Field("goal"), "the goal", stage.goal(), limits::kMaxTextLength);
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
}

void CheckStages(const v1::Roadmap& roadmap, const Path& path, Checker& check, CatalogIds& ids) {
  if (roadmap.stages().empty()) check.Add(path.Field("stages"), "the roadmap has no stages", "list one or more");
  UniqueIds stages(check, "stage", "in its roadmap");
  for (int i = 0; i < roadmap.stages_size(); ++i) {
    const Path at = path.Field("stages", i);
    stages.See(at.Field("stage_id"), roadmap.stages(i).stage_id());
    CheckStage(roadmap.stages(i), at, check, ids);
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

void CheckRelated(const v1::RevisionContent& content, const v1::Roadmap& roadmap, const Path& path, Checker& check) {
  check.Count(path.Field("related_roadmap_ids"), "related roadmaps", roadmap.related_roadmap_ids_size(), 0,
              limits::kMaxRelatedRoadmaps);
  std::vector<absl::string_view> others;
  for (const v1::Roadmap& other : content.roadmaps()) {
    if (other.roadmap_id() != roadmap.roadmap_id()) others.push_back(other.roadmap_id());
  }
  UniqueIds unique(check, "roadmap", "as a related one");
  for (int i = 0; i < roadmap.related_roadmap_ids_size(); ++i) {
    const std::string& id = roadmap.related_roadmap_ids(i);
    const Path at = path.Field("related_roadmap_ids", i);
    unique.See(at, id);
    if (std::find(others.begin(), others.end(), id) == others.end()) {
      check.Add(at, absl::StrCat("there is no other roadmap '", id, "'"),
                DidYouMean(id, others, "name a roadmap of this catalog"));
    }
  }
}

}  // namespace

void CheckRoadmaps(const v1::RevisionContent& content, Checker& check) {
  CatalogIds ids(check);
  for (int i = 0; i < content.roadmaps_size(); ++i) {
    const v1::Roadmap& roadmap = content.roadmaps(i);
    const Path path = Path().Field("roadmaps", i);
    check.Slug(path.Field("roadmap_id"), "the roadmap id", roadmap.roadmap_id());
    ids.roadmaps.See(path.Field("roadmap_id"), roadmap.roadmap_id());
    check.Line(path.Field("title"), "the title", roadmap.title());
    check.Sentences(path.Field("summary"), "the summary", roadmap.summary());
    check.Markdown(path.Field("description"), "the description", roadmap.description(), limits::kMaxTextLength);
    CheckEnds(path.Field("duration"), "the months", roadmap.duration().min_months(), roadmap.duration().max_months(),
              limits::kMaxMonths, check);
    CheckEnds(path.Field("weekly_effort"), "the weekly hours", roadmap.weekly_effort().min_hours(),
              roadmap.weekly_effort().max_hours(), limits::kMaxHoursPerWeek, check);
    for (int p = 0; p < roadmap.prerequisites_size(); ++p) {
      check.Sentences(path.Field("prerequisites", p), "the prerequisite", roadmap.prerequisites(p));
    }
    CheckStages(roadmap, path, check, ids);
    CheckAdvice(roadmap, path, check);
    CheckRelated(content, roadmap, path, check);
    if (const size_t bytes = roadmap.ByteSizeLong(); bytes > limits::kMaxRoadmapBytes) {
      check.Add(path, absl::StrCat("the roadmap has ", bytes, " bytes without its questions"),
                absl::StrCat("keep it within ", limits::kMaxRoadmapBytes));
    }
  }
}

}  // namespace edirae::catalog
