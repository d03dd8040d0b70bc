#include "cli/client/render_activity.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"

namespace edirae::cli {
namespace {

using progress::v1::MilestoneProgress;
using progress::v1::MilestoneSubmission;

// What somebody else wrote must not steer the terminal.
std::string Harmless(std::string text) {
  const auto steers = [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == '\x7f'; };
  std::ranges::replace_if(text, steers, ' ');
  return text;
}

std::string Moment(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", absl::FromUnixSeconds(time.seconds()), absl::UTCTimeZone());
}

std::string VerdictInWords(const Style& style, const MilestoneSubmission& submission) {
  if (submission.withdrawn()) return style.Dim("withdrawn");
  switch (submission.verdict()) {
    case events::v1::REVIEW_VERDICT_APPROVED:
      return style.Good("approved");
    case events::v1::REVIEW_VERDICT_RETURNED:
      return style.Warm("returned");
    default:
      break;
  }
  switch (submission.second_opinion()) {
    case events::v1::SECOND_OPINION_NEAR_THRESHOLD:
      return "waits for a second mentor: the points lie near the threshold";
    case events::v1::SECOND_OPINION_RETURNED_BEFORE:
      return "waits for a second mentor: another had returned it before";
    case events::v1::SECOND_OPINION_DISAGREEMENT:
      return "waits for a third mentor: the first two disagree";
    default:
      return "waits for a mentor";
  }
}

std::string StatusInWords(const Style& style, progress::v1::MilestoneStatus status) {
  switch (status) {
    case progress::v1::MILESTONE_STATUS_SUBMITTED:
      return "waits for a mentor";
    case progress::v1::MILESTONE_STATUS_RETURNED:
      return style.Warm("returned");
    case progress::v1::MILESTONE_STATUS_APPROVED:
      return style.Good("approved");
    default:
      return "in work";
  }
}

}  // namespace

void PrintActivity(std::ostream& out, const Style& style, const progress::v1::ActionOutcome& outcome) {
  if (outcome.has_submission()) PrintSubmission(out, style, outcome.submission());
  out << style.Dim(absl::StrCat("recorded as event ", outcome.learner_seq())) << "\n";
}

void PrintSubmission(std::ostream& out, const Style& style, const MilestoneSubmission& submission) {
  out << style.Bold(submission.submission_id()) << "  " << style.Accent(submission.milestone_id()) << "  attempt "
      << submission.attempt() << "  " << VerdictInWords(style, submission) << "\n  "
      << style.Dim(absl::StrCat("handed in ", Moment(submission.submit_time()))) << "\n";
  if (submission.has_claim_expire_time()) {
    out << "  yours until " << Moment(submission.claim_expire_time()) << "\n";
  }
  if (submission.review_count() > 0) out << "  reviews so far: " << submission.review_count() << "\n";
  for (const events::v1::SubmittedEvidence& evidence : submission.evidence()) {
    out << "  " << (evidence.evidence_id().empty() ? "" : absl::StrCat(evidence.evidence_id(), ": ")) << evidence.url()
        << "\n";
  }
  if (!submission.notes().empty()) out << "  " << WrapText(Harmless(submission.notes()), kTextWidth, 2) << "\n";
}

void PrintCriteria(std::ostream& out, const Style& style, const catalog::v1::Milestone& milestone) {
  if (milestone.criteria().empty()) return;
  out << "  What to judge, each with --score CRITERION=LEVEL:\n";
  for (const catalog::v1::MilestoneCriterion& criterion : milestone.criteria()) {
    out << "  " << style.Accent(criterion.criterion_id()) << "  " << WrapText(criterion.text(), kTextWidth, 4) << "\n";
    for (const catalog::v1::CriterionLevel& level : criterion.levels()) {
      const bool needed = level.level_id() == criterion.min_level_id();
      out << "    " << style.Bold(level.level_id()) << "  " << WrapText(level.text(), kTextWidth, 6) << "  "
          << style.Dim(absl::StrCat(level.points(), needed ? " points, needed" : " points")) << "\n";
    }
  }
}

void PrintMilestones(std::ostream& out, const Style& style, const progress::v1::RoadmapProgress& progress) {
  for (const MilestoneProgress& work : progress.milestones()) {
    out << style.Accent(work.milestone_id()) << "  " << StatusInWords(style, work.status());
    if (!work.done_step_ids().empty()) {
      out << "  " << style.Dim(absl::StrCat("done: ", absl::StrJoin(work.done_step_ids(), ", ")));
    }
    out << "\n";
    if (!work.feedback().empty()) out << "  " << WrapText(Harmless(work.feedback()), kTextWidth, 2) << "\n";
  }
}

void PrintDecision(std::ostream& out, const Style& style, const progress::v1::DecisionExplanation& explanation) {
  switch (explanation.rederivation()) {
    case progress::v1::REDERIVATION_AGREES:
      out << style.Good("The same again.");
      break;
    case progress::v1::REDERIVATION_DISAGREES:
      out << style.Bad("It comes out differently today.");
      break;
    default:
      out << style.Warm("It cannot be made again.");
      break;
  }
  out << "  " << WrapText(explanation.text(), kTextWidth, 2) << "\n";
  for (const progress::v1::ClauseReport& clause : explanation.clauses()) {
    out << "  " << (clause.met() ? style.Good("met ") : style.Warm("unmet ")) << clause.text() << "\n";
  }
  for (const std::string& id : explanation.evidence_event_ids()) out << "  " << style.Dim("evidence ") << id << "\n";
}

}  // namespace edirae::cli
