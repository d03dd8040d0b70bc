#include "services/progress/domain/notes.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {

absl::StatusOr<Decision> DecideFinishResource(const v1::LearnerAction& action, absl::Time occur_time,
                                              LearnerState& state, const Circumstances& around) {
  const std::string& resource_id = action.finish_resource().resource_id();
  const catalog::v1::Resource* resource = around.content.FindResource(resource_id);
  if (resource == nullptr) return NotInCatalog(reason::kResourceNotFound, "resource_id", resource_id);
  Recorder recorder(action, occur_time, state, around);
  auto& finished = *recorder.Begin().mutable_resource_finished();
  finished.set_resource_id(resource_id);
  *finished.mutable_concept_ids() = resource->concept_ids();
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

absl::StatusOr<Decision> DecideRating(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                      const Circumstances& around) {
  const v1::RateResource& rate = action.rate_resource();
  const catalog::v1::Resource* resource = around.content.FindResource(rate.resource_id());
  if (resource == nullptr) return NotInCatalog(reason::kResourceNotFound, "resource_id", rate.resource_id());
  if (rate.stars() < 1 || rate.stars() > limits::kMaxStars) {
    return Invalid(reason::kOutOfRange, absl::StrCat("stars are 1 to ", limits::kMaxStars), "stars");
  }
  Recorder recorder(action, occur_time, state, around);
  auto& rated = *recorder.Begin().mutable_resource_rated();
  rated.set_resource_id(rate.resource_id());
  *rated.mutable_concept_ids() = resource->concept_ids();
  rated.set_stars(rate.stars());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

absl::StatusOr<Decision> DecideExplanation(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                           const Circumstances& around) {
  const std::string& concept_id = action.read_explanation().concept_id();
  if (around.content.FindConcept(concept_id) == nullptr) {
    return NotInCatalog(reason::kConceptNotFound, "concept_id", concept_id);
  }
  if (!around.content.HasLesson(concept_id)) {
    return NotInCatalog(reason::kLessonNotFound, "concept_id", concept_id);
  }
  Recorder recorder(action, occur_time, state, around);
  recorder.Begin().mutable_explanation_read()->set_concept_id(concept_id);
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

absl::StatusOr<Decision> DecideStep(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                    const Circumstances& around) {
  const v1::FinishProjectStep& finish = action.finish_project_step();
  const catalog::v1::Milestone* milestone = around.content.FindMilestone(finish.milestone_id());
  if (milestone == nullptr) return NotInCatalog(reason::kMilestoneNotFound, "milestone_id", finish.milestone_id());
  const auto is_it = [&](const auto& step) { return step.step_id() == finish.step_id(); };
  if (std::ranges::none_of(milestone->steps(), is_it)) {
    return NotInCatalog(reason::kStepNotFound, "step_id", finish.step_id());
  }
  Recorder recorder(action, occur_time, state, around);
  auto& done = *recorder.Begin().mutable_project_step_done();
  done.set_milestone_id(finish.milestone_id());
  done.set_step_id(finish.step_id());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  return recorder.Finish();
}

}  // namespace edirae::progress
