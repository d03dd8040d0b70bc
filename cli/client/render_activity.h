#ifndef EDIRAE_CLI_CLIENT_RENDER_ACTIVITY_H_
#define EDIRAE_CLI_CLIENT_RENDER_ACTIVITY_H_

#include <ostream>

#include "cli/terminal/terminal.h"
#include "edirae/catalog/v1/content.pb.h"
#include "edirae/progress/v1/progress_service.pb.h"

// What is neither graded nor a gate, as a person reads it.
namespace edirae::cli {

// What was recorded; of a submission everything.
void PrintActivity(std::ostream& out, const Style& style, const progress::v1::ActionOutcome& outcome);

// Work that was handed in: what a mentor has to know to claim or to review it.
void PrintSubmission(std::ostream& out, const Style& style, const progress::v1::MilestoneSubmission& submission);

// What a mentor has to judge of a milestone's work: its criteria with their levels, worst to best.
void PrintCriteria(std::ostream& out, const Style& style, const catalog::v1::Milestone& milestone);

// Where the milestones of a roadmap stand, with what their mentors say; nothing when none was begun.
void PrintMilestones(std::ostream& out, const Style& style, const progress::v1::RoadmapProgress& progress);

// A decision that was made again.
void PrintDecision(std::ostream& out, const Style& style, const progress::v1::DecisionExplanation& explanation);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_RENDER_ACTIVITY_H_
