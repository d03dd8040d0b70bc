#include "services/catalog/domain/validate.h"

#include "absl/strings/str_cat.h"
#include "services/catalog/domain/migrations.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

std::vector<Finding> Validate(const v1::RevisionContent& content, const SourceMap& sources) {
  Checker check(sources);
  if (const int count = content.roadmaps_size(); count > static_cast<int>(limits::kMaxRoadmaps)) {
    check.Add(Path("roadmaps[0]"), absl::StrCat("there are ", count, " roadmaps"),
              absl::StrCat("keep to ", limits::kMaxRoadmaps));
    return check.Take();  // the rest would look at each beside all others
  }
  const Curriculum curriculum(content);
  CheckRoadmaps(content, check);
  CheckCareers(content, curriculum, check);
  CheckResources(content, curriculum, check);
  CheckMilestones(content, check);
  CheckLessons(content, curriculum, check);
  CheckQuestions(content, curriculum, check);
  CheckFlashcards(content, curriculum, check);
  CheckPrerequisites(curriculum, check);
  CheckReachability(curriculum, check);
  CheckCriteria(content, curriculum, check);
  CheckMigrations(content, curriculum, check);
  if (const size_t bytes = content.ByteSizeLong(); bytes > limits::kMaxContentBytes) {
    check.Add(Path("roadmaps[0]"), absl::StrCat("all content together has ", bytes, " bytes"),
              absl::StrCat("keep it within ", limits::kMaxContentBytes));
  }
  std::vector<Finding> findings = check.Take();
  SortAndDeduplicate(findings);
  return findings;
}

}  // namespace edirae::catalog
