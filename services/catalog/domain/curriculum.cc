#include "services/catalog/domain/curriculum.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/guessing/guess.h"
#include "services/catalog/domain/nearest.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {

Curriculum::Curriculum(const v1::RevisionContent& content) {
  for (int r = 0; r < content.roadmaps_size(); ++r) {
    const v1::Roadmap& roadmap = content.roadmaps(r);
    for (int s = 0; s < roadmap.stages_size(); ++s) {
      const v1::Stage& stage = roadmap.stages(s);
      const Path stage_path = Path().Field("roadmaps", r).Field("stages", s);
      for (int c = 0; c < stage.concepts_size(); ++c) {
        by_id_.try_emplace(stage.concepts(c).concept_id(), static_cast<int>(concepts_.size()));
        concepts_.push_back({&roadmap, &stage, &stage.concepts(c), stage_path.Field("concepts", c)});
      }
    }
  }
  for (const v1::KeyedQuestion& keyed : content.questions()) {
    const int guess = GuessPermille(keyed.question());
    for (const std::string& id : keyed.question().concept_ids()) {
      if (const int place = Find(id); place >= 0) concepts_[static_cast<size_t>(place)].guesses.push_back(guess);
    }
  }
  for (int i = 0; i < content.lessons_size(); ++i) {
    const int place = Find(content.lessons(i).concept_id());
    if (place < 0 || concepts_[static_cast<size_t>(place)].lesson != nullptr) continue;
    concepts_[static_cast<size_t>(place)].lesson = &content.lessons(i);
    concepts_[static_cast<size_t>(place)].lesson_path = Path().Field("lessons", i);
  }
}

int Curriculum::Find(absl::string_view concept_id) const {
  const auto found = by_id_.find(concept_id);
  return found == by_id_.end() ? -1 : found->second;
}

void Curriculum::CheckTaught(const Path& path, absl::string_view concept_id, Checker& check) const {
  if (Find(concept_id) >= 0) return;
  std::vector<absl::string_view> ids;
  if (check.count() < limits::kMaxSuggestions) {
    ids.reserve(by_id_.size());
    for (const TaughtConcept& taught : concepts_) ids.push_back(taught.content->concept_id());
  }
  check.Add(path, absl::StrCat("there is no concept '", concept_id, "'"),
            DidYouMean(concept_id, ids, "name one that a stage lists"));
}

}  // namespace edirae::catalog
