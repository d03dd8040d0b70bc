#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

void CheckSteps(const v1::Milestone& milestone, const Path& at, Checker& check) {
  check.Count(at.Field("steps"), "steps", milestone.steps_size(), 1, limits::kMaxMilestoneParts);
  UniqueIds ids(check, "step", "in its milestone");
  for (int i = 0; i < milestone.steps_size(); ++i) {
    const Path step = at.Field("steps", i);
    check.Slug(step.Field("step_id"), "the step id", milestone.steps(i).step_id());
    ids.See(step.Field("step_id"), milestone.steps(i).step_id());
    check.Text(step.Field("text"), "the text", milestone.steps(i).text(), limits::kMaxChoiceLength);
  }
}

void CheckEvidence(const v1::Milestone& milestone, const Path& at, Checker& check) {
  check.Count(at.Field("evidence"), "kinds of evidence", milestone.evidence_size(), 1, limits::kMaxMilestoneParts);
  UniqueIds ids(check, "evidence", "in its milestone");
  for (int i = 0; i < milestone.evidence_size(); ++i) {
    const v1::RequiredEvidence& evidence = milestone.evidence(i);
    const Path path = at.Field("evidence", i);
    check.Slug(path.Field("evidence_id"), "the evidence id", evidence.evidence_id());
    ids.See(path.Field("evidence_id"), evidence.evidence_id());
    check.Text(path.Field("text"), "the text", evidence.text(), limits::kMaxChoiceLength);
    if (evidence.kind() == v1::EVIDENCE_KIND_UNSPECIFIED) {
      check.Add(path.Field("kind"), "the kind of the evidence is not said", "write one, e.g. repository");
    }
  }
}

void CheckLevels(const v1::MilestoneCriterion& criterion, const Path& at, Checker& check) {
  check.Count(at.Field("levels"), "levels", criterion.levels_size(), limits::kMinLevels, limits::kMaxLevels);
  UniqueIds ids(check, "level", "in its criterion");
  for (int i = 0; i < criterion.levels_size(); ++i) {
    const v1::CriterionLevel& level = criterion.levels(i);
    const Path path = at.Field("levels", i);
    check.Slug(path.Field("level_id"), "the level id", level.level_id());
    ids.See(path.Field("level_id"), level.level_id());
    check.Text(path.Field("text"), "the text", level.text(), limits::kMaxChoiceLength);
    check.Range(path.Field("points"), "points", level.points(), 0, limits::kMaxPoints);
    if (i > 0 && level.points() <= criterion.levels(i - 1).points()) {
      check.Add(path.Field("points"),
                absl::StrCat("the level '", level.level_id(), "' earns ", level.points(),
                             " points, and the one before ", criterion.levels(i - 1).points()),
                "write the levels from worst to best, each with more points than the one before");
    }
  }
  const std::string& needed = criterion.min_level_id();
  const auto found = std::find_if(criterion.levels().begin(), criterion.levels().end(),
                                  [&](const v1::CriterionLevel& level) { return level.level_id() == needed; });
  if (found == criterion.levels().end()) {
    check.Add(at.Field("min_level_id"), absl::StrCat("the criterion cannot be met: it has no level '", needed, "'"),
              "name one of its levels as min_level");
  } else if (found == criterion.levels().begin()) {
    check.Add(at.Field("min_level_id"),
              absl::StrCat("the criterion asks for nothing: '", needed, "' is its lowest level"),
              "name a higher level as min_level");
  }
}

void CheckMilestone(const v1::Milestone& milestone, const Path& at, Checker& check, UniqueIds& ids) {
  check.Slug(at.Field("milestone_id"), "the milestone id", milestone.milestone_id());
  ids.See(at.Field("milestone_id"), milestone.milestone_id());
  check.Line(at.Field("title"), "the title", milestone.title());
  check.Markdown(at.Field("brief"), "the brief", milestone.brief(), limits::kMaxTextLength);
  check.Range(at.Field("estimated_minutes"), "estimated_minutes", milestone.estimated_minutes(),
              limits::kMinMilestoneMinutes, limits::kMaxMilestoneMinutes);
  CheckSteps(milestone, at, check);
  CheckEvidence(milestone, at, check);
  check.Count(at.Field("criteria"), "criteria", milestone.criteria_size(), 1, limits::kMaxMilestoneParts);
  UniqueIds criteria(check, "criterion", "in its milestone");
  for (int i = 0; i < milestone.criteria_size(); ++i) {
    const v1::MilestoneCriterion& criterion = milestone.criteria(i);
    const Path path = at.Field("criteria", i);
    check.Slug(path.Field("criterion_id"), "the criterion id", criterion.criterion_id());
    criteria.See(path.Field("criterion_id"), criterion.criterion_id());
    check.Sentences(path.Field("text"), "the text", criterion.text());
    CheckLevels(criterion, path, check);
  }
}

}  // namespace

void CheckMilestones(const v1::RevisionContent& content, Checker& check) {
  UniqueIds ids(check, "milestone", "in the catalog");
  for (int r = 0; r < content.roadmaps_size(); ++r) {
    for (int s = 0; s < content.roadmaps(r).stages_size(); ++s) {
      const Path at = Path().Field("roadmaps", r).Field("stages", s);
      CheckMilestone(content.roadmaps(r).stages(s).milestone(), at.Field("milestone"), check, ids);
    }
  }
}

}  // namespace edirae::catalog
