#include "services/progress/domain/mentor_acts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace edirae::progress {
namespace {

using events::v1::LearnerEvent;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int64_t kFarAway = std::numeric_limits<int64_t>::max();

TEST(MentorActs, AreFoundAgainWhereTheyAre) {
  MentorActs acts;
  acts.Add("mia", 1);
  acts.Add("max", 2);
  acts.Add("mia", 3);
  acts.Add("mia", 300);
  acts.Add("mia", kFarAway);
  EXPECT_THAT(acts.Of("mia"), ElementsAre(1, 3, 300, kFarAway));
  EXPECT_THAT(acts.Of("max"), ElementsAre(2));
  EXPECT_THAT(acts.Of("ada"), IsEmpty());
  acts.Forget("mia");
  EXPECT_THAT(acts.Of("mia"), IsEmpty());
  EXPECT_THAT(acts.Of("max"), ElementsAre(2));
}

TEST(MentorOf, IsWhoeverClaimedGaveBackOrReviewed) {
  LearnerEvent claimed, released, reviewed, decided;
  claimed.mutable_milestone_claimed()->set_mentor_id("mia");
  released.mutable_milestone_released()->set_mentor_id("mia");
  reviewed.mutable_milestone_reviewed()->set_reviewer_id("mia");
  decided.mutable_milestone_decided()->set_submission_id("mia");
  for (LearnerEvent* event : {&claimed, &released, &reviewed}) {
    EXPECT_EQ(MentorOf(*event), "mia");
    RenameMentor(*event, "somebody");
    EXPECT_EQ(MentorOf(*event), "somebody");
  }
  const std::string before = decided.SerializeAsString();
  EXPECT_EQ(MentorOf(decided), "");
  RenameMentor(decided, "somebody");
  EXPECT_EQ(decided.SerializeAsString(), before);
}

// A field that holds a mentor's name and that MentorOf does not know would survive an erasure.
TEST(MentorOf, KnowsEveryFieldOfTheContractThatNamesAMentor) {
  const auto* body = LearnerEvent::descriptor()->FindOneofByName("body");
  int found = 0;
  for (int i = 0; i < body->field_count(); ++i) {
    const auto* kind = body->field(i)->message_type();
    for (int j = 0; j < kind->field_count(); ++j) {
      const std::string& name = kind->field(j)->name();
      if (name != "mentor_id" && name != "reviewer_id") continue;
      ++found;
      LearnerEvent event;
      auto* told = event.GetReflection()->MutableMessage(&event, body->field(i));
      told->GetReflection()->SetString(told, kind->field(j), "mia");
      EXPECT_EQ(MentorOf(event), "mia") << kind->full_name();
    }
  }
  EXPECT_EQ(found, 3);
}

}  // namespace
}  // namespace edirae::progress
