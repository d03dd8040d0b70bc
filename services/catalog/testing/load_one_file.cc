#include "services/catalog/testing/load_one_file.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "absl/strings/match.h"
#include "services/catalog/adapters/content_files.h"
#include "services/catalog/adapters/utf8.h"
#include "services/catalog/domain/validate.h"
#include "services/catalog/limits.h"

namespace edirae::catalog::testing {
namespace {

constexpr char kId[] = "gradient-descent";

void Require(bool kept, absl::string_view promise, const Finding& finding) {
  if (kept) return;
  std::cerr << "broken promise: " << promise << ": " << ToString(finding) << "\n";
  std::abort();
}

void CheckPromises(const std::string& file, const std::string& text, const Finding& finding) {
  const auto lines = 2 + std::count_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }) +
                     std::count(text.begin(), text.end(), '\xC2') + std::count(text.begin(), text.end(), '\xE2');
  Require(!finding.problem.empty() && !finding.remedy.empty(), "a problem and a remedy", finding);
  Require(finding.at.line >= 1 && finding.at.column >= 1, "a place counted from 1", finding);
  Require(finding.at.file != file || finding.at.line <= lines, "a line of the file", finding);
  const std::string shown = ToString(finding);
  Require(shown.size() < 4 * limits::kMaxFindingLength, "a bounded length", finding);
  Require(!absl::StrContains(shown, "\n"), "one line", finding);
  Require(FirstInvalidUtf8(shown) == std::string::npos || FirstInvalidUtf8(text) != std::string::npos, "UTF-8",
          finding);
}

// Everything that a file of one kind may say, in a catalog of one concept.
struct Catalog {
  Catalog() {
    v1::Roadmap& roadmap = *content.add_roadmaps();
    roadmap.set_roadmap_id("machine-learning");
    v1::Stage& stage = *roadmap.add_stages();
    stage.set_stage_id("foundations");
    stage.add_concepts()->set_concept_id(kId);
    content.add_lessons()->set_concept_id(kId);
  }

  v1::Roadmap& roadmap() { return *content.mutable_roadmaps(0); }
  v1::Stage& stage() { return *roadmap().mutable_stages(0); }

  v1::RevisionContent content;
  LoadReport report;
};

void Read(size_t kind, const ContentFile& file, Catalog& catalog) {
  const Path roadmap("roadmaps[0]"), stage("roadmaps[0].stages[0]"), taught("roadmaps[0].stages[0].concepts[0]");
  switch (kind) {
    case 0:
      ReadRoadmapFile(file, roadmap, catalog.report, catalog.roadmap());
      return;
    case 1:
      ReadStageFile(file, "foundations", stage, catalog.report, catalog.stage());
      return;
    case 2:
      return ReadConceptFile(file, kId, {taught, Path("lessons[0]")}, catalog.report,
                             *catalog.stage().mutable_concepts(0), *catalog.content.mutable_lessons(0),
                             catalog.content);
    case 3:
      return ReadQuestionsFile(file, kId, taught.Field("question_count"), catalog.report, catalog.content);
    default:
      return ReadFlashcardsFile(file, kId, taught.Field("flashcard_count"), catalog.report, catalog.content);
  }
}

std::vector<Finding> Load(size_t kind, const std::string& name, const std::string& text) {
  Catalog catalog;
  if (absl::EndsWith(name, ".md")) {
    catalog.report.sources.PutWhole(Path("lessons[0].explanation"), name);
    if (FirstInvalidUtf8(text) == std::string::npos && FirstControlCharacter(text) == std::string::npos) {
      catalog.content.mutable_lessons(0)->set_explanation(text);
    }
  } else {
    ContentFile file{.name = name};
    file.root = ParseYaml(name, text, catalog.report.findings);
    if (catalog.report.findings.empty()) Read(kind, file, catalog);
  }
  std::vector<Finding> findings = Validate(catalog.content, catalog.report.sources);
  findings.insert(findings.end(), catalog.report.findings.begin(), catalog.report.findings.end());
  SortAndDeduplicate(findings);
  return findings;
}

}  // namespace

std::vector<Finding> LoadOneFile(size_t kind, const std::string& text) {
  const std::string name(kFileKinds[kind]);
  std::vector<Finding> findings = Load(kind, name, text);
  for (const Finding& finding : findings) CheckPromises(name, text, finding);
  if (Load(kind, name, text) != findings) {
    std::cerr << "broken promise: the same text has the same findings\n";
    std::abort();
  }
  return findings;
}

}  // namespace edirae::catalog::testing
