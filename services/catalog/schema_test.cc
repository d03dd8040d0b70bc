// Whether the JSON Schemas, which editors use, and the loader agree: the same keys, required ones and names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/catalog/limits.h"
#include "services/catalog/testing/content_tree.h"
#include "services/catalog/testing/cooking_files.h"

namespace edirae::catalog {
namespace {

using Json = nlohmann::json;
using Names = std::set<std::string>;

// A key that no mapping has, and a name that no enumeration has.
constexpr char kAlien[] = "zzzzzzzzzz";

// A kind of mapping in the authors' files.
struct Mapping {
  std::string name;
  std::string schema;   // file
  std::string pointer;  // in the schema
  std::string file;     // of the good tree
  std::string from;     // where such a mapping stands in it
  std::string before;   // what stays in front of the mapping
  std::string keys;     // what the mapping needs to be told from others, e.g. "kind: numeric, "
};

void PrintTo(const Mapping& mapping, std::ostream* out) { *out << mapping.name; }

Json SchemaIn(const std::string& file) {
  std::ifstream in(absl::StrCat(EDIRAE_CONTENT_FOLDER, "/schema/", file, ".schema.json"));
  return Json::parse(in);
}

// The names that follow `start` in the finding that has it, up to the end; nothing when there is no such finding.
Names Listed(const std::vector<std::string>& findings, const std::string& start) {
  for (const std::string& finding : findings) {
    const size_t at = finding.find(start);
    if (at == std::string::npos) continue;
    const std::vector<std::string> names = absl::StrSplit(finding.substr(at + start.size()), ", ");
    return {names.begin(), names.end()};
  }
  return {};
}

// The keys that the loader says are missing.
Names Missing(const std::vector<std::string>& findings) {
  Names missing;
  for (const std::string& finding : findings) {
    const size_t at = finding.find("; add `");
    if (at == std::string::npos) continue;
    absl::string_view key = absl::string_view(finding).substr(at + 7);
    absl::ConsumeSuffix(&key, ":`");
    missing.insert(std::string(key));
  }
  return missing;
}

class SchemaTest : public ::testing::TestWithParam<Mapping> {
 protected:
  // The loader's findings when the mapping is replaced by one of these keys.
  static std::vector<std::string> FindingsWith(const std::string& keys) {
    const Mapping& mapping = GetParam();
    testing::ContentTree tree;
    tree.Replace(mapping.file, mapping.from, absl::StrCat(mapping.before, "{", mapping.keys, keys, "}\n"));
    std::string& text = tree[mapping.file];
    text.resize(text.find('\n', text.find(kAlien)) + 1);  // nothing after it
    return testing::FindingsIn(tree);
  }

