#include "services/catalog/testing/content_tree.h"

#include <filesystem>
#include <fstream>
#include <iostream>

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
  criteria:
    - id: hot
      text: The tea is hot.
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
  criteria:
    - id: eaten
      text: Somebody has eaten it.
)";

// A concept with two questions and a card; `head` has what differs.
std::string Concept(const std::string& id, const std::string& head) {
  return absl::StrCat("id: ", id, "\ntitle: About ", id, "\nsummary: What ", id, " is.\n", head, R"(
estimated_minutes: 30
questions:
  - id: first
    kind: single_choice
    difficulty: easy
    prompt: Which one?
    choices:
      - id: a
        text: This one
        correct: true
        feedback: KEY-feedback for a
      - id: b
        text: That one
        feedback: KEY-feedback for b
    explanation: KEY-explanation
  - id: second
    kind: several_choice
    difficulty: hard
    prompt: Which ones?
    choices:
      - {id: a, text: One, correct: true, feedback: KEY-right}
      - {id: b, text: Two, correct: true, feedback: KEY-right too}
      - {id: c, text: Three, feedback: KEY-wrong}
    explanation: KEY-because
flashcards:
  - {id: card, front: Say it, back: It is.}
)");
}

}  // namespace

ContentTree::ContentTree() {
  files_["cooking/roadmap.yaml"] = kRoadmap;
  files_["cooking/stages/basics.yaml"] = kBasics;
  files_["cooking/stages/dishes.yaml"] = kDishes;
  files_["cooking/concepts/water.yaml"] = Concept("water", "prerequisites: []");
  files_["cooking/concepts/fire.yaml"] = Concept("fire", "prerequisites: [water]");
  files_["cooking/concepts/soup.yaml"] = Concept("soup", "prerequisites: [water, fire]");
  files_["cooking/concepts/garnish.yaml"] = Concept("garnish", "optional: true");
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
