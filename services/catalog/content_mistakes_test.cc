// Every sort of mistake that an author can make, each spoiling one place of a good tree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "services/catalog/testing/content_tree.h"

namespace edirae::catalog {
namespace {

using testing::FindingsIn;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kRoadmap[] = "cooking/roadmap.yaml";
constexpr char kBasics[] = "cooking/stages/basics.yaml";
constexpr char kDishes[] = "cooking/stages/dishes.yaml";
constexpr char kWater[] = "cooking/concepts/water.yaml";
constexpr char kFire[] = "cooking/concepts/fire.yaml";
constexpr char kSoup[] = "cooking/concepts/soup.yaml";

// One mistake, and all that must be said about it.
struct Mistake {
  std::string name;
  std::string file;
  std::string from;
  std::string to;
  std::vector<std::string> findings;  // each the start of one
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class ContentMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(ContentMistakes, AreReportedWithTheirPlaceAndNothingElseIs) {
  testing::ContentTree tree;
  tree.Replace(GetParam().file, GetParam().from, GetParam().to);
  const std::vector<std::string> findings = FindingsIn(tree);
  ASSERT_THAT(findings, SizeIs(GetParam().findings.size())) << ::testing::PrintToString(findings);
  for (size_t i = 0; i < findings.size(); ++i) {
    EXPECT_THAT(findings[i], ::testing::StartsWith(GetParam().findings[i]));
    EXPECT_THAT(findings[i], HasSubstr("; ")) << "no remedy";
  }
}

const Mistake kMistakes[] = {
    // Files and YAML.
    {"Syntax",
     kWater,
     "title: About water",
     "title: [About",
     {"cooking/concepts/water.yaml:3:8: this is no YAML: end of sequence flow not found"}},
    {"SecondDocument", kWater, "estimated", "---\nestimated", {"cooking/concepts/water.yaml:5:1: a second document"}},
    {"Anchor", kRoadmap, "title: Cooking", "title: &t Cooking", {"cooking/roadmap.yaml:2:8: anchors"}},
    {"Alias",
     kRoadmap,
     "title: Cooking\nsummary: From water to soup.",
     "title: &t Cooking\nsummary: *t",
     {"cooking/roadmap.yaml:2:8: anchors", "cooking/roadmap.yaml:3:10: aliases"}},
    {"Tag", kRoadmap, "title: Cooking", "title: !!str Cooking", {"cooking/roadmap.yaml:2:8: tags"}},
    {"RepeatedKey",
     kRoadmap,
     "title: Cooking",
     "title: Cooking\ntitle: Baking",
     {"cooking/roadmap.yaml:3:1: the key 'title' is given twice"}},
    {"KeyThatIsAList",
     kRoadmap,
     "title: Cooking",
     "? [title]\n: Cooking",
     {"cooking/roadmap.yaml:2:3: a key is a list or a mapping"}},
    {"InvalidUtf8",
     kRoadmap,
     "title: Cooking",
     "title: C\xC3\xB6\xFFking",
     {"cooking/roadmap.yaml:2:10: the bytes here are no UTF-8"}},
    {"ControlCharacter",
     kRoadmap,
     "title: Cooking",
     "title: \"C\\x07ooking\"",
     {"cooking/roadmap.yaml:2:8: there is a control character"}},
    {"TooDeep",
     kRoadmap,
     "title: Cooking",
     "title: [[[[[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]]]]",
     {"cooking/roadmap.yaml:2:23: lists and mappings lie too deep"}},
    // Keys and types.
    {"UnknownKey",
     kRoadmap,
     "summary: From",
     "sumary: From",
     {"cooking/roadmap.yaml:1:1: the roadmap has no 'summary'",
      "cooking/roadmap.yaml:3:1: the roadmap knows no key 'sumary'; did you mean 'summary'?"}},
    {"UnknownKeyOfNothingNear",
     kWater,
     "estimated_minutes: 30",
     "estimated_minutes: 30\ncolour: red",
     {"cooking/concepts/water.yaml:6:1: the concept knows no key 'colour'; it knows id, title,"}},
    {"MissingKey", kWater, "title: About water\n", "", {"cooking/concepts/water.yaml:1:1: the concept has no 'title'"}},
    {"NoValue",
     kWater,
     "title: About water",
     "title:",
     {"cooking/concepts/water.yaml:2:1: 'title' of the concept has no value"}},
    {"ListForText",
     kWater,
     "title: About water",
     "title: [About, water]",
     {"cooking/concepts/water.yaml:2:8: 'title' of the concept is a list; write a text"}},
    {"TextForList",
     kWater,
     "prerequisites: []",
     "prerequisites: none",
     {"cooking/concepts/water.yaml:4:16: 'prerequisites' of the concept is a single value; write a list"}},
    {"TextForMapping",
     kRoadmap,
     "salary: {currency: USD, min: 10, max: 20}",
     "salary: much",
     {"cooking/roadmap.yaml:16:13: 'salary' of the career is a single value"}},
    {"WordForNumber",
     kWater,
     "estimated_minutes: 30",
     "estimated_minutes: thirty",
     {"cooking/concepts/water.yaml:5:20: 'estimated_minutes' of the concept is no whole number"}},
    {"QuotedNumber",
     kWater,
     "estimated_minutes: 30",
     "estimated_minutes: \"30\"",
     {"cooking/concepts/water.yaml:5:20: 'estimated_minutes' of the concept is no whole number"}},
    {"HugeNumber",
     kWater,
     "estimated_minutes: 30",
     "estimated_minutes: 99999999999999999999",
     {"cooking/concepts/water.yaml:5:20: 'estimated_minutes' of the concept is no whole number"}},
    {"WordForFlag",
     kWater,
     "correct: true",
     "correct: yes",
     {"cooking/concepts/water.yaml:14:18: 'correct' of the choice is neither true nor false"}},
    {"NoPair",
     kBasics,
     "weeks: [1, 2]",
     "weeks: [1, 2, 3]",
     {"cooking/stages/basics.yaml:4:8: 'weeks' of the stage is no pair"}},
    {"UnknownKind",
     kBasics,
     "kind: book",
     "kind: boook",
     {"cooking/stages/basics.yaml:11:11: 'kind' of the resource is 'boook'; did you mean 'book'?"}},
    {"UnknownDemand",
     kRoadmap,
     "demand: very_high",
     "demand: none",
     {"cooking/roadmap.yaml:17:13: 'demand' of the career is 'none'; write growing, high, very_high"}},
    // Lists of files.
    {"MissingFile",
     kBasics,
     "- fire",
     "- firre",
     {"cooking/concepts/fire.yaml:1:1: nothing lists 'fire'",
      "cooking/concepts/soup.yaml:4:24: there is no concept 'fire'",
      "cooking/stages/basics.yaml:7:5: there is no file cooking/concepts/firre.yaml; did you mean 'fire.yaml'?",
      "cooking/stages/basics.yaml:17:16: there is no concept 'fire'"}},
    {"ListedTwice",
     kDishes,
     "[soup, garnish]",
     "[soup, garnish, soup]",
     {"cooking/stages/dishes.yaml:5:27: the concept 'soup' is listed twice; remove one; the first is at "
      "cooking/stages/dishes.yaml:5:12"}},
    {"PathForId",
     kDishes,
     "[soup, garnish]",
     "[soup, garnish, ../../x]",
     {"cooking/stages/dishes.yaml:5:27: the concept id '../../x' is no slug"}},
    {"OtherId",
     kWater,
     "id: water",
     "id: waters",
     {"cooking/concepts/water.yaml:1:5: the id is 'waters', and the place of the file says 'water'"}},
    // References and order.
    {"UnknownPrerequisite",
     kSoup,
     "[water, fire]",
     "[water, fier]",
     {"cooking/concepts/soup.yaml:4:24: there is no concept 'fier'; did you mean 'fire'?"}},
    {"RepeatedPrerequisite",
     kSoup,
     "[water, fire]",
     "[water, water]",
     {"cooking/concepts/soup.yaml:4:24: the prerequisite id 'water' is used twice by one concept"}},
    {"Cycle",
     kWater,
     "prerequisites: []",
     "prerequisites: [soup]",
     {"cooking/concepts/fire.yaml:4:17: the prerequisites go round in a circle: water needs soup needs fire needs "
      "water",
      "cooking/concepts/soup.yaml:4:17: the prerequisites go round in a circle: water needs soup needs water"}},
    {"SelfCycle",
     kWater,
     "prerequisites: []",
     "prerequisites: [water]",
     {"cooking/concepts/water.yaml:4:17: the prerequisites go round in a circle: water needs water"}},
    {"LaterPrerequisite",
     kFire,
     "[water]",
     "[garnish]",
     {"cooking/concepts/fire.yaml:4:17: the concept 'garnish' comes later in the curriculum than 'fire'",
      "cooking/concepts/fire.yaml:4:17: the required concept 'fire' needs the optional concept 'garnish'"}},
    {"UnknownAlsoConcept",
     kWater,
     "difficulty: easy",
     "difficulty: easy\n    also_concepts: [fier]",
     {"cooking/concepts/water.yaml:10:21: there is no concept 'fier'; did you mean 'fire'?"}},
    {"AlsoItself",
     kWater,
     "difficulty: easy",
     "difficulty: easy\n    also_concepts: [water]",
     {"cooking/concepts/water.yaml:10:21: the concept id 'water' is used twice in one question"}},
    {"UnknownResourceConcept",
     kBasics,
     "concepts: [fire]",
     "concepts: [ice]",
     {"cooking/stages/basics.yaml:17:16: there is no concept 'ice'"}},
    {"RepeatedResource",
     kBasics,
     "id: fire-course",
     "id: kettle-book",
     {"cooking/stages/basics.yaml:13:9: the resource id 'kettle-book' is used twice in the catalog; rename it; the "
      "first "
      "is at cooking/stages/basics.yaml:9:9"}},
    {"RepeatedQuestion",
     kWater,
     "id: second",
     "id: first",
     {"cooking/concepts/water.yaml:20:9: the question id 'water.first' is used twice"}},
    {"NoSlug",
     kWater,
     "id: second",
     "id: Second One",
     {"cooking/concepts/water.yaml:20:9: the id 'Second One' is no slug"}},
    // Questions.
    {"NoRightChoice",
     kWater,
     "correct: true",
     "correct: false",
     {"cooking/concepts/water.yaml:12:7: a single_choice question needs exactly one right choice; this one has 0"}},
    {"TwoRightChoices",
     kWater,
     "text: That one",
     "text: That one\n        correct: true",
     {"cooking/concepts/water.yaml:12:7: a single_choice question needs exactly one right choice; this one has 2"}},
    {"NoRightChoiceOfSeveral",
     kWater,
     "One, correct: true, feedback: KEY-right}\n      - {id: b, text: Two, correct: true,",
     "One, feedback: KEY-right}\n      - {id: b, text: Two,",
     {"cooking/concepts/water.yaml:25:7: a several_choice question needs a right choice; this one has none"}},
    {"OneChoice",
     kWater,
     "\n      - id: b\n        text: That one\n        feedback: KEY-feedback for b",
     "",
     {"cooking/concepts/water.yaml:12:7: the question has 1 choices; offer 2 to 8"}},
    {"SameChoices",
     kWater,
     "That one",
     "This one",
     {"cooking/concepts/water.yaml:17:15: the text is the same as that of choice 'a'"}},
    {"NoFeedback",
     kWater,
     "\n        feedback: KEY-feedback for b",
     "",
     {"cooking/concepts/water.yaml:16:9: the choice has no 'feedback'"}},
    {"EmptyFeedback",
     kWater,
     "feedback: KEY-feedback for b",
     "feedback: \" \"",
     {"cooking/concepts/water.yaml:18:19: the feedback is empty"}},
    {"EmptyPrompt",
     kWater,
     "prompt: Which one?",
     "prompt: ''",
     {"cooking/concepts/water.yaml:10:13: the prompt is empty"}},
    // Numbers.
    {"TooFewMinutes",
     kWater,
     "estimated_minutes: 30",
     "estimated_minutes: 4",
     {"cooking/concepts/water.yaml:5:20: estimated_minutes is 4; give 5 to 6000"}},
    {"WeeksBackwards",
     kDishes,
     "weeks: [3, 4]",
     "weeks: [4, 3]",
     {"cooking/stages/dishes.yaml:4:8: the weeks are 4 to 3"}},
    {"WeekZero",
     kBasics,
     "weeks: [1, 2]",
     "weeks: [0, 2]",
     {"cooking/stages/basics.yaml:4:8: the lower end of the weeks is 0"}},
    {"WeeksOverlap",
     kDishes,
     "weeks: [3, 4]",
     "weeks: [2, 4]",
     {"cooking/stages/dishes.yaml:4:8: the weeks overlap those of stage 'basics', which ends with week 2"}},
    {"MonthsBackwards", kRoadmap, "[1, 2]", "[2, 1]", {"cooking/roadmap.yaml:6:18: the months are 2 to 1"}},
    {"SalaryBackwards",
     kRoadmap,
     "max: 20",
     "max: 9",
     {"cooking/roadmap.yaml:16:43: the upper end of the salary is below its lower end"}},
    {"NoCurrency", kRoadmap, "USD", "dollars", {"cooking/roadmap.yaml:16:24: 'dollars' is no currency"}},
    // Criteria.
    {"TooManyQuestionsAsked",
     kRoadmap,
     "min_distinct_correct: 2",
     "min_distinct_correct: 3",
     {"cooking/concepts/fire.yaml:7:3: the criterion cannot be met: it asks for 3 different questions answered right, "
      "and "
      "the concept has 2",
      "cooking/concepts/garnish.yaml:7:3: the criterion cannot be met",
      "cooking/concepts/soup.yaml:7:3: the criterion cannot be met",
      "cooking/concepts/water.yaml:7:3: the criterion cannot be met"}},
    {"WindowTooSmall",
     kRoadmap,
     "window: 3",
     "window: 1",
     {"cooking/roadmap.yaml:10:81: the criterion cannot be met: 2 of the last 1 answers cannot be right"}},
    {"SameVersionOtherNumbers",
     kWater,
     "estimated_minutes: 30",
     "estimated_minutes: 30\nmastery_criterion: {id: two-right, version: 1, min_distinct_correct: 1, window: 3, "
     "min_correct_in_window: 2}",
     {"cooking/concepts/water.yaml:6:45: version 1 of the criterion 'two-right' has other numbers at "
      "cooking/roadmap.yaml:10:20"}},
    {"NothingRequired",
     kDishes,
     "[soup, garnish]",
     "[garnish]",
     {"cooking/concepts/soup.yaml:1:1: nothing lists 'soup'",
      "cooking/stages/dishes.yaml:5:11: the stage has no required concept"}},
    {"LongTitle",
     kWater,
     "title: About water",
     "title: " + std::string(121, 'w'),
     {"cooking/concepts/water.yaml:2:8: the title has 121 characters; shorten it to 120"}},
};

INSTANTIATE_TEST_SUITE_P(All, ContentMistakes, ::testing::ValuesIn(kMistakes),
                         [](const auto& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace edirae::catalog
