#ifndef EDIRAE_CLI_CLIENT_TRACK_COMMAND_H_
#define EDIRAE_CLI_CLIENT_TRACK_COMMAND_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "cli/client/output.h"
#include "edirae/events/v1/learner_plan.pb.h"
#include "edirae/recommend/v1/track_plan.pb.h"

namespace edirae::cli {

// What `edirae track` says.
struct TrackFlags {
  std::string career;                 // empty: not a career
  std::vector<std::string> concepts;  // empty: not single concepts
  bool whole_roadmap = false;
  std::optional<double> hours;  // a week
  std::string start;            // dates as 2027-01-31; empty for today
  std::string target;           // empty: nothing is said of one
  std::vector<std::string> known;

  // Whether it says anything that a goal says.
  bool proposes() const { return !career.empty() || !concepts.empty() || whole_roadmap || hours || !target.empty(); }
};

// The goal that a learner has set, as one of a track on this roadmap; nothing when it is of another roadmap, or none.
std::optional<recommend::v1::TrackGoal> TrackGoalOf(const events::v1::GoalSet& goal, absl::string_view roadmap_id);

// `kept` with what the flags say instead. Without a goal to keep: the whole roadmap, at eight hours a week.
recommend::v1::TrackGoal Propose(const std::optional<recommend::v1::TrackGoal>& kept, const TrackFlags& flags);

// Plans the way to the goal that the learner has set, from where they stand now. When the flags say something else,
// plans the way to that, and tells what it changes: accepting it is to set that goal. Records nothing; gives the
// gateway's error. As JSON only what is proposed.
absl::Status PlanTrack(const Output& out, const TrackFlags& flags);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_TRACK_COMMAND_H_
