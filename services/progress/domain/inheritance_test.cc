#include "services/progress/domain/inheritance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/status_matchers.h"
#include "services/progress/domain/criterion.h"
#include "services/progress/domain/decide.h"
#include "services/progress/domain/gate.h"
#include "services/progress/domain/view.h"
#include "services/progress/testing/test_content.h"

namespace edirae::progress {
namespace {

using catalog::v1::RevisionContent;

// A learner who acts under one revision and then under another.
class InheritanceTest : public ::testing::Test {
 protected:
  Decision Act(const ContentIndex& content, const v1::LearnerAction& action) {
    const auto new_id = [this] {
      return absl::StrCat("00000000-0000-7000-8000-", absl::Dec(++events_, absl::kZeroPad12));
    };
    auto decision = Decide(action, state_, {"ada", content, absl::FromUnixSeconds(1'800'000'000), new_id});
    EXPECT_OK(decision);
    return *std::move(decision);
  }
  // Right answers to questions 1, 2 and 3.
  void Master(const ContentIndex& content, const std::string& concept_id) {
    for (int i = 1; i <= 3; ++i) {
      Act(content, Answer(absl::StrCat(concept_id, i), absl::StrCat(concept_id, ".q", i)));
    }
    ASSERT_TRUE(CountsAsMastered(content, concept_id));
  }
  bool CountsAsMastered(const ContentIndex& content, const std::string& concept_id) {
    const IndexedConcept& indexed = *content.FindConcept(concept_id);
    return progress::CountsAsMastered(indexed, CountedEvidence(indexed, state_).get());
  }

  LearnerState state_;
  int events_ = 0;
};

// The test content with some concepts of its first stage replaced by others, without their questions.
RevisionContent With(std::initializer_list<std::string> gone, std::initializer_list<std::string> added) {
  RevisionContent content = TestContent();
  catalog::v1::Stage& first = *content.mutable_roadmaps(0)->mutable_stages(0);
  const auto is_gone = [&](const std::string& id) { return std::ranges::find(gone, id) != gone.end(); };
  auto& concepts = *first.mutable_concepts();
  concepts.erase(
      std::remove_if(concepts.begin(), concepts.end(), [&](const auto& c) { return is_gone(c.concept_id()); }),
      concepts.end());
  auto& questions = *content.mutable_questions();
  questions.erase(
      std::remove_if(questions.begin(), questions.end(),
                     [&](const auto& keyed) { return std::ranges::any_of(keyed.question().concept_ids(), is_gone); }),
      questions.end());
  for (const std::string& id : added) {
    first.add_concepts()->set_concept_id(id);
    for (int i = 1; i <= 3; ++i) {
      auto& keyed = *content.add_questions();
      keyed = TestContent().questions(0);
      keyed.mutable_question()->set_question_id(absl::StrCat(id, ".q", i));
      keyed.mutable_question()->clear_concept_ids();
      keyed.mutable_question()->add_concept_ids(id);
    }
  }
  return content;
}

void Migrate(RevisionContent& content, const std::string& from, std::initializer_list<std::string> to,
             bool into_existing = false) {
  auto& migration = *content.add_migrations();
  migration.set_from_concept_id(from);
  for (const std::string& id : to) migration.add_to_concept_ids(id);
  migration.set_into_existing(into_existing);
}

TEST_F(InheritanceTest, ARenamedConceptKeepsMasteryAndEvidence) {
  Master(*TestIndex(), "vectors");
  Act(*TestIndex(), Answer("m1", "matrices.q1"));
  RevisionContent content = With({"vectors", "matrices"}, {"arrows", "tables"});
  Migrate(content, "vectors", {"arrows"});
  Migrate(content, "matrices", {"tables"});
  const auto index = IndexOf(content, 2);
  EXPECT_TRUE(CountsAsMastered(*index, "arrows"));
  EXPECT_FALSE(CountsAsMastered(*index, "tables"));
  EXPECT_EQ(CountedEvidence(*index->FindConcept("tables"), state_)->correct_count, 1);
  const v1::RoadmapProgress progress = ToProto(*index->FindRoadmap("path"), state_, "ada", 2);
  EXPECT_EQ(progress.mastered_required_count(), 1);
  EXPECT_EQ(progress.required_count(), 3);
  EXPECT_EQ(progress.concepts(0).status(), v1::CONCEPT_STATUS_MASTERED);
}

TEST_F(InheritanceTest, AllPartsOfASplitConceptAreMastered) {
  Master(*TestIndex(), "vectors");
  RevisionContent content = With({"vectors"}, {"arrows", "lengths"});
  Migrate(content, "vectors", {"arrows", "lengths"});
  const auto index = IndexOf(content, 2);
  EXPECT_TRUE(CountsAsMastered(*index, "arrows"));
  EXPECT_TRUE(CountsAsMastered(*index, "lengths"));
  EXPECT_FALSE(CountsAsMastered(*index, "matrices"));
}

TEST_F(InheritanceTest, AMergedConceptIsMasteredWhenAllItsSourcesAre) {
  RevisionContent content = With({"vectors", "matrices"}, {"algebra"});
  Migrate(content, "vectors", {"algebra"});
  Migrate(content, "matrices", {"algebra"});
  const auto index = IndexOf(content, 2);
  Master(*TestIndex(), "vectors");
  EXPECT_FALSE(CountsAsMastered(*index, "algebra"));
  EXPECT_EQ(CountedEvidence(*index->FindConcept("algebra"), state_)->first_correct.size(), 3u);
  Master(*TestIndex(), "matrices");
  EXPECT_TRUE(CountsAsMastered(*index, "algebra"));
}

TEST_F(InheritanceTest, CountsAnAnswerToBothSourcesOnce) {
  Act(*TestIndex(), Answer("b1", "both.q1"));
  RevisionContent content = With({"vectors", "matrices"}, {"algebra"});
  Migrate(content, "vectors", {"algebra"});
  Migrate(content, "matrices", {"algebra"});
  const auto index = IndexOf(content, 2);
  const CountedEvidence evidence(*index->FindConcept("algebra"), state_);
  EXPECT_EQ(evidence->newest.size(), 1u);
  EXPECT_EQ(evidence->first_correct.size(), 1u);
}

TEST_F(InheritanceTest, AConceptThatWasThereBeforeTakesEvidenceAndNotMastery) {
  Master(*TestIndex(), "vectors");
  RevisionContent content = With({"vectors"}, {});
  Migrate(content, "vectors", {"matrices"}, /*into_existing=*/true);
  const auto index = IndexOf(content, 2);
  EXPECT_FALSE(CountsAsMastered(*index, "matrices"));
  EXPECT_EQ(CountedEvidence(*index->FindConcept("matrices"), state_)->correct_count, 3);
}

TEST_F(InheritanceTest, MasteryPassesThroughAChain) {
  Master(*TestIndex(), "vectors");
  RevisionContent content = With({"vectors"}, {"arrows"});
  Migrate(content, "vectors", {"pointers"});
  Migrate(content, "pointers", {"arrows"});
  EXPECT_TRUE(CountsAsMastered(*IndexOf(content, 2), "arrows"));
}

TEST_F(InheritanceTest, AGateOpensByWhatWasInheritedAndNamesTheEvents) {
  Master(*TestIndex(), "vectors");
  Master(*TestIndex(), "matrices");
  RevisionContent content = With({"vectors", "matrices"}, {"algebra", "arrows"});
  Migrate(content, "vectors", {"algebra", "arrows"});
  Migrate(content, "matrices", {"algebra"});
  const auto index = IndexOf(content, 2);
  const IndexedStage& first = index->FindRoadmap("path")->stages[0];
  EXPECT_TRUE(EvaluateGate(first, state_).ready());
  EXPECT_EQ(MasteredCount(first, state_), first.required_count);
  const Decision decision = Act(*index, Advance("a1", "first"));
  ASSERT_EQ(decision.events.size(), 2u);
  const auto& passed = decision.events[1].stage_passed();
  ASSERT_EQ(passed.evidence_event_ids_size(), 2);
  for (const std::string& id : passed.evidence_event_ids()) EXPECT_NE(id, EventId().ToString());
}

TEST_F(InheritanceTest, AnAnswerAddsToWhatWasInherited) {
  for (int i = 1; i <= 2; ++i) Act(*TestIndex(), Answer(absl::StrCat("v", i), absl::StrCat("vectors.q", i)));
  RevisionContent content = With({"vectors"}, {"arrows"});
  Migrate(content, "vectors", {"arrows"});
  const auto index = IndexOf(content, 2);
  const Decision decision = Act(*index, Answer("x", "arrows.q3"));
  ASSERT_EQ(decision.events.size(), 2u);
  EXPECT_EQ(decision.events[1].concept_mastered().concept_id(), "arrows");
  EXPECT_EQ(decision.events[1].concept_mastered().evidence_event_ids_size(), 3);
}

}  // namespace
}  // namespace edirae::progress
