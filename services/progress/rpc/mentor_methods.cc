#include "services/progress/rpc/mentor_methods.h"

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "common/ids/ids.h"
#include "common/progress_rpc/mentor_rpc.h"
#include "common/rpc/call.h"
#include "common/rpc/page.h"
#include "common/status/macros.h"
#include "edirae/progress/v1/mentor_service.pb.h"
#include "services/progress/limits.h"
#include "services/progress/rpc/page_token.h"

namespace edirae::progress {
namespace {

using v1::MilestoneSubmission;

// For whom a call is made: the caller, or whom a service names.
absl::StatusOr<std::string> MentorOf(const rpc::CallContext& context, const std::string& mentor_id) {
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayMentor(context.principal));
  const std::string& mentor = mentor_id.empty() ? context.principal.subject() : mentor_id;
  EDIRAE_RETURN_IF_ERROR(rpc::CheckMayActFor(context.principal, mentor));
  EDIRAE_RETURN_IF_ERROR(CheckOpaqueId("mentor_id", mentor));
  return mentor;
}

absl::StatusOr<v1::ListMilestoneSubmissionsResponse> List(const MentorQueue& queue, const rpc::CallContext& context,
                                                          const v1::ListMilestoneSubmissionsRequest& request) {
  QueueQuery query{.milestone_id = request.milestone_id()};
  EDIRAE_ASSIGN_OR_RETURN(query.mentor_id, MentorOf(context, request.mentor_id()));
  if (!query.milestone_id.empty()) EDIRAE_RETURN_IF_ERROR(CheckSlug("milestone_id", query.milestone_id));
  EDIRAE_ASSIGN_OR_RETURN(query.most, rpc::PageSize(request.page_size(), limits::kDefaultPageSize));
  if (!request.page_token().empty()) {
    EDIRAE_ASSIGN_OR_RETURN(query.after_position, ParsePageToken(query.mentor_id, request.page_token()));
  }
  EDIRAE_ASSIGN_OR_RETURN(QueuePage page, queue.List(query));
  v1::ListMilestoneSubmissionsResponse response;
  for (MilestoneSubmission& submission : page.submissions) *response.add_submissions() = std::move(submission);
  if (page.next_position != 0) response.set_next_page_token(MakePageToken(query.mentor_id, page.next_position));
  return response;
}

// Records what a mentor does with a submission in the history of whose work it is. `fill` makes the action.
template <class Response, class Request, class Fill>
void Act(Ledger& ledger, const MentorQueue& queue, const rpc::CallContext& context, const Request& request,
         const std::string& submission_id, const std::string& mentor_id, Fill fill, rpc::TypedDone<Response> done) {
  const absl::StatusOr<std::string> mentor = MentorOf(context, mentor_id);
  if (!mentor.ok()) return std::move(done)(mentor.status());
  if (absl::Status ok = CheckOpaqueId("request_id", request.request_id()); !ok.ok()) return std::move(done)(ok);
  const absl::StatusOr<std::string> learner = queue.LearnerOf(submission_id);
  if (!learner.ok()) return std::move(done)(learner.status());
  auto record = std::make_unique<v1::RecordEventsRequest>();
  record->set_learner_id(*learner);
  record->add_actions()->set_request_id(request.request_id());
  fill(*mentor, *record->mutable_actions(0));
  ledger.Record({std::move(record), context.deadline},
                [done = std::move(done)](const absl::StatusOr<std::vector<ActionAnswer>>& answers) mutable {
                  if (!answers.ok()) return std::move(done)(answers.status());
                  if (!answers->front().ok()) return std::move(done)(answers->front().status());
                  v1::ActionOutcome outcome;
                  if (!outcome.ParseFromString(*answers->front())) {
                    return std::move(done)(absl::InternalError("an outcome cannot be read"));
                  }
                  Response response;
                  *response.mutable_submission() = std::move(*outcome.mutable_submission());
                  if constexpr (std::is_same_v<Response, v1::ReviewMilestoneResponse>) {
                    response.set_second_opinion(response.submission().second_opinion());
                  }
                  std::move(done)(std::move(response));
                });
}

}  // namespace

void AddMentorMethods(Ledger& ledger, const MentorQueue& queue, rpc::MethodTable& methods) {
  methods.Add(kListMilestoneSubmissions,
              rpc::Typed<v1::ListMilestoneSubmissionsRequest, v1::ListMilestoneSubmissionsResponse>(
                  [&queue](const auto& context, const auto& request, auto done) {
                    std::move(done)(List(queue, context, request));
                  }));
  methods.Add(kClaimMilestoneSubmission,
              rpc::Typed<v1::ClaimMilestoneSubmissionRequest, v1::ClaimMilestoneSubmissionResponse>(
                  [&ledger, &queue](const auto& context, const auto& request, auto done) {
                    const auto fill = [&](const std::string& mentor, v1::LearnerAction& action) {
                      action.mutable_claim_submission()->set_submission_id(request.submission_id());
                      action.mutable_claim_submission()->set_mentor_id(mentor);
                    };
                    Act<v1::ClaimMilestoneSubmissionResponse>(ledger, queue, context, request, request.submission_id(),
                                                              request.mentor_id(), fill, std::move(done));
                  }));
  methods.Add(kReleaseMilestoneSubmission,
              rpc::Typed<v1::ReleaseMilestoneSubmissionRequest, v1::ReleaseMilestoneSubmissionResponse>(
                  [&ledger, &queue](const auto& context, const auto& request, auto done) {
                    const auto fill = [&](const std::string& mentor, v1::LearnerAction& action) {
                      action.mutable_release_submission()->set_submission_id(request.submission_id());
                      action.mutable_release_submission()->set_mentor_id(mentor);
                    };
                    Act<v1::ReleaseMilestoneSubmissionResponse>(ledger, queue, context, request,
                                                                request.submission_id(), request.mentor_id(), fill,
                                                                std::move(done));
                  }));
  methods.Add(kReviewMilestone, rpc::Typed<v1::ReviewMilestoneRequest, v1::ReviewMilestoneResponse>(
                                    [&ledger, &queue](const auto& context, const auto& request, auto done) {
                                      const auto fill = [&](const std::string& mentor, v1::LearnerAction& action) {
                                        *action.mutable_review_submission() = request.review();
                                        action.mutable_review_submission()->set_mentor_id(mentor);
                                      };
                                      Act<v1::ReviewMilestoneResponse>(
                                          ledger, queue, context, request, request.review().submission_id(),
                                          request.review().mentor_id(), fill, std::move(done));
                                    }));
}

}  // namespace edirae::progress
