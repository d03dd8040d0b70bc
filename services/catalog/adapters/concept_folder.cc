#include "services/catalog/adapters/concept_folder.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/catalog/adapters/content_folder.h"
#include "services/catalog/domain/nearest.h"

namespace edirae::catalog {
namespace {

constexpr char kConcept[] = "concept.yaml";
constexpr char kExplanation[] = "explanation.md";
constexpr char kQuestions[] = "questions.yaml";
constexpr char kFlashcards[] = "flashcards.yaml";
constexpr std::array<absl::string_view, kFilesOfConcept> kFiles = {kConcept, kExplanation, kQuestions, kFlashcards};

// A missing file of the folder is reported as if it were there.
WantedFile In(const std::string& folder, absl::string_view file, std::string remedy) {
  std::string name = absl::StrCat(folder, "/", file);
  Location at{.file = name};
  return {std::move(name), std::move(at), std::move(remedy)};
}

void ReportSurplus(const std::string& folder, ContentReader& reader) {
  for (const std::string& name : EntriesOf(folder)) {
    if (std::find(kFiles.begin(), kFiles.end(), name) != kFiles.end()) continue;
    reader.Add({.file = absl::StrCat(folder, "/", name)}, "the file is not read",
               DidYouMean(name, {kFiles.begin(), kFiles.end()},
                          absl::StrCat("remove it; a concept has ", absl::StrJoin(kFiles, ", "))));
  }
}

}  // namespace

void ReadConceptFolder(const ConceptFolder& folder, ContentReader& reader, v1::Concept& taught,
                       v1::RevisionContent& content) {
  const auto& [name, reference, path] = folder;
  const ConceptPaths paths = {path, Path().Field("lessons", static_cast<size_t>(content.lessons_size()))};
  v1::Lesson& lesson = *content.add_lessons();
  lesson.set_concept_id(reference.id);
  LoadReport& report = reader.report();
  report.sources.Put(path, reference.at);
  ReportSurplus(name, reader);

  const auto about = reader.Yaml(In(name, kConcept, "say in it what the concept is"), path);
  report.sources.Put(paths.lesson, report.sources.At(path));
  if (about) {
    ReadConceptFile(*about, reference.id, paths, report, taught, lesson, content);
  } else {
    report.sources.MarkBroken(paths.lesson.Field("misconceptions"));
  }
  if (auto text = reader.Text(In(name, kExplanation, "write the lesson in it"), paths.lesson.Field("explanation"))) {
    lesson.set_explanation(*std::move(text));
  }
  const Path questions = path.Field("question_count");
  if (const auto file = reader.Yaml(In(name, kQuestions, "write the questions in it"), questions)) {
    ReadQuestionsFile(*file, reference.id, questions, report, content);
  }
  const Path flashcards = path.Field("flashcard_count");
  if (const auto file = reader.Yaml(In(name, kFlashcards, "write the flashcards in it"), flashcards)) {
    ReadFlashcardsFile(*file, reference.id, flashcards, report, content);
  }
}

}  // namespace edirae::catalog
