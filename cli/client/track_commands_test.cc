#include "cli/client/track_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "absl/strings/str_cat.h"
#include "cli/client/render_track.h"
#include "common/testing/status_matchers.h"

namespace edirae::cli {
namespace {

using edirae::testing::IsOkAndHolds;
using edirae::testing::StatusIs;
using ::testing::AnyOf;
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

std::string Printed(const recommend::v1::GetTrackResponse& response, bool is_proposal = false,
                    bool every_week = false) {
  std::ostringstream out;
  PrintTrack(out, Style(false), response, is_proposal, every_week);
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
  EXPECT_THAT(Printed(response), Not(HasSubstr("edirae goal --")));
}

TEST(PrintTrack, SaysHowToMakeAProposalYours) {
  recommend::v1::GetTrackResponse response;
  response.mutable_track()->set_roadmap_id("machine-learning");
  recommend::v1::TrackGoal& goal = *response.mutable_goal();
  goal.set_hours_per_week(2.5);
  goal.set_start_date("2999-01-04");
  EXPECT_THAT(Printed(response, true), HasSubstr("\n  edirae goal --whole-roadmap --hours 2.5 --from 2999-01-04\n"));
  EXPECT_THAT(Printed(response, true), Not(AnyOf(HasSubstr("edirae pin"), HasSubstr("edirae known"))));
  response.mutable_kept();
  EXPECT_THAT(Printed(response, true), HasSubstr("\n  edirae pin --none\n")) << "something may be pinned";
  goal.set_career_id("data-analyst");
  goal.set_target_date("2999-06-30");
  goal.add_known_concept_ids("vectors");
  goal.add_known_concept_ids("matrices");
  response.add_pins()->set_concept_id("trees");
  auto& dated = *response.add_pins();
  dated.set_concept_id("forests");
  dated.mutable_day()->set_year(2999);
  dated.mutable_day()->set_month(2);
  dated.mutable_day()->set_day(1);
  EXPECT_THAT(Printed(response, true),
              HasSubstr("\n  edirae goal --career data-analyst --hours 2.5 --from 2999-01-04 --by 2999-06-30\n"
                        "  edirae pin trees,forests@2999-02-01\n"
                        "  edirae known vectors,matrices --level good\n"));
  goal.mutable_concepts()->add_concept_ids("trees");
  response.mutable_track()->set_roadmap_id("maths");
  goal.set_start_date("2020-01-04");
  goal.clear_target_date();
  dated.mutable_day()->set_year(2020);
  EXPECT_THAT(Printed(response, true),
              HasSubstr("edirae goal --concepts trees --hours 2.5 --roadmap maths\n  edirae pin trees,forests\n"))
      << "no day of the past can be wished for";
}

TEST(PrintTrack, ALongWayHasItsLaterWeeksInALineEach) {
  recommend::v1::GetTrackResponse response;
  for (int number = 1; number <= 13; ++number) {
    auto& week = *response.mutable_track()->add_weeks();
    week.set_number(number);
    auto& item = *week.add_items();
    item.set_concept_id(absl::StrCat("concept-", number));
    item.set_minutes(300);
    item.set_completed(true);
  }
  EXPECT_THAT(Printed(response), HasSubstr("   300 min  concept-6  ✓"));
  EXPECT_THAT(Printed(response), Not(HasSubstr("300 min  concept-7")));
  EXPECT_THAT(Printed(response), HasSubstr("concept-7 ✓\n"));
  EXPECT_THAT(Printed(response), HasSubstr("concept-13 ✓\n"));
  EXPECT_THAT(Printed(response, false, true), HasSubstr("   300 min  concept-13  ✓"));
  response.mutable_track()->mutable_weeks()->RemoveLast();
  EXPECT_THAT(Printed(response), HasSubstr("   300 min  concept-12  ✓"));
}

}  // namespace
}  // namespace edirae::cli
