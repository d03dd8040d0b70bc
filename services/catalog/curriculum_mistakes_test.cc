// Every sort of mistake in roadmaps, concepts and milestones, each spoiling one place of a good tree.
#include <gtest/gtest.h>

#include <string>

#include "services/catalog/testing/cooking_files.h"
#include "services/catalog/testing/mistakes.h"

namespace edirae::catalog {
namespace {

using testing::Mistake;

class CurriculumMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(CurriculumMistakes, AreReportedWithTheirPlaceAndNothingElseIs) { testing::ExpectItsFindings(GetParam()); }

const Mistake kOfRoadmaps[] = {
    {"UnknownCareerConcept",
     kRoadmap,
     "[fire, soup]",
     "[fire, sopu]",
     {"cooking/roadmap.yaml:18:22: there is no concept 'sopu'; did you mean 'soup'?"}},
    {"RepeatedCareerConcept",
     kRoadmap,
     "[fire, soup]",
     "[fire, fire]",
     {"cooking/roadmap.yaml:18:22: the concept id 'fire' is used twice in one career"}},
    {"UnknownRelatedRoadmap",
     kRoadmap,
     "career_paths:",
     "related_roadmaps: [baking, cooking]\ncareer_paths:",
     {"cooking/roadmap.yaml:12:20: there is no other roadmap 'baking'",
      "cooking/roadmap.yaml:12:28: there is no other roadmap 'cooking'"}},
    {"BrokenMarkdownOfFaq",
     kRoadmap,
     "answer: Enough.",
     "answer: See [this]().",
     {"cooking/roadmap.yaml:26:13: a link has no target"}},
};

const Mistake kOfConcepts[] = {
    {"UnknownHelpful",
     kWater,
     "prerequisites: []",
     "helpful: [sopu]",
     {"cooking/concepts/water/concept.yaml:4:11: there is no concept 'sopu'; did you mean 'soup'?"}},
    {"HelpfulAndNeeded",
     kSoup,
     "estimated",
     "helpful: [fire]\nestimated",
     {"cooking/concepts/soup/concept.yaml:5:11: the concept 'fire' is a prerequisite and cannot be merely helpful"}},
    {"HelpfulTwice",
     kSoup,
     "estimated",
     "helpful: [garnish, garnish]\nestimated",
     {"cooking/concepts/soup/concept.yaml:5:20: the helpful concept id 'garnish' is used twice by one concept"}},
    {"CycleOfHelpful",
     kWater,
     "prerequisites: []",
     "helpful: [fire]",
     {"cooking/concepts/fire/concept.yaml:4:17: the prerequisites go round in a circle: water is helped by fire needs "
      "water"}},
    {"MissingMisconceptions",
     kFire,
     "misconceptions:",
     "misconception:",
     {"cooking/concepts/fire/concept.yaml:1:1: the concept has no 'misconceptions'",
      "cooking/concepts/fire/concept.yaml:6:1: the concept knows no key 'misconception'; did you mean "
      "'misconceptions'?"}},
    {"EmptyBelief",
     kWater,
     "belief: It is always hot.",
     "belief: ''",
     {"cooking/concepts/water/concept.yaml:8:13: the belief is empty"}},
    {"MisconceptionTwice",
     kWater,
     "resources:",
     "  - {id: always-hot, belief: Hot., correction: Cold.}\nresources:",
     {"cooking/concepts/water/concept.yaml:10:10: the misconception id 'always-hot' is used twice in its concept"}},
    // Resources.
    {"BadLanguage",
     kWater,
     "language: en",
     "language: english",
     {"cooking/concepts/water/concept.yaml:16:15: 'english' is no language tag; write a BCP 47 tag"}},
    {"NoHttps",
     kWater,
     "https://example.org/guide",
     "http://example.org/guide",
     {"cooking/concepts/water/concept.yaml:19:10: 'http://example.org/guide' is no address that can be linked to"}},
    {"SpaceInAddress",
     kWater,
     "https://example.org/guide",
     "https://example.org/a guide",
     {"cooking/concepts/water/concept.yaml:19:10: 'https://example.org/a guide' is no address"}},
    {"UnknownLevel",
     kWater,
     "level: beginner",
     "level: begginer",
     {"cooking/concepts/water/concept.yaml:15:12: 'level' of the resource is 'begginer'; did you mean 'beginner'?"}},
    {"UnknownCost",
     kWater,
     "cost: free",
     "cost: cheap",
     {"cooking/concepts/water/concept.yaml:17:11: 'cost' of the resource is 'cheap'; write free, paid, free_and_paid"}},
    {"NoMinutes", kWater, "minutes: 20", "minutes: 0", {"cooking/concepts/water/concept.yaml:18:14: minutes is 0"}},
    {"ResourceOfTwoConcepts",
     kWater,
     "id: water-guide",
     "id: kettle-book",
     {"cooking/concepts/water/concept.yaml:11:9: the resource id 'kettle-book' is used twice in the catalog; rename "
      "it; "
      "the first is at cooking/stages/basics.yaml:9:9"}},
};

const Mistake kOfMilestones[] = {
    {"UnknownMinLevel",
     kBasics,
     "min_level: meets",
     "min_level: met",
     {"cooking/stages/basics.yaml:35:18: the criterion cannot be met: it has no level 'met'"}},
    {"LowestMinLevel",
     kBasics,
     "min_level: meets",
     "min_level: missing",
     {"cooking/stages/basics.yaml:35:18: the criterion asks for nothing: 'missing' is its lowest level"}},
    {"PointsThatDoNotRise",
     kBasics,
     "points: 3",
     "points: 2",
     {"cooking/stages/basics.yaml:34:51: the level 'exceeds' earns 2 points, and the one before 2"}},
    {"LevelTwice",
     kBasics,
     "id: exceeds",
     "id: meets",
     {"cooking/stages/basics.yaml:34:16: the level id 'meets' is used twice in its criterion"}},
    {"OneLevel",
     kBasics,
     "        - {id: missing, text: It is cold., points: 0}\n        - {id: meets, text: It is warm., points: 2}\n",
     "",
     {"cooking/stages/basics.yaml:32:9: there are 1 levels; give 2 to 8",
      "cooking/stages/basics.yaml:33:18: the criterion cannot be met: it has no level 'meets'"}},
    {"UnknownEvidence",
     kBasics,
     "kind: file",
     "kind: video",
     {"cooking/stages/basics.yaml:27:58: 'kind' of the evidence is 'video'; write repository, report, link, notes, "
      "file"}},
    {"StepTwice",
     kBasics,
     "id: serve",
     "id: boil",
     {"cooking/stages/basics.yaml:25:12: the step id 'boil' is used twice in its milestone"}},
    {"NoSteps",
     kBasics,
     "    - {id: boil, text: Boil water.}\n    - {id: serve, text: Serve it.}\n",
     "    []\n",
     {"cooking/stages/basics.yaml:24:5: there are 0 steps; give 1 to 20"}},
    {"NoMilestoneMinutes",
     kBasics,
     "  estimated_minutes: 60\n",
     "",
     {"cooking/stages/basics.yaml:19:3: the milestone has no 'estimated_minutes'"}},
};

INSTANTIATE_TEST_SUITE_P(OfRoadmaps, CurriculumMistakes, ::testing::ValuesIn(kOfRoadmaps),
                         [](const auto& param_info) { return param_info.param.name; });
INSTANTIATE_TEST_SUITE_P(OfConcepts, CurriculumMistakes, ::testing::ValuesIn(kOfConcepts),
                         [](const auto& param_info) { return param_info.param.name; });
INSTANTIATE_TEST_SUITE_P(OfMilestones, CurriculumMistakes, ::testing::ValuesIn(kOfMilestones),
                         [](const auto& param_info) { return param_info.param.name; });

}  // namespace
}  // namespace edirae::catalog
