#include "absl/strings/str_cat.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

void CheckMisconceptions(const v1::Lesson& lesson, const Path& at, Checker& check) {
  check.Count(at.Field("misconceptions"), "misconceptions", lesson.misconceptions_size(), 0,
              limits::kMaxMisconceptions);
  UniqueIds ids(check, "misconception", "in its concept");
  for (int i = 0; i < lesson.misconceptions_size(); ++i) {
    const v1::Misconception& misconception = lesson.misconceptions(i);
    const Path path = at.Field("misconceptions", i);
    check.Slug(path.Field("misconception_id"), "the misconception id", misconception.misconception_id());
    ids.See(path.Field("misconception_id"), misconception.misconception_id());
    check.Sentences(path.Field("belief"), "the belief", misconception.belief());
    check.Text(path.Field("correction"), "the correction", misconception.correction(), limits::kMaxChoiceLength);
  }
}

}  // namespace

void CheckLessons(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  UniqueIds concepts(check, "concept", "by lessons");
  for (int i = 0; i < content.lessons_size(); ++i) {
    const v1::Lesson& lesson = content.lessons(i);
    const Path at = Path().Field("lessons", i);
    concepts.See(at.Field("concept_id"), lesson.concept_id());
    curriculum.CheckTaught(at.Field("concept_id"), lesson.concept_id(), check);
    check.Lesson(at.Field("explanation"), lesson.explanation());
    CheckMisconceptions(lesson, at, check);
  }
  for (const TaughtConcept& taught : curriculum.concepts()) {
    if (taught.lesson != nullptr) continue;
    check.Add(taught.path, absl::StrCat("the concept '", taught.content->concept_id(), "' has no lesson"), "write one");
  }
}

}  // namespace edirae::catalog
