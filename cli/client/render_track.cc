#include "cli/client/render_track.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace edirae::cli {
namespace {

using recommend::v1::TrackChange;

constexpr int kTrackWidth = 100;

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

std::string Heading(const recommend::v1::GetTrackResponse& response, bool is_proposal) {
  const std::string kept =
      absl::FormatTime("%Y-%m-%d", absl::FromUnixSeconds(response.keep_time().seconds()), absl::UTCTimeZone());
  if (!is_proposal) return absl::StrCat("Since ", kept, ", when you set goal and pins:");
  return "Beside the way to your goal:";
}

void PrintChanges(std::ostream& out, const Style& style, const recommend::v1::GetTrackResponse& response,
                  bool is_proposal) {
  if (!response.has_kept()) {
    out << style.Dim("No goal is kept on this roadmap: `edirae goal` sets one.") << "\n";
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
  out << style.Dim(is_proposal ? "`edirae goal` and `edirae pin` make it yours."
                               : "`edirae goal` and `edirae pin` keep the way as it is now.")
      << "\n";
}

}  // namespace

void PrintVerdict(std::ostream& out, const Style& style, const recommend::v1::TrackPlan& plan) {
  const bool as_wished = plan.feasible() && plan.late_pin_concept_ids().empty();
  out << (as_wished ? style.Good("✓ ") : style.Warm("· ")) << WrapText(plan.summary(), kTrackWidth, 2) << "\n";
}

void PrintTrack(std::ostream& out, const Style& style, const recommend::v1::GetTrackResponse& response,
                bool is_proposal) {
  const recommend::v1::TrackPlan& plan = response.track();
  for (const recommend::v1::TrackWeek& week : plan.weeks()) PrintWeek(out, style, week);
  PrintVerdict(out, style, plan);
  PrintChanges(out, style, response, is_proposal);
}

}  // namespace edirae::cli
