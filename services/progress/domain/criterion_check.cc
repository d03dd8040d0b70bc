#include "services/progress/domain/criterion_check.h"

#include "absl/strings/str_cat.h"
#include "services/progress/limits.h"

namespace edirae::progress {

absl::Status CheckCriterion(absl::string_view concept_id, const catalog::v1::MasteryCriterion& criterion) {
  const auto is_share = [](double share) { return share >= 0 && share <= 1; };  // and no NaN
  if (criterion.min_distinct_correct() < 1 || criterion.min_correct_in_window() < 0 ||
      criterion.window() < criterion.min_correct_in_window() ||
      criterion.window() > static_cast<int>(limits::kEvidenceWindow) || criterion.right_again_after_hours() < 0 ||
      !is_share(criterion.min_accuracy()) || !is_share(criterion.lapse_below()) ||
      (criterion.window() == 0 && (criterion.min_accuracy() > 0 || criterion.lapse_below() > 0))) {
    return absl::InvalidArgumentError(
        absl::StrCat("concept '", concept_id, "' has a criterion whose numbers are out of range"));
  }
  return absl::OkStatus();
}

}  // namespace edirae::progress
