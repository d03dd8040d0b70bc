#include "services/recommend/rpc/track_answer.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/ids/ids.h"
#include "common/status/macros.h"
#include "services/recommend/domain/choosing/learner_view.h"
#include "services/recommend/domain/inheritance.h"
#include "services/recommend/domain/track/comparison.h"
#include "services/recommend/domain/track/kept_track.h"
#include "services/recommend/domain/track/track_plan.h"
#include "services/recommend/domain/wishing/kept_goal.h"
#include "services/recommend/errors.h"
#include "services/recommend/limits.h"
#include "services/recommend/rpc/outlook_requests.h"

namespace edirae::recommend {
namespace {

using events::v1::PinnedConcept;
using Pins = std::vector<PinnedConcept>;

absl::Status CheckPins(const v1::ProposedPins& proposed) {
  if (proposed.pins_size() > limits::kMaxPins) {
    return OutOfRange("pins", absl::StrCat("are ", proposed.pins_size(), "; at most ", limits::kMaxPins));
  }
  absl::flat_hash_set<absl::string_view> ids;
  for (const PinnedConcept& pin : proposed.pins()) {
    EDIRAE_RETURN_IF_ERROR(CheckSlug("concept_id", pin.concept_id()));
    if (!ids.insert(pin.concept_id()).second) return OutOfRange("pins", "name a concept twice");
    const absl::CivilDay day = wishing::DayOf(pin.day());  // normalized: 31 April becomes 1 May
    if (pin.has_day() && (day.year() != pin.day().year() || day.month() != pin.day().month() ||
                          day.year() < limits::kFirstYear || day.year() > limits::kLastYear)) {
      return OutOfRange("day", "is no day of the year 2000 or later");
    }
  }
  return absl::OkStatus();
}

// The goal that is kept, but for what the proposal says.
absl::StatusOr<v1::TrackGoal> Propose(const std::optional<v1::TrackGoal>& kept, const v1::TrackProposal& proposal) {
  if (!kept.has_value() && proposal.hours_per_week() == 0) return NoGoal();
  v1::TrackGoal goal = kept.value_or(v1::TrackGoal());
  if (proposal.has_career_id()) goal.set_career_id(proposal.career_id());
  if (proposal.has_concepts()) *goal.mutable_concepts() = proposal.concepts();
  if (proposal.whole_roadmap()) goal.clear_target();
  if (proposal.hours_per_week() != 0) goal.set_hours_per_week(proposal.hours_per_week());
  if (!proposal.start_date().empty()) goal.set_start_date(proposal.start_date());
  if (!proposal.target_date().empty()) goal.set_target_date(proposal.target_date());
  if (proposal.without_target_date()) goal.clear_target_date();
  auto& known = *goal.mutable_known_concept_ids();
  for (const std::string& id : proposal.known_concept_ids()) {
    if (std::ranges::find(known, id) == known.end()) *known.Add() = id;
  }
  return goal;
}

// A way with what it was planned from.
struct Planned {
  track::Goal goal;
  v1::TrackPlan plan;
};

absl::StatusOr<Planned> Plan(const choosing::LearnerView& view, const v1::TrackGoal& goal, const Pins& pins,
                             absl::Time on) {
  Planned planned;
  EDIRAE_ASSIGN_OR_RETURN(planned.goal, GoalOf(view.course(), on, goal));
  for (const PinnedConcept& pin : pins) {
    EDIRAE_ASSIGN_OR_RETURN(const int position, PositionOf(view.course(), pin.concept_id()));
    planned.goal.pins.push_back({.position = position});
    if (pin.has_day()) planned.goal.pins.back().day = wishing::DayOf(pin.day());
  }
  track::BeginOn(absl::ToCivilDay(on, absl::UTCTimeZone()), planned.goal);
  planned.plan = track::PlanTrack(view, planned.goal);
  return planned;
}

void AddComparison(const choosing::LearnerView& was, const Planned& before, const choosing::LearnerView& is,
                   const Planned& after, v1::GetTrackResponse& response) {
  *response.mutable_kept() = before.plan;
  track::Changes changes = track::Compare({.plan = before.plan, .view = was, .goal = before.goal},
                                          {.plan = after.plan, .view = is, .goal = after.goal});
  for (v1::TrackChange& change : changes.told) *response.add_changes() = std::move(change);
  response.set_untold_change_count(changes.untold);
}

}  // namespace

absl::Status CheckFields(const v1::GetTrackRequest& request) {
  const v1::TrackProposal& proposal = request.proposal();
  if (proposal.without_target_date() && !proposal.target_date().empty()) {
    return OutOfRange("target_date", "is named together with without_target_date");
  }
  EDIRAE_RETURN_IF_ERROR(CheckPins(proposal.pins()));
  v1::PlanTrackRequest same;  // what both have in common has the same bounds
  v1::TrackGoal& goal = *same.mutable_goal();
  if (proposal.has_career_id()) goal.set_career_id(proposal.career_id());
  if (proposal.has_concepts()) *goal.mutable_concepts() = proposal.concepts();
  goal.set_hours_per_week(proposal.hours_per_week() == 0 ? limits::kMinHoursPerWeek : proposal.hours_per_week());
  goal.set_start_date(proposal.start_date());
  goal.set_target_date(proposal.target_date());
  *goal.mutable_known_concept_ids() = proposal.known_concept_ids();
  return CheckFields(same);
}

absl::StatusOr<v1::GetTrackResponse> AnswerTrack(const Models& models, const LearnerState& learner,
                                                 const LearnerState& seen, const CourseIndex& course, absl::Time now,
                                                 const v1::TrackProposal* proposal) {
  const choosing::LearnerView view(models, seen, course, now);
  const std::optional<v1::TrackGoal> kept = wishing::KeptGoal(*learner.kept, learner.known, course);
  const Pins kept_pins = wishing::KeptPins(*learner.kept, course);
  if (!kept.has_value() && proposal == nullptr) return NoGoal();
  v1::GetTrackResponse response;
  const absl::Time keep_time = absl::FromUnixMillis(learner.kept->keep_ms);
  if (kept.has_value()) response.mutable_keep_time()->set_seconds(absl::ToUnixSeconds(keep_time));

  v1::TrackGoal goal = kept.value_or(v1::TrackGoal());
  Pins pins = kept_pins;
  if (proposal != nullptr) {
    EDIRAE_ASSIGN_OR_RETURN(goal, Propose(kept, *proposal));
    if (proposal->has_pins()) pins.assign(proposal->pins().pins().begin(), proposal->pins().pins().end());
  }
  EDIRAE_ASSIGN_OR_RETURN(const Planned planned, Plan(view, goal, pins, now));
  *response.mutable_track() = planned.plan;
  goal.set_start_date(absl::FormatCivilTime(planned.goal.wished_start));
  *response.mutable_goal() = goal;
  *response.mutable_pins() = {pins.begin(), pins.end()};

  if (!kept.has_value()) return response;
  if (proposal != nullptr) {
    EDIRAE_ASSIGN_OR_RETURN(const Planned before, Plan(view, *kept, kept_pins, now));
    AddComparison(view, before, view, planned, response);
    return response;
  }
  const LearnerState then = track::AsKept(learner);
  const LearnerState then_seen = course.inherits ? WithInherited(then, course) : then;
  const choosing::LearnerView then_view(models, then_seen, course, keep_time);
  EDIRAE_ASSIGN_OR_RETURN(
      const Planned before,
      Plan(then_view, *wishing::KeptGoal(*learner.kept, learner.kept->known, course), kept_pins, keep_time));
  AddComparison(then_view, before, view, planned, response);
  return response;
}

}  // namespace edirae::recommend
