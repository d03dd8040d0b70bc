#include "cli/client/render_track.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/client/session.h"

namespace edirae::cli {
namespace {

using recommend::v1::TrackChange;

constexpr int kTrackWidth = 100;
// A longer way is shown in full for its first weeks only.
constexpr int kMostFullWeeks = 12;
constexpr int kFirstFullWeeks = 6;

void PrintWeek(std::ostream& out, const Style& style, const recommend::v1::TrackWeek& week) {
  out << style.Bold(absl::StrCat("Week ", week.number())) << "  " << style.Dim(week.start_date()) << "\n";
  for (const recommend::v1::TrackItem& item : week.items()) {
    const bool milestone = item.kind() == recommend::v1::TRACK_ITEM_KIND_MILESTONE;
    out << absl::StrFormat("  %4d min  ", item.minutes()) << (milestone ? style.Warm("milestone ") : "")
        << item.concept_id() << item.milestone_id() << (item.pinned() ? style.Accent("  pinned") : "")
        << (item.for_gate() ? style.Dim("  for the gate") : "") << (item.completed() ? style.Good("  ✓") : "") << "\n";
  }
  if (week.review_minutes() > 0) out << absl::StrFormat("  %4d min  ", week.review_minutes()) << "reviews\n";
  out << style.Dim(absl::StrFormat("  %4d min  free", week.slack_minutes())) << "\n";
}

// A line: what is studied, and what is done at the week's end.
void PrintWeekInShort(std::ostream& out, const Style& style, const recommend::v1::TrackWeek& week) {
  const auto name = [](std::string* line, const recommend::v1::TrackItem& item) {
    absl::StrAppend(line, item.concept_id(), item.milestone_id(), item.completed() ? " ✓" : "");
  };
  out << absl::StrFormat("Week %-3d ", week.number()) << style.Dim(week.start_date()) << "  "
      << (week.items().empty() && week.review_minutes() > 0 ? "reviews" : absl::StrJoin(week.items(), ", ", name))
      << "\n";
}

void PrintWeeks(std::ostream& out, const Style& style, const recommend::v1::TrackPlan& plan, bool every_week) {
  const int full = every_week || plan.weeks_size() <= kMostFullWeeks ? plan.weeks_size() : kFirstFullWeeks;
  for (int i = 0; i < plan.weeks_size(); ++i) {
    i < full ? PrintWeek(out, style, plan.weeks(i)) : PrintWeekInShort(out, style, plan.weeks(i));
  }
  if (full < plan.weeks_size()) out << style.Dim("`edirae track --every-week` shows each week's minutes.") << "\n";
}

std::string TargetFlags(const recommend::v1::TrackGoal& goal) {
  if (!goal.career_id().empty()) return absl::StrCat("--career ", goal.career_id());
  if (!goal.has_concepts()) return "--whole-roadmap";
  return absl::StrCat("--concepts ", absl::StrJoin(goal.concepts().concept_ids(), ","));
}

// Whether a goal may have the day, as 2027-01-31: none may be in the past.
bool IsAhead(const std::string& date) { return date >= absl::FormatTime("%Y-%m-%d", absl::Now(), absl::UTCTimeZone()); }

std::string DayFlag(absl::string_view flag, const std::string& date) {
  return IsAhead(date) ? absl::StrCat(" ", flag, " ", date) : "";
}

std::string PinWords(const recommend::v1::GetTrackResponse& response) {
  if (response.pins().empty()) return "--none";
  return absl::StrJoin(response.pins(), ",", [](std::string* words, const events::v1::PinnedConcept& pin) {
    const std::string day = absl::StrFormat("%04d-%02d-%02d", pin.day().year(), pin.day().month(), pin.day().day());
    absl::StrAppend(words, pin.concept_id(), pin.has_day() && IsAhead(day) ? absl::StrCat("@", day) : "");
  });
}

// The commands that make a proposal the learner's own.
void PrintHowToKeep(std::ostream& out, const Style& style, const recommend::v1::GetTrackResponse& response) {
  const recommend::v1::TrackGoal& goal = response.goal();
  const std::string& roadmap = response.track().roadmap_id();
  out << "\n" << style.Dim("To make it yours:") << "\n";
  out << "  edirae goal " << TargetFlags(goal) << absl::StrFormat(" --hours %.5g", goal.hours_per_week())
      << DayFlag("--from", goal.start_date()) << DayFlag("--by", goal.target_date())
      << (roadmap == SessionSettings().roadmap ? "" : absl::StrCat(" --roadmap ", roadmap)) << "\n";
  if (!response.pins().empty() || response.has_kept()) out << "  edirae pin " << PinWords(response) << "\n";
  if (goal.known_concept_ids().empty()) return;
  out << "  edirae known " << absl::StrJoin(goal.known_concept_ids(), ",") << " --level good\n";
}

std::string Heading(const recommend::v1::GetTrackResponse& response, bool is_proposal) {
  const std::string kept =
      absl::FormatTime("%Y-%m-%d", absl::FromUnixSeconds(response.keep_time().seconds()), absl::UTCTimeZone());
  if (!is_proposal) return absl::StrCat("Since ", kept, ", when you set goal and pins:");
  return "Beside the way to your goal:";
}

void PrintChanges(std::ostream& out, const Style& style, const recommend::v1::GetTrackResponse& response,
                  bool is_proposal) {
  if (!response.has_kept()) {
    out << style.Dim("No goal is kept on this roadmap.") << "\n";
    return;
  }
  if (response.changes().empty()) {
    out << style.Dim(is_proposal ? "It changes nothing about the way to your goal."
                                 : "Nothing has changed since you set goal and pins.")
        << "\n";
    return;
  }
  out << "\n" << style.Bold(Heading(response, is_proposal)) << "\n";
  for (const TrackChange& change : response.changes()) out << "  · " << WrapText(change.text(), kTrackWidth, 4) << "\n";
  if (response.untold_change_count() > 0) out << "  · and " << response.untold_change_count() << " more.\n";
  if (!is_proposal) out << style.Dim("`edirae goal` and `edirae pin` keep the way as it is now.") << "\n";
}

}  // namespace

void PrintVerdict(std::ostream& out, const Style& style, const recommend::v1::TrackPlan& plan) {
  const bool as_wished = plan.feasible() && plan.late_pin_concept_ids().empty();
  out << (as_wished ? style.Good("✓ ") : style.Warm("· ")) << WrapText(plan.summary(), kTrackWidth, 2) << "\n";
}

void PrintTrack(std::ostream& out, const Style& style, const recommend::v1::GetTrackResponse& response,
                bool is_proposal, bool every_week) {
  PrintWeeks(out, style, response.track(), every_week);
  PrintVerdict(out, style, response.track());
  PrintChanges(out, style, response, is_proposal);
  if (is_proposal) PrintHowToKeep(out, style, response);
}

}  // namespace edirae::cli
