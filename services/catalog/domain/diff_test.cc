#include "services/catalog/domain/diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "google/protobuf/text_format.h"

namespace edirae::catalog {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kContent[] = R"(
  roadmaps {
    roadmap_id: "cooking" title: "Cooking"
    stages {
      stage_id: "basics" title: "Basics"
      concepts { concept_id: "water" title: "Water" estimated_minutes: 30 }
      concepts { concept_id: "fire" title: "Fire" prerequisite_ids: "water" question_count: 1 }
    }
    stages { stage_id: "dishes" title: "Dishes" concepts { concept_id: "soup" title: "Soup" } }
    career_paths { career_id: "cook" title: "Cook" demand: MARKET_DEMAND_HIGH salary { min_per_year: 10 max_per_year: 20 } }
  }
  questions {
    question {
      question_id: "fire.light" kind: QUESTION_KIND_SINGLE_CHOICE prompt: "How?"
      choices { choice_id: "a" text: "With a match" }
      choices { choice_id: "b" text: "With water" }
    }
    key { correct_choice_ids: "a" feedback { choice_id: "b" text: "Water puts it out." } }
  }
  lessons { concept_id: "fire" explanation: "Short." misconceptions { misconception_id: "wet" belief: "Fire is wet" } }
)";

class DiffTest : public ::testing::Test {
 protected:
  DiffTest() {
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(kContent, &before_));
    after_ = before_;
  }

  std::vector<std::string> Lines() const {
    std::vector<std::string> lines;
    for (const Change& change : Diff(before_, after_)) lines.push_back(ToString(change));
    return lines;
  }
  v1::Roadmap& roadmap() { return *after_.mutable_roadmaps(0); }
  v1::KeyedQuestion& question() { return *after_.mutable_questions(0); }

  v1::RevisionContent before_;
  v1::RevisionContent after_;
};

TEST_F(DiffTest, NothingWhenNothingChanged) {
  roadmap().mutable_stages(0)->mutable_concepts(1)->set_question_count(9);  // output only
  EXPECT_THAT(Lines(), IsEmpty());
}

TEST_F(DiffTest, SaysWhatBecameOfFields) {
  roadmap().set_title("Fine cooking");
  roadmap().mutable_stages(0)->mutable_concepts(0)->set_estimated_minutes(45);
  roadmap().mutable_career_paths(0)->set_demand(v1::MARKET_DEMAND_VERY_HIGH);
  roadmap().mutable_career_paths(0)->mutable_salary()->set_max_per_year(30);
  after_.mutable_lessons(0)->set_explanation(std::string(30, 'x') + " " + std::string(40, 'y'));
  EXPECT_THAT(Lines(), ElementsAre("~ roadmap cooking: title: “Cooking” became “Fine cooking”",
                                   "~ concept water: estimated minutes: 30 became 45",
                                   "~ roadmap cooking, career path cook: max per year: 20 became 30",
                                   "~ roadmap cooking, career path cook: demand: high became very high",
                                   "~ lesson fire: explanation reworded (1 words, now 2)"));
}

TEST_F(DiffTest, NamesWhatIsNewAndWhatIsGone) {
  auto& stage = *roadmap().mutable_stages(0);
  stage.mutable_concepts()->DeleteSubrange(0, 1);
  auto& smoke = *stage.add_concepts();
  smoke.set_concept_id("smoke");
  smoke.set_title("Smoke");
  stage.mutable_concepts(0)->clear_prerequisite_ids();
  EXPECT_THAT(Lines(), ElementsAre("~ concept fire: prerequisite “water” removed", "+ concept smoke: Smoke",
                                   "- concept water: Water"));
}

TEST_F(DiffTest, AConceptThatChangesItsStageMoves) {
  auto& basics = *roadmap().mutable_stages(0);
  auto& moved = *roadmap().mutable_stages(1)->add_concepts();
  moved = basics.concepts(1);
  moved.set_title("Fire and smoke");
  basics.mutable_concepts()->RemoveLast();
  EXPECT_THAT(Lines(),
              ElementsAre("> concept fire: from roadmap cooking, stage basics to roadmap cooking, stage dishes",
                          "~ concept fire: title: “Fire” became “Fire and smoke”"));
}

TEST_F(DiffTest, QuestionsAreComparedWithTheirKeys) {
  question().mutable_question()->mutable_choices(1)->set_text("With ice");
  question().mutable_key()->set_correct_choice_ids(0, "b");
  question().mutable_key()->mutable_feedback(0)->set_text("No.");
  question().mutable_key()->add_hints("Think of a match.");
  EXPECT_THAT(Lines(), ElementsAre("~ question fire.light, choice b: text: “With water” became “With ice”",
                                   "~ question fire.light: correct choice “b” added",
                                   "~ question fire.light: correct choice “a” removed",
                                   "~ question fire.light, choice feedback b: text: “Water puts it out.” became “No.”",
                                   "~ question fire.light: hint “Think of a match.” added"));
}

TEST_F(DiffTest, AnotherOrderIsAChange) {
  roadmap().mutable_stages(0)->mutable_concepts()->SwapElements(0, 1);
  question().mutable_question()->mutable_choices()->SwapElements(0, 1);
  EXPECT_THAT(Lines(), ElementsAre("~ roadmap cooking, stage basics: order of concepts changed",
                                   "~ question fire.light: order of choices changed"));
}

TEST_F(DiffTest, AMisconceptionBelongsToItsLesson) {
  after_.mutable_lessons(0)->mutable_misconceptions(0)->set_misconception_id("dry");
  EXPECT_THAT(Lines(), ElementsAre("+ lesson fire, misconception dry: Fire is wet",
                                   "- lesson fire, misconception wet: Fire is wet"));
}

}  // namespace
}  // namespace edirae::catalog
