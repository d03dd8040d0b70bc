#include "cli/client/track_command.h"

#include <algorithm>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "cli/client/render_advice.h"
#include "common/status/macros.h"
#include "services/recommend/domain/track/comparison.h"

namespace edirae::cli {
namespace {

using LearnService = Session::Learn::Stub;

constexpr double kUsualHours = 8;  // a week
constexpr double kMostHours = 80;  // that a track takes; a goal may name more

absl::StatusOr<std::optional<recommend::v1::TrackGoal>> KeptGoal(const Output& out) {
  learn::v1::GetHomeRequest request;
  request.set_roadmap_id(out.roadmap());
  EDIRAE_ASSIGN_OR_RETURN(const auto response, out.session().Call(&LearnService::GetHome, request));
  return TrackGoalOf(response.home().progress().goal(), out.roadmap());
}

absl::StatusOr<learn::v1::PlanTrackResponse> Plan(const Output& out, const recommend::v1::TrackGoal& goal) {
  learn::v1::PlanTrackRequest request;
  request.set_roadmap_id(out.roadmap());
  *request.mutable_goal() = goal;
  return out.session().Call(&LearnService::PlanTrack, request);
}

}  // namespace

std::optional<recommend::v1::TrackGoal> TrackGoalOf(const events::v1::GoalSet& goal, absl::string_view roadmap_id) {
  recommend::v1::TrackGoal kept;
  switch (goal.target_case()) {
    case events::v1::GoalSet::kCareer:
      if (goal.career().roadmap_id() != roadmap_id) return std::nullopt;
      kept.set_career_id(goal.career().career_id());
      break;
    case events::v1::GoalSet::kRoadmapId:
      if (goal.roadmap_id() != roadmap_id) return std::nullopt;
      break;
    case events::v1::GoalSet::kConcepts:
      *kept.mutable_concepts()->mutable_concept_ids() = goal.concepts().concept_ids();
      break;
    case events::v1::GoalSet::TARGET_NOT_SET:
      return std::nullopt;
  }
  kept.set_hours_per_week(std::min<double>(goal.hours_per_week(), kMostHours));
  if (goal.has_target_date()) {
    const events::v1::CalendarDate& day = goal.target_date();
    kept.set_target_date(absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day()));
  }
  return kept;
}

recommend::v1::TrackGoal Propose(const std::optional<recommend::v1::TrackGoal>& kept, const TrackFlags& flags) {
  recommend::v1::TrackGoal goal = kept.value_or(recommend::v1::TrackGoal());
  if (!kept.has_value()) goal.set_hours_per_week(kUsualHours);
  if (flags.whole_roadmap) goal.clear_target();
  if (!flags.career.empty()) goal.set_career_id(flags.career);
  if (!flags.concepts.empty()) goal.mutable_concepts()->clear_concept_ids();
  for (const std::string& id : flags.concepts) goal.mutable_concepts()->add_concept_ids(id);
  if (flags.hours.has_value()) goal.set_hours_per_week(*flags.hours);
  if (!flags.target.empty()) goal.set_target_date(flags.target);
  goal.set_start_date(flags.start);
  for (const std::string& id : flags.known) goal.add_known_concept_ids(id);
  return goal;
}

absl::Status PlanTrack(const Output& out, const TrackFlags& flags) {
  EDIRAE_ASSIGN_OR_RETURN(const auto kept, KeptGoal(out));
  EDIRAE_ASSIGN_OR_RETURN(const auto proposed, Plan(out, Propose(kept, flags)));
  out.Print(proposed, PrintTrack);
  if (out.json() || !kept.has_value() || !flags.proposes()) return absl::OkStatus();
  TrackFlags unchanged;
  unchanged.start = flags.start;
  unchanged.known = flags.known;
  EDIRAE_ASSIGN_OR_RETURN(const auto current, Plan(out, Propose(kept, unchanged)));
  PrintChanges(out.out(), out.style(), recommend::track::Compare(current.track(), proposed.track()));
  return absl::OkStatus();
}

}  // namespace edirae::cli
