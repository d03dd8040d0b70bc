#ifndef EDIRAE_SERVICES_RECOMMEND_RPC_ADVISOR_H_
#define EDIRAE_SERVICES_RECOMMEND_RPC_ADVISOR_H_

#include <memory>
#include <mutex>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/clock/clock.h"
#include "edirae/recommend/v1/recommend_service.pb.h"
#include "edirae/recommend/v1/track_service.pb.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/models.h"
#include "services/recommend/domain/offers.h"

namespace edirae::recommend {

// What a caller wants advice for, checked.
struct AdviceRequest {
  std::string learner_id;
  std::string roadmap_id;
  int max_suggestions = 0;  // 1 or more
};

// INVALID_ARGUMENT for malformed ids or a number out of range.
absl::StatusOr<AdviceRequest> ParseAdviceRequest(const std::string& learner_id, const std::string& roadmap_id,
                                                 int max_suggestions);

struct TimedSteps {
  v1::NextSteps steps;
  absl::Time next_due;  // when they change without an event
};

// Answers with the newest curriculum. Thread-safe.
class Advisor {
 public:
  // All must outlive this object. `offers` is told of all next steps that are given out.
  Advisor(const Models& models, const Clock& clock, OfferSink& offers)
      : models_(models), clock_(clock), offers_(offers) {}

  void SetCurriculum(std::shared_ptr<const Curriculum> curriculum);
  // Null before the first.
  std::shared_ptr<const Curriculum> curriculum() const;

  // UNAVAILABLE before the first curriculum, NOT_FOUND for a roadmap that it does not have.
  absl::Status CheckRoadmap(const std::string& roadmap_id) const;

  // Errors as CheckRoadmap.
  absl::StatusOr<TimedSteps> StepsFor(const LearnerState& state, const AdviceRequest& request) const;

  // Answers of the methods of the same names, to requests that CheckFields let through. Errors as CheckRoadmap, and
  // those of outlook_requests.h and track_answer.h.
  absl::StatusOr<v1::ExplainResponse> Answer(const LearnerState& state, const v1::ExplainRequest& request) const;
  absl::StatusOr<v1::WhatIfResponse> Answer(const LearnerState& state, const v1::WhatIfRequest& request) const;
  absl::StatusOr<v1::PlanSessionResponse> Answer(const LearnerState& state,
                                                 const v1::PlanSessionRequest& request) const;
  absl::StatusOr<v1::PlanTrackResponse> Answer(const LearnerState& state, const v1::PlanTrackRequest& request) const;
  absl::StatusOr<v1::GetTrackResponse> Answer(const LearnerState& state, const v1::GetTrackRequest& request) const;

 private:
  // One roadmap of the newest curriculum, and the learner as that sees them.
  class Seen;
  absl::StatusOr<Seen> See(const LearnerState& state, const std::string& roadmap_id) const;

  const Models& models_;
  const Clock& clock_;
  OfferSink& offers_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Curriculum> curriculum_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_RPC_ADVISOR_H_
