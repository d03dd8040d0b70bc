#include "cli/client/mentor_commands.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/client/render_activity.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

using MentorStub = Session::Mentor::Stub;

constexpr auto kPrintSubmission = [](std::ostream& stream, const Style& style, const auto& response) {
  PrintSubmission(stream, style, response.submission());
};

}  // namespace

absl::Status ListSubmissions(const Output& out, const std::string& milestone_id) {
  progress::v1::ListMilestoneSubmissionsRequest request;
  request.set_milestone_id(milestone_id);
  do {
    EDIRAE_ASSIGN_OR_RETURN(const auto page, out.session().Call(&MentorStub::ListMilestoneSubmissions, request));
    out.Print(page, [](std::ostream& stream, const Style& style, const auto& response) {
      for (const auto& submission : response.submissions()) PrintSubmission(stream, style, submission);
    });
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return absl::OkStatus();
}

absl::Status ClaimSubmission(const Output& out, const std::string& submission_id) {
  progress::v1::ClaimMilestoneSubmissionRequest request;
  request.set_request_id(NewUuid7(absl::Now()));
  request.set_submission_id(submission_id);
  EDIRAE_ASSIGN_OR_RETURN(const auto claimed, out.session().Call(&MentorStub::ClaimMilestoneSubmission, request));
  out.Print(claimed, kPrintSubmission);
  if (out.json()) return absl::OkStatus();
  learn::v1::GetMilestoneRequest judged;
  judged.set_milestone_id(claimed.submission().milestone_id());
  const auto milestone = out.session().Call(&Session::Learn::Stub::GetMilestone, judged);
  if (milestone.ok()) PrintCriteria(out.out(), out.style(), milestone->milestone());  // the claim holds without it
  return absl::OkStatus();
}

absl::Status ReleaseSubmission(const Output& out, const std::string& submission_id) {
  progress::v1::ReleaseMilestoneSubmissionRequest request;
  request.set_request_id(NewUuid7(absl::Now()));
  request.set_submission_id(submission_id);
  return out.Show(&MentorStub::ReleaseMilestoneSubmission, request, kPrintSubmission);
}

absl::Status ReviewSubmission(const Output& out, const std::string& submission_id, const std::string& verdict,
                              const std::vector<std::string>& scores, const std::string& feedback) {
  progress::v1::ReviewMilestoneRequest request;
  request.set_request_id(NewUuid7(absl::Now()));
  progress::v1::SubmissionReview& review = *request.mutable_review();
  review.set_submission_id(submission_id);
  review.set_verdict(verdict == "approve" ? events::v1::REVIEW_VERDICT_APPROVED : events::v1::REVIEW_VERDICT_RETURNED);
  review.set_feedback(feedback);
  for (const std::string& score : scores) {
    const auto equals = score.find('=');
    if (equals == std::string::npos) {
      return absl::InvalidArgumentError(absl::StrCat("'", score, "' is no score; write CRITERION=LEVEL"));
    }
    events::v1::CriterionScore& added = *review.add_scores();
    added.set_criterion_id(score.substr(0, equals));
    added.set_level_id(score.substr(equals + 1));
  }
  return out.Show(&MentorStub::ReviewMilestone, request, kPrintSubmission);
}

}  // namespace edirae::cli
