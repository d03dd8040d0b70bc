// Every sort of mistake that a file cannot hold, because the loader would refuse it, but that a program can publish.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/testing/content_tree.h"

namespace edirae::catalog {
namespace {

using Content = v1::RevisionContent;

v1::KeyedQuestion& Keyed(Content& content, const std::string& id) {
  for (v1::KeyedQuestion& keyed : *content.mutable_questions()) {
    if (keyed.question().question_id() == id) return keyed;
  }
  ADD_FAILURE() << "there is no question " << id;
  return *content.add_questions();
}
v1::Roadmap& RoadmapOf(Content& content) { return *content.mutable_roadmaps(0); }
v1::Stage& FirstStage(Content& content) { return *RoadmapOf(content).mutable_stages(0); }
v1::Resource& OwnResource(Content& content) { return *content.mutable_resources(0); }

struct Published {
  const char* name;
  void (*spoil)(Content& content);
  std::vector<const char*> findings;  // what each holds, in order of place
};

void PrintTo(const Published& published, std::ostream* out) { *out << published.name; }

class PublishedMistakes : public ::testing::TestWithParam<Published> {};

TEST_P(PublishedMistakes, AreReportedAndNothingElseIs) {
  Content content = testing::GoodContent();
  ASSERT_TRUE(Validate(content, SourceMap()).empty());
  GetParam().spoil(content);
  const std::vector<Finding> findings = Validate(content, SourceMap());
  ASSERT_EQ(findings.size(), GetParam().findings.size()) << ToString(findings);
  for (size_t i = 0; i < findings.size(); ++i) {
    EXPECT_THAT(ToString(findings[i]), ::testing::HasSubstr(GetParam().findings[i]));
    EXPECT_FALSE(findings[i].remedy.empty());
  }
}

const Published kPublishedQuestions[] = {
    {"NoConcept",
     [](Content& c) { Keyed(c, "soup.spice").mutable_question()->clear_concept_ids(); },
     {"question:1:1: the question belongs to no concept; name the one that owns it",
      "question_id:1:1: the id 'soup.spice' does not start with its concept"}},
    {"TooManyConcepts",
     [](Content& c) {
       auto& question = *Keyed(c, "soup.spice").mutable_question();
       for (int i = 0; i < 8; ++i) question.add_concept_ids("water");
     },
     {"the question is evidence for 9 concepts; keep to 8, its own included",
      "the concept id 'water' is used twice in one question", "used twice in one question",
      "used twice in one question", "used twice in one question", "used twice in one question",
      "used twice in one question", "used twice in one question"}},
    {"IdOfAnotherConcept",
     [](Content& c) { Keyed(c, "soup.spice").mutable_question()->set_question_id("fire.spice"); },
     {"question_id:1:1: the id 'fire.spice' does not start with its concept; write soup.<slug>"}},
    {"NoKind",
     [](Content& c) {
       Keyed(c, "soup.spice").mutable_question()->clear_kind();
       Keyed(c, "soup.spice").mutable_key()->clear_text();
     },
     {"question.kind:1:1: the kind of the question is not said; write one, e.g. single_choice"}},
    {"NoDifficulty",
     [](Content& c) { Keyed(c, "soup.spice").mutable_question()->clear_difficulty(); },
     {"question.difficulty:1:1: the difficulty is not said; write easy, medium or hard"}},
    {"HintsMiscounted",
     [](Content& c) { Keyed(c, "soup.spice").mutable_question()->set_hint_count(2); },
     {"question.hint_count:1:1: hint_count is 2; there are 0 hints"}},
    {"KeyOfAnotherKind",
     [](Content& c) { Keyed(c, "soup.spice").mutable_key()->mutable_numeric()->set_answer(1); },
     {"key:1:1: the key is not of the question's kind; give the key of that kind and no other"}},
    {"NoExplanation",
     [](Content& c) { Keyed(c, "soup.spice").mutable_key()->clear_explanation(); },
     {"key.explanation:1:1: the explanation is empty"}},
};

const Published kPublishedChoices[] = {
    {"RightChoiceThatIsNotOffered",
     [](Content& c) { Keyed(c, "soup.first").mutable_key()->set_correct_choice_ids(0, "z"); },
     {"correct_choice_ids[0]:1:1: there is no choice 'z'; name one that the question offers"}},
    {"RightChoiceTwice",
     [](Content& c) { Keyed(c, "soup.second").mutable_key()->add_correct_choice_ids("a"); },
     {"correct_choice_ids[2]:1:1: the right choice id 'a' is used twice in one key"}},
    {"NoFeedback",
     [](Content& c) { Keyed(c, "soup.first").mutable_key()->mutable_feedback()->RemoveLast(); },
     {"question.choices[1]:1:1: the choice 'b' has no feedback; say what somebody who takes it believes"}},
    {"FeedbackTwice",
     [](Content& c) {
       auto& key = *Keyed(c, "soup.first").mutable_key();
       *key.add_feedback() = key.feedback(0);
     },
     {"key.feedback[2]:1:1: the feedback id 'a' is used twice in one question"}},
    {"FeedbackForNothing",
     [](Content& c) {
       auto& key = *Keyed(c, "soup.first").mutable_key();
       *key.add_feedback() = key.feedback(0);
       key.mutable_feedback(2)->set_choice_id("z");
     },
     {"key.feedback[2]:1:1: there is feedback for a choice 'z' that is not offered; remove it, or offer the choice"}},
};

const Published kPublishedConcepts[] = {
    {"NoLesson", [](Content& c) { c.mutable_lessons()->RemoveLast(); }, {"has no lesson; write one"}},
    {"TwoLessons",
     [](Content& c) { *c.add_lessons() = c.lessons(0); },
     {"lessons[4].concept_id:1:1: the concept id 'water' is used twice by lessons"}},
    {"CardWithoutFront", [](Content& c) { c.mutable_flashcards(0)->clear_front(); }, {"the front is empty"}},
    {"CardOfAnotherConcept",
     [](Content& c) { c.mutable_flashcards(0)->set_card_id("salt.card"); },
     {"the id 'salt.card' does not start with its concept"}},
    {"ResourceOfNothing",
     [](Content& c) { OwnResource(c).clear_concept_ids(); },
     {"resources[0]:1:1: the resource belongs to no concept; name the one it serves"}},
    {"ResourceWithoutAuthor",
     [](Content& c) { OwnResource(c).clear_author(); },
     {"resources[0].author:1:1: the author is empty; say who made it"}},
    {"ResourceWithoutLanguage",
     [](Content& c) { OwnResource(c).clear_language_code(); },
     {"resources[0].language_code:1:1: the language is empty"}},
    {"ResourceWithoutKind",
     [](Content& c) { OwnResource(c).clear_kind(); },
     {"resources[0].kind:1:1: the kind of the resource is not said; write one, e.g. book"}},
    {"ResourceWithoutLevel",
     [](Content& c) { OwnResource(c).clear_level(); },
     {"resources[0].level:1:1: the level is not said; write beginner, intermediate or advanced"}},
    {"ResourceWithoutCost",
     [](Content& c) { OwnResource(c).clear_cost(); },
     {"resources[0].cost:1:1: the cost is not said"}},
    {"ResourceForTheSameConceptTwice",
     [](Content& c) { OwnResource(c).add_concept_ids(OwnResource(c).concept_ids(0)); },
     {"resources[0].concept_ids[1]:1:1: the concept id 'water' is used twice in one resource"}},
};

const Published kPublishedRoadmaps[] = {
    {"NoStages",
     [](Content& c) {
       c.add_roadmaps()->MergeFrom([&] {
         v1::Roadmap other = c.roadmaps(0);
         other.set_roadmap_id("baking");
         other.clear_stages();
         other.clear_career_paths();
         return other;
       }());
     },
     {"roadmaps[1].stages:1:1: the roadmap has no stages; list one or more"}},
    {"RoadmapTwice",
     [](Content& c) {
       v1::Roadmap other = c.roadmaps(0);
       other.clear_stages();
       other.clear_career_paths();
       *c.add_roadmaps() = other;
     },
     {"roadmaps[1].roadmap_id:1:1: the roadmap id 'cooking' is used twice in the catalog",
      "roadmaps[1].stages:1:1: the roadmap has no stages"}},
    {"StageTwice",
     [](Content& c) { RoadmapOf(c).mutable_stages(1)->set_stage_id("basics"); },
     {"stages[1].stage_id:1:1: the stage id 'basics' is used twice in its roadmap"}},
    {"TipTwice",
     [](Content& c) { *RoadmapOf(c).add_tips() = c.roadmaps(0).tips(0); },
     {"tips[1].tip_id:1:1: the tip id 'taste' is used twice in its roadmap"}},
    {"FaqTwice",
     [](Content& c) { *RoadmapOf(c).add_faq() = c.roadmaps(0).faq(0); },
     {"faq[1].faq_id:1:1: the FAQ id 'salt' is used twice in its roadmap"}},
    {"CareerTwice",
     [](Content& c) { *RoadmapOf(c).add_career_paths() = c.roadmaps(0).career_paths(0); },
     {"career_paths[1].career_id:1:1: the career id 'cook' is used twice in its roadmap"}},
    {"NoDemand",
     [](Content& c) { RoadmapOf(c).mutable_career_paths(0)->clear_demand(); },
     {"career_paths[0].demand:1:1: the demand is not said; write growing, high or very_high"}},
    {"EvidenceWithoutKind",
     [](Content& c) { FirstStage(c).mutable_milestone()->mutable_evidence(0)->clear_kind(); },
     {"evidence[0].kind:1:1: the kind of the evidence is not said; write one, e.g. repository"}},
    {"NoEvidence",
     [](Content& c) { FirstStage(c).mutable_milestone()->clear_evidence(); },
     {"there are 0 kinds of evidence; give 1 to 20"}},
    {"NoCriteria",
     [](Content& c) { FirstStage(c).mutable_milestone()->clear_criteria(); },
     {"there are 0 criteria; give 1 to 20"}},
};

constexpr auto kNameOfCase = [](const auto& tested) { return std::string(tested.param.name); };

INSTANTIATE_TEST_SUITE_P(OfQuestions, PublishedMistakes, ::testing::ValuesIn(kPublishedQuestions), kNameOfCase);
INSTANTIATE_TEST_SUITE_P(OfChoices, PublishedMistakes, ::testing::ValuesIn(kPublishedChoices), kNameOfCase);
INSTANTIATE_TEST_SUITE_P(OfConcepts, PublishedMistakes, ::testing::ValuesIn(kPublishedConcepts), kNameOfCase);
INSTANTIATE_TEST_SUITE_P(OfRoadmaps, PublishedMistakes, ::testing::ValuesIn(kPublishedRoadmaps), kNameOfCase);

}  // namespace
}  // namespace edirae::catalog
