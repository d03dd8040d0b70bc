#include "services/catalog/testing/content_tree.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/catalog/load_content.h"

namespace edirae::catalog::testing {
namespace {

constexpr char kRoadmap[] = R"(id: cooking
title: Cooking
summary: From water to soup.
description: |
  You learn to cook.
duration_months: [1, 2]
weekly_hours: [3, 5]
prerequisites:
  - You can light a stove.
mastery_criterion: {id: two-right, version: 1, min_distinct_correct: 2, window: 3, min_correct_in_window: 2}
stages: [basics, dishes]
career_paths:
  - id: cook
    title: Cook
    summary: Cooks.
    salary: {currency: USD, min: 10, max: 20}
    demand: very_high
    concepts: [fire, soup]
tips:
  - id: taste
    title: Taste everything.
    text: Early and often.
faq:
  - id: salt
    question: How much salt?
    answer: Enough.
)";

constexpr char kBasics[] = R"(id: basics
title: Basics
goal: You can boil water.
weeks: [1, 2]
concepts:
  - water
  - fire
resources:
  - id: kettle-book
    title: The Kettle
    kind: book
    summary: All about kettles.
  - id: fire-course
    title: Fire
    kind: video_course
    summary: All about fire.
    concepts: [fire]
milestone:
  id: tea
  title: Tea
  brief: Make tea.
)";

constexpr char kDishes[] = R"(id: dishes
title: Dishes
goal: You can cook soup.
weeks: [3, 4]
concepts: [soup, garnish]
milestone:
  id: dinner
  title: Dinner
  brief: Cook dinner.
)";

// What every milestone of the tree has after its brief.
constexpr char kWork[] = R"(  estimated_minutes: 60
  steps:
    - {id: boil, text: Boil water.}
    - {id: serve, text: Serve it.}
  evidence:
    - {id: picture, text: A picture of the table., kind: file}
  criteria:
    - id: hot
      text: It is hot.
      levels:
        - {id: missing, text: It is cold., points: 0}
        - {id: meets, text: It is warm., points: 2}
        - {id: exceeds, text: It steams., points: 3}
      min_level: meets
)";

// A concept; `head` has what differs.
std::string Concept(const std::string& id, const std::string& head) {
  return absl::StrCat("id: ", id, "\ntitle: About ", id, "\nsummary: What ", id, " is.\n", head, R"(
estimated_minutes: 30
misconceptions:
  - id: always-hot
    belief: It is always hot.
    correction: It can be cold.
resources:
  - id: )",
                      id, R"(-guide
    title: A guide
    author: A. Cook
    kind: article
    level: beginner
    language: en
    cost: free
    minutes: 20
    url: https://example.org/guide
    summary: It shows how.
)");
}

constexpr char kExplanation[] = R"(## Why it matters

Without it there is no dinner. See [a guide](https://example.org/guide).

## Worked example

Take 2 cups and add 1: that makes 3.

## Check yourself

- Where have you seen it?
)";

std::string Questions(const std::string& id) {
  return absl::StrReplaceAll(R"(- id: first
  kind: single_choice
  difficulty: easy
  prompt: Which one is ID?
  hints: [KEY-hint]
  choices:
    - id: a
      text: This one
      correct: true
      feedback: KEY-feedback for a
    - id: b
      text: That one
      feedback: KEY-feedback for b
      misconception: always-hot
  explanation: KEY-explanation
- id: second
  kind: several_choice
  difficulty: hard
  prompt: Which ones are ID?
  choices:
    - {id: a, text: One, correct: true, feedback: KEY-right}
    - {id: b, text: Two, correct: true, feedback: KEY-right too}
    - {id: c, text: Three, feedback: KEY-wrong}
  explanation: KEY-because
)",
                             {{"ID", id}});
}

// The other kinds of question; only soup has them.
constexpr char kMoreQuestions[] = R"(- id: minutes
  kind: numeric
  difficulty: medium
  prompt: How long does soup take?
  answer: 20.5
  tolerance: 0.5
  unit: minutes
  wrong_answers:
    - {value: 2, feedback: KEY-too short, misconception: always-hot}
    - {value: -3.5, feedback: KEY-negative}
  other_feedback: KEY-look at the clock
  explanation: KEY-because of the roots
- id: spice
  kind: short_text
  difficulty: easy
  prompt: What makes soup salty?
  accept: [salt, table salt, Table-Salt]
  wrong_answers:
    - {texts: [pepper, black pepper], feedback: KEY-that makes it hot}
  other_feedback: KEY-it comes from the sea
  explanation: KEY-salt is salty
- id: steps
  kind: ordering
  difficulty: medium
  prompt: How is soup made?
  items:
    - {id: fill, text: Fill the pot}
    - {id: heat, text: Heat it}
    - {id: eat, text: Eat}
  wrong_orders:
    - {order: [heat, fill, eat], feedback: KEY-the pot burns}
  other_feedback: KEY-what comes last?
  explanation: KEY-as in life
)";

constexpr char kFlashcards[] = "- {id: card, front: Say it, back: It is.}\n";

}  // namespace

ContentTree::ContentTree() {
  files_["cooking/roadmap.yaml"] = kRoadmap;
  files_["cooking/stages/basics.yaml"] = absl::StrCat(kBasics, kWork);
  files_["cooking/stages/dishes.yaml"] = absl::StrCat(kDishes, kWork);
  AddConcept("cooking", "water", "prerequisites: []");
  AddConcept("cooking", "fire", "prerequisites: [water]");
  AddConcept("cooking", "soup", "prerequisites: [water, fire]");
  AddConcept("cooking", "garnish", "optional: true");
  files_["cooking/concepts/soup/questions.yaml"] += kMoreQuestions;
}

void ContentTree::AddConcept(const std::string& roadmap, const std::string& id, const std::string& head) {
  const std::string folder = absl::StrCat(roadmap, "/concepts/", id, "/");
  files_[folder + "concept.yaml"] = Concept(id, head);
  files_[folder + "explanation.md"] = kExplanation;
  files_[folder + "questions.yaml"] = Questions(id);
  files_[folder + "flashcards.yaml"] = kFlashcards;
}

void ContentTree::Replace(const std::string& file, const std::string& from, const std::string& to) {
  std::string& text = files_[file];
  const size_t at = text.find(from);
  if (at == std::string::npos) {
    std::cerr << file << " does not hold '" << from << "'\n";
    std::abort();
  }
  text.replace(at, from.size(), to);
}

std::vector<std::string> ContentTree::FilesIn(const std::string& start) const {
  std::vector<std::string> names;
  for (const auto& [name, text] : files_) {
    if (absl::StartsWith(name, start)) names.push_back(name);
  }
  return names;
}

std::string ContentTree::Write() const {
  for (const auto& [name, text] : files_) {
    const std::filesystem::path path = folder_.File(name);
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  return folder_.path();
}

std::vector<std::string> FindingsIn(const ContentTree& tree) {
  const std::string folder = tree.Write();
  std::vector<std::string> lines;
  for (const Finding& finding : LoadContent(folder).findings) {
    lines.push_back(absl::StrReplaceAll(ToString(finding), {{folder + "/", ""}}));
  }
  return lines;
}

v1::RevisionContent GoodContent() {
  auto content = LoadGoodContent(ContentTree().Write());
  if (!content.ok()) {
    std::cerr << content.status() << "\n";
    std::abort();
  }
  return *std::move(content);
}

}  // namespace edirae::catalog::testing
