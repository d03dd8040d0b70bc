#include "services/progress/domain/review_rule.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/macros.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

using catalog::v1::CriterionLevel;
using catalog::v1::MilestoneCriterion;

absl::Status Incomplete(absl::string_view message, const std::string& criterion_id) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason::kScoresIncomplete, message,
                   {{"criterion_id", criterion_id}});
}

const CriterionLevel* FindLevel(const MilestoneCriterion& criterion, const std::string& level_id) {
  const auto at = std::ranges::find_if(criterion.levels(), [&](const auto& l) { return l.level_id() == level_id; });
  return at != criterion.levels().end() ? &*at : nullptr;
}

// The one score of a criterion.
absl::StatusOr<const CriterionLevel*> LevelFound(const MilestoneCriterion& criterion,
                                                 const v1::SubmissionReview& review) {
  const std::string& id = criterion.criterion_id();
  const CriterionLevel* found = nullptr;
  for (const events::v1::CriterionScore& score : review.scores()) {
    if (score.criterion_id() != id) continue;
    if (found != nullptr) return Incomplete(absl::StrCat("the criterion '", id, "' is scored twice"), id);
    found = FindLevel(criterion, score.level_id());
    if (found == nullptr) {
      return Incomplete(absl::StrCat("the criterion '", id, "' has no level '", score.level_id(), "'"), id);
    }
  }
  if (found == nullptr) return Incomplete(absl::StrCat("the criterion '", id, "' has no score"), id);
  return found;
}

}  // namespace

absl::StatusOr<ScoredReview> Score(const catalog::v1::Milestone& milestone, const v1::SubmissionReview& review) {
  ScoredReview scored;
  for (const MilestoneCriterion& criterion : milestone.criteria()) {
    if (criterion.levels().empty()) continue;
    EDIRAE_ASSIGN_OR_RETURN(const CriterionLevel* level, LevelFound(criterion, review));
    events::v1::CriterionScore& score = scored.scores.emplace_back();
    score.set_criterion_id(criterion.criterion_id());
    score.set_level_id(level->level_id());
    score.set_points(level->points());
    const CriterionLevel* least = FindLevel(criterion, criterion.min_level_id());
    const int needed = least != nullptr ? least->points() : 0;
    scored.points += level->points();
    scored.needed += needed;
    scored.most += std::ranges::max(criterion.levels(), {}, &CriterionLevel::points).points();
    scored.reaches_all = scored.reaches_all && level->points() >= needed;
  }
  if (static_cast<size_t>(review.scores_size()) == scored.scores.size()) return scored;
  return Incomplete("a score is of no criterion of the milestone", "");
}

bool IsNearThreshold(const ScoredReview& scored) {
  constexpr int kPercentOfMost = 100;
  return std::abs(scored.points - scored.needed) * kPercentOfMost <= limits::kNearThresholdPercent * scored.most;
}

events::v1::SecondOpinion WhyAnother(const MilestoneWork& work, const std::string& mentor_id,
                                     events::v1::ReviewVerdict verdict, const ScoredReview& scored, bool gated) {
  const auto& before = work.open->reviews;
  if (before.size() + 1 >= limits::kMaxReviews) return events::v1::SECOND_OPINION_UNSPECIFIED;
  if (!before.empty()) {
    return before.front().verdict == verdict ? events::v1::SECOND_OPINION_UNSPECIFIED
                                             : events::v1::SECOND_OPINION_DISAGREEMENT;
  }
  if (!gated) return events::v1::SECOND_OPINION_UNSPECIFIED;
  if (IsNearThreshold(scored)) return events::v1::SECOND_OPINION_NEAR_THRESHOLD;
  const bool returned_by_others =
      !work.returned_by.empty() && std::ranges::find(work.returned_by, KeyOf(mentor_id)) == work.returned_by.end();
  return verdict == events::v1::REVIEW_VERDICT_APPROVED && returned_by_others
             ? events::v1::SECOND_OPINION_RETURNED_BEFORE
             : events::v1::SECOND_OPINION_UNSPECIFIED;
}

}  // namespace edirae::progress
