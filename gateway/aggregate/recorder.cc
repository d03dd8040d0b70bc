#include "gateway/aggregate/recorder.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "common/wire/wire.h"
#include "gateway/errors.h"

namespace edirae::gateway {
namespace {

using progress::v1::ActionResult;
using progress::v1::LearnerAction;
using progress::v1::RecordEventsResponse;

// All writes answer with the outcome under the same number.
constexpr int kOutcome = learn::v1::AnswerQuestionResponse::kOutcomeFieldNumber;
static_assert(learn::v1::ReviewCardResponse::kOutcomeFieldNumber == kOutcome);
static_assert(learn::v1::OpenResourceResponse::kOutcomeFieldNumber == kOutcome);
static_assert(learn::v1::RequestAdvanceResponse::kOutcomeFieldNumber == kOutcome);
static_assert(learn::v1::RequestHintResponse::kOutcomeFieldNumber == kOutcome);
static_assert(learn::v1::RecordActivityResponse::kOutcomeFieldNumber == kOutcome);

absl::Status CheckRequestId(absl::string_view request_id) {
  if (request_id.empty()) return RequestIdMissing();
  return CheckOpaqueId("request_id", request_id);
}

// What requests with a time have in common.
template <class Request>
void FillHead(Request& request, LearnerAction& action) {
  action.set_request_id(std::move(*request.mutable_request_id()));
  if (request.has_occur_time()) *action.mutable_occur_time() = request.occur_time();
}

}  // namespace

absl::Status CheckIds(const learn::v1::AnswerQuestionRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  return CheckItemId("question_id", request.question_id());
}

absl::Status CheckIds(const learn::v1::ReviewCardRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  return CheckItemId("card_id", request.card_id());
}

absl::Status CheckIds(const learn::v1::OpenResourceRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  return CheckItemId("resource_id", request.resource_id());
}

absl::Status CheckIds(const learn::v1::RequestAdvanceRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  EDIRAE_RETURN_IF_ERROR(CheckSlug("roadmap_id", request.roadmap_id()));
  return CheckSlug("stage_id", request.stage_id());
}

absl::Status CheckIds(const learn::v1::RequestHintRequest& request) {
  EDIRAE_RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  return CheckItemId("question_id", request.question_id());
}

absl::Status CheckIds(const learn::v1::RecordActivityRequest& request) { return CheckRequestId(request.request_id()); }

void FillAction(learn::v1::AnswerQuestionRequest& request, LearnerAction& action) {
  FillHead(request, action);
  progress::v1::AnswerQuestion& answer = *action.mutable_answer_question();
  answer.set_question_id(std::move(*request.mutable_question_id()));
  if (request.has_reply()) answer.mutable_reply()->Swap(request.mutable_reply());
  answer.set_response_time_ms(request.response_time_ms());
  answer.set_catalog_revision(request.catalog_revision());
}

void FillAction(learn::v1::ReviewCardRequest& request, LearnerAction& action) {
  FillHead(request, action);
  progress::v1::ReviewCard& review = *action.mutable_review_card();
  review.set_card_id(std::move(*request.mutable_card_id()));
  review.set_rating(request.rating());
}

void FillAction(learn::v1::OpenResourceRequest& request, LearnerAction& action) {
  FillHead(request, action);
  action.mutable_open_resource()->set_resource_id(std::move(*request.mutable_resource_id()));
}

void FillAction(learn::v1::RequestAdvanceRequest& request, LearnerAction& action) {
  action.set_request_id(std::move(*request.mutable_request_id()));
  progress::v1::RequestAdvance& advance = *action.mutable_request_advance();
  advance.set_roadmap_id(std::move(*request.mutable_roadmap_id()));
  advance.set_stage_id(std::move(*request.mutable_stage_id()));
}

void FillAction(learn::v1::RequestHintRequest& request, LearnerAction& action) {
  action.set_request_id(std::move(*request.mutable_request_id()));
  action.mutable_request_hint()->set_question_id(std::move(*request.mutable_question_id()));
}

void FillAction(learn::v1::RecordActivityRequest& request, LearnerAction& action) {
  using Request = learn::v1::RecordActivityRequest;
  FillHead(request, action);
  switch (request.activity_case()) {
    case Request::kEnroll:
      return action.mutable_enroll()->Swap(request.mutable_enroll());
    case Request::kSetGoal:
      return action.mutable_set_goal()->Swap(request.mutable_set_goal());
    case Request::kDeclarePriorKnowledge:
      return action.mutable_declare_prior_knowledge()->Swap(request.mutable_declare_prior_knowledge());
    case Request::kFinishPlacement:
      return action.mutable_finish_placement()->Swap(request.mutable_finish_placement());
    case Request::kFinishResource:
      return action.mutable_finish_resource()->Swap(request.mutable_finish_resource());
    case Request::kRateResource:
      return action.mutable_rate_resource()->Swap(request.mutable_rate_resource());
    case Request::kReadExplanation:
      return action.mutable_read_explanation()->Swap(request.mutable_read_explanation());
    case Request::kFinishProjectStep:
      return action.mutable_finish_project_step()->Swap(request.mutable_finish_project_step());
    case Request::kSubmitMilestone:
      return action.mutable_submit_milestone()->Swap(request.mutable_submit_milestone());
    case Request::kWithdrawMilestone:
      return action.mutable_withdraw_milestone()->Swap(request.mutable_withdraw_milestone());
    case Request::kPinConcepts:
      return action.mutable_pin_concepts()->Swap(request.mutable_pin_concepts());
    case Request::kSetPreferences:
      return action.mutable_set_preferences()->Swap(request.mutable_set_preferences());
    case Request::ACTIVITY_NOT_SET:
      return;  // progress refuses it
  }
}

absl::StatusOr<rpc::Bytes> OutcomeOf(absl::string_view record_response) {
  EDIRAE_ASSIGN_OR_RETURN(const auto result,
                          wire::FindBytes(record_response, RecordEventsResponse::kResultsFieldNumber));
  if (!result.has_value()) return absl::InternalError("progress answered without a result");
  EDIRAE_ASSIGN_OR_RETURN(const auto outcome, wire::FindBytes(*result, ActionResult::kOutcomeFieldNumber));
  if (outcome.has_value()) {
    std::string response;
    response.reserve(wire::SizeOfBytes(kOutcome, outcome->size()));
    wire::AppendBytes(response, kOutcome, *outcome);
    return std::make_shared<const std::string>(std::move(response));
  }
  ActionResult refused;
  if (!refused.ParseFromArray(result->data(), static_cast<int>(result->size())) || refused.error().code() == 0) {
    return absl::InternalError("progress answered neither with an outcome nor with an error");
  }
  return FromProto(refused.error());
}

void Record(ProgressClient& progress, const rpc::CallContext& context, const progress::v1::RecordEventsRequest& request,
            rpc::Done done) {
  progress.RecordEvents(context, request, [done = std::move(done)](const absl::StatusOr<rpc::Bytes>& response) mutable {
    if (!response.ok()) return std::move(done)(response.status());
    std::move(done)(OutcomeOf(**response));
  });
}

}  // namespace edirae::gateway
