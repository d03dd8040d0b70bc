#include "cli/client/track_commands.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "cli/client/activity_commands.h"
#include "cli/client/day.h"
#include "cli/client/render_activity.h"
#include "cli/client/render_track.h"
#include "common/status/macros.h"

namespace edirae::cli {
namespace {

using learn::v1::RecordActivityRequest;
using recommend::v1::GetTrackRequest;
using recommend::v1::GetTrackResponse;

// How long the way may take to follow what was recorded, and how often it is asked for.
constexpr absl::Duration kPatience = absl::Seconds(3);
constexpr absl::Duration kPause = absl::Milliseconds(50);

absl::Status FillTarget(const Output& out, const GoalOptions& options, events::v1::GoalSet& goal) {
  const int targets =
      (options.career.empty() ? 0 : 1) + (options.whole_roadmap ? 1 : 0) + (options.concepts.empty() ? 0 : 1);
  if (targets != 1) return absl::InvalidArgumentError("a goal is one of --career, --whole-roadmap and --concepts");
  if (!options.career.empty()) {
    goal.mutable_career()->set_roadmap_id(out.roadmap());
    goal.mutable_career()->set_career_id(options.career);
  } else if (options.whole_roadmap) {
    goal.set_roadmap_id(out.roadmap());
  } else {
    for (const std::string& id : options.concepts) goal.mutable_concepts()->add_concept_ids(id);
  }
  return absl::OkStatus();
}

// The way to the goal once it reflects the history up to `seq`. `is_set`: a goal has just been set, and is waited for.
// DEADLINE_EXCEEDED when that takes too long.
absl::StatusOr<GetTrackResponse> TrackAsOf(const Output& out, int64_t seq, bool is_set) {
  GetTrackRequest request;
  request.set_roadmap_id(out.roadmap());
  for (const absl::Time end = absl::Now() + kPatience; absl::Now() < end; absl::SleepFor(kPause)) {
    auto response = out.session().Call(&Session::Track::Stub::GetTrack, request);
    if (response.ok() && response->track().as_of_seq() >= seq) return response;
    if (!response.ok() && !(is_set && absl::IsFailedPrecondition(response.status()))) return response;
  }
  return absl::DeadlineExceededError("the way does not follow yet");
}

// Records a wish, and says what the way to the goal makes of it. What was recorded stays, whatever that is.
absl::Status RecordWish(const Output& out, const RecordActivityRequest& request) {
  EDIRAE_ASSIGN_OR_RETURN(const auto recorded, out.session().Call(&Session::Learn::Stub::RecordActivity, request));
  out.Print(recorded, [](std::ostream& stream, const Style& style, const learn::v1::RecordActivityResponse& it) {
    PrintActivity(stream, style, it.outcome());
  });
  if (out.json()) return absl::OkStatus();
  const auto track = TrackAsOf(out, recorded.outcome().as_of_seq(), request.has_set_goal());
  if (track.ok()) {
    PrintVerdict(out.out(), out.style(), track->track());
  } else if (absl::IsFailedPrecondition(track.status())) {
    out.out() << out.style().Dim("No goal is kept on this roadmap: your next steps follow the pins alone.") << "\n";
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<events::v1::PinnedConcept> ParsePin(const std::string& text) {
  const std::pair<std::string, std::string> parts = absl::StrSplit(text, absl::MaxSplits('@', 1));
  events::v1::PinnedConcept pin;
  pin.set_concept_id(parts.first);
  if (text.find('@') == std::string::npos) return pin;
  EDIRAE_ASSIGN_OR_RETURN(*pin.mutable_day(), ParseDay(parts.second));
  return pin;
}

absl::StatusOr<bool> FillProposal(const TrackFlags& flags, recommend::v1::TrackProposal& proposal) {
  if (!flags.career.empty()) proposal.set_career_id(flags.career);
  for (const std::string& id : flags.concepts) proposal.mutable_concepts()->add_concept_ids(id);
  if (flags.whole_roadmap) proposal.set_whole_roadmap(true);
  proposal.set_hours_per_week(flags.hours);
  proposal.set_start_date(flags.start);
  proposal.set_target_date(flags.target);
  proposal.set_without_target_date(flags.without_target);
  for (const std::string& id : flags.known) proposal.add_known_concept_ids(id);
  if (flags.without_pins) proposal.mutable_pins();
  for (const std::string& text : flags.pins) {
    EDIRAE_ASSIGN_OR_RETURN(*proposal.mutable_pins()->add_pins(), ParsePin(text));
  }
  return proposal.ByteSizeLong() > 0;
}

absl::Status ShowTrack(const Output& out, const TrackFlags& flags) {
  GetTrackRequest request;
  request.set_roadmap_id(out.roadmap());
  EDIRAE_ASSIGN_OR_RETURN(const bool proposes, FillProposal(flags, *request.mutable_proposal()));
  if (!proposes) request.clear_proposal();
  return out.Show(&Session::Track::Stub::GetTrack, request,
                  [&](std::ostream& stream, const Style& style, const GetTrackResponse& response) {
                    PrintTrack(stream, style, response, proposes, flags.every_week);
                  });
}

absl::Status SetGoal(const Output& out, const GoalOptions& options) {
  RecordActivityRequest request = NewActivity();
  events::v1::GoalSet& goal = *request.mutable_set_goal()->mutable_goal();
  EDIRAE_RETURN_IF_ERROR(FillTarget(out, options, goal));
  const int minutes = static_cast<int>(std::lround(options.hours_per_week * 60));
  goal.set_hours_per_week(minutes / 60);
  goal.set_extra_minutes_per_week(minutes % 60);
  if (!options.from.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(*goal.mutable_start_date(), ParseDay(options.from));
  }
  if (!options.by.empty()) {
    EDIRAE_ASSIGN_OR_RETURN(*goal.mutable_target_date(), ParseDay(options.by));
  }
  return RecordWish(out, request);
}

absl::Status PinConcepts(const Output& out, const std::vector<std::string>& pins, bool none) {
  if (pins.empty() != none) return absl::InvalidArgumentError("name concepts, or say --none to fix nothing any more");
  RecordActivityRequest request = NewActivity();
  request.mutable_pin_concepts();
  for (const std::string& text : pins) {
    EDIRAE_ASSIGN_OR_RETURN(*request.mutable_pin_concepts()->add_pins(), ParsePin(text));
  }
  return RecordWish(out, request);
}

absl::Status PreferRetention(const Output& out, double retention) {
  RecordActivityRequest request = NewActivity();
  request.mutable_set_preferences()->mutable_preferences()->set_desired_retention_permille(
      static_cast<int>(std::lround(retention * 1000)));
  return RecordActivity(out, request);
}

}  // namespace edirae::cli