  const Json schema_ = SchemaIn(GetParam().schema);
  const Json& mapping_ = schema_.at(Json::json_pointer(GetParam().pointer));
};

Names KeysOf(const Json& object) {
  Names keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

TEST_P(SchemaTest, KnowsTheKeysThatTheLoaderKnows) {
  EXPECT_EQ(mapping_.at("additionalProperties"), false);
  EXPECT_EQ(KeysOf(mapping_.at("properties")),
            Listed(FindingsWith(absl::StrCat(kAlien, ": 1")), absl::StrCat("knows no key '", kAlien, "'; it knows ")));
}

TEST_P(SchemaTest, RequiresWhatTheLoaderRequires) {
  const Names required = mapping_.at("required").get<Names>();
  Names missing;
  // Only what this mapping lacks, not those around it.
  const Names known = KeysOf(mapping_.at("properties"));
  for (const std::string& key : Missing(FindingsWith(absl::StrCat(kAlien, ": 1")))) {
    if (known.contains(key)) missing.insert(key);
  }
  if (!GetParam().keys.empty()) missing.insert("kind");
  EXPECT_EQ(required, missing);
}

TEST_P(SchemaTest, HasTheNamesThatTheLoaderTakes) {
  for (const auto& [key, property] : mapping_.at("properties").items()) {
    if (!property.contains("enum") || (key == "kind" && !GetParam().keys.empty())) continue;
    const std::vector<std::string> findings = FindingsWith(absl::StrCat(key, ": ", kAlien));
    EXPECT_EQ(property.at("enum").get<Names>(), Listed(findings, absl::StrCat("is '", kAlien, "'; write "))) << key;
  }
}

TEST_P(SchemaTest, DescribesEverything) {
  EXPECT_TRUE(mapping_.contains("description"));
  for (const auto& [key, property] : mapping_.at("properties").items()) {
    EXPECT_TRUE(property.contains("description") || property.contains("$ref")) << key;
  }
}

constexpr char kWaterQuestions[] = "cooking/concepts/water/questions.yaml";
constexpr char kSoupQuestions[] = "cooking/concepts/soup/questions.yaml";

const Mapping kMappings[] = {
    {"Roadmap", "roadmap", "", kRoadmap, "id: cooking", "", ""},
    {"RoadmapCriterion", "roadmap", "/$defs/mastery_criterion", kRoadmap, "{id: two-right", "", ""},
    {"RoadmapGate", "roadmap", "/$defs/gate_criterion", kRoadmap, "stages: [basics", "gate_criterion: ", ""},
    {"Career", "roadmap", "/$defs/career", kRoadmap, "- id: cook", "- ", ""},
    {"Salary", "roadmap", "/$defs/salary", kRoadmap, "{currency", "", ""},
    {"Tip", "roadmap", "/$defs/tip", kRoadmap, "- id: taste", "- ", ""},
    {"Faq", "roadmap", "/$defs/faq", kRoadmap, "- id: salt", "- ", ""},
    {"Stage", "stage", "", kBasics, "id: basics", "", ""},
    {"StageGate", "stage", "/$defs/gate_criterion", kBasics, "resources:", "gate_criterion: ", ""},
    {"StageResource", "stage", "/$defs/resource", kBasics, "- id: kettle-book", "- ", ""},
    {"Milestone", "stage", "/$defs/milestone", kBasics, "\n  id: tea", " ", ""},
    {"Step", "stage", "/$defs/step", kBasics, "{id: boil", "", ""},
    {"Evidence", "stage", "/$defs/evidence", kBasics, "{id: picture", "", ""},
    {"MilestoneCriterion", "stage", "/$defs/criterion", kBasics, "- id: hot", "- ", ""},
    {"Level", "stage", "/$defs/level", kBasics, "{id: missing", "", ""},
    {"Concept", "concept", "", kWater, "id: water", "", ""},
    {"ConceptCriterion", "concept", "/$defs/criterion", kWater, "misconceptions:", "mastery_criterion: ", ""},
    {"Misconception", "concept", "/$defs/misconception", kWater, "- id: always-hot", "- ", ""},
    {"Resource", "concept", "/$defs/resource", kWater, "- id: water-guide", "- ", ""},
    {"ChoiceQuestion", "questions", "/$defs/choice_question", kWaterQuestions, "- id: first", "- ",
     "kind: single_choice, "},
    {"Choice", "questions", "/$defs/choice", kWaterQuestions, "- id: a\n", "- ", ""},
    {"NumericQuestion", "questions", "/$defs/numeric_question", kWaterQuestions, "- id: first", "- ",
     "kind: numeric, "},
    {"WrongNumber", "questions", "/$defs/wrong_number", kSoupQuestions, "{value: 2", "", ""},
    {"ShortTextQuestion", "questions", "/$defs/short_text_question", kWaterQuestions, "- id: first", "- ",
     "kind: short_text, "},
    {"WrongTexts", "questions", "/$defs/wrong_texts", kSoupQuestions, "{texts", "", ""},
    {"OrderingQuestion", "questions", "/$defs/ordering_question", kWaterQuestions, "- id: first", "- ",
     "kind: ordering, "},
    {"Item", "questions", "/$defs/item", kSoupQuestions, "{id: fill", "", ""},
    {"WrongOrder", "questions", "/$defs/wrong_order", kSoupQuestions, "{order", "", ""},
    {"Flashcard", "flashcards", "/$defs/flashcard", "cooking/concepts/water/flashcards.yaml", "{id: card", "", ""},
};

INSTANTIATE_TEST_SUITE_P(Mappings, SchemaTest, ::testing::ValuesIn(kMappings),
                         [](const auto& tested) { return tested.param.name; });

TEST(Schemas, CoverEveryDefinition) {
  std::set<std::string> covered;
  for (const Mapping& mapping : kMappings) covered.insert(absl::StrCat(mapping.schema, mapping.pointer));
  for (const std::string file : {"roadmap", "stage", "concept", "questions", "flashcards"}) {
    const Json schema = SchemaIn(file);
    EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
    for (const auto& [name, definition] : schema.at("$defs").items()) {
      EXPECT_TRUE(covered.contains(absl::StrCat(file, "/$defs/", name))) << file << " " << name;
    }
  }
}

TEST(Schemas, TellQuestionsByTheirKind) {
  testing::ContentTree tree;
  tree.Replace(kWaterQuestions, "single_choice", kAlien);
  const Json schema = SchemaIn("questions");
  Names kinds;
  for (const Json& variant : schema.at("items").at("oneOf")) {
    const Json& definition = schema.at(Json::json_pointer(variant.at("$ref").get<std::string>().substr(1)));
    for (const Json& kind : definition.at("properties").at("kind").at("enum")) kinds.insert(kind.get<std::string>());
    EXPECT_EQ(definition.at("properties").at("hints").at("maxItems"), limits::kMaxHints);
  }
  EXPECT_EQ(kinds, Listed(testing::FindingsIn(tree), absl::StrCat("is '", kAlien, "'; write ")));
}

}  // namespace
}  // namespace edirae::catalog
