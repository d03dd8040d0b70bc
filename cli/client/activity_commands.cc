#include "cli/client/activity_commands.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "cli/client/render_activity.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

using learn::v1::RecordActivityRequest;
using LearnStub = Session::Learn::Stub;

}  // namespace

RecordActivityRequest NewActivity() {
  RecordActivityRequest request;
  request.set_request_id(NewUuid7(absl::Now()));
  return request;
}

absl::Status RecordActivity(const Output& out, const RecordActivityRequest& request) {
  return out.Show(&LearnStub::RecordActivity, request,
                  [](std::ostream& stream, const Style& style, const learn::v1::RecordActivityResponse& response) {
                    PrintActivity(stream, style, response.outcome());
                  });
}

absl::Status Enroll(const Output& out) {
  RecordActivityRequest request = NewActivity();
  request.mutable_enroll()->set_roadmap_id(out.roadmap());
  return RecordActivity(out, request);
}

absl::Status DeclareKnown(const Output& out, const std::vector<std::string>& concept_ids, const std::string& level) {
  RecordActivityRequest request = NewActivity();
  events::v1::PriorKnowledge parsed = events::v1::PRIOR_KNOWLEDGE_UNSPECIFIED;
  events::v1::PriorKnowledge_Parse(absl::StrCat("PRIOR_KNOWLEDGE_", absl::AsciiStrToUpper(level)), &parsed);
  for (const std::string& concept_id : concept_ids) {
    events::v1::DeclaredConcept& declared = *request.mutable_declare_prior_knowledge()->add_concepts();
    declared.set_concept_id(concept_id);
    declared.set_level(parsed);
  }
  return RecordActivity(out, request);
}

absl::Status FinishPlacement(const Output& out, const std::vector<std::string>& concept_ids) {
  RecordActivityRequest request = NewActivity();
  request.mutable_finish_placement()->set_roadmap_id(out.roadmap());
  for (const std::string& id : concept_ids) request.mutable_finish_placement()->add_concept_ids(id);
  return RecordActivity(out, request);
}

absl::Status FinishResource(const Output& out, const std::string& resource_id) {
  RecordActivityRequest request = NewActivity();
  request.mutable_finish_resource()->set_resource_id(resource_id);
  return RecordActivity(out, request);
}

absl::Status RateResource(const Output& out, const std::string& resource_id, int stars) {
  RecordActivityRequest request = NewActivity();
  request.mutable_rate_resource()->set_resource_id(resource_id);
  request.mutable_rate_resource()->set_stars(stars);
  return RecordActivity(out, request);
}

absl::Status NoteRead(const Output& out, const std::string& concept_id) {
  RecordActivityRequest request = NewActivity();
  request.mutable_read_explanation()->set_concept_id(concept_id);
  return RecordActivity(out, request);
}

absl::Status NoteStep(const Output& out, const std::string& milestone_id, const std::string& step_id) {
  RecordActivityRequest request = NewActivity();
  request.mutable_finish_project_step()->set_milestone_id(milestone_id);
  request.mutable_finish_project_step()->set_step_id(step_id);
  return RecordActivity(out, request);
}

absl::Status SubmitMilestone(const Output& out, const std::string& milestone_id, const std::vector<std::string>& links,
                             const std::string& notes) {
  RecordActivityRequest request = NewActivity();
  progress::v1::SubmitMilestone& submit = *request.mutable_submit_milestone();
  submit.set_milestone_id(milestone_id);
  submit.set_notes(notes);
  for (const std::string& link : links) {
    events::v1::SubmittedEvidence& evidence = *submit.add_evidence();
    const auto equals = absl::StartsWith(link, "https://") ? std::string::npos : link.find('=');
    if (equals != std::string::npos) evidence.set_evidence_id(link.substr(0, equals));
    evidence.set_url(equals == std::string::npos ? link : link.substr(equals + 1));
  }
  return RecordActivity(out, request);
}

absl::Status WithdrawMilestone(const Output& out, const std::string& milestone_id) {
  RecordActivityRequest request = NewActivity();
  request.mutable_withdraw_milestone()->set_milestone_id(milestone_id);
  return RecordActivity(out, request);
}

absl::Status ExplainDecision(const Output& out, const std::string& event_id) {
  learn::v1::ExplainDecisionRequest request;
  request.set_event_id(event_id);
  return out.Show(&LearnStub::ExplainDecision, request,
                  [](std::ostream& stream, const Style& style, const learn::v1::ExplainDecisionResponse& response) {
                    PrintDecision(stream, style, response.explanation());
                  });
}

}  // namespace edirae::cli
