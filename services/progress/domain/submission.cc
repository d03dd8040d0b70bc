#include "services/progress/domain/submission.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/macros.h"
#include "services/progress/domain/recorder.h"
#include "services/progress/domain/refusal.h"
#include "services/progress/domain/timestamps.h"
#include "services/progress/errors.h"
#include "services/progress/limits.h"

namespace edirae::progress {
namespace {

constexpr absl::string_view kHttps = "https://";

bool IsHost(absl::string_view host) {
  const auto colon = host.find(':');
  const absl::string_view name = host.substr(0, colon);
  const absl::string_view port = colon == absl::string_view::npos ? absl::string_view() : host.substr(colon + 1);
  return name.find('.') != absl::string_view::npos && name.front() != '.' && name.back() != '.' &&
         std::ranges::all_of(name, [](char c) { return absl::ascii_isalnum(c) || c == '-' || c == '.'; }) &&
         std::ranges::all_of(port, [](char c) { return absl::ascii_isdigit(c); });
}

absl::Status CheckEvidence(const v1::SubmitMilestone& submit, const catalog::v1::Milestone& milestone) {
  if (submit.evidence_size() > limits::kMaxEvidenceLinks) {
    return Invalid(reason::kOutOfRange, absl::StrCat("give at most ", limits::kMaxEvidenceLinks, " links"), "evidence");
  }
  for (const events::v1::SubmittedEvidence& given : submit.evidence()) {
    EDIRAE_RETURN_IF_ERROR(CheckEvidenceUrl(given.url()));
    const auto is_it = [&](const auto& required) { return required.evidence_id() == given.evidence_id(); };
    if (given.evidence_id().empty() || std::ranges::any_of(milestone.evidence(), is_it)) continue;
    return NotInCatalog(reason::kEvidenceNotFound, "evidence_id", given.evidence_id());
  }
  EDIRAE_RETURN_IF_ERROR(CheckLength("notes", submit.notes(), limits::kMaxNotesBytes));
  if (!submit.evidence().empty() || !submit.notes().empty()) return absl::OkStatus();
  return Invalid(reason::kMissingField, "hand in evidence, or say in notes what there is", "evidence");
}

// FAILED_PRECONDITION unless there is room for one more.
absl::Status CheckMaySubmit(const std::string& milestone_id, const LearnerState& state) {
  const Key key = KeyOf(milestone_id);
  if (state.Approval(key) != nullptr) {
    return NotNow(reason::kMilestoneDecided, "the milestone is approved already", "milestone_id", milestone_id);
  }
  const MilestoneWork* work = state.plan().FindWork(key);
  if (work != nullptr && work->open) {
    return NotNow(reason::kSubmissionOpen, "a submission waits already; withdraw it first", "milestone_id",
                  milestone_id);
  }
  if (work != nullptr && work->attempts >= limits::kMaxAttempts) {
    return NotNow(reason::kTooManySubmissions,
                  absl::StrCat("the milestone was handed in ", limits::kMaxAttempts, " times"), "milestone_id",
                  milestone_id);
  }
  if (state.plan().open_submissions() < limits::kMaxOpenSubmissions) return absl::OkStatus();
  return NotNow(reason::kTooManySubmissions,
                absl::StrCat(limits::kMaxOpenSubmissions, " submissions wait; withdraw one or be patient"),
                "milestone_id", milestone_id);
}

}  // namespace

absl::Status CheckEvidenceUrl(const std::string& url) {
  const auto bad = [](absl::string_view why) { return Invalid(reason::kBadUrl, why, "url"); };
  if (!absl::StartsWith(url, kHttps)) return bad("an address begins with https://");
  if (url.size() > limits::kMaxUrlBytes) {
    return bad(absl::StrCat("an address has at most ", limits::kMaxUrlBytes, " bytes"));
  }
  constexpr absl::string_view kForbidden = "\"<>\\^`{|}";
  const auto allowed = [&](char c) { return absl::ascii_isgraph(c) && kForbidden.find(c) == absl::string_view::npos; };
  if (!std::ranges::all_of(url, allowed)) return bad("an address has only printable ASCII; escape the rest with %");
  const absl::string_view rest = absl::string_view(url).substr(kHttps.size());
  const absl::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  if (host.find('@') != absl::string_view::npos) return bad("an address names no user");
  return IsHost(host) ? absl::OkStatus() : bad("an address has a host, e.g. https://example.org/work");
}

v1::MilestoneSubmission ToProto(const OpenSubmission& open) {
  v1::MilestoneSubmission submission;
  submission.set_submission_id(open.id.ToString());
  submission.set_milestone_id(open.content.milestone_id());
  submission.mutable_submit_time()->set_seconds(open.at);
  submission.set_attempt(open.content.attempt());
  *submission.mutable_evidence() = open.content.evidence();
  submission.set_notes(open.content.notes());
  submission.set_review_count(static_cast<int32_t>(open.reviews.size()));
  return submission;
}

absl::StatusOr<Decision> DecideSubmission(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                          const Circumstances& around) {
  const v1::SubmitMilestone& submit = action.submit_milestone();
  const catalog::v1::Milestone* milestone = around.content.FindMilestone(submit.milestone_id());
  if (milestone == nullptr) return NotInCatalog(reason::kMilestoneNotFound, "milestone_id", submit.milestone_id());
  EDIRAE_RETURN_IF_ERROR(CheckEvidence(submit, *milestone));
  EDIRAE_RETURN_IF_ERROR(CheckMaySubmit(submit.milestone_id(), state));
  const Key key = KeyOf(submit.milestone_id());
  const MilestoneWork* work = state.plan().FindWork(key);
  Recorder recorder(action, occur_time, state, around);
  events::v1::MilestoneSubmitted& submitted = *recorder.Begin().mutable_milestone_submitted();
  submitted.set_milestone_id(submit.milestone_id());
  submitted.set_attempt(work != nullptr ? work->attempts + 1 : 1);
  *submitted.mutable_evidence() = submit.evidence();
  submitted.set_notes(submit.notes());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  *recorder.outcome().mutable_submission() = ToProto(*state.plan().FindWork(key)->open);
  return recorder.Finish();
}

absl::StatusOr<Decision> DecideWithdrawal(const v1::LearnerAction& action, absl::Time occur_time, LearnerState& state,
                                          const Circumstances& around) {
  const std::string& milestone_id = action.withdraw_milestone().milestone_id();
  const MilestoneWork* work = state.plan().FindWork(KeyOf(milestone_id));
  if (work == nullptr || !work->open) {
    return NotNow(reason::kNoOpenSubmission, "nothing of this milestone waits for a decision", "milestone_id",
                  milestone_id);
  }
  v1::MilestoneSubmission submission = ToProto(*work->open);
  submission.set_withdrawn(true);
  Recorder recorder(action, occur_time, state, around);
  events::v1::MilestoneWithdrawn& withdrawn = *recorder.Begin().mutable_milestone_withdrawn();
  withdrawn.set_milestone_id(milestone_id);
  withdrawn.set_submission_id(submission.submission_id());
  EDIRAE_RETURN_IF_ERROR(recorder.Commit());
  *recorder.outcome().mutable_submission() = std::move(submission);
  return recorder.Finish();
}

}  // namespace edirae::progress
