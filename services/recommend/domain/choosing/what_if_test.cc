#include "services/recommend/domain/choosing/what_if.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/recommend/testing/sample.h"

namespace edirae::recommend::choosing {
namespace {

using recommend::testing::History;
using recommend::testing::SampleCourse;
using recommend::testing::SampleModels;

Hypothesis If(int position, size_t question, bool correct, absl::Time at) {
  const TaughtConcept& taught = SampleCourse().concepts[static_cast<size_t>(position)];
  return {.position = position, .question = &taught.questions[question], .correct = correct, .at = at};
}

TEST(WhatIf, ImaginedAnswersLeadWhereGivenOnesWould) {
  const History before = History().Answer("vectors", 1, true);
  History after = before;
  after.After(absl::Hours(1)).Answer("vectors", 2, true).After(absl::Hours(1)).Answer("matrices", 1, false);
  const absl::Time now = before.now();
  const LearnerState imagined = Imagine(SampleModels(), SampleCourse(), before.Fold(),
                                        {If(0, 1, true, now + absl::Hours(1)), If(1, 0, false, now + absl::Hours(2))});
  const LearnerState given = after.Fold();
  EXPECT_EQ(imagined.mastery, given.mastery);
  EXPECT_EQ(imagined.Find(KeyOf("vectors"))->belief, given.Find(KeyOf("vectors"))->belief);
  EXPECT_EQ(imagined.applied_seq, 1) << "nothing happened";
}

TEST(WhatIf, ARepeatedAnswerTeachesNothing) {
  const History before = History().Answer("vectors", 1, true);
  const LearnerState now = before.Fold();
  const auto belief = [&](absl::Duration later) {
    return Imagine(SampleModels(), SampleCourse(), now, {If(0, 0, true, before.now() + later)})
        .Find(KeyOf("vectors"))
        ->belief;
  };
  EXPECT_EQ(belief(absl::Hours(11)), now.Find(KeyOf("vectors"))->belief);
  EXPECT_NE(belief(absl::Hours(12)), now.Find(KeyOf("vectors"))->belief);
}

TEST(WhatIf, SaysWhatTheAnswersWouldChange) {
  const History before = History().Answer("vectors", 1, true);
  const LearnerState now = before.Fold();
  const auto response = WhatIf(SampleModels(), now, SampleCourse(), before.now(), nullptr,
                               {If(0, 1, true, before.now()), If(0, 2, true, before.now())}, 3);
  ASSERT_EQ(response.changes_size(), 1);
  EXPECT_EQ(response.changes(0).concept_id(), "vectors");
  EXPECT_GT(response.changes(0).success_chance_after(), response.changes(0).success_chance_before());
  EXPECT_GT(response.changes(0).strength_after(), response.changes(0).strength_before());
  EXPECT_NE(response.next_steps().suggestions(0).concept_id(), "vectors")
      << "all questions on vectors would have been asked";
}

}  // namespace
}  // namespace edirae::recommend::choosing
