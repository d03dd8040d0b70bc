#include "services/recommend/domain/inheritance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "common/testing/status_matchers.h"
#include "services/recommend/testing/sample.h"

namespace edirae::recommend {
namespace {

using catalog::v1::RevisionContent;

RevisionContent Teaching(std::initializer_list<std::string> concepts) {
  RevisionContent content;
  auto& roadmap = *content.add_roadmaps();
  roadmap.set_roadmap_id("path");
  auto& stage = *roadmap.add_stages();
  stage.set_stage_id("only");
  for (const std::string& id : concepts) stage.add_concepts()->set_concept_id(id);
  return content;
}

void Migrate(RevisionContent& content, const std::string& from, std::initializer_list<std::string> to,
             bool into_existing = false) {
  auto& migration = *content.add_migrations();
  migration.set_from_concept_id(from);
  for (const std::string& id : to) migration.add_to_concept_ids(id);
  migration.set_into_existing(into_existing);
}

ConceptState& Add(LearnerState& state, const std::string& id, bool mastered, int64_t at_ms) {
  ConceptState& added = *state.At(KeyOf(id));
  added.mastered = mastered;
  added.last_activity_ms = at_ms;
  return added;
}

ConceptState Seen(const LearnerState& state, const RevisionContent& content, const std::string& id) {
  const auto curriculum = Curriculum::Build(2, content);
  EXPECT_OK(curriculum);
  EXPECT_TRUE((*curriculum)->Find("path")->inherits);
  const LearnerState seen = WithInherited(state, *(*curriculum)->Find("path"));
  EXPECT_EQ(seen.applied_seq, state.applied_seq);
  const ConceptState* found = seen.Find(KeyOf(id));
  return found == nullptr ? ConceptState() : *found;
}

TEST(Inheritance, ARenamedConceptKeepsEverything) {
  LearnerState state;
  ConceptState& old = Add(state, "old", true, 50);
  old.answers = 3;
  old.outcomes = 0b101;
  old.recall.due_ms = 900;
  old.belief.answers = 3;
  old.questions = {{.item = 7, .last_seq = 4, .right = true}};
  RevisionContent content = Teaching({"new"});
  Migrate(content, "old", {"new"});
  ConceptState expected = old;
  expected.key = KeyOf("new");
  EXPECT_EQ(Seen(state, content, "new"), expected);
}

TEST(Inheritance, SplitGivesToAllAndMergeWantsAll) {
  LearnerState state;
  Add(state, "a", true, 1);
  RevisionContent split = Teaching({"b", "c"});
  Migrate(split, "a", {"b", "c"});
  EXPECT_TRUE(Seen(state, split, "b").mastered);
  EXPECT_TRUE(Seen(state, split, "c").mastered);
  RevisionContent merge = Teaching({"c"});
  Migrate(merge, "a", {"c"});
  Migrate(merge, "b", {"c"});
  EXPECT_FALSE(Seen(state, merge, "c").mastered);
  Add(state, "b", true, 2);
  EXPECT_TRUE(Seen(state, merge, "c").mastered);
}

TEST(Inheritance, WhatWasTaughtBeforeTakesNoMastery) {
  LearnerState state;
  Add(state, "part", true, 1).correct = 3;
  RevisionContent content = Teaching({"whole"});
  Migrate(content, "part", {"whole"}, /*into_existing=*/true);
  EXPECT_FALSE(Seen(state, content, "whole").mastered);
  EXPECT_EQ(Seen(state, content, "whole").correct, 3);
}

TEST(Inheritance, PutsTogetherInOrderOfActivity) {
  LearnerState state;
  ConceptState& older = Add(state, "a", false, 10);
  older.answers = 2;
  older.outcomes = 0b11;
  older.recall.due_ms = 100;
  older.questions = {{.item = 1, .last_seq = 1, .right = true}, {.item = 2, .last_seq = 2}};
  ConceptState& newer = Add(state, "b", false, 20);
  newer.answers = 3;
  newer.outcomes = 0b100;
  newer.recall.due_ms = 300;
  newer.questions = {{.item = 1, .last_seq = 5}};
  RevisionContent content = Teaching({"c"});
  Migrate(content, "a", {"c"});
  Migrate(content, "b", {"c"});
  const ConceptState sum = Seen(state, content, "c");
  EXPECT_EQ(sum.outcomes, 0b11100u);
  EXPECT_EQ(sum.answers, 5);
  EXPECT_EQ(sum.last_activity_ms, 20);
  EXPECT_EQ(sum.recall.due_ms, 100);
  EXPECT_THAT(sum.questions, ::testing::ElementsAre(SeenQuestion{.item = 2, .last_seq = 2},
                                                    SeenQuestion{.item = 1, .last_seq = 5, .right = true}));
}

TEST(Inheritance, TheModelKnowsTheConceptByItsNewName) {
  const testing::History history = testing::History().Answer("vectors", 1, true).Answer("vectors", 2, true);
  const LearnerState state = history.Fold();
  RevisionContent content = Teaching({"arrows"});
  Migrate(content, "vectors", {"arrows"});
  const auto curriculum = Curriculum::Build(2, content);
  ASSERT_OK(curriculum);
  const LearnerState seen = WithInherited(state, *(*curriculum)->Find("path"));
  const auto* arrows = seen.mastery.Find(mastery::ShortKeyOf(KeyOf("arrows")));
  ASSERT_NE(arrows, nullptr);
  EXPECT_EQ(arrows->attempts, 2);
  EXPECT_EQ(state.mastery.Find(mastery::ShortKeyOf(KeyOf("arrows"))), nullptr);
}

}  // namespace
}  // namespace edirae::recommend
