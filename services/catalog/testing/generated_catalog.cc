#include "services/catalog/testing/generated_catalog.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/catalog/testing/generated_questions.h"

namespace edirae::catalog::testing {
namespace {

constexpr int kConceptsOfStage = 10;
constexpr int kFlashcards = 4;
constexpr int kReach = 12;  // how many concepts back a prerequisite may lie

std::string RoadmapId(int roadmap) { return absl::StrCat("roadmap-", roadmap); }
std::string StageId(int stage) { return absl::StrCat("stage-", stage); }
std::string ConceptId(int roadmap, int place) { return absl::StrCat("concept-", roadmap, "-", place); }

class Generator {
 public:
  Generator(const std::string& folder, const CatalogSize& size, uint64_t seed)
      : folder_(folder), size_(size), random_(seed) {}

  int64_t Write() {
    for (int r = 0; r < size_.roadmaps; ++r) {
      WriteRoadmap(r, size_.concepts * (r + 1) / size_.roadmaps - size_.concepts * r / size_.roadmaps);
    }
    return bytes_;
  }

 private:
  void WriteRoadmap(int roadmap, int concepts) {
    const std::string folder = absl::StrCat(RoadmapId(roadmap), "/");
    std::string text = absl::StrCat("id: ", RoadmapId(roadmap), "\ntitle: Roadmap ", roadmap, R"(
summary: From the first step to the last.
description: |
  You learn **everything** that there is to know, one step after the other.
duration_months: [6, 12]
weekly_hours: [5, 10]
prerequisites:
  - You can read and write.
mastery_criterion: {id: three-right, version: 1, min_distinct_correct: 3, window: 5, min_correct_in_window: 4}
stages:
)");
    const int stages = (concepts + kConceptsOfStage - 1) / kConceptsOfStage;
    for (int s = 0; s < stages; ++s) {
      absl::StrAppend(&text, "  - ", StageId(s), "\n");
      const int first = s * kConceptsOfStage;
      WriteStage(folder, roadmap, s, first, std::min(first + kConceptsOfStage, concepts));
    }
    Put(folder + "roadmap.yaml", text);
  }

  void WriteStage(const std::string& folder, int roadmap, int stage, int first, int end) {
    std::string text = absl::StrCat("id: ", StageId(stage), "\ntitle: Stage ", stage, "\ngoal: ", Sentence(),
                                    "\nweeks: [", 2 * stage + 1, ", ", 2 * stage + 2, "]\nconcepts:\n");
    for (int place = first; place < end; ++place) {
      absl::StrAppend(&text, "  - ", ConceptId(roadmap, place), "\n");
      WriteConcept(absl::StrCat(folder, "concepts/", ConceptId(roadmap, place), "/"), roadmap, place);
    }
    absl::StrAppend(&text, "milestone:\n  id: work-", roadmap, "-", stage, R"(
  title: A piece of work
  brief: Make it and show it.
  estimated_minutes: 600
  steps:
    - {id: make, text: Make it.}
    - {id: show, text: Show it.}
  evidence:
    - {id: code, text: All of its code., kind: repository}
  criteria:
    - id: complete
      text: Nothing is missing.
      levels:
        - {id: missing, text: Half of it is there., points: 0}
        - {id: meets, text: All of it is there., points: 2}
      min_level: meets
)");
    Put(absl::StrCat(folder, "stages/", StageId(stage), ".yaml"), text);
  }

  void WriteConcept(const std::string& folder, int roadmap, int place) {
    const std::string id = ConceptId(roadmap, place);
    std::string about = absl::StrCat("id: ", id, "\ntitle: Concept ", place, " of roadmap ", roadmap,
                                     "\nsummary: >-\n  ", Sentence(), "\nprerequisites: [");
    std::vector<int> needed;
    for (int i = 0; i < 3 && place > 0; ++i) needed.push_back(place - 1 - Below(std::min(place, kReach)));
    std::sort(needed.begin(), needed.end());
    needed.erase(std::unique(needed.begin(), needed.end()), needed.end());
    for (size_t i = 0; i < needed.size(); ++i) {
      absl::StrAppend(&about, i == 0 ? "" : ", ", ConceptId(roadmap, needed[i]));
    }
    absl::StrAppend(&about, "]\nestimated_minutes: ", 30 + Below(300), "\nmisconceptions:\n");
    for (const absl::string_view misconception : kGeneratedMisconceptions) {
      absl::StrAppend(&about, "  - id: ", misconception, "\n    belief: >-\n      ", Sentence(),
                      "\n    correction: >-\n      ", Sentence(), "\n");
    }
    absl::StrAppend(&about, "resources:\n  - id: book-", roadmap, "-", place, R"(
    title: “The Book”
    author: A. Writer
    kind: book
    level: beginner
    language: en
    cost: free
    minutes: 180
    url: https://example.org/book
    summary: >-
      )",
                    Sentence(), "\n");
    Put(folder + "concept.yaml", about);
    Put(folder + "explanation.md", Lesson());
    Put(folder + "flashcards.yaml", Flashcards());
    std::string questions;
    for (int q = 0; q < size_.questions / size_.concepts; ++q) {
      absl::StrAppend(&questions, GeneratedQuestion(id, q, [this] { return Sentence(); }));
    }
    Put(folder + "questions.yaml", questions);
  }

  std::string Lesson() {
    std::string lesson = "## Why it matters\n\n";
    for (int i = 0; i < 8; ++i) absl::StrAppend(&lesson, Sentence(), " ", Sentence(), "\n\n");
    absl::StrAppend(&lesson, "- *One*: ", Sentence(), "\n- **Two**: ", Sentence(),
                    "\n\n## Worked example\n\n```\nw = w - 0.1 * 4\n```\n\nSee [a guide](https://example.org/guide). ",
                    Sentence(), "\n\n## Check yourself\n\n- ", Sentence(), "\n");
    return lesson;
  }

  std::string Flashcards() {
    std::string cards;
    for (int i = 0; i < kFlashcards; ++i) {
      absl::StrAppend(&cards, "- id: card-", i, "\n  front: >-\n    ", Sentence(), "\n  back: >-\n    ", Sentence(),
                      "\n");
    }
    return cards;
  }

  // Ten to sixteen words without a character that means something in YAML or Markdown.
  std::string Sentence() {
    constexpr absl::string_view kWords[] = {"the",     "rate", "of",   "each",  "step",     "decides", "how",
                                            "far",     "it",   "goes", "η",     "loss",     "slope",   "falls",
                                            "example", "mean", "−4",   "model", "gradient", "weight",  "learns"};
    std::string sentence = "So";
    for (int words = 9 + Below(7); words > 0; --words) {
      absl::StrAppend(&sentence, " ", kWords[static_cast<size_t>(Below(std::size(kWords)))]);
    }
    return sentence + ".";
  }

  int Below(size_t end) { return static_cast<int>(random_() % end); }

  void Put(const std::string& name, const std::string& text) {
    const std::filesystem::path path = std::filesystem::path(folder_) / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    if (!(file << text)) {
      std::cerr << "cannot write " << path << "\n";
      std::abort();
    }
    bytes_ += static_cast<int64_t>(text.size());
  }

  const std::string& folder_;
  const CatalogSize size_;
  std::mt19937_64 random_;
  int64_t bytes_ = 0;
};

}  // namespace

int64_t WriteGeneratedCatalog(const std::string& folder, const CatalogSize& size, uint64_t seed) {
  return Generator(folder, size, seed).Write();
}

}  // namespace edirae::catalog::testing
