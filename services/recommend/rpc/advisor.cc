#include "services/recommend/rpc/advisor.h"

#include <optional>
#include <utility>

#include "common/ids/ids.h"
#include "common/process/release_last.h"
#include "common/status/macros.h"
#include "services/recommend/domain/choosing/concept_explanation.h"
#include "services/recommend/domain/choosing/session_plan.h"
#include "services/recommend/domain/choosing/suggestions.h"
#include "services/recommend/domain/choosing/what_if.h"
#include "services/recommend/domain/inheritance.h"
#include "services/recommend/domain/track/track_plan.h"
#include "services/recommend/domain/wishing/wishes.h"
#include "services/recommend/errors.h"
#include "services/recommend/limits.h"
#include "services/recommend/rpc/outlook_requests.h"
#include "services/recommend/rpc/track_answer.h"

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

// Owns what it sees; a value.
class Advisor::Seen {
 public:
  Seen(std::shared_ptr<const Curriculum> curriculum, const CourseIndex& course, const LearnerState& state)
      : curriculum_(std::move(curriculum)), course_(course), state_(state) {
    if (course.inherits) inherited_ = WithInherited(state, course);
    wishes_ = wishing::WishesOf(*state.kept, state.known, course);
  }

  const CourseIndex& course() const { return course_; }
  const LearnerState& state() const { return inherited_.has_value() ? *inherited_ : state_; }
  // Null when they wish nothing of the course.
  const wishing::Wishes* wishes() const { return wishes_.has_value() ? &*wishes_ : nullptr; }
  choosing::LearnerView ViewAt(const Models& models, absl::Time now) const {
    return choosing::LearnerView(models, state(), course_, now, wishes());
  }

  // `learner_id` as the caller knows it, who knows no pseudonym.
  template <class Message>
  void Sign(Message& message, const std::string& learner_id) const {
    message.set_learner_id(learner_id);
    message.set_roadmap_id(course_.roadmap_id);
    message.set_as_of_seq(state_.applied_seq);
    message.set_catalog_revision(curriculum_->revision());
  }

 private:
  std::shared_ptr<const Curriculum> curriculum_;
  const CourseIndex& course_;
  const LearnerState& state_;
  std::optional<LearnerState> inherited_;
  std::optional<wishing::Wishes> wishes_;
};

absl::StatusOr<Advisor::Seen> Advisor::See(const LearnerState& state, const std::string& roadmap_id) const {
  std::shared_ptr<const Curriculum> current = curriculum();
  if (current == nullptr) return NoCatalogYet();
  const CourseIndex* course = current->Find(roadmap_id);
  if (course == nullptr) return NoSuchRoadmap(roadmap_id);
  return absl::StatusOr<Seen>(absl::in_place, std::move(current), *course, state);
}

absl::StatusOr<TimedSteps> Advisor::StepsFor(const LearnerState& state, const AdviceRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const Seen seen, See(state, request.roadmap_id));
  const absl::Time now = clock_.Now();
  choosing::Advice advice = choosing::Suggest(seen.ViewAt(models_, now), request.max_suggestions);
  TimedSteps timed{.next_due = advice.next_due};
  seen.Sign(timed.steps, state.learner_id);
  choosing::AddTo(timed.steps, std::move(advice));
  offers_.Offer(timed.steps, now);
  timed.steps.set_learner_id(request.learner_id);
  return timed;
}

absl::StatusOr<v1::ExplainResponse> Advisor::Answer(const LearnerState& state,
                                                    const v1::ExplainRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const Seen seen, See(state, request.roadmap_id()));
  EDIRAE_ASSIGN_OR_RETURN(const int position, PositionOf(seen.course(), request.concept_id()));
  v1::ExplainResponse response = choosing::ExplainConcept(seen.ViewAt(models_, clock_.Now()), position);
  seen.Sign(*response.mutable_explanation(), request.learner_id());
  return response;
}

absl::StatusOr<v1::WhatIfResponse> Advisor::Answer(const LearnerState& state, const v1::WhatIfRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const Seen seen, See(state, request.roadmap_id()));
  const absl::Time now = clock_.Now();
  EDIRAE_ASSIGN_OR_RETURN(const auto hypotheses, HypothesesOf(seen.course(), now, request));
  v1::WhatIfResponse response =
      choosing::WhatIf(models_, seen.state(), seen.course(), now, seen.wishes(), hypotheses,
                       request.max_suggestions() == 0 ? limits::kDefaultSuggestions : request.max_suggestions());
  seen.Sign(*response.mutable_next_steps(), request.learner_id());
  return response;
}

absl::StatusOr<v1::PlanSessionResponse> Advisor::Answer(const LearnerState& state,
                                                        const v1::PlanSessionRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const Seen seen, See(state, request.roadmap_id()));
  v1::PlanSessionResponse response;
  *response.mutable_session() = choosing::PlanSession(
      seen.ViewAt(models_, clock_.Now()), request.minutes() == 0 ? limits::kDefaultSessionMinutes : request.minutes());
  seen.Sign(*response.mutable_session(), request.learner_id());
  return response;
}

absl::StatusOr<v1::PlanTrackResponse> Advisor::Answer(const LearnerState& state,
                                                      const v1::PlanTrackRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const Seen seen, See(state, request.roadmap_id()));
  const absl::Time now = clock_.Now();
  EDIRAE_ASSIGN_OR_RETURN(const track::Goal goal, GoalOf(seen.course(), now, request.goal()));
  v1::PlanTrackResponse response;
  *response.mutable_track() = track::PlanTrack(choosing::LearnerView(models_, seen.state(), seen.course(), now), goal);
  seen.Sign(*response.mutable_track(), request.learner_id());
  return response;
}

absl::StatusOr<v1::GetTrackResponse> Advisor::Answer(const LearnerState& state,
                                                     const v1::GetTrackRequest& request) const {
  EDIRAE_ASSIGN_OR_RETURN(const Seen seen, See(state, request.roadmap_id()));
  EDIRAE_ASSIGN_OR_RETURN(v1::GetTrackResponse response,
                          AnswerTrack(models_, state, seen.state(), seen.course(), clock_.Now(),
                                      request.has_proposal() ? &request.proposal() : nullptr));
  seen.Sign(*response.mutable_track(), request.learner_id());
  if (response.has_kept()) seen.Sign(*response.mutable_kept(), request.learner_id());
  return response;
}

}  // namespace edirae::recommend
