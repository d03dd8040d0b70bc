#include "cli/client/track_commands.h"

#include <cmath>
#include <utility>

#include "absl/strings/str_split.h"
#include "cli/client/activity_commands.h"
#include "cli/client/day.h"
#include "cli/client/render_track.h"
#include "common/status/macros.h"

namespace edirae::cli {

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
  recommend::v1::GetTrackRequest request;
  request.set_roadmap_id(out.roadmap());
  EDIRAE_ASSIGN_OR_RETURN(const bool proposes, FillProposal(flags, *request.mutable_proposal()));
  if (!proposes) request.clear_proposal();
  return out.Show(
      &Session::Track::Stub::GetTrack, request,
      [proposes](std::ostream& stream, const Style& style, const recommend::v1::GetTrackResponse& response) {
        PrintTrack(stream, style, response, proposes);
      });
}

absl::Status PinConcepts(const Output& out, const std::vector<std::string>& pins, bool none) {
  if (pins.empty() != none) return absl::InvalidArgumentError("name concepts, or say --none to fix nothing any more");
  learn::v1::RecordActivityRequest request = NewActivity();
  request.mutable_pin_concepts();
  for (const std::string& text : pins) {
    EDIRAE_ASSIGN_OR_RETURN(*request.mutable_pin_concepts()->add_pins(), ParsePin(text));
  }
  return RecordActivity(out, request);
}

absl::Status PreferRetention(const Output& out, double retention) {
  learn::v1::RecordActivityRequest request = NewActivity();
  request.mutable_set_preferences()->mutable_preferences()->set_desired_retention_permille(
      static_cast<int>(std::lround(retention * 1000)));
  return RecordActivity(out, request);
}

}  // namespace edirae::cli
