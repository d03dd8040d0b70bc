#ifndef EDIRAE_GATEWAY_AGGREGATE_RECORDER_H_
#define EDIRAE_GATEWAY_AGGREGATE_RECORDER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/call.h"
#include "edirae/learn/v1/learn_service.pb.h"
#include "edirae/progress/v1/progress_service.pb.h"
#include "gateway/clients/progress_client.h"

namespace edirae::gateway {

// INVALID_ARGUMENT with reason REQUEST_ID_MISSING or MALFORMED_ID unless all ids of a write are well formed.
absl::Status CheckIds(const learn::v1::AnswerQuestionRequest& request);
absl::Status CheckIds(const learn::v1::ReviewCardRequest& request);
absl::Status CheckIds(const learn::v1::OpenResourceRequest& request);
absl::Status CheckIds(const learn::v1::RequestAdvanceRequest& request);
absl::Status CheckIds(const learn::v1::RequestHintRequest& request);
// Only the request id: progress knows the others, and names the first that is wrong.
absl::Status CheckIds(const learn::v1::RecordActivityRequest& request);

// The one action of a learner's write, as progress takes it. The request gives its reply away.
void FillAction(learn::v1::AnswerQuestionRequest& request, progress::v1::LearnerAction& action);
void FillAction(learn::v1::ReviewCardRequest& request, progress::v1::LearnerAction& action);
void FillAction(learn::v1::OpenResourceRequest& request, progress::v1::LearnerAction& action);
void FillAction(learn::v1::RequestAdvanceRequest& request, progress::v1::LearnerAction& action);
void FillAction(learn::v1::RequestHintRequest& request, progress::v1::LearnerAction& action);
void FillAction(learn::v1::RecordActivityRequest& request, progress::v1::LearnerAction& action);

// The answer to a write out of a serialized `RecordEventsResponse` of one result: the serialized response with
// `outcome` = 1 that all writes have, its content copied as bytes; or the error of progress with its reason.
// INTERNAL when the answer is something else.
absl::StatusOr<rpc::Bytes> OutcomeOf(absl::string_view record_response);

// Records the one action of `request`, whose learner must be the caller of `context`. `done` gets what `OutcomeOf`
// says.
void Record(ProgressClient& progress, const rpc::CallContext& context, const progress::v1::RecordEventsRequest& request,
            rpc::Done done);

}  // namespace edirae::gateway

#endif  // EDIRAE_GATEWAY_AGGREGATE_RECORDER_H_
