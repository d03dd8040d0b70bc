#include "services/progress/domain/learner_state.h"

#include "common/ids/ids.h"
#include "common/testing/status_matchers.h"
#include "services/progress/domain/content_index.h"
#include "services/progress/domain/fold.h"
#include "services/progress/limits.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using edirae::testing::StatusIs;

events::v1::LearnerEvent AnswerEvent(int64_t seq, const std::string& question_id, bool correct) {
  events::v1::LearnerEvent event;
  event.set_event_id(NewUuid7(absl::FromUnixSeconds(seq)));
  event.set_learner_seq(seq);
  event.mutable_question_answered()->set_question_id(question_id);
  event.mutable_question_answered()->add_concept_ids("vectors");
  event.mutable_question_answered()->set_correct(correct);
  return event;
}

TEST(EventId, GoesThereAndBack) {
  const std::string text = NewUuid7(absl::FromUnixSeconds(1'800'000'000));
  ASSERT_TRUE(EventId::Parse(text).has_value());
  EXPECT_EQ(EventId::Parse(text)->ToString(), text);
  for (const char* bad : {"", "0190", "0190f3c0-0000-7000-8000-00000000000g", "0190F3C0-0000-7000-8000-000000000000",
                          "0190f3c000000-7000-8000-000000000000"}) {
    EXPECT_FALSE(EventId::Parse(bad).has_value()) << bad;
  }
}

TEST(LearnerState, AForkDoesNotChangeItsOrigin) {
  LearnerState origin;
  ASSERT_OK(Fold(origin, AnswerEvent(1, "vectors.q1", true)));
  LearnerState fork = origin.Fork();
  EXPECT_EQ(fork, origin);
  ASSERT_OK(Fold(fork, AnswerEvent(2, "vectors.q2", true)));
  EXPECT_EQ(origin.last_seq(), 1);
  EXPECT_EQ(origin.Find(KeyOf("vectors"))->answer_count, 1);
  EXPECT_EQ(fork.Find(KeyOf("vectors"))->answer_count, 2);
}

TEST(LearnerState, ForksOfForksKeepEveryConceptAsItsLastChangeLeftIt) {
  constexpr int kConcepts = 9;  // more than a fork takes over one by one
  const auto key = [](int number) { return KeyOf("concept-" + std::to_string(number)); };
  std::vector<LearnerState> forks(1);
  std::vector<int32_t> counts(kConcepts);
  for (int change = 0; change < 5 * kConcepts; ++change) {
    const int number = change * 4 % kConcepts;
    LearnerState fork = forks.back().Fork();
    fork.Mutable(key(number)).answer_count = ++counts[static_cast<size_t>(number)];
    for (int other = 0; other < kConcepts; ++other) {
      const ConceptState* found = fork.Find(key(other));
      ASSERT_EQ(found != nullptr ? found->answer_count : 0, counts[static_cast<size_t>(other)]) << change;
    }
    forks.push_back(std::move(fork));
  }
  LearnerState apart;  // the same without a fork
  for (int number = 0; number < kConcepts; ++number) {
    apart.Mutable(key(number)).answer_count = counts[static_cast<size_t>(number)];
  }
  EXPECT_EQ(forks.back(), apart);
  EXPECT_FALSE(forks[forks.size() - 2] == apart) << "the origin stays";
  apart.Mutable(key(0)).answer_count += 1;
  EXPECT_FALSE(forks.back() == apart);
}

TEST(Fold, RefusesAGap) {
  LearnerState state;
  ASSERT_OK(Fold(state, AnswerEvent(1, "vectors.q1", true)));
  EXPECT_THAT(Fold(state, AnswerEvent(3, "vectors.q1", true)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Fold(state, AnswerEvent(1, "vectors.q1", true)), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(state.last_seq(), 1);
}

TEST(Fold, KeepsNoMoreThanTheEvidenceWindow) {
  LearnerState state;
  for (int64_t seq = 1; seq <= 200; ++seq) ASSERT_OK(Fold(state, AnswerEvent(seq, "vectors.q1", seq % 2 == 0)));
  const ConceptState& evidence = *state.Find(KeyOf("vectors"));
  EXPECT_EQ(evidence.newest.size(), limits::kEvidenceWindow);
  EXPECT_EQ(evidence.newest.back().event.seq, 200);
  EXPECT_EQ(evidence.answer_count, 200);
  EXPECT_EQ(evidence.correct_count, 100);
  EXPECT_EQ(evidence.first_correct.size(), 1);
}

absl::Status BuildStatus(const catalog::v1::RevisionContent& content) {
  return ContentIndex::Build(std::make_shared<catalog::v1::RevisionContent>(content), 1).status();
}

TEST(ContentIndex, FindsWhatIsThere) {
  const auto index = TestIndex(7);
  EXPECT_EQ(index->revision(), 7);
  EXPECT_EQ(index->FindQuestion("both.q1")->concepts.size(), 2);
  EXPECT_EQ(index->FindRoadmap("path")->required_count, 3);
  EXPECT_EQ(index->FindConcept("vectors")->criterion->criterion_id(), "usual");
  EXPECT_EQ(index->FindCard("vectors.card")->concept_id(), "vectors");
  EXPECT_EQ(index->FindResource("book")->concept_ids(0), "vectors");
  EXPECT_EQ(index->FindConcept("none"), nullptr);
  EXPECT_EQ(index->FindQuestion("none"), nullptr);
}

TEST(ContentIndex, AConceptsOwnCriterionComesFirst) {
  catalog::v1::RevisionContent content = TestContent();
  auto& own = *content.mutable_roadmaps(0)->mutable_stages(0)->mutable_concepts(0)->mutable_mastery_criterion();
  own.set_criterion_id("own");
  own.set_min_distinct_correct(1);
  own.set_window(1);
  own.set_min_correct_in_window(1);
  const auto index = IndexOf(content);
  EXPECT_EQ(index->FindConcept("vectors")->criterion->criterion_id(), "own");
  EXPECT_EQ(index->FindConcept("matrices")->criterion->criterion_id(), "usual");
}

TEST(ContentIndex, RefusesContentThatCannotBeGraded) {
  catalog::v1::RevisionContent content = TestContent();
  content.mutable_roadmaps(0)->mutable_mastery_criterion()->set_window(65);
  EXPECT_THAT(BuildStatus(content), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("vectors")));
  content = TestContent();
  content.mutable_roadmaps(0)->clear_mastery_criterion();
  EXPECT_THAT(BuildStatus(content), StatusIs(absl::StatusCode::kInvalidArgument));
  content = TestContent();
  content.mutable_questions(0)->mutable_question()->add_concept_ids("nowhere");
  EXPECT_THAT(BuildStatus(content), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("nowhere")));
  content = TestContent();
  *content.add_questions() = content.questions(0);
  EXPECT_THAT(BuildStatus(content), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("twice")));
}

}  // namespace
}  // namespace edirae::progress
