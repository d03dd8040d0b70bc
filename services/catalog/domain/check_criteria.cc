#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog {
namespace {

bool SameNumbers(const v1::MasteryCriterion& a, const v1::MasteryCriterion& b) {
  return a.min_distinct_correct() == b.min_distinct_correct() && a.window() == b.window() &&
         a.min_correct_in_window() == b.min_correct_in_window();
}

// Criteria by id and version: decisions store only these two, so they must always mean the same numbers.
class Criteria {
 public:
  explicit Criteria(Checker& check) : check_(check) {}

  void Check(const v1::MasteryCriterion& criterion, const Path& path) {
    check_.Slug(path.Field("criterion_id"), "the criterion id", criterion.criterion_id());
    check_.Range(path.Field("version"), "version", criterion.version(), 1, INT32_MAX);
    check_.Range(path.Field("min_distinct_correct"), "min_distinct_correct", criterion.min_distinct_correct(), 1,
                 INT32_MAX);
    check_.Range(path.Field("min_correct_in_window"), "min_correct_in_window", criterion.min_correct_in_window(), 1,
                 limits::kMaxCriterionWindow);
    check_.Range(path.Field("window"), "window", criterion.window(), 1, limits::kMaxCriterionWindow);
    if (criterion.window() < criterion.min_correct_in_window()) {
      check_.Add(path.Field("window"),
                 absl::StrCat("the criterion cannot be met: ", criterion.min_correct_in_window(), " of the last ",
                              criterion.window(), " answers cannot be right"),
                 "raise window or lower min_correct_in_window");
    }
    const auto [known, is_new] =
        by_version_.try_emplace({criterion.criterion_id(), criterion.version()}, &criterion, path);
    if (!is_new && !SameNumbers(*known->second.first, criterion)) {
      check_.Add(path.Field("version"),
                 absl::StrCat("version ", criterion.version(), " of the criterion '", criterion.criterion_id(),
                              "' has other numbers at ", ToString(check_.At(known->second.second))),
                 "raise the version, or give it an id of its own");
    }
  }

 private:
  Checker& check_;
  absl::flat_hash_map<std::pair<std::string, int>, std::pair<const v1::MasteryCriterion*, Path>> by_version_;
};

}  // namespace

void CheckCriteria(const v1::RevisionContent& content, const Curriculum& curriculum, Checker& check) {
  Criteria criteria(check);
  for (int i = 0; i < content.roadmaps_size(); ++i) {
    criteria.Check(content.roadmaps(i).mastery_criterion(), Path().Field("roadmaps", i).Field("mastery_criterion"));
  }
  for (const TaughtConcept& taught : curriculum.concepts()) {
    const bool own = taught.content->has_mastery_criterion();
    if (own) criteria.Check(taught.content->mastery_criterion(), taught.path.Field("mastery_criterion"));
    const v1::MasteryCriterion& criterion =
        own ? taught.content->mastery_criterion() : taught.roadmap->mastery_criterion();
    if (criterion.min_distinct_correct() > taught.questions) {
      check.Add(taught.path.Field("question_count"),
                absl::StrCat("the criterion cannot be met: it asks for ", criterion.min_distinct_correct(),
                             " different questions answered right, and the concept has ", taught.questions),
                "write more questions, or give the concept a criterion of its own");
    }
  }
}

}  // namespace edirae::catalog
