#include "services/recommend/rpc/advisor.h"

#include <utility>

#include "common/ids/ids.h"
#include "common/process/release_last.h"
#include "common/status/macros.h"
#include "services/recommend/domain/inheritance.h"
#include "services/recommend/domain/policy.h"
#include "services/recommend/errors.h"
#include "services/recommend/limits.h"

namespace edirae::recommend {

absl::StatusOr<AdviceRequest> ParseAdviceRequest(const std::string& learner_id, const std::string& roadmap_id,
                                                 int max_suggestions) {
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("learner_id", learner_id));
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", roadmap_id));
  if (max_suggestions < 0 || max_suggestions > limits::kMaxSuggestions) return BadMaxSuggestions(max_suggestions);
  return AdviceRequest{.learner_id = learner_id,
                       .roadmap_id = roadmap_id,
                       .max_suggestions = max_suggestions == 0 ? limits::kDefaultSuggestions : max_suggestions};
}

void Advisor::SetCurriculum(std::shared_ptr<const Curriculum> curriculum) {
  {
    const std::lock_guard lock(mutex_);
    curriculum_.swap(curriculum);
  }
  process::ReleaseLast(std::move(curriculum));
}

std::shared_ptr<const Curriculum> Advisor::curriculum() const {
  const std::lock_guard lock(mutex_);
  return curriculum_;
}

absl::Status Advisor::CheckRoadmap(const std::string& roadmap_id) const {
  const std::shared_ptr<const Curriculum> current = curriculum();
  if (current == nullptr) return NoCatalogYet();
  return current->Find(roadmap_id) == nullptr ? NoSuchRoadmap(roadmap_id) : absl::OkStatus();
}

absl::StatusOr<TimedSteps> Advisor::StepsFor(const LearnerState& state, const AdviceRequest& request) const {
  const std::shared_ptr<const Curriculum> current = curriculum();
  if (current == nullptr) return NoCatalogYet();
  const CourseIndex* course = current->Find(request.roadmap_id);
  if (course == nullptr) return NoSuchRoadmap(request.roadmap_id);
  Advice advice = course->inherits
                      ? Suggest(WithInherited(state, *course), *course, clock_.Now(), request.max_suggestions)
                      : Suggest(state, *course, clock_.Now(), request.max_suggestions);
  TimedSteps timed{.next_due = advice.next_due};
  timed.steps.set_learner_id(request.learner_id);
  timed.steps.set_roadmap_id(request.roadmap_id);
  timed.steps.set_as_of_seq(state.applied_seq);
  timed.steps.set_catalog_revision(current->revision());
  for (v1::Suggestion& suggestion : advice.suggestions) *timed.steps.add_suggestions() = std::move(suggestion);
  return timed;
}

}  // namespace edirae::recommend
