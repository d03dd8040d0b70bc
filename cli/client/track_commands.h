#ifndef EDIRAE_CLI_CLIENT_TRACK_COMMANDS_H_
#define EDIRAE_CLI_CLIENT_TRACK_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/client/output.h"

// Commands about the way to a learner's goal. Each prints the gateway's answer and returns the gateway's error.
namespace edirae::cli {

// What `edirae track` says. What is not said stays as it is kept.
struct TrackFlags {
  std::string career;
  std::vector<std::string> concepts;
  bool whole_roadmap = false;
  double hours = 0;   // a week
  std::string start;  // dates as 2027-01-31
  std::string target;
  bool without_target = false;
  std::vector<std::string> known;
  std::vector<std::string> pins;  // as ParsePin takes them
  bool without_pins = false;
  bool every_week = false;  // of a long way, too; says nothing about the way itself
};

// A goal as the command line says it: one of the first three.
struct GoalOptions {
  std::string career;  // of the roadmap that is followed
  bool whole_roadmap = false;
  std::vector<std::string> concepts;
  double hours_per_week = 0;  // to the minute
  std::string from;           // YYYY-MM-DD; empty for today
  std::string by;             // the same; empty for no date
};

inline constexpr char kTrackFooter[] =
    "Without options: the way to your goal from where you stand now, and what has changed since you set goal and "
    "pins,\n"
    "each change with its reason. With options: what other wishes would change about it; nothing is recorded.\n\n"
    "  edirae track --hours 4                        what would fewer hours change?\n"
    "  edirae track --by 2027-06-30                  can that date be met, and if not, what would?\n"
    "  edirae track --pin regularization             and if I did this first?\n"
    "  edirae goal --career mlops-engineer --hours 8 && edirae pin regularization@2027-02-01    keep it\n";

absl::Status ShowTrack(const Output& out, const TrackFlags& flags);

// Sets the goal, and tells whether it can be reached. INVALID_ARGUMENT unless there is one target and dates are some.
absl::Status SetGoal(const Output& out, const GoalOptions& goal);

// Fixes concepts in place of those that were fixed before, and tells whether they can be kept. INVALID_ARGUMENT when
// there is none and `none` does not say so.
absl::Status PinConcepts(const Output& out, const std::vector<std::string>& pins, bool none);

// The chance of recall, 0.70 to 0.97, at which reviews fall due; 0 for the usual one.
absl::Status PreferRetention(const Output& out, double retention);

// "vectors" to come first, "vectors@2027-02-01" for the week of that day. INVALID_ARGUMENT for another day.
absl::StatusOr<events::v1::PinnedConcept> ParsePin(const std::string& text);

// What the flags change; false when they say nothing. INVALID_ARGUMENT as ParsePin.
absl::StatusOr<bool> FillProposal(const TrackFlags& flags, recommend::v1::TrackProposal& proposal);

}  // namespace edirae::cli

#endif  // EDIRAE_CLI_CLIENT_TRACK_COMMANDS_H_
