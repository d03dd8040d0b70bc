#ifndef EDIRAE_CLI_CLIENT_RENDER_TRACK_H_
#define EDIRAE_CLI_CLIENT_RENDER_TRACK_H_

#include <ostream>

#include "cli/terminal/terminal.h"
#include "edirae/recommend/v1/track_service.pb.h"

// The way to a goal as text for a terminal.
namespace edirae::cli {

// `is_proposal`: whether it is what other wishes would come to; then the commands that make it the learner's way
// follow. Of a long way the later weeks get a line each unless `every_week`.
void PrintTrack(std::ostream& out, const Style& style, const recommend::v1::GetTrackResponse& response,
                bool is_proposal, bool every_week);

// What it comes to: how long it takes, and what of the wishes it cannot meet.
void PrintVerdict(std::ostream& out, const Style& style, const recommend::v1::TrackPlan& plan);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_RENDER_TRACK_H_
