#ifndef EDIRAE_SERVICES_RECOMMEND_RPC_TRACK_ANSWER_H_
#define EDIRAE_SERVICES_RECOMMEND_RPC_TRACK_ANSWER_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "edirae/recommend/v1/track_service.pb.h"
#include "services/recommend/domain/curriculum.h"
#include "services/recommend/domain/learner_state.h"
#include "services/recommend/domain/models.h"

// `GetTrack`: requests turned into what the domain takes, and its answer.
namespace edirae::recommend {

// What can be said without a catalog: INVALID_ARGUMENT with reason OUT_OF_RANGE or MALFORMED_ID.
absl::Status CheckFields(const v1::GetTrackRequest& request);

// The answer to a checked request, but for who and by which revision. `seen` is `learner` as the course sees them.
// Errors as the method says.
absl::StatusOr<v1::GetTrackResponse> AnswerTrack(const Models& models, const LearnerState& learner,
                                                 const LearnerState& seen, const CourseIndex& course, absl::Time now,
                                                 const v1::TrackProposal* proposal);

}  // namespace edirae::recommend

#endif  // EDIRAE_SERVICES_RECOMMEND_RPC_TRACK_ANSWER_H_
