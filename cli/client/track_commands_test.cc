#include "cli/client/track_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "cli/client/render_track.h"
#include "common/testing/status_matchers.h"

namespace edirae::cli {
namespace {

using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Pins, AreAConceptAndPerhapsADay) {
  const auto first = ParsePin("vectors");
  ASSERT_OK(first);
  EXPECT_EQ(first->concept_id(), "vectors");
  EXPECT_FALSE(first->has_day());
  const auto dated = ParsePin("vectors@2027-02-01");
  ASSERT_OK(dated);
  EXPECT_EQ(dated->concept_id(), "vectors");
  EXPECT_EQ(dated->day().month(), 2);
  for (const char* bad : {"vectors@", "vectors@soon", "vectors@2027-02-30", "vectors@2027-2-1", "a@2027-01-01@x"}) {
    EXPECT_THAT(ParsePin(bad), StatusIs(absl::StatusCode::kInvalidArgument)) << bad;
  }
}

TEST(Proposals, SayOnlyWhatIsSaid) {
  recommend::v1::TrackProposal nothing;
  EXPECT_THAT(FillProposal({}, nothing), IsOkAndHolds(false));
  recommend::v1::TrackProposal all;
  TrackFlags flags{.concepts = {"vectors", "trees"}, .hours = 4.5, .start = "2027-01-04", .without_target = true};
  flags.known = {"history"};
  flags.pins = {"trees@2027-02-01"};
  EXPECT_THAT(FillProposal(flags, all), IsOkAndHolds(true));
  EXPECT_THAT(all.concepts().concept_ids(), ElementsAre("vectors", "trees"));
  EXPECT_EQ(all.hours_per_week(), 4.5);
  EXPECT_TRUE(all.without_target_date());
  EXPECT_EQ(all.pins().pins(0).concept_id(), "trees");
  recommend::v1::TrackProposal free;
  EXPECT_THAT(FillProposal({.without_pins = true}, free), IsOkAndHolds(true)) << "no pins is something";
  flags.pins = {"trees@never"};
  EXPECT_THAT(FillProposal(flags, all), StatusIs(absl::StatusCode::kInvalidArgument));
}

std::string Printed(const recommend::v1::GetTrackResponse& response, bool is_proposal = false) {
  std::ostringstream out;
  PrintTrack(out, Style(false), response, is_proposal);
  return out.str();
}

TEST(PrintTrack, TellsWeeksAndChanges) {
  recommend::v1::GetTrackResponse response;
  auto& week = *response.mutable_track()->add_weeks();
  week.set_number(1);
  auto& item = *week.add_items();
  item.set_concept_id("vectors");
  item.set_minutes(300);
  item.set_pinned(true);
  item.set_completed(true);
  auto& asked = *week.add_items();
  asked.set_concept_id("history");
  asked.set_minutes(60);
  asked.set_for_gate(true);
  response.mutable_track()->set_summary("One concept.");
  EXPECT_THAT(Printed(response), HasSubstr("   300 min  vectors  pinned  ✓"));
  EXPECT_THAT(Printed(response), HasSubstr("    60 min  history  for the gate\n"));
  response.mutable_track()->set_feasible(true);
  EXPECT_THAT(Printed(response), HasSubstr("✓ One concept."));
  response.mutable_track()->add_late_pin_concept_ids("vectors");
  EXPECT_THAT(Printed(response), HasSubstr("· One concept.")) << "a pin cannot be kept";
  EXPECT_THAT(Printed(response), HasSubstr("No goal is kept"));
  response.mutable_kept();
  EXPECT_THAT(Printed(response), HasSubstr("Nothing has changed since"));
  EXPECT_THAT(Printed(response, true), HasSubstr("It changes nothing"));
  response.mutable_keep_time()->set_seconds(1'800'000'000);
  response.add_changes()->set_text("Trees moves a week later: you lapsed on Vectors, which it needs.");
  response.set_untold_change_count(3);
  EXPECT_THAT(Printed(response), HasSubstr("Since 2027-01-15"));
  EXPECT_THAT(Printed(response), HasSubstr("you lapsed on Vectors"));
  EXPECT_THAT(Printed(response), HasSubstr("and 3 more."));
  EXPECT_THAT(Printed(response, true), Not(HasSubstr("2027-01-15")));
}

}  // namespace
}  // namespace edirae::cli
